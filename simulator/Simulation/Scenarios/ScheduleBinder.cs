// Programs and calendar of a scenario file.
using PoleController.Lighting;

namespace Simulation.Scenarios;

/// <summary>Binds programs and calendar.</summary>
internal static class ScheduleBinder
{
    private const int HalfDayMinutes = 720;
    private static readonly string[] Weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

    public static IReadOnlyList<DimmingProgram> BindPrograms(SectionReader top)
    {
        List<DimmingProgram> programs = [];
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (SectionReader program in top.List("programs"))
        {
            string name = program.Text("name") ?? "";
            if (name.Length > 0 && !names.Add(name))
            {
                program.Complain("name", "another program has this name", "Give every program a name of its own.");
            }

            programs.Add(new DimmingProgram
            {
                Name = name,
                FadeSeconds = program.DurationSeconds("fade", 0),
                Points = [.. program.List("points").Select(BindPoint)],
            });
        }

        return programs;
    }

    public static CalendarPlan BindCalendar(SectionReader calendar) => new()
    {
        Rules = [.. calendar.List("rules").Select(BindRule)],
        ExceptionDays = [.. calendar.List("exceptionDays").Select(BindExceptionDay)],
    };

    /// <summary>Position of the program that a key names; complains when there is none.</summary>
    /// <summary>The positions of the programs that a list names.</summary>
    public static IReadOnlyList<int> ProgramIndices(SectionReader section, string key)
    {
        List<int> indices = [];
        foreach (ScenarioNode name in section.Node(key) is { Type: NodeType.Array } list ? list.Items : [])
        {
            int index = section.Context.ProgramNames.ToList().IndexOf(name.Text);
            if (index < 0)
            {
                section.Complain(key, $"the scenario has no program '{SchemaText.Shorten(name.Text, 60)}'", "Name programs of this scenario.");
            }

            indices.Add(Math.Max(index, 0));
        }

        return indices;
    }

    public static int ProgramIndex(SectionReader section, string key)
    {
        IReadOnlyList<string> names = section.Context.ProgramNames;
        if (section.Text(key) is not { Length: > 0 } name)
        {
            return 0;
        }

        for (int i = 0; i < names.Count; i++)
        {
            if (names[i] == name)
            {
                return i;
            }
        }

        string known = names.Count == 0 ? "The scenario has no programs." : "Programs of this scenario: " + string.Join(", ", names) + ".";
        section.Complain(key, "there is no program with this name", Spelling.Suggest(name, names) ?? known);
        return 0;
    }

    private static ProgramPoint BindPoint(SectionReader point)
    {
        string at = point.Text("at") ?? "";
        bool isClock = Units.TryClockTime(at, out int minutes);
        SwitchingReference reference = isClock ? SwitchingReference.Clock : point.Word("at", SwitchingReference.Sunset);
        if (point.Text("offset") is { } offset && Units.TryOffset(offset, out int offsetMinutes))
        {
            if (isClock)
            {
                point.Complain("offset", "a clock time has no offset", "Write the time that is meant into at, or use an event of the sun.");
            }
            else if (Math.Abs(offsetMinutes) > HalfDayMinutes)
            {
                point.Complain("offset", "the offset is more than 12 hours", "Write -12h to +12h.");
            }
            else
            {
                minutes = offsetMinutes;
            }
        }

        return new ProgramPoint
        {
            Reference = reference,
            OffsetMinutes = minutes,
            LevelPermille = point.Permille("level", 0),
            OccupancyLevelPermille = point.Permille("occupancyLevel", 0),
        };
    }

    private static CalendarRule BindRule(SectionReader rule)
    {
        int mask = 127;
        if (rule.Node("weekdays") is { Type: NodeType.Array } days)
        {
            mask = days.Items.Select(day => Array.IndexOf(Weekdays, day.Text)).Where(day => day >= 0).Aggregate(0, (bits, day) => bits | (1 << day));
        }

        return new CalendarRule
        {
            WeekdayMask = mask,
            FromMonthDay = MonthDay(rule, "from", 101),
            ToMonthDay = MonthDay(rule, "to", 1231),
            ProgramIndex = ProgramIndex(rule, "program"),
        };
    }

    private static ExceptionDay BindExceptionDay(SectionReader day)
    {
        int program = ProgramIndex(day, "program");
        string text = day.Text("date") ?? "";
        if (text.Length != 10)
        {
            return new ExceptionDay { MonthDay = MonthDay(day, "date", 101), ProgramIndex = program };
        }

        if (!Units.TryDate(text, out DateOnly date))
        {
            day.Complain("date", "there is no such day", "Write a date that exists.");
        }

        return new ExceptionDay { Year = date.Year, MonthDay = (date.Month * 100) + date.Day, ProgramIndex = program };
    }

    private static int MonthDay(SectionReader section, string key, int fallback)
    {
        if (section.Text(key) is not { Length: 5 } text)
        {
            return fallback;
        }

        if (Units.TryMonthDay(text, out int monthDay))
        {
            return monthDay;
        }

        if (char.IsAsciiDigit(text[0]) && text[2] == '-')
        {
            section.Complain(key, "there is no such day", "Write month and day, such as 10-31.");
        }

        return fallback;
    }
}
