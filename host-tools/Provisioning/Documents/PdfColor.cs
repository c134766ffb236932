// A colour on paper.
namespace Provisioning.Documents;

/// <summary>A colour: red, green and blue from 0 to 1.</summary>
/// <param name="Red">Red.</param>
/// <param name="Green">Green.</param>
/// <param name="Blue">Blue.</param>
internal readonly record struct PdfColor(double Red, double Green, double Blue)
{
    public static readonly PdfColor Black = new(0, 0, 0);
    public static readonly PdfColor Gray = new(0.42, 0.42, 0.42);
    public static readonly PdfColor LightGray = new(0.93, 0.93, 0.93);
    public static readonly PdfColor Good = new(0.1, 0.45, 0.15);
    public static readonly PdfColor Bad = new(0.75, 0.1, 0.1);
}
