// A gateway's own clock: the microsecond counter of its concentrator. Every gateway's starts somewhere else and runs a little off.
namespace Simulation.Radio;

/// <summary>
/// A concentrator's counter. Servers see its low 32 bits (tmst of Semtech's packet forwarder, PROTOCOL.TXT section 4), which begin anew every
/// 71.6 minutes, or its low 48 bits (xtime of LoRa Basics Station).
/// </summary>
public sealed class GatewayCounter
{
    private const long Billion = 1_000_000_000;
    private readonly long _offsetUs;
    private readonly long _driftPartsPerBillion;

    /// <summary>Makes one.</summary>
    /// <param name="offsetUs">Its value at the start of the run, 0 to 2^47.</param>
    /// <param name="driftPartsPerBillion">How fast it runs; within 100,000 (100 ppm).</param>
    public GatewayCounter(long offsetUs, int driftPartsPerBillion)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offsetUs);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offsetUs, 1L << 47);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Math.Abs(driftPartsPerBillion), 100_000);
        _offsetUs = offsetUs;
        _driftPartsPerBillion = driftPartsPerBillion;
    }

    /// <summary>The counter at a simulated time, whole.</summary>
    /// <param name="timeUs">Microseconds since the start of the run.</param>
    public long At(long timeUs) => _offsetUs + timeUs + (timeUs * _driftPartsPerBillion / Billion);

    /// <summary>The simulated time of a value of the counter, to a microsecond.</summary>
    /// <param name="counterUs">The whole counter.</param>
    public long TimeUs(long counterUs)
    {
        long elapsedUs = counterUs - _offsetUs;
        return elapsedUs - (elapsedUs * _driftPartsPerBillion / (Billion + _driftPartsPerBillion));
    }

    /// <summary>The whole counter of which a server gave the low 32 bits: the value nearest to now, so half of 71 minutes ahead or back.</summary>
    /// <param name="low">The low 32 bits.</param>
    /// <param name="nowUs">Simulated time now.</param>
    public long Widen(uint low, long nowUs)
    {
        long now = At(nowUs);
        return now + unchecked((int)(low - (uint)now));
    }
}
