// The report's section about the scenario and its clock.
using Simulation.Engine;
using Simulation.Reports;
using Simulation.Scenarios;

namespace Simulation.Running;

/// <summary>Makes the section.</summary>
internal static class ScenarioSection
{
    private const long MinuteMs = 60_000;

    /// <summary>Makes the section.</summary>
    public static ScenarioReport Build(Fleet fleet, RunOptions options, long timeUs)
    {
        Scenario scenario = fleet.Scenario;
        return new ScenarioReport
        {
            Name = scenario.Name,
            Description = scenario.Description,
            Seed = fleet.Seed,
            StartUtc = DateTime.UnixEpoch.AddMilliseconds(scenario.StartUtcMs),
            UtcOffsetMinutes = OffsetMinutes(scenario, 0),
            UtcOffsetChanges = Changes(scenario),
            DurationSeconds = scenario.DurationMs / 1000.0,
            SimulatedSeconds = timeUs / 1_000_000.0,
            IsComplete = timeUs >= scenario.DurationMs * 1000,
            ToolVersion = options.ToolVersion,
            ReplayCommand = options.ReplayCommand,
        };
    }

    private static int OffsetMinutes(Scenario scenario, long atMs) =>
        (int)(scenario.TimeZone.OffsetMsAt(scenario.StartUtcMs + atMs) / MinuteMs);

    private static List<UtcOffsetChangeReport> Changes(Scenario scenario)
    {
        List<UtcOffsetChangeReport> changes = [];
        int offsetMinutes = OffsetMinutes(scenario, 0);
        for (long atMs = 0; atMs < scenario.DurationMs; atMs += MinuteMs)
        {
            int nextMinutes = OffsetMinutes(scenario, atMs);
            if (nextMinutes != offsetMinutes)
            {
                changes.Add(new UtcOffsetChangeReport { AtSeconds = atMs / 1000.0, UtcOffsetMinutes = nextMinutes });
                offsetMinutes = nextMinutes;
            }
        }

        return changes;
    }
}
