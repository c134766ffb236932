// An SVG drawing, element by element: rectangles, lines and text that is wrapped by counting letters. What is drawn is not known here.
using System.Globalization;
using System.Text;

namespace BoardFiles.Output;

/// <summary>An SVG drawing. Lengths are in pixels.</summary>
internal sealed class SvgDrawing
{
    private readonly StringBuilder _text = new();

    public void Rectangle(int x, int y, int width, int height, string fill, string stroke, int radius = 4) =>
        _text.Append(CultureInfo.InvariantCulture, $"  <rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"{radius}\" fill=\"{fill}\" stroke=\"{stroke}\"/>\n");

    public void Line(int x1, int y1, int x2, int y2, string stroke, int width, string dashes = "") =>
        _text.Append(CultureInfo.InvariantCulture, $"  <line x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\" stroke=\"{stroke}\" stroke-width=\"{width}\"{(dashes.Length > 0 ? $" stroke-dasharray=\"{dashes}\"" : "")}/>\n");

    public void Circle(int x, int y, int radius, string fill, string stroke) =>
        _text.Append(CultureInfo.InvariantCulture, $"  <circle cx=\"{x}\" cy=\"{y}\" r=\"{radius}\" fill=\"{fill}\" stroke=\"{stroke}\"/>\n");

    public void Dot(int x, int y, string fill) => _text.Append(CultureInfo.InvariantCulture, $"  <circle cx=\"{x}\" cy=\"{y}\" r=\"4\" fill=\"{fill}\" stroke=\"#333\"/>\n");

    public void Text(int x, int y, string text, int size = 13, bool isBold = false, string anchor = "start", string fill = "#222") =>
        _text.Append(CultureInfo.InvariantCulture, $"  <text x=\"{x}\" y=\"{y}\" font-size=\"{size}\"{(isBold ? " font-weight=\"bold\"" : "")} text-anchor=\"{anchor}\" fill=\"{fill}\">{Escape(text)}</text>\n");

    /// <summary>Wraps text at spaces.</summary>
    public static IReadOnlyList<string> Wrap(string text, int letters)
    {
        List<string> lines = [];
        string line = "";
        foreach (string word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + word.Length >= letters)
            {
                lines.Add(line);
                line = "";
            }

            line += line.Length > 0 ? " " + word : word;
        }

        lines.Add(line);
        return lines;
    }

    /// <summary>The file.</summary>
    public string Make(int width, int height, string title, string madeFrom) => string.Create(CultureInfo.InvariantCulture, $"""
        <svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" font-family="DejaVu Sans, Verdana, Arial, sans-serif">
          <title>{Escape(title)}</title>
          <!-- Made from {madeFrom} by host-tools/BoardFiles; do not edit. -->
          <rect width="{width}" height="{height}" fill="#ffffff"/>

        """) + _text + "</svg>\n";

    private static string Escape(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
}
