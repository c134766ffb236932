// The photocell on the pole: sees the daylight of the world at the present moment.
using PoleController.Hal;
using Simulation.World;

namespace Simulation.Parts;

/// <summary>A photocell under the world's sky.</summary>
public sealed class PhotocellPart : ILightSensor
{
    private readonly DaylightModel _daylight;

    /// <summary>Makes a photocell at a place.</summary>
    public PhotocellPart(DaylightModel daylight) => _daylight = daylight;

    /// <summary>Whether the part does not answer.</summary>
    public bool IsFailed { get; set; }

    /// <summary>The present moment, in simulated time; set by the engine before a step.</summary>
    public long NowUs { get; set; }

    /// <inheritdoc/>
    public bool TryRead(out int illuminanceMillilux)
    {
        illuminanceMillilux = IsFailed ? 0 : _daylight.IlluminanceMillilux(NowUs);
        return !IsFailed;
    }
}
