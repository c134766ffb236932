// Fleets whose poles carry every sensor: a function of scenario and seed as any other, whatever is wrong with their parts.
using FsCheck;
using FsCheck.Fluent;
using Simulation.Engine;
using Simulation.Reports;
using Simulation.Running;
using Simulation.Scenarios;
using Xunit;

namespace Simulation.Tests.Runs;

public class FittedFleetTests
{
    private static Street Fitted(int poles, double hours, DimmerKind dimmer = DimmerKind.Port) => Street.AtNight(hours).Poles(poles).Constant(300, 1000).Travellers(800).With(scenario => scenario with
    {
        Sensors = [new SensorPlan { HasRadar = true, HasAccelerometer = true, HasDoorContact = true, HasBoardSensors = true, Dimmer = dimmer }],
        Bins = [new BinPlan { Use = new BinUsePlan { LitresPerDay = 400 }, WhenToldMs = 1_800_000 }],
        Waters = [new WaterPlan { Floods = [new FloodWave { AtMs = 600_000, HeightCentimetres = 160, RiseMs = 3_600_000 }] }],
        AirStations = [new AirStationPlan()],
        Incidents =
        [
            new Incident { AtMs = 1_500_000, Kind = IncidentKind.Knock, Size = 4000, Poles = PoleSelector.All },
            new Incident { AtMs = 1_600_000, DurationMs = 900_000, Kind = IncidentKind.DoorOpen, Poles = PoleSelector.All },
        ],
    });

    [Fact]
    public void Given_a_fitted_fleet_with_troubles_When_run_on_one_two_and_five_threads_and_with_less_running_ahead_Then_the_report_has_the_same_bytes()
    {
        Gen<(int Part, int Trouble, int At, int Dimmer, long Seed)> troubles =
            from part in Gen.Choose(0, (int)PartName.BoardTemperature)
            from trouble in Gen.Choose(0, (int)PartTrouble.GearFailed)
            from at in Gen.Choose(1, 40)
            from dimmer in Gen.Choose((int)DimmerKind.Port, (int)DimmerKind.Dali)
            from seed in Gen.Choose(0, int.MaxValue)
            select (part, trouble, at, dimmer, (long)seed);
        Prop.ForAll(troubles.ToArbitrary(), drawn =>
        {
            Street street = Fitted(6, 1, (DimmerKind)drawn.Dimmer).Trouble(PartName.Dimmer, PartTrouble.Cut, drawn.At, 10).Outage(drawn.At + 5, 2, 1).Trouble((PartName)drawn.Part, (PartTrouble)drawn.Trouble, drawn.At, 15).With(scenario => scenario with
            {
                Checks = new CheckPlan { BinsReported = new BinsReportedCheck(), FloodWarned = new FloodWarnedCheck(), EventsRight = new EventsRightCheck(), LampUndisturbed = new LampUndisturbedCheck(), NoUnexpectedAlarms = new NoUnexpectedAlarmsCheck() },
            });
            byte[] expected = Report(street, drawn.Seed, 1, FleetSimulation.DefaultEpochUs);
            return Report(street, drawn.Seed, 2, FleetSimulation.DefaultEpochUs).AsSpan().SequenceEqual(expected)
                && Report(street, drawn.Seed, 5, 60_000_000).AsSpan().SequenceEqual(expected);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3));
    }

    [Fact]
    public void Given_a_fitted_fleet_When_its_mains_fail_and_return_Then_every_part_starts_anew_and_no_controller_is_harmed()
    {
        using StreetRun run = Fitted(3, 2).Outage(30, 4).Outage(60, 1).Checks(new CheckPlan { NoLampDark = new NoLampDarkCheck() }).Build();
        run.AssertHolds("noLampDark");
        run.AssertHolds("controllersSound");
        Assert.All(run.Fleet.Poles, pole => Assert.Equal(3, pole.StartCount));
    }

    [Theory]
    [InlineData(PartName.FillLevel)]
    [InlineData(PartName.WaterLevel)]
    [InlineData(PartName.Particulates)]
    [InlineData(PartName.Climate)]
    [InlineData(PartName.CarbonDioxide)]
    [InlineData(PartName.Gas)]
    [InlineData(PartName.Accelerometer)]
    [InlineData(PartName.Meter)]
    [InlineData(PartName.Photocell)]
    [InlineData(PartName.Radar)]
    [InlineData(PartName.SupplyVoltage)]
    [InlineData(PartName.BoardTemperature)]
    public void Given_a_part_that_breaks_in_every_way_When_the_lamps_are_held_against_the_same_run_without_Then_they_noticed_nothing(PartName part)
    {
        PartTrouble[] troubles = Enum.GetValues<PartTrouble>();
        Street street = Fitted(2, 4).Checks(new CheckPlan { LampUndisturbed = new LampUndisturbedCheck { WithinMs = 1000 }, NoLampDark = new NoLampDarkCheck() });
        for (int i = 0; i < troubles.Length; i++)
        {
            street.Trouble(part, troubles[i], 10 + (i * 20), 10);
        }

        using StreetRun run = street.Build();
        run.AssertHolds("lampUndisturbed");
        run.AssertHolds("noLampDark");
        run.AssertHolds("controllersSound");
    }

    [Fact]
    public void Given_a_fleet_without_sensors_and_one_with_them_When_run_Then_the_same_people_pass()
    {
        using StreetRun plain = Street.AtNight(1).Poles(4).Constant(300, 1000).Travellers(800).Build();
        using StreetRun fitted = Fitted(4, 1).Build();
        Assert.Equal(plain.Finish().Poles.Select(pole => pole.Arrivals), fitted.Finish().Poles.Select(pole => pole.Arrivals));
    }

    private static byte[] Report(Street street, long seed, int threads, long epochUs)
    {
        using StreetRun run = street.Build(seed);
        using FleetRunner runner = new(run.Fleet, new RunOptions { ThreadCount = threads, EpochUs = epochUs });
        runner.Run(null, CancellationToken.None);
        return ReportJson.Serialize(runner.Report());
    }
}
