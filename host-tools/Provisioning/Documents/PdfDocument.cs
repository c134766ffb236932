// A small PDF (ISO 32000-1): pages of A4 with filled rectangles, lines and text in fonts that every reader has, so that nothing is embedded. What stands where is the
// caller's business: sheets of labels place by hand, PageFlow places paragraphs and tables.
using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Provisioning.Documents;

/// <summary>Writes a PDF.</summary>
internal sealed class PdfDocument
{
    /// <summary>Width of A4 in millimetres.</summary>
    public const double PageWidthMm = 210;

    /// <summary>Height of A4 in millimetres.</summary>
    public const double PageHeightMm = 297;

    /// <summary>Points in a millimetre.</summary>
    public const double PointsPerMm = 72 / 25.4;

    private const int CatalogObject = 1;
    private const int PagesObject = 2;
    private const int InfoObject = 3;
    private const int FirstFontObject = 4;

    private readonly List<byte[]> _pages = [];
    private readonly StringBuilder _content = new();

    /// <summary>Title, as readers show it; empty for none.</summary>
    public string Title { get; init; } = "";

    /// <summary>Language of the text (BCP 47), for screen readers; empty when it is in none.</summary>
    public string Language { get; init; } = "";

    /// <summary>Begins a raster of squares: rectangles are counted in them, rightwards and downwards. Whole numbers are quickly written and short.</summary>
    /// <param name="leftMm">Left edge, from the page's left.</param>
    /// <param name="topMm">Top edge, from the page's top.</param>
    /// <param name="squareMm">Side of a square.</param>
    public void BeginRaster(double leftMm, double topMm, double squareMm)
    {
        string side = (squareMm * PointsPerMm).ToString("0.######", CultureInfo.InvariantCulture);
        _content.Append("q ").Append(side).Append(" 0 0 -").Append(side).Append(' ').Append(Points(leftMm)).Append(' ')
            .Append(Points(PageHeightMm - topMm)).Append(" cm\n");
    }

    /// <summary>Adds a rectangle of one row of squares.</summary>
    public void Run(int column, int row, int width) => _content.Append(column).Append(' ').Append(row).Append(' ').Append(width).Append(" 1 re\n");

    /// <summary>Ends the raster: its rectangles are painted.</summary>
    public void EndRaster() => _content.Append("f Q\n");

    /// <summary>Writes a line of text; its bytes are in the PDF's WinAnsiEncoding.</summary>
    /// <param name="font">The font.</param>
    /// <param name="leftMm">Where it begins.</param>
    /// <param name="baselineMm">Its baseline, from the top of the page.</param>
    /// <param name="sizePoints">Size of the font.</param>
    /// <param name="text">The text.</param>
    /// <param name="color">Its colour; black when not given.</param>
    public void Text(PdfFont font, double leftMm, double baselineMm, double sizePoints, byte[] text, PdfColor? color = null)
    {
        string fill = color is { } told ? Fill(told) : "";
        string end = color is null ? "" : Fill(PdfColor.Black);
        _content.Append(
            CultureInfo.InvariantCulture,
            $"{fill}BT /F{(int)font} {sizePoints:0.##} Tf {Points(leftMm)} {Points(PageHeightMm - baselineMm)} Td <{Convert.ToHexString(text)}> Tj ET\n{end}");
    }

    /// <summary>Fills a rectangle.</summary>
    public void Rectangle(double leftMm, double topMm, double widthMm, double heightMm, PdfColor color) => _content.Append(
        CultureInfo.InvariantCulture,
        $"{Fill(color)}{Points(leftMm)} {Points(PageHeightMm - topMm - heightMm)} {Points(widthMm)} {Points(heightMm)} re f\n{Fill(PdfColor.Black)}");

    /// <summary>Ends the page.</summary>
    public void EndPage()
    {
        using MemoryStream compressed = new();
        using (ZLibStream stream = new(compressed, CompressionLevel.Fastest))
        {
            stream.Write(Encoding.ASCII.GetBytes(_content.ToString()));
        }

        _pages.Add(compressed.ToArray());
        _content.Clear();
    }

    /// <summary>The document's bytes.</summary>
    public byte[] ToBytes()
    {
        using MemoryStream file = new();
        List<long> offsets = [];
        void Write(string text) => file.Write(Encoding.Latin1.GetBytes(text));
        void Begin(int number)
        {
            offsets.Add(file.Position);
            Write(string.Create(CultureInfo.InvariantCulture, $"{number} 0 obj\n"));
        }

        PdfFont[] fonts = Enum.GetValues<PdfFont>();
        int firstPageObject = FirstFontObject + fonts.Length;
        Write("%PDF-1.4\n%\u00E2\u00E3\u00CF\u00D3\n");
        Begin(CatalogObject);
        string language = Language.Length == 0 ? "" : $" /Lang ({Language})";
        Write($"<< /Type /Catalog /Pages {PagesObject} 0 R{language} >>\nendobj\n");
        Begin(PagesObject);
        string kids = string.Join(' ', Enumerable.Range(0, _pages.Count).Select(index => $"{firstPageObject + (2 * index)} 0 R"));
        Write($"<< /Type /Pages /Count {_pages.Count} /Kids [{kids}] >>\nendobj\n");
        Begin(InfoObject);
        string title = Title.Length == 0 ? "" : $" /Title <FEFF{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(Title))}>";
        Write($"<< /Producer (polectl){title} >>\nendobj\n");
        foreach (PdfFont font in fonts)
        {
            Begin(FirstFontObject + (int)font - 1);
            Write($"<< /Type /Font /Subtype /Type1 /BaseFont /{font.BaseName()} /Encoding /WinAnsiEncoding >>\nendobj\n");
        }

        string resources = string.Join(' ', fonts.Select(font => $"/F{(int)font} {FirstFontObject + (int)font - 1} 0 R"));
        for (int i = 0; i < _pages.Count; i++)
        {
            int number = firstPageObject + (2 * i);
            Begin(number);
            Write(string.Create(
                CultureInfo.InvariantCulture,
                $"<< /Type /Page /Parent {PagesObject} 0 R /MediaBox [0 0 {Points(PageWidthMm)} {Points(PageHeightMm)}] "
                + $"/Resources << /Font << {resources} >> >> /Contents {number + 1} 0 R >>\nendobj\n"));
            Begin(number + 1);
            Write(string.Create(CultureInfo.InvariantCulture, $"<< /Length {_pages[i].Length} /Filter /FlateDecode >>\nstream\n"));
            file.Write(_pages[i]);
            Write("\nendstream\nendobj\n");
        }

        long table = file.Position;
        Write(string.Create(CultureInfo.InvariantCulture, $"xref\n0 {offsets.Count + 1}\n0000000000 65535 f \n"));
        foreach (long offset in offsets)
        {
            Write(offset.ToString("0000000000", CultureInfo.InvariantCulture) + " 00000 n \n");
        }

        Write(string.Create(
            CultureInfo.InvariantCulture,
            $"trailer\n<< /Size {offsets.Count + 1} /Root {CatalogObject} 0 R /Info {InfoObject} 0 R >>\nstartxref\n{table}\n%%EOF\n"));
        return file.ToArray();
    }

    private static string Points(double millimetres) => (millimetres * PointsPerMm).ToString("0.###", CultureInfo.InvariantCulture);

    private static string Fill(PdfColor color) => string.Create(CultureInfo.InvariantCulture, $"{color.Red:0.###} {color.Green:0.###} {color.Blue:0.###} rg\n");
}
