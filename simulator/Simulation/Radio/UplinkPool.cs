// Keeps uplink records for reuse, so that a fleet in steady state makes no garbage. One pool per partition of poles.
namespace Simulation.Radio;

/// <summary>
/// Uplink records for reuse. The poles of one partition rent from it while they run, the network returns to it while no pole runs:
/// the two never happen at once, so there is no lock.
/// </summary>
public sealed class UplinkPool
{
    private readonly Stack<UplinkTransmission> _free = new();

    /// <summary>A record to fill; every field but the bytes of the frame is to be set by the caller.</summary>
    public UplinkTransmission Rent() => _free.TryPop(out UplinkTransmission? uplink) ? uplink : new UplinkTransmission { Owner = this };

    /// <summary>Gives a record back to the pool it came from.</summary>
    /// <param name="uplink">The record; not used by the caller afterwards.</param>
    public static void Return(UplinkTransmission uplink)
    {
        ArgumentNullException.ThrowIfNull(uplink);
        uplink.Owner?._free.Push(uplink);
    }
}
