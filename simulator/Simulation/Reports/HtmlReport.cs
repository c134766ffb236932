// The report as one HTML page that needs nothing else: puts the template, its styles and scripts (embedded from Html/) and the packed
// data together. How the page looks and behaves is written there; nothing here knows an element of it.
using System.Buffers.Binary;
using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Simulation.Reports;

/// <summary>Writes <c>report.html</c>.</summary>
public static partial class HtmlReport
{
    private static readonly string[] Styles = ["base.css", "layout.css", "figures.css", "print.css"];

    /// <summary>In the order in which they build on each other; main.js starts the page.</summary>
    private static readonly string[] Scripts =
    [
        "format.js", "dom.js", "data.js", "palette.js", "table.js", "headline.js", "map-view.js", "map-colouring.js", "map-drawing.js",
        "map.js", "pole-search.js", "pole-panel.js", "chart.js", "pole-chart.js", "district-chart.js", "energy.js", "radio.js", "obedience.js", "events.js",
        "sensors.js", "main.js",
    ];

    /// <summary>The page as UTF-8 HTML.</summary>
    /// <exception cref="ArgumentException">A number of the report is not finite.</exception>
    public static byte[] Serialize(RunReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        string page = Placeholder().Replace(Resource("report.html"), match => match.Groups[1].Value switch
        {
            "title" => WebUtility.HtmlEncode(report.Scenario.Name),
            "summary" => WebUtility.HtmlEncode(string.Join('\n', ReportSummary.Lines(report))),
            "styles" => string.Concat(Styles.Select(Resource)),
            "scripts" => string.Concat(Scripts.Select(Resource)),
            "data" => Pack(ReportJson.SerializeWithoutSeries(report)),
            "series" => Pack(SeriesBytes(report)),
            string unknown => throw new InvalidOperationException("The template has an unknown placeholder: " + unknown + "."),
        });
        return Encoding.UTF8.GetBytes(page);
    }

    /// <summary>
    /// All poles' series in one block, which the page takes apart again: the number of bins (32 bits, little-endian), one byte that
    /// says whether causes follow, then for all poles in order the levels, then the occupancies, then the causes. Shorter series are
    /// filled up with zeros.
    /// </summary>
    private static byte[] SeriesBytes(RunReport report)
    {
        int bins = report.Poles.Select(pole => Math.Max(pole.LevelSeries.Length, pole.OccupancySeries.Length)).DefaultIfEmpty(0).Max();
        bool hasCauses = report.Poles.Any(pole => pole.CauseSeries.Length > 0);
        int kinds = hasCauses ? 3 : 2;
        byte[] bytes = new byte[5 + (bins * report.Poles.Count * kinds)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, bins);
        bytes[4] = hasCauses ? (byte)1 : (byte)0;
        for (int index = 0; index < report.Poles.Count; index++)
        {
            PoleReport pole = report.Poles[index];
            CopySeries(pole.LevelSeries, bytes, 5 + (index * bins), bins);
            CopySeries(pole.OccupancySeries, bytes, 5 + ((report.Poles.Count + index) * bins), bins);
            if (hasCauses)
            {
                CopySeries(pole.CauseSeries, bytes, 5 + (((2 * report.Poles.Count) + index) * bins), bins);
            }
        }

        return bytes;
    }

    private static void CopySeries(byte[] series, byte[] bytes, int offset, int bins) =>
        series.AsSpan(0, Math.Min(series.Length, bins)).CopyTo(bytes.AsSpan(offset));

    /// <summary>Zlib (RFC 1950) in base64: short, and no character of the data can mean anything to a browser's HTML parser.</summary>
    private static string Pack(byte[] bytes)
    {
        using MemoryStream packed = new();
        using (ZLibStream zlib = new(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            zlib.Write(bytes);
        }

        return Convert.ToBase64String(packed.GetBuffer(), 0, (int)packed.Length);
    }

    private static string Resource(string fileName)
    {
        using Stream stream = typeof(HtmlReport).Assembly.GetManifestResourceStream("Simulation.Reports.Html." + fileName)
            ?? throw new InvalidOperationException("The page's part " + fileName + " is not in the assembly.");
        using StreamReader reader = new(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    [GeneratedRegex(@"\{\{(\w+)\}\}")]
    private static partial Regex Placeholder();
}
