// Streets whose poles tell each other of arrivals: the light is up before whoever comes; the same bytes on any number of threads; nobody without the key raises a
// lamp; and whatever is wrong with the radio, the lamp does what it would do without.
using FsCheck;
using FsCheck.Fluent;
using PoleController.Alarms;
using Simulation.Engine;
using Simulation.Reports;
using Simulation.Running;
using Simulation.Scenarios;
using Xunit;

namespace Simulation.Tests.Runs;

public class NeighbourRunTests
{
    /// <summary>Later than this a replay is refused, however the two clocks are off: the window and twice the 5 s that it allows for.</summary>
    private const long LateUs = (PoleController.Neighbours.NeighbourLink.WindowSeconds + 11) * 1_000_000L;

    private static Street Line(int poles, double hours, double travellers, int reach = 2) => Street.AtNight(hours).Poles(poles).Constant(200, 800).Travellers(travellers).With(scenario => scenario with
    {
        NeighbourLines = [new NeighbourLinePlan { Reach = reach, Poles = new PoleSelector { Street = "Main Street" } }],
        Checks = new CheckPlan
        {
            LightAhead = new LightAheadCheck(), NoLampDark = new NoLampDarkCheck(), OccupancyResponse = new OccupancyResponseCheck(), NoUnexpectedAlarms = new NoUnexpectedAlarmsCheck(),
            EventsRight = new EventsRightCheck(),
        },
    });

    [Fact]
    public void Given_a_line_at_night_When_travellers_come_along_Then_the_light_is_up_before_them_within_a_part_of_a_second()
    {
        using StreetRun run = Line(12, 3, 300).Build();
        run.AssertHolds("lightAhead");
        run.AssertHolds("occupancyResponse");
        run.AssertHolds("controllersSound");
        run.AssertHolds("noUnexpectedAlarms");
        NeighboursReport neighbours = run.Finish().Neighbours;
        Assert.True(neighbours.Coming > 100, $"{neighbours.Coming} came");
        Assert.Equal([1, 2], neighbours.Delays.Select(static delay => delay.PolesAhead));

        // 50 ms to believe the sensor, twice 2 to 30 ms between controller and radio, up to 10 ms to the first event, 20 ms to the first step of the fade; then a tenth of a second for each event lost.
        Assert.All(neighbours.Delays, static delay => Assert.InRange(delay.MedianMs, 74, 150));
        Assert.All(neighbours.Delays, static delay => Assert.InRange(delay.LongestMs, 74, 700));
    }

    [Fact]
    public void Given_the_same_street_without_neighbours_Then_nobody_finds_the_light_up_and_the_check_would_say_so()
    {
        using StreetRun run = Line(12, 3, 300).Trouble(PartName.NeighbourRadio, PartTrouble.Silent, 0, 180).Build();
        run.AssertFails("lightAhead");
        Assert.Equal(0, run.Finish().Neighbours.Heard);
    }

    [Fact]
    public void Given_any_streets_and_troubles_When_run_on_one_two_and_five_threads_and_with_less_running_ahead_Then_the_report_has_the_same_bytes()
    {
        Gen<(int Poles, int Others, int Reach, int Travellers, int Trouble, long Seed)> streets =
            from poles in Gen.Choose(2, 14)
            from others in Gen.Choose(1, 8)
            from reach in Gen.Choose(1, 8)
            from travellers in Gen.Choose(100, 2000)
            from trouble in Gen.Choose(0, (int)PartTrouble.Stuck)
            from seed in Gen.Choose(0, int.MaxValue)
            select (poles, others, reach, travellers, trouble, (long)seed);
        Prop.ForAll(streets.ToArbitrary(), drawn =>
        {
            // A second line that is heard in the first, poles without any, an outage, and an order while poles run ahead.
            Street street = Line(drawn.Poles, 0.7, drawn.Travellers, drawn.Reach).Poles(drawn.Others, "Side Street").Poles(4, "Far Street")
                .With(scenario => scenario with { NeighbourLines = [.. scenario.NeighbourLines, new NeighbourLinePlan { Poles = new PoleSelector { Street = "Side Street" } }] })
                .Trouble(PartName.NeighbourRadio, (PartTrouble)drawn.Trouble, 10, 10, 0).Outage(20, 3, 1).Command(25, new SetLevelAction { LevelPermille = 500, DurationMinutes = 5 });
            byte[] expected = Report(street, drawn.Seed, 1, FleetSimulation.DefaultEpochUs);
            return Report(street, drawn.Seed, 2, FleetSimulation.DefaultEpochUs).AsSpan().SequenceEqual(expected)
                && Report(street, drawn.Seed, 5, 60_000_000).AsSpan().SequenceEqual(expected)
                && Report(street, drawn.Seed, 1, FleetSimulation.WindowUs).AsSpan().SequenceEqual(expected);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(4));
    }

    [Fact]
    public void Given_a_radio_that_fails_Then_the_pole_says_so_and_the_end_of_it_and_its_own_travellers_have_their_light()
    {
        using StreetRun run = Line(6, 3, 600).Trouble(PartName.NeighbourRadio, PartTrouble.Stuck, 30, 40, 2).Build();
        run.AssertHolds("noLampDark");
        run.AssertHolds("occupancyResponse");
        run.AssertHolds("eventsRight");
        run.AssertHolds("noUnexpectedAlarms");
        Assert.Equal([true, false], run.Alarms(2, AlarmKind.NeighbourFault).Select(static alarm => alarm.IsRaised));
    }

    [Theory]
    [InlineData(PartTrouble.Stuck)]
    [InlineData(PartTrouble.Silent)]
    [InlineData(PartTrouble.Deaf)]
    public void Given_radios_that_do_nothing_When_the_lamps_are_held_against_poles_without_any_Then_they_noticed_nothing(PartTrouble trouble)
    {
        static Street Plain() => Line(5, 2, 600).With(scenario => scenario with { Checks = new CheckPlan { LampUndisturbed = new LampUndisturbedCheck() } });
        using StreetRun with = Plain().Trouble(PartName.NeighbourRadio, trouble, 15, 105).Build();
        using StreetRun without = Plain().With(scenario => scenario with { NeighbourLines = [] }).Build();
        PoleReport[] expected = [.. without.Finish().Poles];
        PoleReport[] actual = [.. with.Finish().Poles];

        // A minute a value; what neighbours had raised before the trouble is over two minutes later.
        Assert.Equal(60, with.Finish().SeriesBinSeconds);
        Assert.Equal(expected.Select(static pole => pole.LevelSeries.Skip(17)), actual.Select(static pole => pole.LevelSeries.Skip(17)));
        Assert.NotEqual(expected.Select(static pole => pole.LevelSeries.Take(15)), actual.Select(static pole => pole.LevelSeries.Take(15)));
    }

    [Fact]
    public void Given_an_attacker_who_recorded_everything_and_replays_and_forges_it_all_night_Then_no_lamp_rises_and_the_poles_say_that_somebody_tries()
    {
        List<(int Pole, long AtUs, byte[] Data)> recorded = [];
        using (StreetRun busy = Line(8, 1, 900).Build())
        {
            busy.Fleet.Clusters[0].Air.Overheard = (pole, atUs, data) => recorded.Add((pole, atUs, data));
            busy.Finish();
        }

        Assert.True(recorded.Count > 50, $"{recorded.Count} recorded");

        // The same street with the same keys, and nobody in it: every lamp that rises was raised by the attacker.
        using StreetRun quiet = Line(8, 2, 0).Build();
        Random random = new(7);
        foreach ((int pole, long atUs, byte[] data) in recorded)
        {
            quiet.Fleet.Clusters[0].Air.Intrude(pole, data, atUs + LateUs, 500_000);
            byte[] forged = (byte[])data.Clone();
            forged[random.Next(forged.Length)] ^= (byte)(1 << random.Next(8));
            quiet.Fleet.Clusters[0].Air.Intrude((pole + 1) % 8, forged, atUs, 500_000);
        }

        int highest = 0;
        quiet.RunTo(10);
        quiet.Watch(120, 1, _ => highest = Math.Max(highest, quiet.Fleet.Poles.Max(static pole => pole.Parts.Luminaire.LightPermille)));
        Assert.Equal(200, highest);
        Assert.Contains(Enumerable.Range(0, 8), pole => quiet.Alarms(pole, AlarmKind.NeighbourFault).Length > 0);
        quiet.AssertHolds("noLampDark");
        quiet.AssertHolds("controllersSound");
    }

    [Fact]
    public void Given_an_attacker_who_floods_the_street_Then_travellers_have_their_light_and_most_find_it_ahead()
    {
        using StreetRun run = Line(8, 1, 900).With(scenario => scenario with { Checks = scenario.Checks with { NoUnexpectedAlarms = null, LightAhead = new LightAheadCheck { MinimumPercent = 80 } } }).Build();
        Random random = new(3);
        for (long atUs = 600_000_000; atUs < 3_600_000_000; atUs += 400_000)
        {
            byte[] garbage = new byte[17];
            random.NextBytes(garbage);
            garbage[0] = 1;
            garbage[1] = 0;
            garbage[2] = 1;
            garbage[3] = (byte)(1 + random.Next(8));
            run.Fleet.Clusters[0].Air.Intrude(random.Next(8), garbage, atUs, 400_000);
        }

        run.AssertHolds("occupancyResponse");
        run.AssertHolds("noLampDark");
        run.AssertHolds("lightAhead");
        run.AssertHolds("controllersSound");
    }

    private static byte[] Report(Street street, long seed, int threads, long epochUs)
    {
        using StreetRun made = street.Build(seed, threads);
        using FleetRunner runner = new(made.Fleet, new RunOptions { ThreadCount = threads, EpochUs = epochUs, ReplayCommand = "polesim run street" });
        runner.Run(null, CancellationToken.None);
        return ReportJson.Serialize(runner.Report());
    }
}
