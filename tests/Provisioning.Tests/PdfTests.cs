// Text in PDFs: widths as poppler has them, lines that break, tables over pages.
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Provisioning.Documents;
using Xunit;

namespace Provisioning.Tests;

public sealed partial class PdfTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    // All of Windows-1252 that can be printed, in both fonts: poppler knows the standard fonts' metrics by itself.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Given_letters_then_their_widths_are_those_of_an_independent_reader(bool isBold)
    {
        PdfFont font = isBold ? PdfFont.HelveticaBold : PdfFont.Helvetica;
        byte[] letters = [.. Enumerable.Range(33, 223).Select(code => (byte)code).Where(code => code is not (127 or 129 or 141 or 143 or 144 or 157 or 160 or 173))];
        PdfDocument document = new();
        for (int i = 0; i < letters.Length; i++)
        {
            // Ten of a kind in a row: the box of a word is known to a ten-thousandth of a point.
            document.Text(font, 10 + (i % 3 * 60), 10 + (i / 3 * 3.5), 10, [.. Enumerable.Repeat(letters[i], 10)]);
        }

        document.EndPage();
        string path = _folder.Write("letters.pdf", document.ToBytes());
        double[] widths = [.. Words(path).OrderBy(word => word.Y).ThenBy(word => word.X).Select(word => word.Width)];

        double[] expected = [.. letters.Select(letter => font.WidthMm([.. Enumerable.Repeat(letter, 10)], 10) * PdfDocument.PointsPerMm)];
        Assert.Equal(expected.Length, widths.Length);
        Assert.All(letters.Select((_, index) => index), index => Assert.True(Math.Abs(expected[index] - widths[index]) < 0.06, $"0x{letters[index]:x2}: {expected[index]} against {widths[index]}"));
    }

    [Fact]
    public void Given_long_text_and_a_long_table_then_nothing_leaves_the_page_headings_come_again_and_pages_are_counted()
    {
        PageFlow flow = new("Prüfung", "de") { Footer = "Seite {0} von {1}" };
        flow.Heading("Überschrift mit Umlauten: ÄÖÜäöüß€", 16);
        flow.Paragraph(string.Concat(Enumerable.Repeat("Donaudampfschifffahrtsgesellschaftskapitän ", 30)) + new string('x', 300));
        flow.Table([1, 3], ["Nummer", "Was"], Enumerable.Range(1, 120).Select(number => (IReadOnlyList<FlowCell>)[$"Zeile-{number}", "Łódź und was sonst noch in zwei Zeilen passt, weil es so lang ist, dass es umbrechen muss, hier."]));

        string path = _folder.Write("flow.pdf", flow.ToBytes());
        string text = Run("pdftotext", "-layout", path, "-");
        (double X, double Y, double Width)[] words = [.. Words(path)];

        int pages = text.Count(character => character == '\f');
        Assert.InRange(pages, 3, 12);
        Assert.Equal(pages, Regex.Count(text, "Nummer +Was"));
        Assert.Contains($"Seite {pages} von {pages}", text, StringComparison.Ordinal);
        Assert.Contains("ÄÖÜäöüß€", text, StringComparison.Ordinal);
        Assert.Contains("Lódz", text, StringComparison.Ordinal);
        Assert.Equal(120, Regex.Count(text, "Zeile-[0-9]+"));
        Assert.All(words, word => Assert.True(word.X >= 50 && word.X + word.Width <= 545.5 && word.Y is > 30 and < 825, $"{word}"));
        Assert.Contains("Prüfung", Run("pdfinfo", path), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static IEnumerable<(double X, double Y, double Width)> Words(string path)
    {
        foreach (Match match in Word().Matches(Run("pdftotext", "-bbox", path, "-")))
        {
            double Value(int group) => double.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);
            yield return (Value(1), Value(2), Value(3) - Value(1));
        }
    }

    private static string Run(string program, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, StandardOutputEncoding = System.Text.Encoding.UTF8 })!;
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return output;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip(program + " is not installed (.ci/install).");
            return "";
        }
    }

    [GeneratedRegex("<word xMin=\"([0-9.]+)\" yMin=\"([0-9.]+)\" xMax=\"([0-9.]+)\"")]
    private static partial Regex Word();
}
