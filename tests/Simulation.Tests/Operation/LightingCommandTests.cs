// Groups, scenes, boost, emergencies, load shedding and blinking, from the operator to the lamp; and that the checks know what each of them does to a lamp.
using PoleController.Alarms;
using PoleController.Lighting;
using PoleController.Messages;
using Simulation.Engine;
using Simulation.Operation;
using Simulation.Scenarios;
using Simulation.Tests.Runs;
using Xunit;

namespace Simulation.Tests.Operation;

public class LightingCommandTests
{
    private static CheckPlan Checks => new()
    {
        NoLampDark = new NoLampDarkCheck(),
        CommandsObeyed = new CommandsObeyedCheck { MinimumPercent = 100 },
        NoUnexpectedAlarms = new NoUnexpectedAlarmsCheck(),
        OccupancyResponse = new OccupancyResponseCheck(),
        ObeyedWithin = [new ObeyedWithinCheck { WithinMs = 60_000, MinimumPercent = 100 }],
    };

    private static Street Poles(int count, Func<PoleSettings, PoleSettings>? settings = null) => Street.AtNight(1.5).Poles(count).Constant(300, 900).Checks(Checks)
        .Settings((settings ?? (static plain => plain))(new PoleSettings { OccupancyFadeDownMs = 1000 }));

    private static void AssertAllHold(StreetRun run) => Assert.All(run.Finish().Checks, check => Assert.True(check.IsPassed, check.Name + ": " + check.Measured));

    [Fact]
    public void Given_a_lighting_group_When_a_level_is_commanded_Then_its_poles_go_there_and_nobody_else_is_asked()
    {
        using StreetRun run = Poles(4).With(scenario => scenario with { LightingGroups = [new LightingGroupPlan { Number = 3, Poles = new PoleSelector { Ids = ["L-002", "L-003"] } }] })
            .Command(20, new SetGroupLevelAction { LightingGroup = 3, LevelPermille = 700, DurationMinutes = 20 })
            .Command(30, new SetGroupLevelAction { LightingGroup = 3, LevelPermille = 0, DurationMinutes = 0 }).Build();
        run.RunTo(25);
        Assert.Equal([300, 700, 700, 300], Lights(run));
        run.RunTo(31);
        Assert.Equal([300, 300, 300, 300], Lights(run));
        Assert.Equal([1, 2], run.Operator.Orders[0].PoleIndices);
        Assert.Equal((2, 0), (run.Operator.Orders[0].ObeyedAfterUs.Count, run.Operator.Orders[0].RefusedCount));
        AssertAllHold(run);
    }

    [Fact]
    public void Given_a_multicast_to_a_street_for_a_lighting_group_of_some_When_commanded_Then_those_obey_and_the_others_are_not_asked_again()
    {
        using StreetRun run = Poles(6).With(scenario => scenario with
        {
            LightingGroups = [new LightingGroupPlan { Number = 9, Poles = new PoleSelector { Ids = ["L-001", "L-004"] } }],
            Network = scenario.Network with { MulticastGroups = [new MulticastGroupModel { Name = "street", Poles = PoleSelector.All }] },
        }).Multicast(60, new SetGroupLevelAction { LightingGroup = 9, LevelPermille = 1000, DurationMinutes = 10 })
            .Multicast(80, new CallEmergencyAction { LightingGroup = 9, Kind = EmergencyKind.Crisis, DurationMinutes = 5 }).Build();
        run.RunTo(62);
        Assert.Equal([1000, 300, 300, 1000, 300, 300], Lights(run));
        run.RunTo(75);
        CommandOrder order = run.Operator.Orders[0];
        Assert.Equal((2, 0, 0), (order.ObeyedAfterUs.Count, order.RefusedCount, order.RepairedCount));
        Assert.All(run.Fleet.Poles, pole => Assert.Equal(0, run.Operator.Poles[pole.Index].UnreadableCount));
        run.Finish();
        Assert.Equal([0, 3], run.Operator.Journal.Emergencies.Select(entry => entry.PoleIndex).Distinct().Order());
        Assert.All(run.Operator.Journal.Emergencies, entry => Assert.Equal(CommandWay.Multicast, entry.Way));
    }

    [Fact]
    public void Given_scenes_When_recalled_Then_the_lamps_have_them_and_a_dark_scene_is_no_failure_while_it_lasts()
    {
        using StreetRun run = Poles(3, settings => settings with { Scenes = [new ScenePlan { LevelPermille = 0 }, new ScenePlan { LevelPermille = 550, FadeSeconds = 10 }] })
            .Command(20, new RecallSceneAction { Scene = 1, DurationMinutes = 60 }).Command(40, new RecallSceneAction { Scene = 0, DurationMinutes = 10 }).Build();
        run.RunTo(25);
        Assert.Equal([550, 550, 550], Lights(run));
        run.RunTo(45);
        Assert.Equal([0, 0, 0], Lights(run));
        Assert.Equal(LevelCause.Scene, run.Controller(0).Lighting.Cause);
        run.RunTo(55);
        Assert.Equal([300, 300, 300], Lights(run));
        AssertAllHold(run);
    }

    [Fact]
    public void Given_a_lamp_that_is_dark_longer_than_scene_or_crisis_explain_When_judged_Then_it_is_not_excused()
    {
        Street street = Poles(1, settings => settings with { Scenes = [new ScenePlan { LevelPermille = 0 }], CrisisLevelPermille = 0, EmergencyMaximumMinutes = 5 });
        IReadOnlyList<Simulation.World.Lamp> lamps = [new Simulation.World.Lamp { Id = "L-001", Latitude = Street.Latitude, Longitude = Street.Longitude }];
        Scenario? scenario = null;
        street.With(made => scenario = made with
        {
            Commands =
            [
                new ScenarioCommand { AtMs = 600_000, Poles = PoleSelector.All, Action = new RecallSceneAction { Scene = 0, DurationMinutes = 10 } },
                new ScenarioCommand { AtMs = 6_000_000, Poles = PoleSelector.All, Action = new CallEmergencyAction { Kind = EmergencyKind.Crisis, DurationMinutes = 60 } },
                new ScenarioCommand { AtMs = 7_000_000, Poles = PoleSelector.All, Action = new CallEmergencyAction { Kind = EmergencyKind.Emergency, DurationMinutes = 60 } },
                new ScenarioCommand { AtMs = 8_000_000, Poles = PoleSelector.All, Action = new BoostAction { AmountPermille = 0, DurationMinutes = 60 } },
            ],
        });
        OrderPlan plan = OrderPlan.Make(scenario!, lamps, new FleetGroups(scenario!, lamps, 1), new LightingGroups(scenario!, lamps, 1), 1);
        Assert.Equal([(600_000_000L, 600_000_000L), (6_000_000_000L, 300_000_000L)], plan.DarkCommands(0));
    }

    [Fact]
    public void Given_a_crisis_level_of_nothing_When_called_for_longer_than_the_limit_Then_the_lamp_is_dark_up_to_the_limit_and_the_alarm_says_when()
    {
        using StreetRun run = Poles(2, settings => settings with { CrisisLevelPermille = 0, EmergencyMaximumMinutes = 10 })
            .Command(20, new CallEmergencyAction { Kind = EmergencyKind.Crisis, DurationMinutes = 120 }).Build();
        run.RunTo(25);
        Assert.Equal([0, 0], Lights(run));
        run.RunTo(31);
        Assert.Equal([300, 300], Lights(run));
        AssertAllHold(run);
        Assert.All([0, 1], pole => Assert.Equal([true, false], run.Alarms(pole, AlarmKind.EmergencyProfile).Select(alarm => alarm.IsRaised)));
        Assert.InRange(run.Alarms(0, AlarmKind.EmergencyProfile)[1].HappenedUs - run.Alarms(0, AlarmKind.EmergencyProfile)[0].HappenedUs, 590_000_000, 610_000_000);
    }

    [Fact]
    public void Given_emergencies_that_are_called_ended_replaced_and_over_When_the_log_arrives_Then_it_says_which_command_did_what_and_when()
    {
        using StreetRun run = Poles(2).With(scenario => scenario with { LightingGroups = [new LightingGroupPlan { Number = 3, Poles = PoleSelector.All }] })
            .Command(10, new CallEmergencyAction { LightingGroup = 3, Kind = EmergencyKind.Emergency, DurationMinutes = 30 })
            .Command(20, new CallEmergencyAction { DurationMinutes = 0, Kind = EmergencyKind.Emergency }, 0)
            .Command(25, new CallEmergencyAction { Kind = EmergencyKind.Crisis, DurationMinutes = 8 }, 1).Build();
        run.Finish();
        LoggedEmergency[] first = [.. run.Operator.Journal.Emergencies.Where(entry => entry.PoleIndex == 0)];
        LoggedEmergency[] second = [.. run.Operator.Journal.Emergencies.Where(entry => entry.PoleIndex == 1)];
        Assert.Equal(
            [(EmergencyPhase.Called, EmergencyKind.Emergency, 1, 3, 1000, 30), (EmergencyPhase.Ended, EmergencyKind.Emergency, 2, 0, 1000, 10)],
            first.Select(entry => (entry.Phase, entry.Kind, entry.CommandSequence, entry.LightingGroup, entry.LevelPermille, entry.DurationMinutes)));
        Assert.Equal(
            [
                (EmergencyPhase.Called, EmergencyKind.Emergency, 1, 3, 1000, 30), (EmergencyPhase.Called, EmergencyKind.Crisis, 2, 0, 300, 8),
                (EmergencyPhase.TimedOut, EmergencyKind.Crisis, 2, 0, 300, 8),
            ],
            second.Select(entry => (entry.Phase, entry.Kind, entry.CommandSequence, entry.LightingGroup, entry.LevelPermille, entry.DurationMinutes)));
        Assert.All(first.Zip([10.0, 20.0]), pair => Assert.InRange(pair.First.HappenedUs / 60e6, pair.Second - 0.1, pair.Second + 1));
        Assert.All(second.Zip([10.0, 25.0, 33.0]), pair => Assert.InRange(pair.First.HappenedUs / 60e6, pair.Second - 0.1, pair.Second + 1));
        Assert.All(run.Operator.Journal.Emergencies, entry => Assert.Equal(CommandWay.Unicast, entry.Way));
    }

    [Fact]
    public void Given_load_shedding_When_levels_are_commanded_and_somebody_comes_Then_the_limit_holds_for_all_but_an_emergency()
    {
        int highest = 0;
        using StreetRun run = Poles(3, settings => settings with { SheddingLimitsPermille = [800, 500, 100], SheddingFloorPermille = 200 }).Travellers(3000)
            .Command(20, new ShedLoadAction { Step = 2, DurationMinutes = 30 }).Command(22, new SetLevelAction { LevelPermille = 1000, DurationMinutes = 5 })
            .Command(35, new CallEmergencyAction { Kind = EmergencyKind.Emergency, DurationMinutes = 5 }, 0).Build();
        run.RunTo(21);
        run.Watch(34, 1, _ => highest = Math.Max(highest, Lights(run).Max()));
        Assert.Equal(500, highest);
        run.RunTo(36);
        Assert.Equal(1000, run.Light(0));
        Assert.InRange(run.Light(1), 300, 500);
        AssertAllHold(run);
        Assert.True(run.Finish().Commands[1].LampsObeyed == 3);
    }

    [Fact]
    public void Given_a_boost_When_somebody_comes_Then_they_get_what_the_program_promises_and_the_boost_ends()
    {
        using StreetRun run = Poles(2).Command(20, new BoostAction { AmountPermille = 400, DurationMinutes = 20 }).Travellers(500).Build();
        run.RunTo(30);
        Assert.All(Lights(run), light => Assert.InRange(light, 700, 900));
        run.RunTo(42);
        int lowest = 1000;
        run.Watch(50, 1, _ => lowest = Math.Min(lowest, run.Light(0)));
        Assert.Equal(300, lowest);
        AssertAllHold(run);
    }

    [Fact]
    public void Given_a_pole_that_is_looked_for_When_it_is_told_to_identify_itself_Then_it_alone_blinks()
    {
        HashSet<int> seen = [];
        HashSet<int> other = [];
        using StreetRun run = Poles(2).Command(20, new IdentifyAction { DurationSeconds = 60 }, 1).Build();
        run.RunTo(20.2);
        run.Watch(20.8, 0.5, _ =>
        {
            seen.Add(run.Light(1));
            other.Add(run.Light(0));
        });
        Assert.Equal([300, 1000], seen.Order());
        Assert.Equal([300], other);
        run.RunTo(22);
        Assert.Equal(300, run.Light(1));
        AssertAllHold(run);
    }

    private static int[] Lights(StreetRun run) => [.. run.Fleet.Poles.Select(pole => pole.Parts.Luminaire.LightPermille)];
}
