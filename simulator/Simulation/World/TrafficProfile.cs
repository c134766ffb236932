// How many travellers are expected by a time of the run: the integral of the rate, and its inverse. Shared by all poles, read only.
using Simulation.Scenarios;

namespace Simulation.World;

/// <summary>
/// Expected travellers of one street over the run, from counts per 15 minutes of one local day, repeated. Local time is followed through
/// changes of daylight saving.
/// </summary>
public sealed class TrafficProfile
{
    /// <summary>Quarters of an hour in a day.</summary>
    public const int BinsPerDay = 96;

    /// <summary>Length of a bin.</summary>
    public const long BinUs = 900_000_000;

    private const long BinMs = 900_000;

    private readonly long _firstUs;
    private readonly double[] _cumulative;
    private readonly int[] _guide;
    private readonly double _guideScale;

    /// <summary>Makes the profile.</summary>
    /// <param name="countsPerBin">Travellers in each quarter of an hour of the local day, 96 values.</param>
    /// <param name="startUtcMs">Start of the run, milliseconds since 1970-01-01T00:00:00Z.</param>
    /// <param name="durationMs">Length of the run.</param>
    /// <param name="leadMs">How long before the start travellers may have entered a street.</param>
    /// <param name="timeZone">Local time of the place.</param>
    public TrafficProfile(IReadOnlyList<double> countsPerBin, long startUtcMs, long durationMs, long leadMs, TimeZoneRule timeZone)
    {
        ArgumentNullException.ThrowIfNull(countsPerBin);
        ArgumentNullException.ThrowIfNull(timeZone);
        ArgumentOutOfRangeException.ThrowIfNotEqual(countsPerBin.Count, BinsPerDay);

        // Bins are aligned with the UTC quarter hours; offsets of local time are multiples of 15 minutes everywhere on earth.
        long firstUtcMs = (startUtcMs - leadMs) / BinMs * BinMs;
        int bins = checked((int)((startUtcMs + durationMs - firstUtcMs + BinMs - 1) / BinMs));
        _firstUs = (firstUtcMs - startUtcMs) * 1000;
        _cumulative = new double[bins + 1];
        for (int bin = 0; bin < bins; bin++)
        {
            DateTime local = timeZone.ToLocal(firstUtcMs + (bin * BinMs));
            _cumulative[bin + 1] = _cumulative[bin] + countsPerBin[((local.Hour * 60) + local.Minute) / 15];
        }

        // A guide table (Devroye 1986, III.2.4) makes the inverse O(1): it says where to begin to look.
        _guide = new int[bins];
        _guideScale = Total > 0 ? bins / Total : 0;
        int at = 0;
        for (int i = 0; i < bins; i++)
        {
            while (at + 1 < bins && _cumulative[at + 1] * _guideScale <= i)
            {
                at++;
            }

            _guide[i] = at;
        }
    }

    /// <summary>Expected travellers over the whole run, the lead included.</summary>
    public double Total => _cumulative[^1];

    /// <summary>The time of the run by which so many travellers are expected.</summary>
    /// <param name="expected">From 0 up to <see cref="Total"/>.</param>
    /// <returns>Microseconds after the start of the run; <see cref="long.MaxValue"/> from <see cref="Total"/> on.</returns>
    public long TimeUsAt(double expected)
    {
        if (!(expected < Total))
        {
            return long.MaxValue;
        }

        int bin = _guide[Math.Min((int)(expected * _guideScale), _guide.Length - 1)];
        while (_cumulative[bin + 1] <= expected)
        {
            bin++;
        }

        double inBin = (expected - _cumulative[bin]) / (_cumulative[bin + 1] - _cumulative[bin]);
        return _firstUs + (bin * BinUs) + (long)(inBin * BinUs);
    }
}
