// The report's section about poles that tell each other of arrivals.
using Simulation.Checks;
using Simulation.Engine;
using Simulation.Reports;
using Simulation.ShortRange;

namespace Simulation.Running;

/// <summary>Makes the section.</summary>
internal static class NeighbourSection
{
    private const double MicrosecondsPerMillisecond = 1000.0;

    /// <summary>Makes the section.</summary>
    public static NeighboursReport Build(Fleet fleet)
    {
        ShortRangeTally[] tallies = [.. fleet.Clusters.Select(static cluster => cluster.Air.Tally)];
        long[] hopsUs = [.. tallies.SelectMany(static tally => tally.DelaysUs).Select(static us => (long)us).Order()];
        NeighbourMeter[] meters = [.. fleet.Poles.Select(static pole => pole.Parts.Neighbours).OfType<NeighbourMeter>()];
        return new NeighboursReport
        {
            Lines = fleet.NeighbourLines.Count,
            Poles = meters.Length,
            Coming = meters.Sum(static meter => (long)meter.ComingCount),
            Ahead = meters.Sum(static meter => (long)meter.AheadCount),
            Broadcasts = tallies.Sum(static tally => tally.BroadcastCount),
            Offered = tallies.Sum(static tally => tally.OfferedCount),
            Heard = tallies.Sum(static tally => tally.HeardCount),
            TooWeak = tallies.Sum(static tally => tally.WeakCount),
            NotListening = tallies.Sum(static tally => tally.NotListeningCount),
            Sending = tallies.Sum(static tally => tally.SendingCount),
            Collided = tallies.Sum(static tally => tally.CollidedCount),
            OtherTraffic = tallies.Sum(static tally => tally.OtherTrafficCount),
            Overflowed = tallies.Sum(static tally => tally.OverflowCount),
            HopMedianMs = hopsUs.Length == 0 ? null : NeighbourDelays.Part(hopsUs, 50) / MicrosecondsPerMillisecond,
            Hop95PercentMs = hopsUs.Length == 0 ? null : NeighbourDelays.Part(hopsUs, 95) / MicrosecondsPerMillisecond,
            Delays = [.. NeighbourDelays.Of(fleet.NeighbourLines).Select(static delay => new NeighbourDelayReport
            {
                PolesAhead = delay.PolesAhead,
                Rises = delay.Count,
                MedianMs = delay.MedianUs / MicrosecondsPerMillisecond,
                Percent95Ms = delay.NinetyFiveUs / MicrosecondsPerMillisecond,
                LongestMs = delay.LongestUs / MicrosecondsPerMillisecond,
            })],
        };
    }
}
