// A part of no type that the controller knows, at the address of another one: it acknowledges and says nothing but zeros.
using PoleController.Hal;
using Simulation.Parts;
using Simulation.Parts.Sensors;

namespace Simulation.Engine.Fittings;

/// <summary>Some other part on the bus.</summary>
/// <param name="clock">The time at its pole.</param>
internal sealed class SilentPart(PartClock clock) : I2cPart(clock)
{
    /// <inheritdoc/>
    public override void Restart()
    {
        // It remembers nothing.
    }

    /// <inheritdoc/>
    public override I2cResult Write(ReadOnlySpan<byte> data) => I2cResult.Ok;

    /// <inheritdoc/>
    public override I2cResult Read(Span<byte> data)
    {
        data.Clear();
        return I2cResult.Ok;
    }
}
