// A simulated part on an I2C bus, as the bus sees it. What the bytes mean is the part's; wires and their failures are the socket's.
using PoleController.Hal;

namespace Simulation.Parts.Sensors;

/// <summary>
/// A part that answers at an address. It computes what is due when it is spoken to: nothing ticks. A part that is busy does not acknowledge its
/// address (<see cref="I2cResult.AddressNotAcknowledged"/>), one that refuses a byte breaks off (<see cref="I2cResult.Partial"/>).
/// </summary>
public abstract class I2cPart
{
    /// <summary>Makes a part that has just got its supply.</summary>
    /// <param name="clock">The time at its pole.</param>
    protected I2cPart(PartClock clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        Clock = clock;
    }

    /// <summary>The time at its pole.</summary>
    protected PartClock Clock { get; }

    /// <summary>The present time.</summary>
    protected long NowUs => Clock.NowUs;

    /// <summary>The supply was gone for a moment: the part is as after switching on and knows nothing of before.</summary>
    public abstract void Restart();

    /// <summary>Takes bytes that were written.</summary>
    public abstract I2cResult Write(ReadOnlySpan<byte> data);

    /// <summary>Gives bytes that are read.</summary>
    public abstract I2cResult Read(Span<byte> data);
}
