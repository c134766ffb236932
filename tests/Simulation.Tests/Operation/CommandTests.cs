// Commands from the operator to the lamp: what is asked for over the air comes out of the luminaire.
using PoleController.Lighting;
using PoleController.Time;
using Simulation.Operation;
using Simulation.Scenarios;
using Simulation.Tests.Runs;
using Xunit;

namespace Simulation.Tests.Operation;

public class CommandTests
{
    [Fact]
    public void Given_a_level_with_a_fade_and_a_duration_When_commanded_Then_the_light_fades_holds_and_goes_back_to_the_program()
    {
        using StreetRun run = Street.AtNight(1).Poles(1).Constant(200)
            .Command(20, new SetLevelAction { LevelPermille = 800, FadeMs = 60_000, DurationMinutes = 10 }).Build();
        double beginSeconds = -1;
        double reachedSeconds = -1;
        double endSeconds = -1;
        run.RunTo(19.9);
        Assert.Equal(200, run.Light(0));
        run.Watch(40, 0.5, seconds => Note(run.Light(0), seconds));
        Assert.InRange(beginSeconds, 1200, 1210);
        Assert.InRange(reachedSeconds - beginSeconds, 58, 62);
        Assert.InRange(endSeconds - beginSeconds, 598, 602);
        Assert.Equal(200, run.Light(0));
        Assert.Equal(LevelCause.Program, run.Controller(0).Lighting.Cause);

        void Note(int light, double seconds)
        {
            beginSeconds = beginSeconds < 0 && light > 200 ? seconds : beginSeconds;
            reachedSeconds = reachedSeconds < 0 && light == 800 ? seconds : reachedSeconds;
            endSeconds = endSeconds < 0 && reachedSeconds > 0 && light < 800 ? seconds : endSeconds;
            if (beginSeconds > 0 && reachedSeconds < 0)
            {
                // In the middle of the fade the light is on the straight line between the two levels.
                Assert.InRange(light, 200 + (600 * (seconds - beginSeconds - 1) / 60), 200 + (600 * (seconds - beginSeconds + 1.5) / 60));
            }
        }
    }

    [Fact]
    public void Given_a_commanded_level_When_the_program_is_resumed_Then_the_light_goes_back_at_once()
    {
        using StreetRun run = Street.AtNight(1).Poles(3).Constant(200)
            .Command(20, new SetLevelAction { LevelPermille = 800, DurationMinutes = 30 }).Command(25, new ResumeProgramAction(), 0, 1).Build();
        run.RunTo(24);
        Assert.Equal([800, 800, 800], Lights(run));
        run.RunTo(26);
        Assert.Equal([200, 200, 800], Lights(run));
        run.RunTo(52);
        Assert.Equal([200, 200, 200], Lights(run));
    }

    [Fact]
    public void Given_two_levels_shortly_after_each_other_When_commanded_Then_the_newest_holds()
    {
        using StreetRun run = Street.AtNight(1).Poles(3).Constant(200)
            .Command(20, new SetLevelAction { LevelPermille = 800, DurationMinutes = 10 })
            .Command(20.02, new SetLevelAction { LevelPermille = 400, DurationMinutes = 20 }).Build();
        run.RunTo(21);
        Assert.Equal([400, 400, 400], Lights(run));
        run.RunTo(35);
        Assert.Equal([400, 400, 400], Lights(run));
        run.RunTo(42);
        Assert.Equal([200, 200, 200], Lights(run));
        Assert.All(run.Finish().Commands, command => Assert.Equal(3, command.Obeyed));
    }

    [Fact]
    public void Given_another_program_When_it_is_set_Then_the_light_the_hash_and_the_revision_follow_and_survive_an_outage()
    {
        using StreetRun run = Street.AtNight(2).Poles(2).Constant(200).Program(0, Street.Clock(12, 0, 700)).Settings(new PoleSettings { StatusIntervalSeconds = 120 })
            .Command(20, new SetProgramAction { ProgramIndex = 0, ScenarioProgramIndex = 1 }, 0).Outage(40, 5).Build();
        run.RunTo(19.9);
        int hashBefore = run.Operator.Poles[0].SettingsHash;
        Assert.Equal(hashBefore, run.Operator.Poles[1].SettingsHash - Difference(run.Operator, hashBefore));
        run.RunTo(30);
        Assert.Equal([700, 200], Lights(run));
        Assert.NotEqual(hashBefore, run.Operator.Poles[0].SettingsHash);
        Assert.Equal(2, run.Controller(0).Settings.Revision);
        int hashAfter = run.Operator.Poles[0].SettingsHash;
        run.RunTo(70);
        Assert.Equal([700, 200], Lights(run));
        Assert.Equal(hashAfter, run.Operator.Poles[0].SettingsHash);
        Assert.Equal(2, run.Controller(0).Settings.Revision);
    }

    [Fact]
    public void Given_another_offset_from_UTC_When_it_is_set_Then_clock_times_of_the_program_move_with_it()
    {
        // 22:30 in Central Europe is 23:30 an hour further east.
        using StreetRun run = Street.AtNight(2).Poles(2).Program(0, Street.Clock(12, 0, 800), Street.Clock(23, 15, 300))
            .Command(90, new SetClockOffsetAction { UtcOffsetMinutes = 120, DaylightSaving = DaylightSavingRule.EuropeanUnion }, 1).Build();
        run.RunTo(89);
        Assert.Equal([800, 800], Lights(run));
        run.RunTo(91);
        Assert.Equal([800, 300], Lights(run));
        Assert.Equal(2, run.Controller(1).Settings.Revision);
    }

    [Fact]
    public void Given_answers_that_are_lost_When_the_operator_asks_again_Then_the_command_is_carried_out_once_and_answered()
    {
        // Every second frame or so is lost: at this distance the signal is about as strong as the weakest that can be heard.
        using StreetRun run = Lossy(Street.AtNight(3), 8).Constant(200).Program(0, Street.Clock(12, 0, 700))
            .Command(60, new SetProgramAction { ProgramIndex = 0, ScenarioProgramIndex = 1 }).Build();
        CommandOrder order = run.Operator.Orders[0];
        run.Finish();
        Assert.True(order.ObeyedAfterUs.Count >= 4, $"only {order.ObeyedAfterUs.Count} of 8 obeyed");
        Assert.Contains(order.ObeyedAfterUs, afterUs => afterUs > FleetOperator.AnswerTimeoutUs);
        Assert.Equal(0, order.RefusedCount);
        long accepted = run.Fleet.Poles.Sum(pole => pole.Controller!.Commands.AcceptedCount);
        Assert.True(accepted > order.ObeyedAfterUs.Count, "no repetition reached a pole, so nothing was tested");
        Assert.All(run.Fleet.Poles, pole => Assert.InRange(pole.Controller!.Settings.Revision, 1, 2));
    }

    [Fact]
    public void Given_more_poles_than_a_gateway_can_tell_within_all_time_outs_When_commanded_Then_each_gets_its_turn()
    {
        // Seven hundred downlinks of a fifth of a second behind one gateway: longer than five answers are waited for.
        Street town = Street.AtNight(2).Constant(200);
        for (int pole = 0; pole < 700; pole++)
        {
            town = town.PoleAt(Street.Latitude + (pole % 28 * 0.0003), Street.Longitude + (pole / 28 * 0.0004));
        }

        using StreetRun run = town.Command(90, new SetLevelAction { LevelPermille = 800, DurationMinutes = 60 }).Build();
        run.RunTo(90);
        int joinedCount = run.Operator.Poles.Count(pole => pole.JoinedUs >= 0);
        run.Finish();

        // Judged at the lamps: a gateway that sends hears few of the answers.
        Assert.InRange(Lights(run).Count(light => light == 800), joinedCount * 97 / 100, 700);
        Assert.True(
            run.Operator.Orders[0].ObeyedAfterUs.Max() > FleetOperator.MaximumAttempts * FleetOperator.AnswerTimeoutUs,
            "the queue was too short to test anything");
    }

    [Fact]
    public void Given_a_pole_that_does_not_answer_for_long_When_it_is_commanded_Then_the_operator_gives_up_and_the_next_command_gets_through()
    {
        using StreetRun run = Street.AtNight(1.5).Poles(1).Constant(200).Outage(20, 10)
            .Command(21, new SetLevelAction { LevelPermille = 800, DurationMinutes = 60 })
            .Command(40, new SetLevelAction { LevelPermille = 500, DurationMinutes = 60 }).Build();
        run.RunTo(50);
        Assert.Equal(500, run.Light(0));
        Assert.Empty(run.Operator.Orders[0].ObeyedAfterUs);
        Assert.Equal(0, run.Operator.Orders[0].RefusedCount);
        Assert.InRange(Assert.Single(run.Operator.Orders[1].ObeyedAfterUs) / 1e6, 0.1, 20);
    }

    [Fact]
    public void Given_orders_in_a_row_When_a_pole_is_away_for_a_minute_Then_they_are_carried_out_in_their_order()
    {
        using StreetRun run = Street.AtNight(1.5).Poles(1).Constant(200).Outage(20, 0.6)
            .Command(20.1, new SetLevelAction { LevelPermille = 800, DurationMinutes = 60 })
            .Command(20.2, new SetLevelAction { LevelPermille = 600, DurationMinutes = 60 })
            .Command(20.3, new SetLevelAction { LevelPermille = 500, DurationMinutes = 60 }).Build();
        run.RunTo(25);
        Assert.Equal(500, run.Light(0));
        Assert.All(run.Operator.Orders, order => Assert.Single(order.ObeyedAfterUs));
    }

    [Fact]
    public void Given_an_order_before_the_pole_has_joined_When_it_joins_in_time_Then_it_is_carried_out()
    {
        using StreetRun run = Street.AtNight(0.5).Poles(2).Constant(200).Outage(0, 1).Command(0.5, new SetLevelAction { LevelPermille = 500, DurationMinutes = 60 }).Build();
        run.RunTo(10);
        Assert.Equal([500, 500], Lights(run));
    }

    private static int[] Lights(StreetRun run) => [.. Enumerable.Range(0, run.Fleet.Poles.Length).Select(run.Light)];

    // Settings differ by the pole's position, so their hashes do too.
    private static int Difference(FleetOperator fleetOperator, int hash) => fleetOperator.Poles[1].SettingsHash - hash;

    private static Street Lossy(Street street, int count)
    {
        for (int i = 0; i < count; i++)
        {
            street.PoleAt(51.0135, 9 + (i * 0.0002));
        }

        return street.With(scenario => scenario with
        {
            Gateways = [new GatewayModel { Id = "g", Latitude = Street.Latitude, Longitude = Street.Longitude }],
            Radio = scenario.Radio with { FadingDecibel = 8 },
        });
    }
}
