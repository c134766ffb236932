// How long it takes from an arrival at one pole to more light at the next ones, over all lines of a run.
using Simulation.Engine;

namespace Simulation.Checks;

/// <summary>Delays of a number of rises.</summary>
/// <param name="PolesAhead">How many poles farther along the line; 1 is the next.</param>
/// <param name="Count">Rises.</param>
/// <param name="MedianUs">Half of them began within this, in microseconds.</param>
/// <param name="NinetyFiveUs">95 percent of them.</param>
/// <param name="LongestUs">All of them.</param>
internal sealed record NeighbourDelay(int PolesAhead, int Count, long MedianUs, long NinetyFiveUs, long LongestUs);

/// <summary>Puts the delays of all lines together.</summary>
internal static class NeighbourDelays
{
    /// <summary>The delays by distance, those that did not occur left out.</summary>
    public static IReadOnlyList<NeighbourDelay> Of(IReadOnlyList<NeighbourLine> lines)
    {
        List<NeighbourDelay> delays = [];
        for (int ahead = 1; lines.Count > 0 && ahead < lines[0].Delays.Length; ahead++)
        {
            long[] sortedUs = [.. lines.SelectMany(line => line.Delays[ahead]).Order()];
            if (sortedUs.Length > 0)
            {
                delays.Add(new NeighbourDelay(ahead, sortedUs.Length, Part(sortedUs, 50), Part(sortedUs, 95), sortedUs[^1]));
            }
        }

        return delays;
    }

    /// <summary>The value below which a part of a series lies.</summary>
    /// <param name="sorted">The series, ascending, not empty.</param>
    /// <param name="percent">1 to 100.</param>
    public static long Part(IReadOnlyList<long> sorted, int percent) => sorted[Math.Max(0, (int)Math.Ceiling(sorted.Count * percent / 100.0) - 1)];

    /// <summary>In words: how soon the next pole's light begins to rise.</summary>
    public static string Describe(FleetResult result) => Of(result.NeighbourLines) is [{ PolesAhead: 1 } next, ..]
        ? $"the next pole's light rises {Text.Duration(next.MedianUs)} after the arrival at the median, {Text.Duration(next.NinetyFiveUs)} for 95 %"
        : "no pole raised the next";
}
