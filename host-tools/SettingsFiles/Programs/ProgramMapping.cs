// From the programs and the calendar of a file to the controller's: the one way there, for simulated and real poles.
using PoleController.Lighting;
using PoleController.Settings;

namespace SettingsFiles;

/// <summary>Fills the controller's programs and calendar.</summary>
public static class ProgramMapping
{
    /// <summary>Fills a program.</summary>
    public static void Fill(LightingProgram program, DimmingProgram source)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(source);
        program.FadeSeconds = source.FadeSeconds;
        program.PointCount = source.Points.Count;
        for (int i = 0; i < source.Points.Count; i++)
        {
            ProgramPoint point = source.Points[i];
            program.Reference[i] = (byte)point.Reference;
            program.OffsetMinutes[i] = (short)point.OffsetMinutes;
            program.LevelPermille[i] = (short)point.LevelPermille;
            program.OccupancyLevelPermille[i] = (short)point.OccupancyLevelPermille;
        }
    }

    /// <summary>Fills a calendar.</summary>
    public static void Fill(Calendar calendar, CalendarPlan source)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        ArgumentNullException.ThrowIfNull(source);
        calendar.RuleCount = source.Rules.Count;
        for (int i = 0; i < source.Rules.Count; i++)
        {
            CalendarRule rule = source.Rules[i];
            calendar.RuleWeekdayMask[i] = (byte)rule.WeekdayMask;
            calendar.RuleOccurrenceMask[i] = (byte)rule.OccurrenceMask;
            calendar.RuleFromMonthDay[i] = (short)rule.FromMonthDay;
            calendar.RuleToMonthDay[i] = (short)rule.ToMonthDay;
            calendar.RuleProgram[i] = (byte)rule.ProgramIndex;
        }

        calendar.ExceptionDayCount = source.ExceptionDays.Count;
        for (int i = 0; i < source.ExceptionDays.Count; i++)
        {
            ExceptionDay day = source.ExceptionDays[i];
            calendar.ExceptionYear[i] = (short)day.Date.Year;
            calendar.ExceptionMonthDay[i] = (short)day.Date.MonthDay;
            calendar.ExceptionProgram[i] = (byte)day.ProgramIndex;
        }
    }

    /// <summary>Fills the public holidays.</summary>
    public static void Fill(HolidaySettings holidays, CalendarPlan source)
    {
        ArgumentNullException.ThrowIfNull(holidays);
        ArgumentNullException.ThrowIfNull(source);
        holidays.HolidayCount = source.PublicHolidays.Count;
        for (int i = 0; i < source.PublicHolidays.Count; i++)
        {
            holidays.HolidayYear[i] = (short)source.PublicHolidays[i].Year;
            holidays.HolidayMonthDay[i] = (short)source.PublicHolidays[i].MonthDay;
        }
    }
}
