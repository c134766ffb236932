// The moment at which a run ends early, as somebody types it.
using SettingsFiles;
using Simulation.Scenarios;

namespace Simulation.Running;

/// <summary>Reads the end of a run.</summary>
public static class EndTime
{
    /// <summary>Reads a time after the start (90min, 6h) or a local clock time (02:30: the first after the start).</summary>
    /// <param name="text">What was typed.</param>
    /// <param name="scenario">Whose start counts.</param>
    /// <param name="untilMs">Milliseconds after the start, more than 0.</param>
    /// <returns>False when it is neither.</returns>
    public static bool TryParse(string text, Scenario scenario, out long untilMs)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(scenario);
        if (Units.TryDuration(text, out untilMs))
        {
            return untilMs > 0;
        }

        if (!Units.TryClockTime(text, out int minuteOfDay))
        {
            return false;
        }

        DateTime local = scenario.StartLocal.Date.AddMinutes(minuteOfDay);
        DateTime next = local > scenario.StartLocal ? local : local.AddDays(1);
        untilMs = scenario.TimeZone.ToUtcMs(next) - scenario.StartUtcMs;
        return true;
    }
}
