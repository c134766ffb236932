// What poles told later than it happened, by their journal.
namespace Simulation.Reports;

/// <summary>What came by the journals of all poles.</summary>
public sealed class JournalReport
{
    /// <summary>Messages that arrived.</summary>
    public long Messages { get; set; }

    /// <summary>Intervals told by the journal and no other way.</summary>
    public int Intervals { get; set; }

    /// <summary>Arrivals counted in these intervals.</summary>
    public long Arrivals { get; set; }

    /// <summary>Alarms told by the journal and no other way.</summary>
    public int Alarms { get; set; }

    /// <summary>Entries that were known already: a status had told the same, or they came twice.</summary>
    public int AlreadyKnown { get; set; }

    /// <summary>Entries without a time: the clock was not known in the start of the controller they come from.</summary>
    public int Undated { get; set; }

    /// <summary>Median time from the moment of an entry to its arrival, in seconds; null if none came.</summary>
    public double? MedianDelaySeconds { get; set; }

    /// <summary>The longest such time, in seconds; null if none came.</summary>
    public double? LongestDelaySeconds { get; set; }

    /// <summary>Entries that poles say they lost before they could be sent: overwritten by newer ones, or damaged.</summary>
    public long Lost { get; set; }
}
