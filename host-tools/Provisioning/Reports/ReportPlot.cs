// The plot of the report: mean power of the poles over time, as SVG. Where too little was heard there is a gap, shaded, not a zero.
using System.Globalization;
using System.Text;
using Provisioning.Language;

namespace Provisioning.Reports;

/// <summary>Draws the plot.</summary>
internal static class ReportPlot
{
    private const int Width = 1000;
    private const int Height = 260;
    private const int Left = 48;
    private const int Bottom = 28;
    private const int Top = 18;
    private const int Lines = 4;

    public static string Write(FleetReport report, TextLanguage language, string label, string unit)
    {
        double most = Nice(report.Steps.Max(step => step.MeanWatts ?? 0));
        double stepWidth = (Width - Left) / (double)report.Steps.Count;
        double plotHeight = Height - Top - Bottom;
        StringBuilder svg = new();
        svg.Append(CultureInfo.InvariantCulture, $"<svg id=\"plot\" role=\"img\" aria-label=\"{label}\" viewBox=\"0 0 {Width} {Height}\">\n");
        for (int line = 0; line <= Lines; line++)
        {
            double y = Top + (plotHeight * (Lines - line) / Lines);
            svg.Append(CultureInfo.InvariantCulture, $"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width}\" y1=\"{y:0.#}\" y2=\"{y:0.#}\"/><text x=\"{Left - 6}\" y=\"{y + 4:0.#}\" text-anchor=\"end\">{Number(most * line / Lines, language)}</text>\n");
        }

        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left}\" y=\"12\">{unit}</text>\n");
        for (int index = 0; index < report.Steps.Count; index++)
        {
            double x = Left + (index * stepWidth);
            double height = report.Steps[index].MeanWatts is { } watts ? plotHeight * watts / most : plotHeight;
            string name = report.Steps[index].MeanWatts is null ? "gap" : "bar";
            svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"{name}\" x=\"{x:0.##}\" y=\"{Height - Bottom - height:0.##}\" width=\"{stepWidth:0.##}\" height=\"{height:0.##}\"/>\n");
        }

        Dates(svg, report, language, stepWidth);
        return svg.Append("</svg>").ToString();
    }

    // Midnights (UTC), as many as there is room for.
    private static void Dates(StringBuilder svg, FleetReport report, TextLanguage language, double stepWidth)
    {
        const long DayMs = 86_400_000;
        long days = Math.Max(1, (long)Math.Ceiling((report.Request.ToUtcMs - report.Request.FromUtcMs) / (double)DayMs / 12));
        for (long day = (report.Request.FromUtcMs + DayMs - 1) / DayMs; day * DayMs < report.Request.ToUtcMs; day += days)
        {
            double x = Left + (((day * DayMs) - report.Request.FromUtcMs) / (double)report.StepMs * stepWidth);
            string date = DateTimeOffset.FromUnixTimeMilliseconds(day * DayMs).ToString(language == TextLanguage.German ? "dd.MM." : "MM-dd", CultureInfo.InvariantCulture);
            svg.Append(CultureInfo.InvariantCulture, $"<line class=\"grid\" x1=\"{x:0.#}\" x2=\"{x:0.#}\" y1=\"{Height - Bottom}\" y2=\"{Height - Bottom + 5}\"/><text x=\"{x:0.#}\" y=\"{Height - 8}\" text-anchor=\"middle\">{date}</text>\n");
        }
    }

    private static double Nice(double value)
    {
        double unit = Math.Pow(10, Math.Floor(Math.Log10(Math.Max(value, 1))));
        return new[] { 1.0, 2, 4, 5, 8, 10 }.First(factor => factor * unit >= Math.Max(value, 1)) * unit;
    }

    private static string Number(double value, TextLanguage language)
    {
        string text = value.ToString("0.##", CultureInfo.InvariantCulture);
        return language == TextLanguage.German ? text.Replace('.', ',') : text;
    }
}
