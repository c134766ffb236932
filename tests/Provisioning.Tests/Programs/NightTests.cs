// The night that is shown is the night that the controller makes: compared with a whole controller in virtual time; nights of the change of the clock and beyond the
// polar circle; the chart in characters and as a picture.
using System.Globalization;
using System.Xml.Linq;
using PoleController.Lighting;
using PoleController.Settings;
using PoleController.Tests.Parts;
using Provisioning.Language;
using Provisioning.Programs;
using Provisioning.Programs.Night;
using RepositoryFiles;
using Xunit;

namespace Provisioning.Tests.Programs;

public sealed class NightTests
{
    private static readonly DateOnly s_christmas = new(2026, 12, 24);

    public static TheoryData<string, string> Nights() => new()
    {
        { "residential", "2026-12-24" }, { "residential", "2026-06-19" }, { "residential", "2026-12-31" }, { "main-road", "2026-03-28" }, { "main-road", "2026-10-24" }, { "residential", "2027-05-06" },
    };

    [Theory]
    [MemberData(nameof(Nights))]
    public void Given_a_night_then_a_whole_controller_in_virtual_time_has_the_same_levels_at_the_same_times(string example, string date)
    {
        ControllerSettings settings = Example(example);
        NightCourse night = NightCourse.Compute(settings, DateOnly.ParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture));
        using PoleHarness pole = new();
        pole.Start();
        Copy(settings, pole.Controller.Settings);
        pole.Controller.Schedule.Invalidate();

        // A day before, so that it comes into the night with a program in force.
        pole.Controller.Clock.Set(pole.NowMs, night.BeginUtcMs - 86_400_000, 0);
        pole.Run(86_400_000 - 1000);
        List<(long AtUtcMs, int Level, LevelCause Cause)> told = [];
        pole.Check = () =>
        {
            long utcMs = pole.Controller.Clock.UtcMs(pole.NowMs);
            (long, int, LevelCause) now = (utcMs, pole.Controller.Lighting.TargetLevelPermille, pole.Controller.Lighting.Cause);
            if (utcMs >= night.BeginUtcMs && utcMs < night.EndUtcMs && (told.Count == 0 || told[^1].Level != now.Item2 || told[^1].Cause != now.Item3))
            {
                told.Add(now);
            }
        };
        pole.Run(night.EndUtcMs - night.BeginUtcMs + 2000);

        (long AtUtcMs, int Level, LevelCause Cause)[] shown = [.. night.Changes
            .Where((change, i) => i == 0 || change.LevelPermille != night.Changes[i - 1].LevelPermille || change.Cause != night.Changes[i - 1].Cause)
            .Select(change => (change.AtUtcMs, change.LevelPermille, change.Cause))];
        Assert.Equal(shown.Select(change => (change.Level, change.Cause)), told.Select(change => (change.Level, change.Cause)));
        Assert.All(shown.Skip(1).Zip(told.Skip(1)), pair => Assert.InRange(pair.Second.AtUtcMs - pair.First.AtUtcMs, 0, 1000));
    }

    [Fact]
    public void Given_a_winter_night_then_levels_times_and_reasons_are_those_of_the_file()
    {
        NightCourse night = NightCourse.Compute(Example("residential"), s_christmas);

        Assert.Equal(new CalendarReason(CalendarReasonKind.FirstProgram, 0), night.Reason);
        Assert.Equal([0, 1000, 300, 700, 0], night.Changes.Select(change => change.LevelPermille));
        Assert.Equal(["12:00", "23:00"], new[] { 0, 2 }.Select(i => Clock(night, night.Changes[i])));
        Assert.InRange(night.Changes[3].AtUtcMs - (night.Sun!.Value.CivilDawn.AtUtcMs - (60 * 60_000)), 0, 1);
        Assert.InRange(night.Changes[1].AtUtcMs - (night.Sun!.Value.CivilDusk.AtUtcMs - (5 * 60_000)), 0, 1);
        Assert.InRange(night.Changes[4].AtUtcMs - (night.Sun!.Value.CivilDawn.AtUtcMs + (5 * 60_000)), 0, 1);
        Assert.Equal([300, 1000], [night.Changes[2].LevelPermille, night.Changes[2].OccupancyLevelPermille]);
        Assert.Equal((0, 1, LevelCause.Program), (night.Changes[2].ProgramIndex, night.Changes[2].PointIndex, night.Changes[2].Cause));
    }

    [Theory]
    [InlineData("2026-12-25", CalendarReasonKind.Rule, 0, 1)] // Friday and a public holiday
    [InlineData("2027-05-06", CalendarReasonKind.Rule, 0, 1)] // Ascension, a Thursday, and the first one of May
    [InlineData("2026-06-04", CalendarReasonKind.Rule, 1, 1)] // the first Thursday of June
    [InlineData("2026-06-11", CalendarReasonKind.FirstProgram, 0, 0)]
    [InlineData("2026-12-31", CalendarReasonKind.ExceptionDay, 0, 2)]
    public void Given_a_day_then_the_entry_of_the_calendar_that_chose_its_program_is_named(string date, CalendarReasonKind kind, int index, int program)
    {
        NightCourse night = NightCourse.Compute(Example("residential"), DateOnly.ParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture));

        Assert.Equal((new CalendarReason(kind, index), program), (night.Reason, night.ProgramIndex));
    }

    [Theory]
    [InlineData("2026-03-28", 23)]
    [InlineData("2026-10-24", 25)]
    [InlineData("2026-12-24", 24)]
    public void Given_a_night_in_which_the_clock_is_changed_then_it_is_as_long_as_it_is_and_its_clock_times_are_right(string date, int hours)
    {
        NightCourse night = NightCourse.Compute(Example("main-road"), DateOnly.ParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture));

        Assert.Equal(hours * 3_600_000L, night.EndUtcMs - night.BeginUtcMs);
        Assert.Equal(["23:00", "01:00"], night.Changes.Where(change => change.PointIndex is 1 or 2).Select(change => Clock(night, change)));
        string axis = NightText.Draw(night, Words(TextLanguage.English), isAscii: true).Single(line => line.TrimStart().StartsWith("12 ", StringComparison.Ordinal));
        Assert.Equal(hours == 24 ? "12 14 16 18 20 22 00 02 04 06 08 10" : hours == 23 ? "12 14 16 18 20 22 00 03 05 07 09 11" : "12 14 16 18 20 22 00 02 03 05 07 09 11",
            string.Join(' ', axis.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
    }

    [Fact]
    public void Given_a_polar_night_and_a_polar_day_then_the_light_and_the_words_say_so()
    {
        ControllerSettings settings = Example("main-road");
        settings.LatitudeMicrodegrees = 78_220_000; // Longyearbyen
        settings.LongitudeMicrodegrees = 15_640_000;
        settings.Programs[0].PointCount = 0;

        NightCourse winter = NightCourse.Compute(settings, new DateOnly(2026, 12, 21));
        NightCourse summer = NightCourse.Compute(settings, new DateOnly(2026, 6, 21));

        Assert.Equal(1000, winter.At(winter.BeginUtcMs + 1).LevelPermille);
        Assert.DoesNotContain(winter.Changes.SkipLast(1), change => change.LevelPermille == 0);
        Assert.DoesNotContain(summer.Changes, change => change.LevelPermille > 0 && night(summer, change) > 60_000);
        Assert.Contains("stays below", Words(TextLanguage.English).Sun(winter), StringComparison.Ordinal);
        Assert.Contains("die Sonne bleibt darüber", Words(TextLanguage.German).Sun(summer), StringComparison.Ordinal);
        Assert.NotEmpty(NightSvg.Draw(winter, Words(TextLanguage.English)));

        static long night(NightCourse course, NightChange change) => (course.Changes.FirstOrDefault(next => next.AtUtcMs > change.AtUtcMs)?.AtUtcMs ?? course.EndUtcMs) - change.AtUtcMs;
    }

    [Fact]
    public void Given_no_position_then_a_program_by_the_sun_is_shown_as_the_controller_acts()
    {
        ControllerSettings settings = Example("main-road");
        settings.HasPosition = false;

        NightCourse night = NightCourse.Compute(settings, s_christmas);

        Assert.Null(night.Sun);
        Assert.Equal([(1000, LevelCause.ClockUnknown)], night.Changes.Select(change => (change.LevelPermille, change.Cause)));
        Assert.Contains("No position", string.Join('\n', NightText.Draw(night, Words(TextLanguage.English), false)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(47.66, 9.18)] // Konstanz
    [InlineData(54.79, 9.43)] // Flensburg
    public void Given_the_shipped_programs_then_no_lamp_burns_at_noon_on_any_day_of_the_year(double latitude, double longitude)
    {
        Assert.All((string[])["residential", "main-road"], name =>
        {
            ControllerSettings settings = Example(name);
            settings.LatitudeMicrodegrees = (int)(latitude * 1e6);
            settings.LongitudeMicrodegrees = (int)(longitude * 1e6);

            Assert.Empty(DayBurning.Find(settings, 2027));
        });
    }

    [Fact]
    public void Given_a_point_by_the_clock_after_the_dawn_that_switches_off_then_the_days_with_light_at_noon_are_found()
    {
        ControllerSettings settings = Example("residential");
        settings.Programs[0].Reference[2] = (byte)SwitchingReference.Clock;
        settings.Programs[0].OffsetMinutes[2] = 300;

        DayBurning burning = Assert.Single(DayBurning.Find(settings, 2027));

        Assert.Equal(0, burning.ProgramIndex);
        Assert.InRange(burning.First, new DateOnly(2027, 5, 1), new DateOnly(2027, 6, 15));
        NightCourse before = NightCourse.Compute(settings, burning.First.AddDays(-1));
        Assert.NotEqual(0, before.Changes[^1].LevelPermille);

        settings.Programs[0].PointCount = 1;
        settings.Calendar.RuleCount = 0;
        settings.Calendar.ExceptionDayCount = 0;
        Assert.Empty(DayBurning.Find(settings, 2027));
    }

    [Fact]
    public void Given_the_dark_sky_profile_then_the_change_says_so()
    {
        NightCourse night = NightCourse.Compute(Example("residential"), new DateOnly(2026, 7, 14));

        NightChange limited = night.Changes.First(change => change.Cause == LevelCause.DarkSky);
        Assert.Equal(("23:00", 200), (Clock(night, limited), limited.LevelPermille));
        Assert.Contains("limited by the dark-sky and insect profile", Words(TextLanguage.English).Why(night, limited), StringComparison.Ordinal);
        Assert.Contains("100 %, solange jemand da ist", Words(TextLanguage.German).Why(night, limited), StringComparison.Ordinal);
    }

    [Fact]
    public void Given_a_night_then_the_chart_has_its_levels_at_its_times_in_ascii_too()
    {
        NightCourse night = NightCourse.Compute(Example("main-road"), s_christmas);

        IReadOnlyList<string> ascii = NightText.Draw(night, Words(TextLanguage.English), isAscii: true);
        IReadOnlyList<string> blocks = NightText.Draw(night, Words(TextLanguage.English), isAscii: false);

        Assert.All(ascii, line => Assert.All(line, character => Assert.InRange(character, ' ', '~')));
        string[] rows = [.. ascii.Skip(3).Take(10)];
        Assert.All(rows, row => Assert.True(row.Length <= 102, row));

        // A column is a quarter of an hour: 13:00 to 13:15 is the fifth, 00:00 the 49th.
        int[] heights = [.. Enumerable.Range(0, 96).Select(column => rows.Count(row => row.Length > 6 + column && row[6 + column] == '#'))];
        Assert.Equal((0, 10, 6, 4, 10, 0), (heights[4], heights[32], heights[46], heights[54], heights[76], heights[92]));
        Assert.Equal(heights, Enumerable.Range(0, 96).Select(column => blocks.Skip(3).Take(10).Count(row => row.Length > 6 + column && row[6 + column] == '\u2588')));
    }

    [Theory]
    [InlineData(TextLanguage.English)]
    [InlineData(TextLanguage.German)]
    public void Given_a_night_then_its_picture_is_well_formed_and_has_the_text_of_hostile_names_as_text(TextLanguage language)
    {
        NightCourse night = NightCourse.Compute(Example("residential"), s_christmas);
        NightWords words = new(language == TextLanguage.German ? Texts.German : Texts.English, ["<script>alert(1)</script>", "b", "c"]);

        XDocument svg = XDocument.Parse(NightSvg.Draw(night, words));
        string page = NightSvg.Page(night, words, "en");

        Assert.Equal("svg", svg.Root!.Name.LocalName);
        Assert.DoesNotContain(svg.Descendants(), element => element.Name.LocalName == "script");
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.DoesNotContain("http", page.Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(night.Changes.Count, page.Split("<tr><td>").Length - 1);
    }

    internal static ControllerSettings Example(string name)
    {
        ControllerSettings settings = new() { HasPosition = true, LatitudeMicrodegrees = 49_410_000, LongitudeMicrodegrees = 8_690_000 };
        foreach (string file in (string[])["city", name])
        {
            ProgramFileMapping.Apply(ProgramFileReader.ReadFile(RepositoryRoot.PathOf("docs", "programs", "examples", file + ".yaml")), settings);
        }

        return settings;
    }

    private static void Copy(ControllerSettings from, ControllerSettings to)
    {
        byte[] record = new byte[SettingsCodec.MaximumLength];
        int length = SettingsCodec.Encode(from, 0, record);
        Assert.True(SettingsCodec.TryDecode(record, length, to));
    }

    private static string Clock(NightCourse night, NightChange change) => night.Local(change.AtUtcMs).ToString("HH:mm", CultureInfo.InvariantCulture);

    private static NightWords Words(TextLanguage language) => new(language == TextLanguage.German ? Texts.German : Texts.English, ["weekday", "weekend", "festival"]);
}
