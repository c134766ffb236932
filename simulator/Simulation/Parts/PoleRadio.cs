// What the engine sees of a pole's radio, in whichever form it is simulated: a port, an antenna, and a time at which something happens next.
using PoleController.Hal;

namespace Simulation.Parts;

/// <summary>The radio of one simulated pole.</summary>
public abstract class PoleRadio
{
    /// <summary>Makes it over its antenna.</summary>
    protected PoleRadio(Antenna antenna)
    {
        ArgumentNullException.ThrowIfNull(antenna);
        Antenna = antenna;
    }

    /// <summary>Its antenna.</summary>
    public Antenna Antenna { get; }

    /// <summary>When something happens in the radio next.</summary>
    public abstract long NextEventUs { get; }

    /// <summary>The port for a controller that starts: a driver that knows nothing yet, where there is one.</summary>
    public abstract ILoRaRadio CreatePort();

    /// <summary>Tells the radio the time before the controller may call it.</summary>
    public abstract void SetTime(long timeUs);

    /// <summary>Lets the radio do what is due.</summary>
    /// <returns>Whether the controller has to look at it.</returns>
    public abstract bool Advance(long timeUs);

    /// <summary>The power fails: everything in the radio is gone.</summary>
    public abstract void PowerOff();
}
