// The air at the pole as a test sets it.
using PoleController.Sensing;

namespace PoleController.Tests.Parts;

internal sealed class KnownAir : IAirTemperature
{
    /// <summary>Hundredths of a degree; null when it is not measured.</summary>
    public int? Centidegrees { get; set; }

    public bool TryGetTemperature(long nowMs, out int centidegrees)
    {
        centidegrees = Centidegrees ?? 0;
        return Centidegrees is not null;
    }
}
