// Fonts that every PDF reader has (ISO 32000-1, 9.6.2.2), with the widths of their letters: without them no line could be broken. Letters are those of Windows-1252.
using System.Text;

namespace Provisioning.Documents;

/// <summary>A font. The number is its name in the file.</summary>
internal enum PdfFont
{
    /// <summary>Courier Bold, for numbers on labels.</summary>
    CourierBold = 1,

    /// <summary>Helvetica.</summary>
    Helvetica = 2,

    /// <summary>Helvetica Bold.</summary>
    HelveticaBold = 3,
}

/// <summary>Letters of fonts and their widths.</summary>
internal static class PdfFonts
{
    private const int CourierWidth = 600;
    private const int FirstCharacter = 32;
    private const double UnitsPerSize = 1000;

    // Thousandths of the size, from the blank on, in Windows-1252: the published metrics of the standard fonts (Adobe Core 14, Helvetica.afm and Helvetica-Bold.afm).
    private static readonly short[] s_helvetica = Parse("""
        278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 278 278 584 584 584 556
        1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 722 667 611 722 667 944 667 667 611 278 278 278 469 556
        333 556 556 500 556 556 278 556 556 222 222 500 222 833 556 556 556 556 333 500 278 556 500 722 500 500 500 334 260 334 584 350
        556 350 222 556 333 1000 556 556 333 1000 667 333 1000 350 611 350 350 222 222 333 333 350 556 1000 333 1000 500 333 944 350 500 667
        278 333 556 556 556 556 260 556 333 737 370 556 584 333 737 333 400 584 333 333 333 556 537 278 333 333 365 556 834 834 834 611
        667 667 667 667 667 667 1000 722 667 667 667 667 278 278 278 278 722 722 778 778 778 778 778 584 778 722 722 722 722 667 667 611
        556 556 556 556 556 556 889 500 556 556 556 556 278 278 278 278 556 556 556 556 556 556 556 584 611 556 556 556 556 500 556 500
        """);

    private static readonly short[] s_helveticaBold = Parse("""
        278 333 474 556 556 889 722 238 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 333 333 584 584 584 611
        975 722 722 722 722 667 611 778 722 278 556 722 611 833 722 778 667 778 722 667 611 722 667 944 667 667 611 333 278 333 584 556
        333 556 611 556 611 556 333 611 611 278 278 556 278 889 611 611 611 611 389 556 333 611 556 778 556 556 500 389 280 389 584 350
        556 350 278 556 500 1000 556 556 333 1000 667 333 1000 350 611 350 350 278 278 500 500 350 556 1000 333 1000 556 333 944 350 500 667
        278 333 556 556 556 556 280 556 333 737 370 556 584 333 737 333 400 584 333 333 333 611 556 278 333 333 365 556 834 834 834 611
        722 722 722 722 722 722 1000 722 667 667 667 667 278 278 278 278 722 722 778 778 778 778 778 584 778 722 722 722 722 667 667 611
        556 556 556 556 556 556 889 556 556 556 556 556 278 278 278 278 611 611 611 611 611 611 611 584 611 611 611 611 611 556 611 556
        """);

    private static readonly Encoding s_strict =
        CodePagesEncodingProvider.Instance.GetEncoding(1252, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;

    // The code page's own: the nearest letter that it has (Ł becomes L), else a question mark.
    private static readonly Encoding s_nearest = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    /// <summary>Name of a font, as readers know it.</summary>
    public static string BaseName(this PdfFont font) => font switch
    {
        PdfFont.Helvetica => "Helvetica",
        PdfFont.HelveticaBold => "Helvetica-Bold",
        _ => "Courier-Bold",
    };

    /// <summary>A text's bytes in the file.</summary>
    /// <exception cref="EncoderFallbackException">The fonts have a letter not.</exception>
    public static byte[] Encode(string text) => s_strict.GetBytes(text);

    /// <summary>A text's bytes in the file, with the nearest letter for those that the fonts have not.</summary>
    public static byte[] EncodeNearest(string text) => s_nearest.GetBytes(text);

    /// <summary>Width of text in millimetres.</summary>
    public static double WidthMm(this PdfFont font, ReadOnlySpan<byte> text, double sizePoints)
    {
        long units = 0;
        foreach (byte character in text)
        {
            units += font switch
            {
                PdfFont.CourierBold => CourierWidth,
                _ when character < FirstCharacter => 0,
                PdfFont.Helvetica => s_helvetica[character - FirstCharacter],
                _ => s_helveticaBold[character - FirstCharacter],
            };
        }

        return units / UnitsPerSize * sizePoints / PdfDocument.PointsPerMm;
    }

    private static short[] Parse(string widths) => [.. widths.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).Select(short.Parse)];
}
