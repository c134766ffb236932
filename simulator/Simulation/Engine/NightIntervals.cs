// When it has to be light at a place: from civil dusk to civil dawn, after the world's own sun (not the controller's).
namespace Simulation.Engine;

/// <summary>The nights of a run at one place, in simulated time, ordered.</summary>
public sealed class NightIntervals
{
    private readonly long[] _duskUs;
    private readonly long[] _dawnUs;

    /// <summary>Takes the nights.</summary>
    /// <param name="duskUs">Begins, ordered.</param>
    /// <param name="dawnUs">Ends, each after its begin and before the next begin.</param>
    public NightIntervals(long[] duskUs, long[] dawnUs)
    {
        ArgumentNullException.ThrowIfNull(duskUs);
        ArgumentNullException.ThrowIfNull(dawnUs);
        ArgumentOutOfRangeException.ThrowIfNotEqual(duskUs.Length, dawnUs.Length);
        _duskUs = duskUs;
        _dawnUs = dawnUs;
    }

    /// <summary>How many nights touch the run.</summary>
    public int Count => _duskUs.Length;

    /// <summary>Begin of a night, in microseconds of simulated time; may be before the run.</summary>
    public long DuskUs(int night) => _duskUs[night];

    /// <summary>End of a night; may be after the run.</summary>
    public long DawnUs(int night) => _dawnUs[night];

    /// <summary>How much of an interval is night.</summary>
    /// <param name="fromUs">Begin of the interval.</param>
    /// <param name="untilUs">End of it.</param>
    /// <param name="firstUs">First moment of night in it; meaningless when there is none.</param>
    public long OverlapUs(long fromUs, long untilUs, out long firstUs)
    {
        long overlapUs = 0;
        firstUs = 0;
        for (int i = 0; i < _duskUs.Length; i++)
        {
            long beginUs = Math.Max(fromUs, _duskUs[i]);
            long endUs = Math.Min(untilUs, _dawnUs[i]);
            if (endUs > beginUs)
            {
                firstUs = overlapUs == 0 ? beginUs : firstUs;
                overlapUs += endUs - beginUs;
            }
        }

        return overlapUs;
    }
}
