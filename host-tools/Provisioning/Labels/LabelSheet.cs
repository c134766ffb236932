// Labels for controllers: the QR code that a phone or a network server's app reads, the number of the pole and the DevEUI that people read. No key is on them.
using System.Text;
using Provisioning.Controllers;
using Provisioning.Documents;
using Provisioning.Problems;
using QRCoder;

namespace Provisioning.Labels;

/// <summary>What stands on labels, and on which sheet.</summary>
public sealed record LabelRequest
{
    /// <summary>VendorID that the LoRa Alliance assigned, 4 hexadecimal digits.</summary>
    public required string VendorId { get; init; }

    /// <summary>The vendor's number of the device profile, 4 hexadecimal digits.</summary>
    public required string ProfileId { get; init; }

    /// <summary>The sheet.</summary>
    public required LabelLayout Layout { get; init; }

    /// <summary>Labels of the first sheet that are used up already.</summary>
    public int SkippedCount { get; init; }
}

/// <summary>Makes sheets of labels.</summary>
public static class LabelSheet
{
    private const double MarginMm = 2.5;

    // Every glyph of Courier is 0.6 of the font's size wide.
    private const double CourierWidth = 0.6;
    private const double LargestPoints = 16;
    private const int DigitsPerGroup = 4;

    /// <summary>Makes a PDF with a label for each controller, in their order.</summary>
    /// <exception cref="ProblemException">A pole's number has letters that the font has not, or an identifier is none.</exception>
    public static byte[] Make(IReadOnlyList<Controller> controllers, LabelRequest request)
    {
        ArgumentNullException.ThrowIfNull(controllers);
        ArgumentNullException.ThrowIfNull(request);
        RequireHex("--vendor-id", request.VendorId);
        RequireHex("--profile-id", request.ProfileId);
        LabelLayout layout = request.Layout;
        PdfDocument document = new();
        using QRCodeGenerator generator = new();
        int place = request.SkippedCount % layout.PerPage;
        foreach (Controller controller in controllers)
        {
            if (place == layout.PerPage)
            {
                document.EndPage();
                place = 0;
            }

            double left = layout.LeftMm + (place % layout.Columns * (layout.WidthMm + layout.GapMm));
            double top = layout.TopMm + (place / layout.Columns * layout.HeightMm);
            Draw(document, generator, controller, request, left, top);
            place++;
        }

        document.EndPage();
        return document.ToBytes();
    }

    private static void Draw(PdfDocument document, QRCodeGenerator generator, Controller controller, LabelRequest request, double left, double top)
    {
        string text = new QrText(controller.JoinEui, controller.DevEui, request.VendorId, request.ProfileId).ToString();

        // A quarter of the code may be scratched or dirty (level Q): it hangs outdoors for years.
        using QRCodeData code = generator.CreateQrCode(text, QRCodeGenerator.ECCLevel.Q);
        double side = request.Layout.HeightMm - (2 * MarginMm);
        document.BeginRaster(left + MarginMm, top + MarginMm, side / code.ModuleMatrix.Count);
        for (int row = 0; row < code.ModuleMatrix.Count; row++)
        {
            System.Collections.BitArray modules = code.ModuleMatrix[row];
            for (int column = 0; column < modules.Count; column++)
            {
                int begin = column;
                while (column < modules.Count && modules[column])
                {
                    column++;
                }

                if (column > begin)
                {
                    document.Run(begin, row, column - begin);
                }
            }
        }

        document.EndRaster();
        DrawText(document, controller, request.Layout, left + MarginMm + side, top, request.Layout.WidthMm - (2 * MarginMm) - side);
    }

    private static void DrawText(PdfDocument document, Controller controller, LabelLayout layout, double left, double top, double width)
    {
        double middle = top + (layout.HeightMm / 2);
        if (controller.PoleId is { } pole)
        {
            byte[] bytes;
            try
            {
                bytes = PdfFonts.Encode(pole);
            }
            catch (EncoderFallbackException)
            {
                throw new ProblemException(new Problem("problem.label.letters") { Field = "pole", Value = pole });
            }

            document.Text(PdfFont.CourierBold, left, middle - 4, SizeFor(bytes.Length, width), bytes);
        }

        // Two lines of two groups are larger than one of four.
        string eui = controller.DevEui.ToUpperInvariant();
        double size = SizeFor((2 * DigitsPerGroup) + 1, width);
        for (int line = 0; line < 2; line++)
        {
            int begin = line * 2 * DigitsPerGroup;
            string groups = $"{eui.AsSpan(begin, DigitsPerGroup)} {eui.AsSpan(begin + DigitsPerGroup, DigitsPerGroup)}";
            document.Text(PdfFont.CourierBold, left, middle + 3 + (line * (size / PdfDocument.PointsPerMm)), size, Encoding.ASCII.GetBytes(groups));
        }
    }

    private static double SizeFor(int characters, double widthMm) => Math.Min(LargestPoints, widthMm * PdfDocument.PointsPerMm / (characters * CourierWidth));

    private static void RequireHex(string field, string value)
    {
        if (value.Length != DigitsPerGroup || !value.All(char.IsAsciiHexDigit))
        {
            throw new ProblemException(new Problem("problem.label.identifier") { Kind = ProblemKind.WrongUse, Field = field, Value = value });
        }
    }
}
