// A small fleet in every region: real controllers, the air, gateways and the network server keep to the same regional parameters.
using PoleController.LoRaWan;
using Simulation.Reports;
using Simulation.Scenarios;
using Xunit;

namespace Simulation.Tests.Runs;

public class RegionFleetTests
{
    public static TheoryData<RegionId> AllRegions => new(Enum.GetValues<RegionId>());

    [Theory]
    [MemberData(nameof(AllRegions))]
    public void Given_ARegion_When_AStreetRunsThroughTwoHours_Then_AllJoinReportAndObeyAClassCCommand(RegionId region)
    {
        using StreetRun run = Street.AtNight(2).Poles(6).Constant(800)
            .With(scenario => scenario with
            {
                Network = new NetworkModel { Region = region },
                Gateways = [new GatewayModel { Id = "one", Latitude = Street.Latitude, Longitude = Street.Longitude + 0.001 }],
            })
            .Checks(new CheckPlan { StatusDelivery = new StatusDeliveryCheck() })
            .Command(90, new SetLevelAction { LevelPermille = 300, DurationMinutes = 20 })
            .Build();
        RunReport report = run.Finish();

        Assert.All(run.Fleet.Poles, pole => Assert.Equal(region, pole.Controller!.Device.Region.Id));
        Assert.All(run.Fleet.Poles, pole => Assert.True(pole.Controller!.Device.IsJoined));
        Assert.All(run.Fleet.Poles, pole => Assert.InRange(pole.Controller!.Device.SentCount, 8, int.MaxValue));
        run.AssertHolds("statusDelivery");
        CommandReport command = report.Commands[0];
        Assert.Equal((6, 6), (command.LampsObeyed, command.PolesAddressed));
        Assert.InRange(command.LampSecondsByPercent[98], 0, 60);
    }
}
