// From the scenario's programs and calendar to the controller's.
using PoleController.Lighting;
using Simulation.Scenarios;

namespace Simulation.Operation;

/// <summary>Fills the controller's programs and calendar.</summary>
internal static class ProgramMapping
{
    /// <summary>Fills a program.</summary>
    public static void Fill(LightingProgram program, DimmingProgram source)
    {
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
        calendar.RuleCount = source.Rules.Count;
        for (int i = 0; i < source.Rules.Count; i++)
        {
            CalendarRule rule = source.Rules[i];
            calendar.RuleWeekdayMask[i] = (byte)rule.WeekdayMask;
            calendar.RuleFromMonthDay[i] = (short)rule.FromMonthDay;
            calendar.RuleToMonthDay[i] = (short)rule.ToMonthDay;
            calendar.RuleProgram[i] = (byte)rule.ProgramIndex;
        }

        calendar.ExceptionDayCount = source.ExceptionDays.Count;
        for (int i = 0; i < source.ExceptionDays.Count; i++)
        {
            ExceptionDay day = source.ExceptionDays[i];
            calendar.ExceptionYear[i] = (short)day.Year;
            calendar.ExceptionMonthDay[i] = (short)day.MonthDay;
            calendar.ExceptionProgram[i] = (byte)day.ProgramIndex;
        }
    }
}
