// A run is a function of its scenario and its seed: not of threads, not of what ran before, and a street's travellers not of other streets.
using FsCheck;
using FsCheck.Fluent;
using Simulation.Reports;
using Simulation.Scenarios;
using Xunit;

namespace Simulation.Tests.Runs;

public class DeterminismTests
{
    [Fact]
    public void Given_any_scenario_and_seed_When_run_on_one_two_and_five_threads_and_again_Then_the_report_has_the_same_bytes()
    {
        Gen<(int Poles, int Fault, int Outage, int Level, int Travellers, long Seed)> scenarios =
            from poles in Gen.Choose(1, 30)
            from fault in Gen.Choose(0, 5)
            from outage in Gen.Choose(1, 20)
            from level in Gen.Choose(0, 1000)
            from travellers in Gen.Choose(0, 3000)
            from seed in Gen.Choose(0, int.MaxValue)
            select (poles, fault, outage, level, travellers, (long)seed);
        Prop.ForAll(scenarios.ToArbitrary(), drawn =>
        {
            Street street = Street.AtNight(0.5).Poles(drawn.Poles).Constant(drawn.Level, 1000).Travellers(drawn.Travellers)
                .With(scenario => scenario with { Radio = new RadioModel(), Checks = AllChecks })
                .Fault((FaultKind)drawn.Fault, 5, 10, 0).Outage(drawn.Outage, 3).Command(20, new SetLevelAction { LevelPermille = 700, DurationMinutes = 10 });
            byte[] expected = Report(street, drawn.Seed, 1);
            return Report(street, drawn.Seed, 1).AsSpan().SequenceEqual(expected)
                && Report(street, drawn.Seed, 2).AsSpan().SequenceEqual(expected)
                && Report(street, drawn.Seed, 5).AsSpan().SequenceEqual(expected);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3));
    }

    [Fact]
    public void Given_another_seed_When_run_Then_the_report_differs_in_more_than_the_seed()
    {
        Street street = Street.AtNight(1).Poles(5).Constant(300, 1000).Travellers(1000);
        using StreetRun first = street.Build(seed: 1);
        using StreetRun second = street.Build(seed: 2);
        Assert.NotEqual(first.Finish().Totals.Arrivals, second.Finish().Totals.Arrivals);
        Assert.NotEqual(first.Finish().Poles[0].JoinedAfterSeconds, second.Finish().Poles[0].JoinedAfterSeconds);
    }

    [Fact]
    public void Given_a_run_that_is_looked_at_every_second_When_finished_Then_its_lamps_did_the_same_as_in_one_go()
    {
        Street street = Street.AtNight(1).Poles(5).Constant(300, 1000).Travellers(1000).Outage(20, 5);
        using StreetRun inOneGo = street.Build();
        using StreetRun inSteps = street.Build();
        inSteps.Watch(60, 1, _ => { });
        Assert.Equal(ReportJson.Serialize(inOneGo.Finish()), ReportJson.Serialize(inSteps.Finish()));
    }

    [Fact]
    public void Given_more_streets_When_run_Then_the_world_of_the_first_street_is_the_same()
    {
        using StreetRun alone = Street.AtNight(1).Poles(5).Constant(300, 1000).Travellers(1000).Build();
        using StreetRun together = Street.AtNight(1).Poles(5).Poles(5, "Side Street").Constant(300, 1000).Travellers(1000).Build();
        alone.Finish();
        together.Finish();
        for (int pole = 0; pole < 5; pole++)
        {
            Assert.Equal(alone.Finish().Poles[pole].Arrivals, together.Finish().Poles[pole].Arrivals);
            Assert.Equal(alone.Finish().Poles[pole].OccupancySeries, together.Finish().Poles[pole].OccupancySeries);
            Assert.Equal(alone.Finish().Poles[pole].LampEnergyWattHours, together.Finish().Poles[pole].LampEnergyWattHours, 0.5);
        }

        Assert.True(alone.Finish().Totals.Arrivals > 20);
    }

    private static CheckPlan AllChecks => new()
    {
        NoLampDark = new NoLampDarkCheck(),
        OccupancyResponse = new OccupancyResponseCheck(),
        StatusDelivery = new StatusDeliveryCheck(),
        EnergySaving = new EnergySavingCheck { MinimumPercent = 10 },
        AllJoined = new AllJoinedCheck(),
        AlarmsRaised = new AlarmsRaisedCheck { WithinMs = 600_000 },
        NoUnexpectedAlarms = new NoUnexpectedAlarmsCheck(),
        CommandsObeyed = new CommandsObeyedCheck(),
    };

    private static byte[] Report(Street street, long seed, int threads)
    {
        using StreetRun run = street.Build(seed, threads);
        return ReportJson.Serialize(run.Finish());
    }
}
