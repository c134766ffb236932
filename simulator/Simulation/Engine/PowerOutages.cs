// When one pole had no mains.
namespace Simulation.Engine;

/// <summary>The outages of one pole's mains, ordered, without overlaps.</summary>
public sealed class PowerOutages
{
    private readonly (long StartUs, long EndUs)[] _outages;

    /// <summary>Takes outages in any order; those that touch become one.</summary>
    public PowerOutages(IEnumerable<(long StartUs, long EndUs)> outages)
    {
        List<(long StartUs, long EndUs)> merged = [];
        foreach ((long startUs, long endUs) in outages.Order())
        {
            if (merged.Count > 0 && startUs <= merged[^1].EndUs)
            {
                merged[^1] = (merged[^1].StartUs, Math.Max(merged[^1].EndUs, endUs));
            }
            else
            {
                merged.Add((startUs, endUs));
            }
        }

        _outages = [.. merged];
    }

    /// <summary>No outage at all.</summary>
    public static PowerOutages None { get; } = new([]);

    /// <summary>The outages.</summary>
    public IReadOnlyList<(long StartUs, long EndUs)> Intervals => _outages;

    /// <summary>How much of an interval is without mains, in microseconds.</summary>
    public long OverlapUs(long fromUs, long untilUs)
    {
        long overlapUs = 0;
        foreach ((long startUs, long endUs) in _outages)
        {
            overlapUs += Math.Max(0, Math.Min(untilUs, endUs) - Math.Max(fromUs, startUs));
        }

        return overlapUs;
    }
}
