// What somebody is told whose scenario is wrong; and that hostile files are refused without a crash or a hang.
using System.Diagnostics;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using PoleController.Lighting;
using PoleController.Time;
using SettingsFiles;
using Simulation.Scenarios;
using Simulation.World;
using Xunit;

namespace Simulation.Tests.Scenarios;

public class ScenarioLoaderTests
{
    public static TheoryData<string, int, int, string, string> Bad
    {
        get
        {
            TheoryData<string, int, int, string, string> data = [];
            foreach ((string yaml, int line, int column, string keyPath, string word) in BadScenarios.AgainstSchema.Concat(BadScenarios.AgainstSense))
            {
                data.Add(yaml, line, column, keyPath, word);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public void One_mistake_gives_one_problem_with_its_place_and_what_to_do(string yaml, int line, int column, string keyPath, string word)
    {
        ScenarioProblem problem = Assert.Single(ScenarioFiles.Problems(ScenarioFiles.Minimal(yaml)));

        Assert.Equal((line, keyPath), (problem.Line, problem.KeyPath));
        Assert.True(column == 0 || problem.Column == column, problem.ToString());
        Assert.Contains(word, problem.ToString(), StringComparison.Ordinal);
        Assert.NotEmpty(problem.Message);
        Assert.NotEmpty(problem.Remedy);
        Assert.StartsWith($"{Path.Combine(ScenarioFiles.Scenarios, "test.yaml")}:{line}:{problem.Column}: {keyPath}: ", problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void All_mistakes_are_said_at_once_in_the_order_of_the_file()
    {
        IReadOnlyList<ScenarioProblem> problems = ScenarioFiles.Problems(
            "name: n\nduration: -24h\nlamps: { file: nowhere.csv, limit: 0 }\nsettings: { holdTime: 30, photocellOnLux: 90 }\ngateways: [{ id: g, latitude: 99, longitude: 9 }]\nfoo: 1\n");

        Assert.Equal(
            ["start", "duration", "lamps.file", "lamps.limit", "settings.holdTime", "settings.photocellOnLux", "gateways[0].latitude", "foo"],
            problems.Select(problem => problem.KeyPath));
    }

    [Theory]
    [InlineData("name: n\nstart: 2026-02-30T12:00\n", "no such day")]
    [InlineData("name: n\nstart: 2026-06-20T12:00+02:00\n", "local date and time")]
    [InlineData("name: n\nstart: 1926-06-20T12:00\n", "2000 to 2099")]
    [InlineData("name: n\nstart: 2026-06-20\n", "local date and time")]
    public void The_start_is_a_local_time_that_exists(string yaml, string word)
    {
        ScenarioProblem problem = Assert.Single(ScenarioFiles.Problems(yaml + "duration: 24h\nlamps: { file: district/lamps.csv }\n"));

        Assert.Equal("start", problem.KeyPath);
        Assert.Contains(word, problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Clock_times_are_the_first_from_the_start_on_and_dates_and_offsets_are_understood()
    {
        Scenario scenario = ScenarioFiles.Parse(ScenarioFiles.Minimal(
            "mains: { outages: [{ at: \"12:00\", duration: 1s, poles: all }, { at: \"11:59\", duration: 1.5s, poles: all }, { at: 2026-06-21T00:00:30, duration: 1h, poles: all }, { at: +90min, duration: 1d, poles: all }] }\n"));

        Assert.Equal([0, 86_340_000, 43_230_000, 5_400_000], scenario.MainsOutages.Select(outage => outage.AtMs));
        Assert.Equal([1000, 1500, 3_600_000, 86_400_000], scenario.MainsOutages.Select(outage => outage.DurationMs));
    }

    [Fact]
    public void Clock_times_follow_the_change_of_the_clocks()
    {
        string yaml = ScenarioFiles.Minimal("mains: { outages: [{ at: \"06:00\", duration: 1s, poles: all }] }\n").Replace("2026-06-20", "2026-10-24", StringComparison.Ordinal);

        Assert.Equal(19 * 3_600_000, ScenarioFiles.Parse(yaml).MainsOutages[0].AtMs);
    }

    [Fact]
    public void What_poles_sense_and_what_there_is_to_sense_are_read_whole()
    {
        Scenario scenario = ScenarioFiles.Parse(ScenarioDocumentation.FullExample());

        Assert.Equal((17.0, 12.0, 150.0, 9.0), (scenario.Weather.MeanDegrees, scenario.Weather.DewPointDegrees, scenario.Weather.ElevationMetres, scenario.Weather.Pm25Micrograms));
        Assert.Equal(("degrees", "co2"), (scenario.Weather.File!.TemperatureColumn, scenario.Weather.File.CarbonDioxideColumn));
        Assert.Equal(7_200_000, Assert.Single(scenario.Weather.Fogs).DurationMs);
        SensorPlan sensors = Assert.Single(scenario.Sensors);
        Assert.Equal((true, true, true, true, 900), (sensors.HasRadar, sensors.HasAccelerometer, sensors.HasDoorContact, sensors.HasBoardSensors, sensors.CountIntervalSeconds));
        Assert.Equal(2, scenario.Bins.Count);
        Assert.Equal(new Container { Form = ContainerForm.Cone, HeightMillimetres = 900, SensorAboveMillimetres = 320, VolumeLitres = 110, BottomShare = 0.75 }, scenario.Bins[0].Container);
        Assert.Equal([390], scenario.Bins[0].RoundMinutes);
        Assert.Equal((7_200_000L, 40.0), (scenario.Bins[0].WhenToldMs, scenario.Bins[0].StartPercent));
        Assert.Equal(("emptied", new DateOnly(2024, 6, 1)), (scenario.Bins[1].History!.TimeColumn, scenario.Bins[1].History!.Day));
        Assert.Equal((170.0, 18_000_000L), (scenario.Waters[0].Floods[0].HeightCentimetres, scenario.Waters[0].Floods[0].RiseMs));
        Assert.NotNull(scenario.Waters[1].File);
        Assert.Equal(ParticulatePart.Sps30I2c, Assert.Single(scenario.AirStations).Particulates);
        Assert.Equal([IncidentKind.Knock, IncidentKind.Lean], scenario.Incidents.Select(incident => incident.Kind));
        Assert.Equal((PartName.FillLevel, PartTrouble.Silent), (scenario.Faults[2].Part, scenario.Faults[2].Trouble));
    }

    [Fact]
    public void The_example_with_every_key_is_read_whole()
    {
        Scenario scenario = ScenarioFiles.Parse(ScenarioDocumentation.FullExample());

        Assert.Equal("District, one summer night", scenario.Name);
        Assert.Equal(new LampColumns { Id = "id", Latitude = "latitude", Longitude = "longitude", FullPowerWatts = "watts", Street = "street", Group = "group" }, scenario.Lamps.Columns);
        Assert.Equal((100, 2000.0), (scenario.Lamps.Limit, scenario.Lamps.Within!.RadiusMetres));
        Assert.Equal(
            [(SwitchingReference.CivilDusk, -10, 1000, 0), (SwitchingReference.Clock, 1380, 300, 1000), (SwitchingReference.Clock, 300, 800, 0), (SwitchingReference.CivilDawn, 10, 0, 0)],
            scenario.Programs[0].Points.Select(point => (point.Reference, point.OffsetMinutes, point.LevelPermille, point.OccupancyLevelPermille)));
        Assert.Equal(new CalendarRule { WeekdayMask = 0b0110000, FromMonthDay = 501, ToMonthDay = 930, ProgramIndex = 1 }, scenario.Calendar.Rules[0]);
        Assert.Equal(new ExceptionDay { Date = new YearlyDate(0, 1231), ProgramIndex = 1 }, scenario.Calendar.ExceptionDays[0]);
        Assert.Equal((0b0001000, 0b100001), (scenario.Calendar.Rules[1].WeekdayMask, scenario.Calendar.Rules[1].OccurrenceMask));
        Assert.Equal(0b11000000, scenario.Calendar.Rules[2].WeekdayMask);
        Assert.Equal([new YearlyDate(0, 1225), new YearlyDate(2027, 326)], scenario.Calendar.PublicHolidays);
        Assert.Equal(new DateOnly(2026, 6, 20), scenario.Traffic!.Counts!.Day);
        Assert.Equal((0.5, 50.0), (scenario.Traffic.Share, scenario.Traffic.Mix.Pedestrian.Percent));
        Assert.Equal([FaultKind.LampFailure, FaultKind.DayBurner, FaultKind.PartTrouble], scenario.Faults.Select(fault => fault.Kind));
        Assert.Equal([null, 7_200_000L, 3_600_000L], scenario.Faults.Select(fault => fault.DurationMs));
        Assert.Equal(
            [
                new SetLevelAction { LevelPermille = 1000, FadeMs = 2000, DurationMinutes = 30 }, new ResumeProgramAction(), new SetProgramAction { ProgramIndex = 1, ScenarioProgramIndex = 1 },
                new SetClockOffsetAction { UtcOffsetMinutes = 60, DaylightSaving = DaylightSavingRule.EuropeanUnion },
                new SetGroupLevelAction { LightingGroup = 3, LevelPermille = 700, FadeMs = 5000, DurationMinutes = 30 },
                new RecallSceneAction { LightingGroup = 3, Scene = 1, DurationMinutes = 60 },
                new BoostAction { LightingGroup = 3, AmountPermille = 200, DurationMinutes = 120 },
                new CallEmergencyAction { Kind = EmergencyKind.Emergency, DurationMinutes = 20 },
                new ShedLoadAction { Step = 2, DurationMinutes = 90 },
                new IdentifyAction { DurationSeconds = 120 },
            ],
            scenario.Commands.Select(command => command.Action).Where(action => action is not SendSettingsBlockAction));
        Assert.Equal([1, 0], Assert.Single(scenario.Commands.Select(command => command.Action).OfType<SendSettingsBlockAction>()).ScenarioProgramIndices);
        Assert.Equal(new TimerBaseline { DimFromMinute = 1380, DimToMinute = 300, LevelPermille = 500 }, scenario.Baselines.Timer);
        Assert.Equal(new ObeyedWithinCheck { Path = CommandPath.Multicast, WithinMs = 10_000, MinimumPercent = 99 }, Assert.Single(scenario.Checks.ObeyedWithin));
        Assert.Equal("mill-lane", Assert.Single(scenario.Network.MulticastGroups).Name);
        Assert.Equal([CommandPath.Multicast, CommandPath.Unicast, CommandPath.Unicast, CommandPath.Multicast, CommandPath.Unicast], scenario.Commands.Select(command => command.Path).Take(5));
        Assert.Equal([(1000, 0), (400, 30)], scenario.Settings.Scenes.Select(scene => (scene.LevelPermille, scene.FadeSeconds)));
        Assert.Equal((1000, 300, 240, 200, 240), (scenario.Settings.EmergencyLevelPermille, scenario.Settings.CrisisLevelPermille, scenario.Settings.EmergencyMaximumMinutes, scenario.Settings.SheddingFloorPermille, scenario.Settings.SheddingMaximumMinutes));
        Assert.Equal([700, 500, 300], scenario.Settings.SheddingLimitsPermille);
        Assert.Equal((LineOrder.Position, 2, 30, "Mill Lane"), (Assert.Single(scenario.NeighbourLines).Order, scenario.NeighbourLines[0].Reach, scenario.NeighbourLines[0].HoldSeconds, scenario.NeighbourLines[0].Poles.Street));
        Assert.Equal(new ShortRangeModel(), scenario.ShortRange);
        Assert.Equal((3, "Mill Lane"), (Assert.Single(scenario.LightingGroups).Number, scenario.LightingGroups[0].Poles.Street));
        Assert.Equal(
            new CheckPlan
            {
                NoLampDark = new(),
                NoDownlinkCollisions = new(),
                ObeyedWithin = scenario.Checks.ObeyedWithin,
                OccupancyResponse = new() { WithinMs = 1000, MinimumPercent = 99 },
                StatusDelivery = new() { MinimumPercent = 95 },
                CountsComplete = new() { MinimumPercent = 99 },
                EnergySaving = new() { MinimumPercent = 20 },
                AllJoined = new() { WithinMs = 1_800_000 },
                AlarmsRaised = new() { WithinMs = 1_800_000 },
                CommandsObeyed = new() { MinimumPercent = 95, WithinMs = 60_000 },
                NoUnexpectedAlarms = new(),
                BinsReported = new() { WithinMs = 1_800_000, TolerancePercent = 10 },
                EmptiedTold = new() { WithinMs = 3_600_000 },
                FloodWarned = new() { LeadTimeMs = 1_800_000 },
                TrafficCounted = new() { TolerancePercent = 20, DirectionPercent = 80 },
                FlagsRight = new() { TolerancePercent = 30, MinimumPercent = 99 },
                LampUndisturbed = new() { WithinMs = 0 },
                EventsRight = new() { WithinMs = 1_800_000 },
                LightAhead = new() { MinimumPercent = 95 },
            },
            scenario.Checks);
    }

    [Fact]
    public void Selectors_that_mean_no_lamp_are_all_listed_with_what_there_is()
    {
        Scenario scenario = ScenarioFiles.Parse(ScenarioFiles.Minimal(
            "mains: { outages: [{ at: \"13:00\", duration: 1s, poles: { street: Mil Lane } }, { at: \"13:00\", duration: 1s, poles: { group: industry } }] }\n"
            + "faults: [{ at: \"13:00\", kind: dayBurner, poles: { ids: [D-001, D-999] } }, { at: \"13:00\", kind: dayBurner, poles: { count: 121 } }]\n").Replace(
            "lamps.csv\n", "lamps.csv\n  columns: { id: id, street: street, group: group }\n", StringComparison.Ordinal));

        IReadOnlyList<ScenarioProblem> problems = Assert.Throws<ScenarioException>(() => ScenarioLoader.LoadLamps(scenario)).Problems;

        Assert.Equal(
            ["mains.outages[0].poles.street", "mains.outages[1].poles.group", "faults[0].poles.ids", "faults[1].poles.count"],
            problems.Select(problem => problem.KeyPath));
        Assert.Equal("Did you mean Mill Lane?", problems[0].Remedy);
        Assert.Contains("arterial, park, residential, square", problems[1].Remedy, StringComparison.Ordinal);
        Assert.All(problems, problem => Assert.True(problem.Line is 7 or 8 && problem.Column > 1));
    }

    [Theory]
    [InlineData("neighbours: [{ poles: { ids: [D-001] } }]", "the line has 1 poles")]
    [InlineData("neighbours: [{ poles: { street: Mill Lane } }, { poles: { ids: [D-023, D-001] } }]", "lamp 'D-023' is in two lines")]
    [InlineData("lightingGroups: [{ number: 3, poles: { street: Mill Lane } }]\ncommands: [{ at: +1h, poles: { street: Long Acre }, boost: { lightingGroup: 3, amount: 10, duration: 1h } }]", "none of these poles is in lighting group 3")]
    [InlineData("lightingGroups: [EACH 1, EACH 2, EACH 3, EACH 4, EACH 5, EACH 6, EACH 7, EACH 8, EACH 9]", "lamp 'D-001' would be in 9 lighting groups")]
    public void Lines_and_lighting_groups_that_the_poles_cannot_have_are_refused_with_the_lamp(string yaml, string message)
    {
        string entries = System.Text.RegularExpressions.Regex.Replace(yaml, @"EACH (\d)", "{ number: $1, poles: all }");
        Scenario scenario = ScenarioFiles.Parse(ScenarioFiles.Minimal(entries + "\n").Replace("lamps.csv\n", "lamps.csv\n  columns: { id: id, street: street, group: group }\n", StringComparison.Ordinal));

        ScenarioProblem problem = Assert.Single(Assert.Throws<ScenarioException>(() => ScenarioLoader.LoadLamps(scenario)).Problems);

        Assert.Equal(message, problem.Message);
    }

    [Fact]
    public void A_choice_by_number_is_the_seed_s_and_has_its_number()
    {
        Scenario scenario = ScenarioLoader.Load(Path.Combine(ScenarioFiles.Scenarios, "district.yaml"));
        IReadOnlyList<Simulation.World.Lamp> lamps = ScenarioLoader.LoadLamps(scenario).Lamps;
        PoleSelector five = new() { Count = 5 };

        int[] chosen = five.Select(lamps, 1, "fault", 0);
        Assert.Equal(5, chosen.Distinct().Count());
        Assert.Equal(chosen.Order(), chosen);
        Assert.Equal(chosen, five.Select(lamps, 1, "fault", 0));
        Assert.NotEqual(chosen, five.Select(lamps, 2, "fault", 0));
        Assert.NotEqual(chosen, five.Select(lamps, 1, "fault", 1));
        Assert.Equal(Enumerable.Range(0, 120), PoleSelector.All.Select(lamps, 1, "fault", 0));
        Assert.Equal(12, new PoleSelector { Street = "Mill Lane" }.Select(lamps, 1, "fault", 0).Length);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("# nothing\n", "empty")]
    [InlineData("17\n", "not a polesim scenario")]
    [InlineData("- a\n", "not a polesim scenario")]
    [InlineData("name: n\n\tstart: x\n", "not YAML")]
    [InlineData("name: [n\n", "not YAML")]
    [InlineData("name: n\nname: m\n", "second time")]
    [InlineData("name: n\n---\nname: m\n", "more than one document")]
    [InlineData("name: !!python/object x\n", "tags")]
    [InlineData("name: *n\n", "alias")]
    [InlineData("name: &n [*n]\n", "alias")]
    [InlineData("? [a]\n: b\n", "key is not")]
    [InlineData("%YAML 9.9\n---\nname: n\n", "not YAML")]
    public void What_is_no_scenario_is_refused_with_place_and_reason(string yaml, string word)
    {
        IReadOnlyList<ScenarioProblem> problems = ScenarioFiles.Problems(yaml);

        Assert.Contains(problems, problem => problem.ToString().Contains(word, StringComparison.Ordinal) && problem.Line > 0 && problem.Remedy.Length > 0);
    }

    [Fact]
    public void Hostile_files_are_refused_within_seconds()
    {
        StringBuilder bomb = new("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++)
        {
            bomb.Append(System.Globalization.CultureInfo.InvariantCulture, $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 9))}]\n");
        }

        string[] hostile =
        [
            bomb.ToString(), new('[', 1_000_000), string.Concat(Enumerable.Repeat("{a: ", 200_000)), string.Concat(Enumerable.Repeat("- ", 500_000)), new('x', 1_000_000),
            "name: " + new string('n', 1_000_000), string.Concat(Enumerable.Range(0, 30_000).Select(i => $"k{i}: 1\n")), new('\n', 1_000_000), new('a', 5_000_000),
            "name: \"" + new string('\\', 1_000_001), "name: " + new string('&', 100_000), new('!', 100_000), new('\0', 1000), "name: |\n" + new string(' ', 1_000_000),
        ];
        foreach (string yaml in hostile)
        {
            Stopwatch stopwatch = Stopwatch.StartNew();
            Assert.All(ScenarioFiles.Problems(yaml), problem => Assert.InRange(problem.ToString().Length, 10, 2000));
            TestContext.Current.TestOutputHelper?.WriteLine($"{yaml[..10].ReplaceLineEndings(" ")} {stopwatch.Elapsed.TotalSeconds:0.00} s");
            Assert.InRange(stopwatch.Elapsed.TotalSeconds, 0, 20);
        }
    }

    [Fact]
    public void A_file_that_is_not_utf8_is_refused_with_its_line()
    {
        byte[] bytes = [.. "name: n\ndescription: "u8, 0xE9, (byte)'\n'];

        ScenarioProblem problem = Assert.Single(Assert.Throws<ScenarioException>(() => ScenarioLoader.Parse(bytes, "x.yaml")).Problems);
        Assert.Equal(("x.yaml", 2), (problem.File, problem.Line));
        Assert.Contains("UTF-8", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_or_is_a_folder_is_said()
    {
        Assert.Contains("no such file", Assert.Throws<ScenarioException>(() => ScenarioLoader.Load("nowhere.yaml")).Message, StringComparison.Ordinal);
        Assert.Contains("folder", Assert.Throws<ScenarioException>(() => ScenarioLoader.Load(ScenarioFiles.Root)).Message, StringComparison.Ordinal);
        Assert.Contains("no scenario", Assert.Throws<ScenarioException>(() => ScenarioLoader.Load("")).Message, StringComparison.Ordinal);
        Assert.NotEmpty(Assert.Throws<ScenarioException>(() => ScenarioLoader.Load("a\0b.yaml")).Problems);
    }

    [Fact]
    public void Anchors_and_aliases_may_be_used()
    {
        Scenario scenario = ScenarioFiles.Parse(ScenarioFiles.Minimal("programs: [{ name: a, points: &p [{ at: sunset, level: 50 }] }, { name: b, points: *p }]\n"));

        Assert.Equal(scenario.Programs[0].Points, scenario.Programs[1].Points);
    }

    [Fact]
    public void Any_damage_to_a_scenario_gives_a_scenario_or_problems()
    {
        byte[] whole = File.ReadAllBytes(Path.Combine(ScenarioFiles.Scenarios, "district.yaml"));
        Gen<byte[]> damaged = from changes in Gen.Choose(0, whole.Length - 1).Zip(Gen.Choose(0, 255)).ListOf(3)
                              from length in Gen.Frequency((3, Gen.Constant(whole.Length)), (1, Gen.Choose(0, whole.Length)))
                              select Damage(whole, changes, length);
        Prop.ForAll(damaged.ToArbitrary(), bytes =>
        {
            try
            {
                return ScenarioLoader.Parse(bytes, Path.Combine(ScenarioFiles.Scenarios, "district.yaml")).DurationMs > 0;
            }
            catch (ScenarioException exception)
            {
                return exception.Problems.All(problem => problem.Message.Length > 0 && problem.Remedy.Length > 0);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    private static byte[] Damage(byte[] whole, IEnumerable<(int Position, int Value)> changes, int length)
    {
        byte[] bytes = [.. whole];
        foreach ((int position, int value) in changes)
        {
            bytes[position] = (byte)value;
        }

        return bytes[..length];
    }
}
