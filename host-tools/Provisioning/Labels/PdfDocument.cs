// A small PDF (ISO 32000-1): pages of A4 with filled rectangles and text in Courier, one of the fonts that every reader has. Enough for labels, and no more.
using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Provisioning.Labels;

/// <summary>Writes a PDF.</summary>
internal sealed class PdfDocument
{
    private const double PointsPerMm = 72 / 25.4;
    private const int CatalogObject = 1;
    private const int PagesObject = 2;
    private const int FontObject = 3;
    private const int FirstPageObject = 4;

    private readonly List<byte[]> _pages = [];
    private readonly StringBuilder _content = new();

    /// <summary>Begins a raster of squares: rectangles are counted in them, rightwards and downwards. Whole numbers are quickly written and short.</summary>
    /// <param name="leftMm">Left edge, from the page's left.</param>
    /// <param name="topMm">Top edge, from the page's top.</param>
    /// <param name="squareMm">Side of a square.</param>
    public void BeginRaster(double leftMm, double topMm, double squareMm)
    {
        string side = (squareMm * PointsPerMm).ToString("0.######", CultureInfo.InvariantCulture);
        _content.Append("q ").Append(side).Append(" 0 0 -").Append(side).Append(' ').Append(Points(leftMm)).Append(' ')
            .Append(Points(LabelLayout.PageHeightMm - topMm)).Append(" cm\n");
    }

    /// <summary>Adds a rectangle of one row of squares.</summary>
    public void Run(int column, int row, int width) => _content.Append(column).Append(' ').Append(row).Append(' ').Append(width).Append(" 1 re\n");

    /// <summary>Ends the raster: its rectangles are painted.</summary>
    public void EndRaster() => _content.Append("f Q\n");

    /// <summary>Writes a line of text; its bytes are in the PDF's WinAnsiEncoding.</summary>
    /// <param name="leftMm">Where it begins.</param>
    /// <param name="baselineMm">Its baseline, from the top of the page.</param>
    /// <param name="sizePoints">Size of the font.</param>
    /// <param name="text">The text.</param>
    public void Text(double leftMm, double baselineMm, double sizePoints, byte[] text) => _content.Append(
        CultureInfo.InvariantCulture,
        $"BT /F1 {sizePoints:0.##} Tf {Points(leftMm)} {Points(LabelLayout.PageHeightMm - baselineMm)} Td <{Convert.ToHexString(text)}> Tj ET\n");

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

        Write("%PDF-1.4\n%\u00E2\u00E3\u00CF\u00D3\n");
        Begin(CatalogObject);
        Write($"<< /Type /Catalog /Pages {PagesObject} 0 R >>\nendobj\n");
        Begin(PagesObject);
        string kids = string.Join(' ', Enumerable.Range(0, _pages.Count).Select(index => $"{FirstPageObject + (2 * index)} 0 R"));
        Write($"<< /Type /Pages /Count {_pages.Count} /Kids [{kids}] >>\nendobj\n");
        Begin(FontObject);
        Write("<< /Type /Font /Subtype /Type1 /BaseFont /Courier-Bold /Encoding /WinAnsiEncoding >>\nendobj\n");
        for (int i = 0; i < _pages.Count; i++)
        {
            int number = FirstPageObject + (2 * i);
            Begin(number);
            Write(string.Create(
                CultureInfo.InvariantCulture,
                $"<< /Type /Page /Parent {PagesObject} 0 R /MediaBox [0 0 {Points(LabelLayout.PageWidthMm)} {Points(LabelLayout.PageHeightMm)}] "
                + $"/Resources << /Font << /F1 {FontObject} 0 R >> >> /Contents {number + 1} 0 R >>\nendobj\n"));
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

        Write(string.Create(CultureInfo.InvariantCulture, $"trailer\n<< /Size {offsets.Count + 1} /Root {CatalogObject} 0 R >>\nstartxref\n{table}\n%%EOF\n"));
        return file.ToArray();
    }

    private static string Points(double millimetres) => (millimetres * PointsPerMm).ToString("0.###", CultureInfo.InvariantCulture);
}
