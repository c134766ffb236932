// Days on which a program leaves the light on at noon though on others it does not: in midsummer a point by the clock comes after the dawn that switches off, and the
// lamp burns into the next evening. Asked of the controller's own schedule, noon by noon.
using PoleController.Lighting;
using PoleController.Settings;
using PoleController.Time;

namespace Provisioning.Programs.Night;

/// <summary>Days of a program with light at noon.</summary>
/// <param name="ProgramIndex">The program, 0 to 3.</param>
/// <param name="DayCount">How many days.</param>
/// <param name="First">The first of them.</param>
public sealed record DayBurning(int ProgramIndex, int DayCount, DateOnly First)
{
    /// <summary>Finds them in a year.</summary>
    /// <param name="settings">The settings; with a position.</param>
    /// <param name="year">The year, 2001 to 2099.</param>
    public static IReadOnlyList<DayBurning> Find(ControllerSettings settings, int year)
    {
        ArgumentNullException.ThrowIfNull(settings);
        LightingSchedule schedule = new(settings);
        List<(DateOnly Date, int Program)> lit = [];
        int days = 0;
        for (DateOnly date = new(year, 1, 1); date.Year == year; date = date.AddDays(1))
        {
            days++;
            schedule.Update(LightingDay.BeginUtcMs(CivilDate.ToDays(date.Year, date.Month, date.Day), settings));
            if (schedule.CanCompute && schedule.LevelPermille > 0)
            {
                lit.Add((date, schedule.ProgramIndex));
            }
        }

        // Who burns every day is meant to: a tunnel, an underpass.
        return lit.Count == days ? [] : [.. lit.GroupBy(one => one.Program).Select(group => new DayBurning(group.Key, group.Count(), group.First().Date))];
    }
}
