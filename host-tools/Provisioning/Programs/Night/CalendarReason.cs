// Which entry of the calendar chose the program of a day. Asked of the controller's own calendar: with every other entry choosing another program, the entry in
// force is the one whose program comes out.
using PoleController.Lighting;
using PoleController.Settings;

namespace Provisioning.Programs.Night;

/// <summary>Kinds of reasons.</summary>
public enum CalendarReasonKind
{
    /// <summary>No entry holds: the first program.</summary>
    FirstProgram,

    /// <summary>A rule.</summary>
    Rule,

    /// <summary>An exception day.</summary>
    ExceptionDay,
}

/// <summary>Why a program runs on a day.</summary>
/// <param name="Kind">The kind of entry.</param>
/// <param name="Index">Which, from 0; 0 for the first program.</param>
public readonly record struct CalendarReason(CalendarReasonKind Kind, int Index)
{
    private const byte Probe = 1;

    /// <summary>Finds it.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="day">The lighting day, as days since 1970-01-01.</param>
    public static CalendarReason Of(ControllerSettings settings, int day)
    {
        ArgumentNullException.ThrowIfNull(settings);
        bool isHoliday = settings.Holidays.Contains(day);
        Calendar probe = Copy(settings.Calendar);
        for (int i = 0; i < probe.ExceptionDayCount; i++)
        {
            if (IsIt(probe, probe.ExceptionProgram, i, day, isHoliday))
            {
                return new CalendarReason(CalendarReasonKind.ExceptionDay, i);
            }
        }

        for (int i = 0; i < probe.RuleCount; i++)
        {
            if (IsIt(probe, probe.RuleProgram, i, day, isHoliday))
            {
                return new CalendarReason(CalendarReasonKind.Rule, i);
            }
        }

        return new CalendarReason(CalendarReasonKind.FirstProgram, 0);
    }

    private static bool IsIt(Calendar probe, byte[] programs, int index, int day, bool isHoliday)
    {
        programs[index] = Probe;
        bool isChosen = probe.ProgramOn(day, isHoliday) == Probe;
        programs[index] = 0;
        return isChosen;
    }

    private static Calendar Copy(Calendar from)
    {
        Calendar to = new() { RuleCount = from.RuleCount, ExceptionDayCount = from.ExceptionDayCount };
        from.RuleWeekdayMask.CopyTo(to.RuleWeekdayMask, 0);
        from.RuleOccurrenceMask.CopyTo(to.RuleOccurrenceMask, 0);
        from.RuleFromMonthDay.CopyTo(to.RuleFromMonthDay, 0);
        from.RuleToMonthDay.CopyTo(to.RuleToMonthDay, 0);
        from.ExceptionYear.CopyTo(to.ExceptionYear, 0);
        from.ExceptionMonthDay.CopyTo(to.ExceptionMonthDay, 0);
        return to;
    }
}
