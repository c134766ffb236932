// How much of its transmission time each gateway has used in each sub-band.
using PoleController.LoRaWan;

namespace Simulation.Radio;

/// <summary>
/// Duty cycle of gateways, in the region's sub-bands (EU868: ETSI EN 300 220-2 annex B; ERC Recommendation 70-03 annex 1): in no period of one hour is a gateway
/// longer on the air in a sub-band than its share. Kept in minutes: every minute that touches the hour counts whole, so the truth is
/// never above the limit and at most a thirtieth below it.
/// </summary>
public sealed class DutyCycleLedger
{
    private const int MinutesKept = 64;
    private const int MinutesCounted = 61; // an hour and the minute in which a frame from before it may still end
    private const long MinuteUs = 60_000_000;
    private const long HourUs = 60 * MinuteUs;

    private readonly Region _region;
    private readonly int _subBandCount;
    private readonly long[] _minute;
    private readonly int[] _usedUs;

    /// <summary>Makes it with nothing used.</summary>
    /// <param name="gatewayCount">How many gateways.</param>
    /// <param name="region">The region; EU868 where it is null.</param>
    public DutyCycleLedger(int gatewayCount, Region? region = null)
    {
        _region = region ?? new Region(RegionId.Eu868);
        _subBandCount = _region.SubBandCount;
        _minute = new long[gatewayCount * _subBandCount * MinutesKept];
        _usedUs = new int[_minute.Length];
        Array.Fill(_minute, long.MinValue);
    }

    /// <summary>Time a gateway may be on the air in an hour, in microseconds; 0 outside the sub-bands.</summary>
    /// <param name="frequencyHz">Centre frequency.</param>
    public long HourlyLimitUs(int frequencyHz)
    {
        int subBand = _region.SubBandOf(frequencyHz);
        return subBand < 0 ? 0 : HourUs / 1000 * _region.DutyCyclePermille(subBand);
    }

    /// <summary>Whether a transmission stays within the limit.</summary>
    /// <param name="gateway">Which gateway.</param>
    /// <param name="frequencyHz">Centre frequency.</param>
    /// <param name="startUs">When it would start: not more than a minute before any that is recorded.</param>
    /// <param name="airTimeUs">How long it lasts.</param>
    /// <param name="sharePermille">How much of the limit may be used, 0 to 1,000.</param>
    public bool CanTransmit(int gateway, int frequencyHz, long startUs, long airTimeUs, int sharePermille = 1000) =>
        UsedUs(gateway, frequencyHz, startUs) + airTimeUs <= HourlyLimitUs(frequencyHz) / 1000 * sharePermille;

    /// <summary>Time used in the hour before a time and, where already planned, after it; in microseconds.</summary>
    /// <param name="gateway">Which gateway.</param>
    /// <param name="frequencyHz">Centre frequency.</param>
    /// <param name="timeUs">The time.</param>
    public long UsedUs(int gateway, int frequencyHz, long timeUs)
    {
        int subBand = _region.SubBandOf(frequencyHz);
        if (subBand < 0)
        {
            return 0;
        }

        int first = ((gateway * _subBandCount) + subBand) * MinutesKept;
        long oldest = (timeUs / MinuteUs) - MinutesCounted;
        long usedUs = 0;
        for (int at = first; at < first + MinutesKept; at++)
        {
            usedUs += _minute[at] >= oldest ? _usedUs[at] : 0;
        }

        return usedUs;
    }

    /// <summary>Records a transmission.</summary>
    /// <param name="gateway">Which gateway.</param>
    /// <param name="frequencyHz">Centre frequency, in a sub-band.</param>
    /// <param name="startUs">When it starts.</param>
    /// <param name="airTimeUs">How long it lasts.</param>
    public void Record(int gateway, int frequencyHz, long startUs, long airTimeUs)
    {
        int subBand = _region.SubBandOf(frequencyHz);
        ArgumentOutOfRangeException.ThrowIfNegative(subBand, nameof(frequencyHz));
        long minute = startUs / MinuteUs;
        int at = (((gateway * _subBandCount) + subBand) * MinutesKept) + (int)(minute % MinutesKept);
        if (_minute[at] != minute)
        {
            _minute[at] = minute;
            _usedUs[at] = 0;
        }

        _usedUs[at] += (int)airTimeUs;
    }
}
