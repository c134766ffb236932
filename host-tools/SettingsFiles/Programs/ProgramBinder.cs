// Programs and calendar from the tree of a file, and what a schema cannot say of them.
using PoleController.Lighting;

namespace SettingsFiles;

/// <summary>Binds programs and calendar.</summary>
/// <param name="sink">Takes complaints.</param>
/// <param name="names">The names of the file's programs, in their order.</param>
public sealed class ProgramBinder(ProblemSink sink, IReadOnlyList<string> names)
{
    private const int HalfDayMinutes = 720;
    private const int FullDateLength = 10;
    private const int MonthDayLength = 5;
    private const int EveryWeekday = 127;
    private static readonly string[] s_weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "publicHoliday"];
    private static readonly string[] s_occurrences = ["first", "second", "third", "fourth", "fifth", "last"];

    /// <summary>The names of the programs of a file, in their order; empty where one has none.</summary>
    public static IReadOnlyList<string> NamesOf(MapReader top)
    {
        ArgumentNullException.ThrowIfNull(top);
        return [.. top.Maps("programs").Select(program => program.Text("name") ?? "")];
    }

    /// <summary>The programs.</summary>
    public IReadOnlyList<DimmingProgram> BindPrograms(MapReader top)
    {
        ArgumentNullException.ThrowIfNull(top);
        List<DimmingProgram> programs = [];
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (MapReader program in top.Maps("programs"))
        {
            string name = program.Text("name") ?? "";
            if (name.Length > 0 && !seen.Add(name))
            {
                sink.Complain(program, "name", new Sentence("file.program.twice"));
            }

            programs.Add(new DimmingProgram
            {
                Name = name,
                FadeSeconds = program.DurationSeconds("fade", 0),
                Points = [.. program.Maps("points").Select(BindPoint)],
            });
        }

        return programs;
    }

    /// <summary>The calendar.</summary>
    public CalendarPlan BindCalendar(MapReader calendar)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        return new()
        {
            Rules = [.. calendar.Maps("rules").Select(BindRule)],
            ExceptionDays = [.. calendar.Maps("exceptionDays").Select(day => new ExceptionDay { Date = Date(day.Node("date"), day.KeyPath("date")), ProgramIndex = ProgramIndex(day, "program") })],
            PublicHolidays = calendar.Node("publicHolidays") is { Type: NodeType.List } days
                ? [.. days.Items.Select((day, i) => Date(day, $"{calendar.KeyPath("publicHolidays")}[{i}]"))]
                : [],
        };
    }

    /// <summary>Position of the program that a key names; complains when there is none.</summary>
    public int ProgramIndex(MapReader map, string key)
    {
        ArgumentNullException.ThrowIfNull(map);
        return map.Node(key) is { Type: NodeType.Text } node && node.Text.Length > 0 ? ProgramIndex(node, map.KeyPath(key)) : 0;
    }

    /// <summary>The positions of the programs that a list names.</summary>
    public IReadOnlyList<int> ProgramIndices(MapReader map, string key)
    {
        ArgumentNullException.ThrowIfNull(map);
        return map.Node(key) is { Type: NodeType.List } list ? [.. list.Items.Select(name => ProgramIndex(name, map.KeyPath(key)))] : [];
    }

    private int ProgramIndex(YamlValue name, string path)
    {
        for (int i = 0; i < names.Count; i++)
        {
            if (names[i] == name.Text)
            {
                return i;
            }
        }

        Sentence known = names.Count == 0 ? new Sentence("file.program.none") : new Sentence("file.program.known", string.Join(", ", names));
        sink.Complain(name, path, new Sentence("file.program.absent"), Spelling.Suggest(name.Text, names) ?? known);
        return 0;
    }

    private ProgramPoint BindPoint(MapReader point)
    {
        string at = point.Text("at") ?? "";
        bool isClock = Units.TryClockTime(at, out int minutes);
        SwitchingReference reference = isClock ? SwitchingReference.Clock : point.Word("at", SwitchingReference.Sunset);
        if (point.Text("offset") is { } offset && Units.TryOffset(offset, out int offsetMinutes))
        {
            if (isClock)
            {
                sink.Complain(point, "offset", new Sentence("file.clockOffset"));
            }
            else if (Math.Abs(offsetMinutes) > HalfDayMinutes)
            {
                sink.Complain(point, "offset", new Sentence("file.longOffset"));
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

    private CalendarRule BindRule(MapReader rule) => new()
    {
        WeekdayMask = Mask(rule, "weekdays", s_weekdays, EveryWeekday),
        OccurrenceMask = Mask(rule, "occurrences", s_occurrences, 0),
        FromMonthDay = MonthDay(rule.Node("from"), rule.KeyPath("from"), 101),
        ToMonthDay = MonthDay(rule.Node("to"), rule.KeyPath("to"), 1231),
        ProgramIndex = ProgramIndex(rule, "program"),
    };

    private static int Mask(MapReader map, string key, string[] words, int fallback) => map.Node(key) is { Type: NodeType.List } list
        ? list.Items.Select(item => Array.IndexOf(words, item.Text)).Where(index => index >= 0).Aggregate(0, (bits, index) => bits | (1 << index))
        : fallback;

    private YearlyDate Date(YamlValue? node, string path)
    {
        if (node is not { Type: NodeType.Text } || node.Text.Length != FullDateLength)
        {
            return new YearlyDate(0, MonthDay(node, path, 101));
        }

        if (!Units.TryDate(node.Text, out DateOnly date))
        {
            sink.Complain(node, path, new Sentence("file.date"));
        }

        return new YearlyDate(date.Year, (date.Month * 100) + date.Day);
    }

    private int MonthDay(YamlValue? node, string path, int fallback)
    {
        if (node is not { Type: NodeType.Text, Text.Length: MonthDayLength })
        {
            return fallback;
        }

        if (Units.TryMonthDay(node.Text, out int monthDay))
        {
            return monthDay;
        }

        if (char.IsAsciiDigit(node.Text[0]) && node.Text[2] == '-')
        {
            sink.Complain(node, path, new Sentence("file.date"), new Sentence("file.monthDay.do"));
        }

        return fallback;
    }
}
