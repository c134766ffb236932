// The report's section about what came later.
using Simulation.Operation;
using Simulation.Reports;

namespace Simulation.Running;

/// <summary>Makes the section.</summary>
internal static class JournalSection
{
    private const double MicrosecondsPerSecond = 1_000_000.0;

    /// <summary>Makes the section.</summary>
    public static JournalReport Build(FleetOperator fleetOperator)
    {
        JournalInbox journal = fleetOperator.Journal;
        List<long> delaysUs = [.. journal.DelaysUs.Order()];
        return new JournalReport
        {
            Messages = journal.MessageCount,
            Intervals = journal.IntervalCount,
            Arrivals = journal.ArrivalCount,
            Alarms = journal.AlarmCount,
            AlreadyKnown = journal.KnownCount,
            Undated = journal.UndatedCount,
            MedianDelaySeconds = delaysUs.Count == 0 ? null : delaysUs[delaysUs.Count / 2] / MicrosecondsPerSecond,
            LongestDelaySeconds = delaysUs.Count == 0 ? null : delaysUs[^1] / MicrosecondsPerSecond,
            Lost = fleetOperator.Poles.Sum(pole => pole.LostEntryCounts.Sum(count => (long)count)),
        };
    }
}
