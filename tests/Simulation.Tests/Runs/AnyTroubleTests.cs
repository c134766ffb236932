// Whatever happens to a street in a night, some things always hold.
using FsCheck;
using FsCheck.Fluent;
using Simulation.Reports;
using Simulation.Scenarios;
using Xunit;

namespace Simulation.Tests.Runs;

public class AnyTroubleTests
{
    private const int Poles = 4;

    [Fact]
    public void Given_any_faults_outages_and_commands_When_a_night_goes_by_Then_light_sessions_and_controllers_stay_whole()
    {
        Prop.ForAll(Gen.ArrayOf(Gen.Zip(Gen.Zip(Gen.Choose(0, 9), Gen.Choose(0, 1500)), Gen.Zip(Gen.Choose(1, 400), Gen.Choose(0, Poles - 1))), 8).ToArbitrary(), troubles =>
        {
            Street street = Street.AtNight(3).Poles(Poles).Travellers(600)
                .Program(10, Street.Clock(12, 0, 800), Street.Clock(22, 0, 200, 1000), Street.Clock(23, 15, 500, 900))
                .With(scenario => scenario with { Radio = new RadioModel() })
                .Checks(new CheckPlan { NoLampDark = new NoLampDarkCheck(), OccupancyResponse = new OccupancyResponseCheck(), NoUnexpectedAlarms = new NoUnexpectedAlarmsCheck() });
            foreach (((int kind, int atTenths), (int forTenths, int pole)) in troubles)
            {
                Add(street, kind, atTenths / 10.0, forTenths / 10.0, pole);
            }

            using StreetRun run = street.Build(seed: troubles.Length + troubles.Sum(trouble => trouble.Item1.Item2));
            foreach (CheckReport check in run.Finish().Checks)
            {
                run.AssertHolds(check.Name);
            }

            Assert.All(run.Operator.Poles, pole => Assert.InRange(pole.JoinCount, 0, 1));
            Assert.Equal(0, run.Fleet.Network.NetworkStatistics.RefusedCounts[(int)Simulation.Network.RefusalCause.BadMic]);
            Assert.Equal(0, run.Fleet.Network.NetworkStatistics.RefusedCounts[(int)Simulation.Network.RefusalCause.Replay]);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(Tests));
    }

    private static int Tests => int.TryParse(Environment.GetEnvironmentVariable("ANY_TROUBLE_TESTS"), out int tests) ? tests : 12;

    private static void Add(Street street, int kind, double atMinutes, double forMinutes, int pole)
    {
        switch (kind)
        {
            case <= (int)FaultKind.DimmerSilent:
                street.Fault((FaultKind)kind, atMinutes, forMinutes, pole);
                break;
            case 6:
                street.Command(atMinutes, new SetLevelAction { LevelPermille = (int)(forMinutes * 2.5) * 10, DurationMinutes = (int)forMinutes + 1 }, pole);
                break;
            default:
                // Not before all have joined: mains that fail between join-request and join-accept rightly cost a second join.
                street.Outage(10 + atMinutes, forMinutes / 4, pole);
                break;
        }
    }
}
