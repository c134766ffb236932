// Dimming programs and the calendar that chooses among them, as files have them. Data only; limits are the controller's.
using PoleController.Lighting;

namespace SettingsFiles;

/// <summary>A dimming program for one lighting day, noon to noon.</summary>
public sealed record DimmingProgram
{
    /// <summary>Name by which calendar and commands mean it.</summary>
    public required string Name { get; init; }

    /// <summary>How long a change of level at a switching point takes, 0 to 3600 s.</summary>
    public int FadeSeconds { get; init; }

    /// <summary>One to eight switching points.</summary>
    public required IReadOnlyList<ProgramPoint> Points { get; init; }
}

/// <summary>A switching point.</summary>
public sealed record ProgramPoint
{
    /// <summary>What the offset is counted from.</summary>
    public required SwitchingReference Reference { get; init; }

    /// <summary>Minutes: 0 to 1439 of the local day for <see cref="SwitchingReference.Clock"/>, else -720 to 720 from the sun's event.</summary>
    public required int OffsetMinutes { get; init; }

    /// <summary>Level from then on, 0 to 1000.</summary>
    public required int LevelPermille { get; init; }

    /// <summary>Level while somebody is there, 0 to 1000; 0 means no reaction.</summary>
    public int OccupancyLevelPermille { get; init; }
}

/// <summary>Which program runs on which lighting day: exception days first, then the rules in their order, else the first program.</summary>
public sealed record CalendarPlan
{
    /// <summary>Up to eight rules.</summary>
    public IReadOnlyList<CalendarRule> Rules { get; init; } = [];

    /// <summary>Up to 24 exception days.</summary>
    public IReadOnlyList<ExceptionDay> ExceptionDays { get; init; } = [];

    /// <summary>Up to 32 public holidays, for the rules that name them.</summary>
    public IReadOnlyList<YearlyDate> PublicHolidays { get; init; } = [];
}

/// <summary>A weekday rule.</summary>
public sealed record CalendarRule
{
    /// <summary>Weekdays as bits: bit 0 is Monday, bit 6 is Sunday; bit 7 is any public holiday.</summary>
    public required int WeekdayMask { get; init; }

    /// <summary>Which of a month's such weekdays, as bits: bit 0 is the first, bit 4 the fifth, bit 5 the last; 0 is every.</summary>
    public int OccurrenceMask { get; init; }

    /// <summary>First day of the year it holds, month * 100 + day.</summary>
    public int FromMonthDay { get; init; } = 101;

    /// <summary>Last day of the year it holds, month * 100 + day; before the first it goes over the new year.</summary>
    public int ToMonthDay { get; init; } = 1231;

    /// <summary>Position of the program in the list of programs.</summary>
    public required int ProgramIndex { get; init; }
}

/// <summary>A day.</summary>
/// <param name="Year">Year; 0 is every year.</param>
/// <param name="MonthDay">Month * 100 + day.</param>
public readonly record struct YearlyDate(int Year, int MonthDay);

/// <summary>A day that is not like the others.</summary>
public sealed record ExceptionDay
{
    /// <summary>Which day.</summary>
    public required YearlyDate Date { get; init; }

    /// <summary>Position of the program in the list of programs.</summary>
    public required int ProgramIndex { get; init; }
}
