// Settings at the service port, by fields and by bytes: what is set is kept, what is refused says field, value and what is allowed, and changes nothing.
using Xunit;

namespace PoleController.Tests.Service;

public sealed class ServiceSettingsTests
{
    [Fact]
    public void Given_a_section_in_hexadecimal_Then_it_is_set_kept_and_printed_or_refused_whole()
    {
        using ServiceBench bench = new ServiceBench().Opened();

        // Latitude 50, longitude 8 degrees in millionths (Position: latitude 4, longitude 4, whether it was set).
        string before = Assert.Single(bench.Ask("settings hex position"), line => line.Contains("content=", StringComparison.Ordinal));
        string content = ServiceBench.Field(before, "content");
        string wanted = "02faf080007a1200" + content[16..];
        Assert.StartsWith("ok settings revision=1", bench.AskOne("settings set position " + wanted), StringComparison.Ordinal);
        Assert.Equal(50_000_000, bench.Controller.Settings.LatitudeMicrodegrees);
        Assert.Equal(wanted, ServiceBench.Field(bench.Ask("settings hex position")[0], "content"));
        Assert.StartsWith("error code=outOfRange at=settings do=\"nothing was changed; fault says what does not go together, docs/messages.md (settingsFault) why\" fault=position", bench.AskOne("settings set position 7fffffff00000000" + content[16..]), StringComparison.Ordinal);
        Assert.StartsWith("error code=tooLong at=settings", bench.AskOne("settings set position " + wanted + "00"), StringComparison.Ordinal);
        Assert.Equal(50_000_000, bench.Controller.Settings.LatitudeMicrodegrees);
        bench.Boot();
        Assert.Equal(50_000_000, bench.Controller.Settings.LatitudeMicrodegrees);
    }

    [Fact]
    public void Given_fields_by_name_Then_they_are_set_the_others_stay_and_all_of_it_is_kept()
    {
        using ServiceBench bench = new ServiceBench().Opened();
        int hysteresis = bench.Controller.Settings.FillLevel.HysteresisPercent;
        Assert.Equal("ok settings revision=1", bench.AskOne("settings set fillLevel shape=lyingCylinder pingCount=9 substituteCentidegrees=-1250"));
        Assert.Equal(9, bench.Controller.Settings.FillLevel.PingCount);
        Assert.Equal(-1250, bench.Controller.Settings.FillLevel.SubstituteCentidegrees);
        Assert.Equal(hysteresis, bench.Controller.Settings.FillLevel.HysteresisPercent);
        string[] shown = bench.Ask("settings get fillLevel");
        Assert.Contains("settings section=fillLevel field=shape value=lyingCylinder allowed=straight,cone,lyingCylinder,table", shown);
        Assert.Contains("settings section=fillLevel field=pingCount value=9 allowed=5..9", shown);
        Assert.Contains("settings section=fillLevel field=substituteCentidegrees value=-1250 allowed=-4000..8500,unknown", shown);
        bench.Boot();
        Assert.Equal(9, bench.Controller.Settings.FillLevel.PingCount);
        bench.Opened();
        Assert.StartsWith("ok", bench.AskOne("settings set fillLevel substituteCentidegrees=unknown"), StringComparison.Ordinal);
        Assert.Contains("settings section=fillLevel field=substituteCentidegrees value=unknown allowed=-4000..8500,unknown", bench.Ask("settings get fillLevel"));
    }

    [Fact]
    public void Given_groups_lists_and_items_Then_each_of_their_values_has_a_name()
    {
        using ServiceBench bench = new ServiceBench().Opened();
        Assert.StartsWith("ok", bench.AskOne("settings set scenes sceneCount=2 scenes.0.levelPermille=300 scenes.1.levelPermille=1000 scenes.1.warmSharePermille=unknown"), StringComparison.Ordinal);
        string[] scenes = bench.Ask("settings get scenes");
        Assert.Contains("settings section=scenes field=scenes.0.levelPermille value=300 allowed=0..1000 step=10", scenes);
        Assert.Contains("settings section=scenes field=scenes.1.warmSharePermille value=unknown allowed=0..1000,unknown step=10", scenes);
        Assert.Equal("ok settings lines=7", scenes[^1]);
        Assert.StartsWith("ok", bench.AskOne("settings set scenes sceneCount=1"), StringComparison.Ordinal);
        Assert.Equal("ok settings lines=4", bench.Ask("settings get scenes")[^1]);
        Assert.StartsWith("ok", bench.AskOne("settings set measurements intervalSeconds.7=900"), StringComparison.Ordinal);
        Assert.Equal(900, bench.Controller.Settings.Measurements.IntervalSeconds[7]);
        Assert.StartsWith("ok", bench.AskOne("settings set program 2 pointCount=1 points.0.reference=sunset points.0.offsetMinutes=-15 points.0.levelPermille=400"), StringComparison.Ordinal);
        Assert.Equal((1, -15, 400), (bench.Controller.Settings.Programs[2].PointCount, bench.Controller.Settings.Programs[2].OffsetMinutes[0], bench.Controller.Settings.Programs[2].LevelPermille[0]));
        Assert.Equal(0, bench.Controller.Settings.Programs[1].PointCount);
    }

    [Theory]
    [InlineData("fillLevel pingCount=12", "error code=outOfRange at=pingCount do=\"nothing was changed; see allowed\" value=12 allowed=5..9")]
    [InlineData("fillLevel pingCount=", "error code=outOfRange at=pingCount do=\"nothing was changed; see allowed\" value= allowed=5..9")]
    [InlineData("fillLevel hysteresisPercent=5 pingCount=-6", "error code=outOfRange at=pingCount do=\"nothing was changed; see allowed\" value=-6 allowed=5..9")]
    [InlineData("fillLevel pingCount=99999999999999999999", "error code=outOfRange at=pingCount do=\"nothing was changed; see allowed\" value=99999999999999999999 allowed=5..9")]
    [InlineData("fillLevel shape=box", "error code=outOfRange at=shape do=\"nothing was changed; see allowed\" value=box allowed=straight,cone,lyingCylinder,table")]
    [InlineData("fillLevel shape=con", "error code=outOfRange at=shape do=\"nothing was changed; see allowed\" value=con allowed=straight,cone,lyingCylinder,table")]
    [InlineData("darkSky idleLevelPermille=15", "error code=outOfRange at=idleLevelPermille do=\"nothing was changed; see allowed\" value=15 allowed=10..1000 step=10")]
    [InlineData("reporting isStatusConfirmed=2", "error code=outOfRange at=isStatusConfirmed do=\"nothing was changed; see allowed\" value=2 allowed=0..1")]
    [InlineData("fillLevel warningPercent=90 alarmPercent=80", "error code=outOfRange at=settings do=\"nothing was changed; fault says what does not go together, docs/messages.md (settingsFault) why\" fault=fillLevelThresholds")]
    [InlineData("fillLevel pings=5", "error code=unknownField at=pings do=\"settings get lists the fields, groups with their count first\"")]
    [InlineData("fillLevel pingCoun=5", "error code=unknownField at=pingCoun do=\"settings get lists the fields, groups with their count first\"")]
    [InlineData("fillLevel pingCount.0=5", "error code=unknownField at=pingCount.0 do=\"settings get lists the fields, groups with their count first\"")]
    [InlineData("measurements intervalSeconds=60", "error code=unknownField at=intervalSeconds do=\"settings get lists the fields, groups with their count first\"")]
    [InlineData("measurements intervalSeconds.9=60", "error code=unknownField at=intervalSeconds.9 do=\"settings get lists the fields, groups with their count first\"")]
    [InlineData("scenes scenes.0.levelPermille=60", "error code=unknownField at=scenes.0.levelPermille do=\"settings get lists the fields, groups with their count first\"")]
    [InlineData("scenes sceneCount=17", "error code=outOfRange at=sceneCount do=\"nothing was changed; see allowed\" value=17 allowed=0..16")]
    [InlineData("program 1 programIndex=2", "error code=badValue at=programIndex do=\"it stands behind the section's name\"")]
    [InlineData("neighbours key=2b7e151628aed2a6abf7158809cf4f3", "error code=outOfRange at=key do=\"nothing was changed; see allowed\" value=hidden allowed=32digits")]
    [InlineData("fillLevel pingCount=5 shape", "error code=badValue at=settings do=\"FIELD=VALUE\"")]
    public void Given_what_cannot_be_set_Then_the_answer_says_field_value_and_what_is_allowed_and_nothing_is_changed(string line, string answer)
    {
        using ServiceBench bench = new ServiceBench().Opened();
        uint before = Hash(bench);
        Assert.Equal(answer, bench.AskOne("settings set " + line));
        Assert.Equal(before, Hash(bench));
        Assert.Equal(0, bench.Controller.Settings.Revision);
    }

    [Fact]
    public void Given_a_section_with_a_key_Then_the_rest_is_shown_and_the_key_can_be_set_and_never_read()
    {
        using ServiceBench bench = new ServiceBench().Opened();
        Assert.StartsWith("ok", bench.AskOne("settings set neighbours isEnabled=1 line=12 poleIndex=7 key=000102030405060708090a0b0c0d0e0f"), StringComparison.Ordinal);
        Assert.Equal(Enumerable.Range(0, 16).Select(i => (byte)i), bench.Controller.Settings.Neighbours.Key);
        string[] shown = bench.Ask("settings get neighbours");
        Assert.Contains("settings section=neighbours field=poleIndex value=7 allowed=1..255", shown);
        Assert.Contains("settings section=neighbours field=key value=hidden allowed=32digits", shown);
        Assert.DoesNotContain(shown, text => text.Contains("0001", StringComparison.Ordinal));
        Assert.StartsWith("error code=secret", bench.AskOne("settings hex neighbours"), StringComparison.Ordinal);
    }

    [Fact]
    public void Given_any_garbage_behind_settings_set_Then_it_is_refused_whole_or_carried_out_whole()
    {
        Random random = new(4);
        string[] sections = ["fillLevel", "scenes", "calendar", "program 1", "holidays", "groups", "neighbours", "measurements", "x", ""];
        string[] names = ["pingCount", "scenes.0.levelPermille", "sceneCount", "rules.0.program", "ruleCount", "exceptionDays.3.year", "exceptionDayCount", "holidayCount", "holidays.31.year", "groups.7.number", "key", "points.1.levelPermille", ".", "..", "intervalSeconds.", "intervalSeconds.8"];
        string[] values = ["0", "1", "5", "16", "24", "32", "255", "-1", "unknown", "clock", "2026", "", "=", "zz", "9223372036854775808", "00000000000000000000000000000000"];
        using ServiceBench bench = new ServiceBench().Opened();
        int refused = 0;
        for (int i = 0; i < 2000; i++)
        {
            string line = "settings set " + sections[random.Next(sections.Length)];
            for (int n = random.Next(5); n >= 0; n--)
            {
                line += " " + names[random.Next(names.Length)] + (random.Next(9) == 0 ? "" : "=") + values[random.Next(values.Length)];
            }

            uint before = Hash(bench);
            string answer = bench.AskOne(line);
            Assert.Matches("^(ok settings|error code=[a-zA-Z]+ at=) ?", answer);
            if (answer[0] == 'e')
            {
                refused++;
                Assert.Equal(before, Hash(bench));
            }

            Assert.Equal(0, bench.Controller.ExceptionCount);
            Assert.False(bench.Controller.Service.IsOverrun);
        }

        Assert.InRange(refused, 1000, 1999);
    }

    // Over everything that is set.
    private static uint Hash(ServiceBench bench) => PoleController.Settings.SettingsCodec.Hash(bench.Controller.Settings);
}
