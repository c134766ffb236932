// What the same luminaires would have used without this controller: as LED at full light from dusk to dawn, and on a plain timer.
// Both are switched by the group's cabinet, so they use nothing by day and have no controller of their own.
using Simulation.Engine;
using Simulation.Scenarios;

namespace Simulation.Checks;

/// <summary>The energy of the two baselines.</summary>
public static class EnergyBaselines
{
    private const double MicrosecondsPerHour = 3_600_000_000.0;

    /// <summary>A luminaire at full light from dusk to dawn while there are mains, in watt-hours.</summary>
    public static double UndimmedWattHours(NightIntervals nights, PowerOutages outages, double fullPowerWatts, long untilUs) =>
        fullPowerWatts * NightUs(nights, outages, 0, untilUs) / MicrosecondsPerHour;

    /// <summary>The same on a timer: a lower level between two clock times. Without a timer in the scenario, the same as undimmed.</summary>
    public static double TimerWattHours(
        NightIntervals nights, PowerOutages outages, Scenario scenario, double fullPowerWatts, double standbyPowerWatts, long untilUs)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        double undimmed = UndimmedWattHours(nights, outages, fullPowerWatts, untilUs);
        if (scenario.Baselines.Timer is not TimerBaseline timer)
        {
            return undimmed;
        }

        double dimmedPowerWatts = standbyPowerWatts + ((fullPowerWatts - standbyPowerWatts) * timer.LevelPermille / 1000);
        double savedWattHours = 0;
        foreach ((long fromUs, long toUs) in DimIntervals(scenario, timer, untilUs))
        {
            savedWattHours += (fullPowerWatts - dimmedPowerWatts) * NightUs(nights, outages, fromUs, toUs) / MicrosecondsPerHour;
        }

        return undimmed - savedWattHours;
    }

    private static long NightUs(NightIntervals nights, PowerOutages outages, long fromUs, long untilUs)
    {
        long nightUs = 0;
        for (int i = 0; i < nights.Count; i++)
        {
            long beginUs = Math.Max(fromUs, nights.DuskUs(i));
            long endUs = Math.Min(untilUs, nights.DawnUs(i));
            if (endUs > beginUs)
            {
                nightUs += endUs - beginUs - outages.OverlapUs(beginUs, endUs);
            }
        }

        return nightUs;
    }

    private static IEnumerable<(long FromUs, long ToUs)> DimIntervals(Scenario scenario, TimerBaseline timer, long untilUs)
    {
        DateTime firstDay = scenario.StartLocal.Date.AddDays(-1);
        int lengthMinutes = (timer.DimToMinute - timer.DimFromMinute + 1440) % 1440;
        for (int day = 0; ; day++)
        {
            DateTime from = firstDay.AddDays(day).AddMinutes(timer.DimFromMinute);
            long fromUs = RunTimeUs(scenario, from);
            if (fromUs >= untilUs)
            {
                yield break;
            }

            long toUs = RunTimeUs(scenario, from.AddMinutes(lengthMinutes));
            yield return (Math.Max(0, fromUs), Math.Min(untilUs, toUs));
        }
    }

    private static long RunTimeUs(Scenario scenario, DateTime local) => (scenario.TimeZone.ToUtcMs(local) - scenario.StartUtcMs) * 1000;
}
