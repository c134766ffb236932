// Paragraphs and tables, one below the other, over as many pages as it takes. Every page has the same footer, with its number and how many there are.
using System.Globalization;

namespace Provisioning.Documents;

/// <summary>A cell: its text, and how it looks.</summary>
/// <param name="Text">The text; wrapped to the column's width.</param>
/// <param name="Font">The font.</param>
/// <param name="Color">The colour; null for black.</param>
internal sealed record FlowCell(string Text, PdfFont Font = PdfFont.Helvetica, PdfColor? Color = null)
{
    public static implicit operator FlowCell(string text) => new(text);
}

/// <summary>Text that flows over pages.</summary>
/// <param name="title">Title of the document, as readers show it.</param>
/// <param name="language">Its language (BCP 47).</param>
internal sealed class PageFlow(string title, string language)
{
    private const double LeftMm = 20;
    private const double TopMm = 18;
    private const double BottomMm = PdfDocument.PageHeightMm - 22;
    private const double FooterMm = PdfDocument.PageHeightMm - 12;
    private const double TextPoints = 9;
    private const double FooterPoints = 7.5;
    private const double LineSpacing = 1.3;
    private const double CellPaddingMm = 1.2;
    private const double RuleMm = 0.15;

    // What is drawn on each page, in order: the footer needs to know how many pages there are.
    private readonly List<List<Action<PdfDocument>>> _pages = [[]];
    private double _y = TopMm;

    /// <summary>Width that there is for text, in millimetres.</summary>
    public static double WidthMm => PdfDocument.PageWidthMm - (2 * LeftMm);

    /// <summary>Text of the footer's left side; what stands at {0} and {1} are the page and how many there are.</summary>
    public string Footer { get; init; } = "{0}/{1}";

    /// <summary>Adds a heading; it is never the last thing on a page.</summary>
    public void Heading(string text, double sizePoints)
    {
        double height = LineMm(sizePoints);
        MakeRoom(height + (3 * LineMm(TextPoints)));
        _y += _y > TopMm ? height * 0.5 : 0;
        Draw(new FlowCell(text, PdfFont.HelveticaBold), LeftMm, WidthMm, sizePoints);
        _y += CellPaddingMm;
    }

    /// <summary>Adds a paragraph.</summary>
    public void Paragraph(FlowCell text)
    {
        Draw(text, LeftMm, WidthMm, TextPoints);
        _y += CellPaddingMm;
    }

    /// <summary>Leaves room.</summary>
    public void Space(double heightMm) => _y += heightMm;

    /// <summary>Adds a table. Its headings come again on every page; a row is never cut in two.</summary>
    /// <param name="shares">Widths of the columns, as shares of the whole.</param>
    /// <param name="headings">Headings; null for none.</param>
    /// <param name="rows">Rows.</param>
    public void Table(double[] shares, IReadOnlyList<FlowCell>? headings, IEnumerable<IReadOnlyList<FlowCell>> rows)
    {
        double whole = shares.Sum();
        double[] widths = [.. shares.Select(share => share / whole * WidthMm)];
        IReadOnlyList<FlowCell>? head = headings is null ? null : [.. headings.Select(cell => cell with { Font = PdfFont.HelveticaBold })];
        bool isFirst = true;
        foreach (IReadOnlyList<FlowCell> row in rows)
        {
            double height = HeightOf(row, widths);
            if (isFirst || _y + height > BottomMm)
            {
                MakeRoom(height + (head is null ? 0 : HeightOf(head, widths)));
                if (head is not null)
                {
                    Row(head, widths, PdfColor.LightGray);
                }
            }

            isFirst = false;
            Row(row, widths, null);
        }

        _y += CellPaddingMm;
    }

    /// <summary>The document's bytes.</summary>
    public byte[] ToBytes()
    {
        PdfDocument document = new() { Title = title, Language = language };
        for (int page = 0; page < _pages.Count; page++)
        {
            foreach (Action<PdfDocument> draw in _pages[page])
            {
                draw(document);
            }

            byte[] footer = PdfFonts.EncodeNearest(string.Format(CultureInfo.InvariantCulture, Footer, page + 1, _pages.Count));
            document.Text(PdfFont.Helvetica, LeftMm, FooterMm, FooterPoints, footer, PdfColor.Gray);
            document.EndPage();
        }

        return document.ToBytes();
    }

    /// <summary>Breaks text into lines of a width: at blanks, and inside a word that is longer than a line.</summary>
    internal static IReadOnlyList<byte[]> Wrap(FlowCell cell, double widthMm, double sizePoints)
    {
        List<byte[]> lines = [];
        foreach (string paragraph in cell.Text.Split('\n'))
        {
            List<byte> line = [];
            foreach (string word in paragraph.Split(' '))
            {
                byte[] bytes = PdfFonts.EncodeNearest(word);
                byte[] longer = line.Count == 0 ? bytes : [.. line, (byte)' ', .. bytes];
                if (line.Count > 0 && cell.Font.WidthMm(longer, sizePoints) > widthMm)
                {
                    lines.Add([.. line]);
                    longer = bytes;
                }

                line = [.. longer];
                CutLongWord(lines, line, cell.Font, widthMm, sizePoints);
            }

            lines.Add([.. line]);
        }

        return lines;
    }

    private static void CutLongWord(List<byte[]> lines, List<byte> line, PdfFont font, double widthMm, double sizePoints)
    {
        while (line.Count > 1 && font.WidthMm([.. line], sizePoints) > widthMm)
        {
            int count = line.Count - 1;
            while (count > 1 && font.WidthMm([.. line[..count]], sizePoints) > widthMm)
            {
                count--;
            }

            lines.Add([.. line[..count]]);
            line.RemoveRange(0, count);
        }
    }

    private static double LineMm(double sizePoints) => sizePoints * LineSpacing / PdfDocument.PointsPerMm;

    private static double HeightOf(IReadOnlyList<FlowCell> row, double[] widths) =>
        row.Select((cell, column) => Wrap(cell, widths[column] - (2 * CellPaddingMm), TextPoints).Count).Max() * LineMm(TextPoints) + (2 * CellPaddingMm);

    private void Row(IReadOnlyList<FlowCell> row, double[] widths, PdfColor? background)
    {
        double top = _y;
        double height = HeightOf(row, widths);
        if (background is { } color)
        {
            Add(document => document.Rectangle(LeftMm, top, WidthMm, height, color));
        }

        double left = LeftMm;
        for (int column = 0; column < row.Count; column++)
        {
            _y = top + CellPaddingMm;
            Draw(row[column], left + CellPaddingMm, widths[column] - (2 * CellPaddingMm), TextPoints);
            left += widths[column];
        }

        _y = top + height;
        double bottom = _y;
        Add(document => document.Rectangle(LeftMm, bottom - RuleMm, WidthMm, RuleMm, PdfColor.Gray));
    }

    private void Draw(FlowCell cell, double leftMm, double widthMm, double sizePoints)
    {
        foreach (byte[] line in Wrap(cell, widthMm, sizePoints))
        {
            MakeRoom(LineMm(sizePoints));
            _y += LineMm(sizePoints);

            // The baseline is above the line's lower edge by what letters like g and j reach below it.
            double baseline = _y - (LineMm(sizePoints) * 0.25);
            Add(document => document.Text(cell.Font, leftMm, baseline, sizePoints, line, cell.Color));
        }
    }

    private void MakeRoom(double heightMm)
    {
        if (_y + heightMm > BottomMm && _y > TopMm)
        {
            _pages.Add([]);
            _y = TopMm;
        }
    }

    private void Add(Action<PdfDocument> draw) => _pages[^1].Add(draw);
}
