// The report as one page for people: no script, nothing from outside; style and plot are in it, and the content security policy allows nothing else. Texts from
// other people's lists reach it as text only.
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Provisioning.Language;

namespace Provisioning.Reports;

/// <summary>Writes the page.</summary>
public static class ReportPage
{
    private const string Style = """
        :root { color-scheme: light dark; --ink: #1b2430; --soft: #5b6775; --line: #d5dbe2; --paper: #ffffff; --accent: #1f6fb2; --gap: #e6a23c; }
        @media (prefers-color-scheme: dark) { :root { --ink: #e8edf3; --soft: #9fadbb; --line: #36424f; --paper: #161c23; --accent: #6cb4ee; --gap: #d99a35; } }
        body { margin: 0 auto; max-width: 72rem; padding: 1.5rem; font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
        h1 { font-size: 1.6rem; margin: 0; } h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; } p { margin: .3rem 0; } .soft { color: var(--soft); }
        .figures { display: flex; flex-wrap: wrap; gap: 1rem; margin: 1.2rem 0; padding: 0; list-style: none; }
        .figures li { flex: 1 1 10rem; border: 1px solid var(--line); border-radius: .5rem; padding: .7rem .9rem; } .figures b { display: block; font-size: 1.5rem; }
        .table { overflow-x: auto; } table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
        th, td { padding: .35rem .45rem; border-bottom: 1px solid var(--line); text-align: right; white-space: nowrap; } th:first-child, td:first-child { text-align: left; }
        thead th { color: var(--soft); font-weight: 600; } tfoot td { font-weight: 600; } svg { shape-rendering: crispEdges; width: 100%; height: auto; display: block; }
        svg text { fill: var(--soft); font: 12px system-ui, sans-serif; } .grid { stroke: var(--line); } .bar { fill: var(--accent); } .gap { fill: var(--gap); fill-opacity: .35; }
        """;

    private static readonly HtmlEncoder s_encoder = HtmlEncoder.Create(System.Text.Unicode.UnicodeRanges.All);

    /// <summary>Writes a report.</summary>
    /// <param name="report">The report.</param>
    /// <param name="texts">The library's texts in the language of the page.</param>
    /// <param name="language">That language.</param>
    public static string Write(FleetReport report, TextCatalog texts, TextLanguage language)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(texts);
        Writer writer = new(report, texts, language);
        string hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)));
        return $"""
            <!DOCTYPE html>
            <html lang="{(language == TextLanguage.German ? "de" : "en")}">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{writer.Text("report.title")}</title>
            <style>{Style}</style>
            </head>
            <body>
            {writer.Body()}
            </body>
            </html>

            """;
    }

    private sealed class Writer(FleetReport report, TextCatalog texts, TextLanguage language)
    {
        public string Text(string key, params string[] arguments) => s_encoder.Encode(texts.Format(key, arguments));

        public string Body()
        {
            ReportLine whole = report.Whole;
            StringBuilder page = new();
            page.Append(CultureInfo.InvariantCulture, $"<h1>{Text("report.title")}</h1>\n<p class=\"soft\">{Text("report.period", Moment(report.Request.FromUtcMs), Moment(report.Request.ToUtcMs))}</p>\n");
            page.Append("<ul class=\"figures\">\n");
            Figure(page, "report.energy", KiloWattHours(whole.LuminaireWattHours + whole.ControllerWattHours), Text("report.energyParts", KiloWattHours(whole.LuminaireWattHours), KiloWattHours(whole.ControllerWattHours)));
            Figure(page, "report.saving", whole.SavingPercent is { } saving ? Percent(saving) : Text("report.unknown"), Against());
            Figure(page, "report.covered", Percent(whole.CoveredPercent), Text("report.coveredPoles", $"{whole.ReportingPoles}", $"{whole.Poles}"));
            Figure(page, "report.available", Percent(whole.LightAvailabilityPercent), Text("report.alarmCount", $"{whole.Alarms}"));
            page.Append("</ul>\n");
            page.Append(CultureInfo.InvariantCulture, $"<h2>{Text("report.plot")}</h2>\n{ReportPlot.Write(report, language, Text("report.plotLabel"), Text("report.watts"))}\n<p class=\"soft\">{Text("report.plotNote")}</p>\n");
            Groups(page);
            Alarms(page);
            Notes(page);
            return page.ToString();
        }

        private void Groups(StringBuilder page)
        {
            page.Append(CultureInfo.InvariantCulture, $"<h2>{Text("report.by." + report.Request.By)}</h2>\n<div class=\"table\"><table id=\"groups\">\n<thead><tr>");
            foreach (string heading in (string[])["report.group", "report.poles", "report.luminaires", "report.controllers", "report.inGaps", "report.lampHours", "report.referenceEnergy", "report.saving", "report.covered", "report.available", "report.alarms"])
            {
                page.Append(CultureInfo.InvariantCulture, $"<th>{Text(heading)}</th>");
            }

            page.Append("</tr></thead>\n<tbody>\n");
            foreach (ReportLine group in report.Groups)
            {
                Row(page, group.Name.Length == 0 ? Text("report.noGroup") : s_encoder.Encode(group.Name), group);
            }

            page.Append("</tbody>\n<tfoot>");
            Row(page, Text("report.whole"), report.Whole);
            page.Append("</tfoot>\n</table></div>\n");
        }

        private void Row(StringBuilder page, string name, ReportLine line)
        {
            bool isKnown = line.CoveredMs > 0;
            string unknown = Text("report.unknown");
            page.Append("<tr><td>").Append(name).Append("</td>");
            foreach (string value in (string[])
            [
                $"{line.Poles}", isKnown ? KiloWattHours(line.LuminaireWattHours) : unknown, isKnown ? KiloWattHours(line.ControllerWattHours) : unknown,
                KiloWattHours(line.GapWattHours), isKnown ? Number(line.LampHours, "0") + " h" : unknown, line.ReferenceWattHours > 0 ? KiloWattHours(line.ReferenceWattHours) : unknown,
                line.SavingPercent is { } saving ? Percent(saving) : unknown, Percent(line.CoveredPercent), Percent(line.LightAvailabilityPercent), $"{line.Alarms}",
            ])
            {
                page.Append("<td>").Append(value).Append("</td>");
            }

            page.Append("</tr>\n");
        }

        private void Alarms(StringBuilder page)
        {
            if (report.AlarmKinds.Count == 0)
            {
                return;
            }

            page.Append(CultureInfo.InvariantCulture, $"<h2>{Text("report.alarms")}</h2>\n<div class=\"table\"><table id=\"alarms\"><tbody>\n");
            foreach ((string kind, int count) in report.AlarmKinds)
            {
                page.Append(CultureInfo.InvariantCulture, $"<tr><td>{Text("alarmKind." + kind)}</td><td>{count}</td></tr>\n");
            }

            page.Append("</tbody></table></div>\n");
        }

        private void Notes(StringBuilder page)
        {
            ReportLine whole = report.Whole;
            page.Append(CultureInfo.InvariantCulture, $"<h2>{Text("report.notes")}</h2>\n<p>{Reference()}</p>\n<p>{Text("report.note.gaps")}</p>\n<p>{Text("report.note.available")}</p>\n");
            if (whole.AssumedControllers > 0)
            {
                page.Append(CultureInfo.InvariantCulture, $"<p>{Text("report.note.assumed", $"{whole.AssumedControllers}", Number(PoleController.PoleHardware.DefaultControllerMilliwatts / 1000.0, "0.0"))}</p>\n");
            }
        }

        private void Figure(StringBuilder page, string key, string value, string note) =>
            page.Append(CultureInfo.InvariantCulture, $"<li id=\"{key["report.".Length..]}\">{Text(key)}<b>{value}</b><span class=\"soft\">{note}</span></li>\n");

        private string Against() => report.Request.ReferenceWatts is { } watts ? Text("report.against.watts", Number(watts, "0.#")) : Text("report.against.undimmed");

        private string Reference() => report.Request.ReferenceWatts is { } watts ? Text("report.reference.watts", Number(watts, "0.#")) : Text("report.reference.undimmed");

        private string Moment(long utcMs) => DateTimeOffset.FromUnixTimeMilliseconds(utcMs).ToString(language == TextLanguage.German ? "dd.MM.yyyy HH:mm 'UTC'" : "yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

        private string KiloWattHours(double wattHours) => Number(wattHours / 1000, wattHours >= 1_000_000 ? "0" : "0.0") + "\u00a0kWh";

        private string Percent(double value) => Number(value, "0.0") + "\u00a0%";

        private string Number(double value, string form)
        {
            string text = value.ToString(form, CultureInfo.InvariantCulture);
            return language == TextLanguage.German ? text.Replace('.', ',') : text;
        }
    }
}
