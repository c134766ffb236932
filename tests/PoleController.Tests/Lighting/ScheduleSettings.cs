// Settings for the schedule's tests: four programs and a calendar that use every kind of reference, rule and exception day.
using PoleController.Lighting;
using PoleController.Settings;

namespace PoleController.Tests.Lighting;

internal static class ScheduleSettings
{
    /// <summary>A program's point, as a test writes it.</summary>
    public static void AddPoint(LightingProgram program, SwitchingReference reference, int offsetMinutes, int level, int occupancyLevel = 0)
    {
        program.Reference[program.PointCount] = (byte)reference;
        program.OffsetMinutes[program.PointCount] = (short)offsetMinutes;
        program.LevelPermille[program.PointCount] = (short)level;
        program.OccupancyLevelPermille[program.PointCount] = (short)occupancyLevel;
        program.PointCount++;
    }

    /// <summary>Settings with everything in them, for a place.</summary>
    public static ControllerSettings ForPlace(double latitude, double longitude, int utcOffsetMinutes, int daylightSaving)
    {
        ControllerSettings settings = new()
        {
            HasPosition = true,
            LatitudeMicrodegrees = (int)Math.Round(latitude * 1e6),
            LongitudeMicrodegrees = (int)Math.Round(longitude * 1e6),
            UtcOffsetMinutes = utcOffsetMinutes,
            DaylightSaving = daylightSaving,
        };
        AddPrograms(settings);
        AddCalendar(settings.Calendar);
        AddHolidays(settings.Holidays);
        Assert(settings);
        return settings;
    }

    private static void AddPrograms(ControllerSettings settings)
    {
        // Program 0 stays empty: the built-in one.
        settings.Programs[0].FadeSeconds = 4;

        LightingProgram workdays = settings.Programs[1];
        workdays.FadeSeconds = 60;
        AddPoint(workdays, SwitchingReference.CivilDusk, 0, 1000);
        AddPoint(workdays, SwitchingReference.Clock, 23 * 60, 300, 800);
        AddPoint(workdays, SwitchingReference.Clock, 5 * 60, 700, 1000);
        AddPoint(workdays, SwitchingReference.CivilDawn, 0, 0);

        // Points in the hours that a change of the clock leaves out or repeats, out of order in the list.
        LightingProgram weekends = settings.Programs[2];
        AddPoint(weekends, SwitchingReference.Sunrise, 10, 0);
        AddPoint(weekends, SwitchingReference.Sunset, -15, 500, 600);
        AddPoint(weekends, SwitchingReference.Clock, (2 * 60) + 30, 200, 600);
        AddPoint(weekends, SwitchingReference.Clock, (1 * 60) + 30, 220);
        AddPoint(weekends, SwitchingReference.Clock, (2 * 60) + 45, 250);
        AddPoint(weekends, SwitchingReference.Clock, 3 * 60, 350);

        // Both ends of the lighting day, two points in the same minute, and offsets that leave the lighting day.
        LightingProgram special = settings.Programs[3];
        AddPoint(special, SwitchingReference.Clock, 12 * 60, 100);
        AddPoint(special, SwitchingReference.Clock, (22 * 60) + 30, 400);
        AddPoint(special, SwitchingReference.Clock, (22 * 60) + 30, 450, 900);
        AddPoint(special, SwitchingReference.Clock, 0, 480);
        AddPoint(special, SwitchingReference.Sunset, -720, 110);
        AddPoint(special, SwitchingReference.CivilDusk, 30, 800);
        AddPoint(special, SwitchingReference.Sunrise, 720, 50, 70);
        AddPoint(special, SwitchingReference.Clock, (11 * 60) + 59, 60);
    }

    private static void AddCalendar(Calendar calendar)
    {
        // The first Tuesday and the last Friday of a month, holidays, weekends, workdays in winter, Wednesdays in summer.
        calendar.RuleCount = 5;
        (byte Weekdays, byte Occurrences, short From, short To, byte Program)[] rules =
        [
            (0b0000010, 0b000001, 101, 1231, 3), (0b0010000, 0b100000, 101, 1231, 2), (0b1100000 | Calendar.HolidayBit, 0, 101, 1231, 2),
            (0b0011111, 0, 1001, 331, 1), (0b0000100, 0, 601, 831, 3),
        ];
        for (int i = 0; i < rules.Length; i++)
        {
            (calendar.RuleWeekdayMask[i], calendar.RuleOccurrenceMask[i], calendar.RuleFromMonthDay[i], calendar.RuleToMonthDay[i], calendar.RuleProgram[i])
                = rules[i];
        }

        calendar.ExceptionDayCount = 3;
        (short Year, short MonthDay, byte Program)[] exceptions = [(0, 1224, 3), (2026, 714, 0), (0, 101, 1)];
        for (int i = 0; i < exceptions.Length; i++)
        {
            (calendar.ExceptionYear[i], calendar.ExceptionMonthDay[i], calendar.ExceptionProgram[i]) = exceptions[i];
        }
    }

    // Fixed ones, and Corpus Christi and Easter Monday of 2026.
    private static void AddHolidays(HolidaySettings holidays)
    {
        (short Year, short MonthDay)[] days = [(0, 501), (0, 1003), (2026, 604), (2026, 406), (2028, 615)];
        holidays.HolidayCount = days.Length;
        for (int i = 0; i < days.Length; i++)
        {
            (holidays.HolidayYear[i], holidays.HolidayMonthDay[i]) = days[i];
        }
    }

    private static void Assert(ControllerSettings settings)
    {
        Xunit.Assert.Equal(SettingsFault.None, SettingsRules.Validate(settings));
    }
}
