// The mains fail at night: the lamps are dark only while there are none, and afterwards everything goes on where it was.
using PoleController.Lighting;
using Simulation.Reports;
using Simulation.Scenarios;
using Xunit;

namespace Simulation.Tests.Runs;

public class MainsOutageTests
{
    private const int DelayMaximumMs = 5000;

    private static readonly CheckPlan LampDark = new() { NoLampDark = new NoLampDarkCheck() };

    [Fact]
    public void Given_an_outage_When_the_mains_return_Then_every_lamp_burns_again_within_the_delay_and_not_all_at_once()
    {
        using StreetRun run = Street.AtNight(1).Poles(30).Constant(600).Outage(20, 10).Checks(LampDark).Build();
        run.RunTo(20 - (1 / 60.0));
        Assert.All(Enumerable.Range(0, 30), pole => Assert.Equal(600, run.Light(pole)));
        run.RunTo(20.01);
        run.Watch(29.99, 5, _ => Assert.All(Enumerable.Range(0, 30), pole => Assert.Equal(0, run.Light(pole))));

        double[] litAfterSeconds = new double[30];
        run.RunTo(30);
        run.Watch(30.2, 0.1, seconds => NoteFirstLight(run, litAfterSeconds, seconds - 1800));
        Assert.All(litAfterSeconds, seconds => Assert.InRange(seconds, 0.01, (DelayMaximumMs / 1000.0) + 1));

        // Thirty starts drawn evenly from five seconds: some in each half, and never more than a third in any half second.
        Assert.InRange(litAfterSeconds.Count(seconds => seconds < 2.5), 6, 24);
        Assert.All(litAfterSeconds.GroupBy(seconds => (int)(seconds * 2)), group => Assert.InRange(group.Count(), 1, 10));
        run.AssertHolds("noLampDark");
    }

    [Fact]
    public void Given_an_outage_When_the_mains_return_Then_the_clock_is_unknown_until_the_network_tells_it_and_then_the_program_goes_on()
    {
        using StreetRun run = Street.AtNight(1).Poles(2).Constant(600).Outage(20, 10).Build();
        run.RunTo(30.1);
        Assert.All([0, 1], pole => Assert.False(run.Controller(pole).Clock.IsKnown));
        Assert.All([0, 1], pole => Assert.Equal(LevelCause.Photocell, run.Controller(pole).Lighting.Cause));
        Assert.All([0, 1], pole => Assert.Equal(1000, run.Light(pole)));
        run.RunTo(45);
        Assert.All([0, 1], pole => Assert.Equal(LevelCause.Program, run.Controller(pole).Lighting.Cause));
        Assert.All([0, 1], pole => Assert.Equal(600, run.Light(pole)));
    }

    [Fact]
    public void Given_an_outage_and_no_photocell_When_the_mains_return_Then_there_is_full_light_until_the_time_is_known()
    {
        using StreetRun run = Street.AtNight(1).Poles(1).Constant(600).Controller(new ControllerModel { HasPhotocell = false })
            .GatewayModelOutage(19, 31).Outage(20, 10).Build();
        run.RunTo(31).Watch(49, 5, _ => Assert.Equal(1000, run.Light(0)));
        Assert.Equal(LevelCause.ClockUnknown, run.Controller(0).Lighting.Cause);
        run.RunTo(60);
        Assert.Equal(600, run.Light(0));
    }

    [Fact]
    public void Given_several_outages_When_they_are_over_Then_the_session_went_on_and_no_frame_was_a_replay()
    {
        using StreetRun run = Street.AtNight(4).Poles(5).Settings(new PoleSettings { StatusIntervalSeconds = 120 })
            .Outage(20, 0.5).Outage(61.23, 3).Outage(110.01, 0.1).Outage(150, 20).Build();
        RunReport report = run.Finish();
        Assert.All(run.Operator.Poles, pole => Assert.Equal(1, pole.JoinCount));
        Assert.All(run.Fleet.Poles, pole => Assert.Equal(5, pole.StartCount));
        Assert.Equal(0, run.Fleet.Network.NetworkStatistics.RefusedCounts.Sum());
        Assert.All(report.Poles, pole => Assert.True(pole.StatusDelivered >= pole.StatusSent - 1, $"{pole.StatusDelivered} of {pole.StatusSent}"));
        Assert.All(run.Operator.Poles, pole => Assert.True(pole.LastHeardUs > 235 * 60e6));
        Assert.True(report.Checks.Single(check => check.Name == "controllersSound").IsPassed);
    }

    [Fact]
    public void Given_an_outage_When_it_is_over_Then_lamp_hours_and_energy_have_lost_an_hour_at_most()
    {
        using StreetRun run = Street.AtNight(6).Poles(1).Constant(500).Outage(200, 5).Build();
        run.RunTo(199.9);
        long secondsBefore = run.Controller(0).Luminaire.LampOnSeconds;
        long wattHoursBefore = run.Controller(0).Luminaire.EnergyWattHours;
        Assert.InRange(secondsBefore, 199 * 60, 200 * 60);
        Assert.InRange(wattHoursBefore, 98, 103);
        run.RunTo(206);
        Assert.InRange(run.Controller(0).Luminaire.LampOnSeconds, secondsBefore - 3600, secondsBefore + 60);
        Assert.InRange(run.Controller(0).Luminaire.EnergyWattHours, wattHoursBefore - 31, wattHoursBefore + 2);
        run.RunTo(350);
        Assert.InRange(run.Controller(0).Luminaire.LampOnSeconds, 200 * 60 - 3600 + (144 * 60), 345 * 60);
    }

    [Fact]
    public void Given_no_mains_at_the_start_When_they_come_Then_the_poles_start_then()
    {
        using StreetRun run = Street.AtNight(1).Poles(3).Constant(600).Outage(0, 15).Checks(LampDark with { AllJoined = new AllJoinedCheck { WithinMs = 25 * 60_000 } }).Build();
        run.Watch(14.9, 10, _ => Assert.All([0, 1, 2], pole => Assert.Equal(0, run.Light(pole))));
        Assert.All(run.Fleet.Poles, pole => Assert.Equal(0, pole.StartCount));
        run.AssertHolds("noLampDark");
        run.AssertHolds("allJoined");
        Assert.All(run.Fleet.Poles, pole => Assert.Equal(1, pole.StartCount));
        Assert.All(run.Finish().Poles, pole => Assert.InRange(pole.DarkSeconds, 15 * 60, (15 * 60) + 6));
        Assert.All(run.Operator.Poles, pole => Assert.True(pole.JoinedUs > 15 * 60e6));
    }

    [Fact]
    public void Given_an_outage_in_the_middle_of_a_command_When_the_mains_return_Then_the_operator_asks_again_and_gets_its_answer()
    {
        using StreetRun run = Street.AtNight(1).Poles(4).Constant(300).Outage(20, 0.75)
            .Command(20.01, new SetLevelAction { LevelPermille = 900, DurationMinutes = 15 }).Build();
        CommandReport command = Assert.Single(run.Finish().Commands);
        Assert.Equal((4, 0), (command.Obeyed, command.Unanswered));
        Assert.InRange(command.SecondsUntil50Percent!.Value, 44, 100);
    }

    [Fact]
    public void Given_a_lamp_that_the_operator_brightened_When_the_mains_fail_Then_the_program_goes_on_afterwards()
    {
        using StreetRun run = Street.AtNight(1).Poles(1).Constant(300).Outage(20, 1)
            .Command(10, new SetLevelAction { LevelPermille = 0, DurationMinutes = 45 }).Checks(LampDark).Build();
        run.RunTo(15);
        Assert.Equal(0, run.Light(0));
        run.RunTo(40);
        Assert.Equal(300, run.Light(0));
        run.AssertHolds("noLampDark");
    }

    private static void NoteFirstLight(StreetRun run, double[] litAfterSeconds, double seconds)
    {
        for (int pole = 0; pole < litAfterSeconds.Length; pole++)
        {
            if (litAfterSeconds[pole] == 0 && run.Light(pole) > 0)
            {
                litAfterSeconds[pole] = seconds;
            }
        }
    }
}
