// Whole fleets with multicast groups: real controllers, set up over the air, told together.
using Simulation.Reports;
using Simulation.Scenarios;
using Xunit;

namespace Simulation.Tests.Runs;

public class MulticastRunTests
{
    [Fact]
    public void Given_a_group_When_told_a_level_and_sent_a_block_of_settings_Then_all_obey_and_nobody_is_told_twice()
    {
        using StreetRun run = Town().Build();
        RunReport report = run.Finish();
        CommandReport level = report.Commands[0];
        Assert.Equal((12, 12, 12, 0L), (level.LampsObeyed, level.Obeyed, level.PolesAddressed, level.Collisions));
        Assert.InRange(level.LampSecondsByPercent[98], 0, 5);
        Assert.Equal(0, level.RepairedByUnicast);
        Assert.InRange(level.FramesSent, 1, 3);

        CommandReport block = report.Commands[1];
        Assert.Equal((12, 0), (block.Obeyed, block.Refused));
        Assert.All(run.Fleet.Poles, pole => Assert.Equal(400, pole.Parts.Luminaire.LightPermille)); // the program that came by the block
    }

    [Fact]
    public void Given_a_group_When_run_on_several_threads_Then_the_report_is_the_same_byte_for_byte()
    {
        byte[] expected = Report(1);
        Assert.True(expected.AsSpan().SequenceEqual(Report(2)));
        Assert.True(expected.AsSpan().SequenceEqual(Report(5)));
    }

    private static byte[] Report(int threads)
    {
        using StreetRun run = Town().Build(seed: 3, threads);
        return ReportJson.Serialize(run.Finish());
    }

    private static Street Town() => Street.AtNight(2.5).Poles(12).Constant(800).Constant(400)
        .With(scenario => scenario with
        {
            Radio = new RadioModel(),
            Network = new NetworkModel { MulticastGroups = [new MulticastGroupModel { Name = "all", Poles = PoleSelector.All }] },
            Gateways =
            [
                new GatewayModel { Id = "west", Latitude = Street.Latitude, Longitude = Street.Longitude - 0.002 },
                new GatewayModel { Id = "east", Latitude = Street.Latitude, Longitude = Street.Longitude + 0.006 },
            ],
        })
        .Multicast(60, new SetLevelAction { LevelPermille = 300, DurationMinutes = 20 })
        .Multicast(90, new SendSettingsBlockAction { ScenarioProgramIndices = [1, 1, 1, 1] });
}
