// The protocol on paper.
using System.Globalization;
using Provisioning.Documents;
using Provisioning.Language;

namespace Provisioning.Commissioning;

/// <summary>Makes the PDF of a protocol.</summary>
public static class ProtocolPdf
{
    private const double TitlePoints = 17;
    private const double HeadingPoints = 11;
    private const double SignatureMm = 16;
    private static readonly double[] s_factColumns = [1.1, 3];
    private static readonly double[] s_stepColumns = [1.35, 1.25, 1.05, 1.7, 3.4];

    /// <summary>Makes it.</summary>
    /// <param name="protocol">The protocol.</param>
    /// <param name="signature">Who signed it; null while it is open.</param>
    /// <param name="language">Language of the text.</param>
    public static byte[] Make(CommissioningProtocol protocol, CommissioningSignature? signature, TextLanguage language)
    {
        ArgumentNullException.ThrowIfNull(protocol);
        TextCatalog texts = TextCatalog.Load(typeof(TextCatalog).Assembly, language);
        string title = texts.Format("protocol.title", protocol.PoleId);
        PageFlow flow = new(title, language == TextLanguage.German ? "de" : "en")
        {
            Footer = texts.Format("protocol.footer", protocol.PoleId.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal), protocol.Id, "{0}", "{1}"),
        };
        flow.Heading(title, TitlePoints);
        flow.Paragraph(new FlowCell(Headline(protocol, texts), PdfFont.HelveticaBold, protocol.State == CommissioningState.Passed ? PdfColor.Good : PdfColor.Bad));
        flow.Table(s_factColumns, null, Facts(protocol, texts, language));
        flow.Heading(texts["protocol.steps"], HeadingPoints);
        flow.Table(
            s_stepColumns,
            [texts["protocol.column.step"], texts["protocol.column.part"], texts["protocol.column.result"], texts["protocol.column.reason"], texts["protocol.column.measured"]],
            protocol.Steps.Select(step => Row(step, texts, language)));
        flow.Heading(texts["protocol.signature"], HeadingPoints);
        Sign(flow, protocol, signature, texts, language);
        return flow.ToBytes();
    }

    private static string Headline(CommissioningProtocol protocol, TextCatalog texts) => texts.Format(
        "protocol.state." + CommissioningProtocol.Word(protocol.State), $"{protocol.Count(StepResult.Passed)}", $"{protocol.Count(StepResult.Failed)}", $"{protocol.Count(StepResult.Skipped)}");

    private static IEnumerable<IReadOnlyList<FlowCell>> Facts(CommissioningProtocol protocol, TextCatalog texts, TextLanguage language)
    {
        string watts = protocol.FullPowerWatts is { } power ? ", " + MeasuredText.Decimal(power, 1, language) + " W" : "";
        (string Key, string Value)[] facts =
        [
            ("pole", protocol.PoleId), ("street", protocol.Street), ("luminaire", protocol.Luminaire + watts),
            ("place", $"{MeasuredText.Decimal(protocol.Latitude, 6, language)}° / {MeasuredText.Decimal(protocol.Longitude, 6, language)}°"),
            ("controller", protocol.DevEui), ("board", protocol.Board), ("firmware", protocol.Firmware), ("member", protocol.Member),
            ("begun", Time(protocol.BegunUtcMs, language)), ("finished", protocol.FinishedUtcMs is { } finished ? Time(finished, language) : texts["protocol.open"]),
        ];
        return facts.Where(fact => fact.Value.Length > 0).Select(fact => (IReadOnlyList<FlowCell>)[new FlowCell(texts["protocol.fact." + fact.Key], PdfFont.HelveticaBold), fact.Value]);
    }

    private static IReadOnlyList<FlowCell> Row(CommissioningStep step, TextCatalog texts, TextLanguage language)
    {
        PdfColor color = step.Result switch { StepResult.Passed => PdfColor.Good, StepResult.Failed => PdfColor.Bad, _ => PdfColor.Gray };
        PdfFont font = step.Result == StepResult.Failed ? PdfFont.HelveticaBold : PdfFont.Helvetica;
        return
        [
            texts["protocol.step." + step.Name], step.Part.Length == 0 ? "" : texts.Texts.GetValueOrDefault("protocol.part." + step.Part) ?? step.Part,
            new FlowCell(texts["protocol.result." + CommissioningProtocol.Word(step.Result)], font, color),
            step.Reason.Length == 0 ? "" : texts.Texts.GetValueOrDefault("protocol.reason." + step.Reason) ?? step.Reason,
            string.Join("; ", step.Measured.Select(value => MeasuredText.Of(value, texts, language))),
        ];
    }

    private static void Sign(PageFlow flow, CommissioningProtocol protocol, CommissioningSignature? signature, TextCatalog texts, TextLanguage language)
    {
        if (signature is null)
        {
            flow.Paragraph(texts["protocol.unsigned"]);
            return;
        }

        flow.Paragraph(texts.Format(
            "protocol.signed", signature.Entry.ToString(CultureInfo.InvariantCulture), Time(signature.AtUtcMs, language), signature.Member, signature.Account, protocol.Workspace));
        flow.Paragraph(new FlowCell("SHA-256 " + Convert.ToHexStringLower(signature.ProtocolHash), PdfFont.Helvetica, PdfColor.Gray));
        flow.Paragraph(new FlowCell(texts.Format("protocol.entryHash", Convert.ToHexStringLower(signature.EntryHash)), PdfFont.Helvetica, PdfColor.Gray));
        flow.Space(SignatureMm);
        flow.Table([1, 1], null, [[texts["protocol.technicianSignature"], texts["protocol.acceptanceSignature"]]]);
    }

    private static string Time(long utcMs, TextLanguage language) => DateTimeOffset.FromUnixTimeMilliseconds(utcMs).ToString(
        language == TextLanguage.German ? "dd.MM.yyyy HH:mm:ss 'UTC'" : "yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
