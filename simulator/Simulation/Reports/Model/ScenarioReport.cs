// What was run: the scenario, its clock, and how far it got.
using System.Globalization;

namespace Simulation.Reports;

/// <summary>The scenario as it was run.</summary>
public sealed class ScenarioReport
{
    /// <summary>The scenario's short name.</summary>
    public string Name { get; set; } = "";

    /// <summary>What the scenario is about, a sentence or two; may be empty.</summary>
    public string Description { get; set; } = "";

    /// <summary>The seed of the run.</summary>
    public long Seed { get; set; }

    /// <summary>Start of the run, UTC; written to the second.</summary>
    public DateTime StartUtc { get; set; }

    /// <summary>Local time minus UTC at the start, in minutes.</summary>
    public int UtcOffsetMinutes { get; set; }

    /// <summary>Changes of local time against UTC within the run (daylight saving), in order of time; mostly none.</summary>
    public IReadOnlyList<UtcOffsetChangeReport> UtcOffsetChanges { get; set; } = [];

    /// <summary>Start of the run in local time, as 2026-06-20T18:00:00.</summary>
    public string StartLocal => LocalTimeAt(0);

    /// <summary>The length that the scenario asks for, in seconds.</summary>
    public double DurationSeconds { get; set; }

    /// <summary>What has run, in seconds; less than the duration when the run was stopped.</summary>
    public double SimulatedSeconds { get; set; }

    /// <summary>Whether the run reached the scenario's end.</summary>
    public bool IsComplete { get; set; }

    /// <summary>The version of polesim that made the report.</summary>
    public string ToolVersion { get; set; } = "";

    /// <summary>The command line that repeats this run; empty if there is none.</summary>
    public string ReplayCommand { get; set; } = "";

    /// <summary>Local time at a moment of the run, as 2026-06-20T23:15:07 (rounded down to the second).</summary>
    /// <param name="atSeconds">Seconds since the start of the run.</param>
    public string LocalTimeAt(double atSeconds)
    {
        int offsetMinutes = UtcOffsetMinutes;
        foreach (UtcOffsetChangeReport change in UtcOffsetChanges)
        {
            if (change.AtSeconds <= atSeconds)
            {
                offsetMinutes = change.UtcOffsetMinutes;
            }
        }

        DateTime local = StartUtc.AddMinutes(offsetMinutes).AddSeconds(Math.Floor(atSeconds));
        return local.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
    }
}

/// <summary>A change of local time against UTC.</summary>
public sealed class UtcOffsetChangeReport
{
    /// <summary>When, in seconds since the start of the run.</summary>
    public double AtSeconds { get; set; }

    /// <summary>Local time minus UTC from then on, in minutes.</summary>
    public int UtcOffsetMinutes { get; set; }
}

/// <summary>The sun's moments of one night, in seconds since the start of the run; negative or past the end where the night is cut off.
/// Null where there is no such moment on that day (polar day or night).</summary>
public sealed class NightReport
{
    /// <summary>Sunset.</summary>
    public double? SunsetSeconds { get; set; }

    /// <summary>Civil dusk: the sun 6 degrees below the horizon.</summary>
    public double? DuskSeconds { get; set; }

    /// <summary>Civil dawn.</summary>
    public double? DawnSeconds { get; set; }

    /// <summary>Sunrise.</summary>
    public double? SunriseSeconds { get; set; }
}

/// <summary>Counts over the whole run.</summary>
public sealed class TotalsReport
{
    /// <summary>Poles in the run.</summary>
    public int Poles { get; set; }

    /// <summary>People and vehicles that arrived at a pole in the world.</summary>
    public long Arrivals { get; set; }

    /// <summary>Frames on the air, up and down, joins included.</summary>
    public long Frames { get; set; }
}
