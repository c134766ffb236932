// The energy of one controller over a time, made of its counter as it was told. What is between two reports close to each other is covered: its energy is known
// and when it was used. What lies in a longer silence is a gap: the counter tells how much, nobody knows when, and it counts for no saving.
namespace Provisioning.Reports;

/// <summary>An hour of a controller.</summary>
internal sealed record CounterHour(int HourUtc, string DevEui, string? PoleId, long FirstAtUtcMs, long FirstWattHours, long LastAtUtcMs, long LastWattHours, long? LampOnHours, long? ControllerWattHours);

/// <summary>A covered piece of time with its energy.</summary>
internal readonly record struct CoveredPiece(long FromUtcMs, long ToUtcMs, long WattHours);

/// <summary>Account of a controller.</summary>
internal sealed class EnergyAccount
{
    /// <summary>Longest time between two reports that counts as covered: with the usual intervals several reports are missing.</summary>
    public const long LongestCoveredMs = 2 * 3_600_000;

    public List<CoveredPiece> Pieces { get; } = [];

    /// <summary>Energy that was used in gaps, in watt hours.</summary>
    public long GapWattHours { get; private set; }

    /// <summary>Energy of the controller itself over the hours in which it told it, and how long these were; null when it never did.</summary>
    public (long WattHours, long Ms)? Controller { get; private set; }

    /// <summary>How many hours the lamp was lit; null when it was not told twice.</summary>
    public long? LampHours { get; private set; }

    public long CoveredMs => Pieces.Sum(piece => piece.ToUtcMs - piece.FromUtcMs);

    public long WattHours => Pieces.Sum(piece => piece.WattHours);

    /// <summary>Makes the account of hours in their order.</summary>
    /// <param name="hours">The hours of one controller, oldest first, one before the time included where there is one.</param>
    /// <param name="fromUtcMs">Beginning of the time.</param>
    public static EnergyAccount Of(IReadOnlyList<CounterHour> hours, long fromUtcMs)
    {
        EnergyAccount account = new();
        CounterHour? before = null;
        foreach (CounterHour hour in hours)
        {
            if (before is not null)
            {
                account.Between(before, hour, fromUtcMs);
            }

            if (hour.FirstAtUtcMs >= fromUtcMs)
            {
                account.Add(hour.FirstAtUtcMs, hour.LastAtUtcMs, hour.LastWattHours - hour.FirstWattHours);
            }

            before = hour;
        }

        account.Count([.. hours.Where(hour => hour.LastAtUtcMs >= fromUtcMs)]);
        return account;
    }

    private void Between(CounterHour before, CounterHour hour, long fromUtcMs)
    {
        long used = hour.FirstWattHours - before.LastWattHours;
        bool isReset = used < 0;
        if (isReset || hour.FirstAtUtcMs <= fromUtcMs)
        {
            return;
        }

        if (hour.FirstAtUtcMs - before.LastAtUtcMs <= LongestCoveredMs)
        {
            // The piece that began before the time is cut: as much of its energy as of its length.
            long from = Math.Max(before.LastAtUtcMs, fromUtcMs);
            double share = (hour.FirstAtUtcMs - from) / (double)Math.Max(1, hour.FirstAtUtcMs - before.LastAtUtcMs);
            Add(from, hour.FirstAtUtcMs, (long)Math.Round(used * share));
        }
        else if (before.LastAtUtcMs >= fromUtcMs)
        {
            GapWattHours += used;
        }
    }

    private void Add(long fromUtcMs, long toUtcMs, long wattHours)
    {
        if (toUtcMs > fromUtcMs && wattHours >= 0)
        {
            Pieces.Add(new CoveredPiece(fromUtcMs, toUtcMs, wattHours));
        }
    }

    private void Count(List<CounterHour> hours)
    {
        List<CounterHour> lit = [.. hours.Where(hour => hour.LampOnHours is not null)];
        LampHours = lit.Count >= 2 && lit[^1].LampOnHours >= lit[0].LampOnHours ? lit[^1].LampOnHours - lit[0].LampOnHours : null;
        List<CounterHour> told = [.. hours.Where(hour => hour.ControllerWattHours is not null)];
        if (told.Count >= 2 && told[^1].ControllerWattHours >= told[0].ControllerWattHours)
        {
            Controller = (told[^1].ControllerWattHours!.Value - told[0].ControllerWattHours!.Value, told[^1].LastAtUtcMs - told[0].LastAtUtcMs);
        }
    }
}
