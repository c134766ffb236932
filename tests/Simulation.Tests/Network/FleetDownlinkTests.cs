// Many poles, several gateways: the complaint about 400 class C street lights behind three gateways whose downlinks collide on the air.
using PoleController.LoRaWan;
using Simulation.Engine;
using Simulation.Network;
using Simulation.Radio;
using Xunit;

namespace Simulation.Tests.Network;

public sealed class FleetDownlinkTests
{
    private const int PoleCount = 400;

    [Fact]
    public void Given_400_poles_behind_three_gateways_a_command_to_each_reaches_each()
    {
        NetworkBench bench = Dim(isCoordinated: true, seconds: 400);

        Assert.Equal(PoleCount, bench.Downlinks.Count);
        Assert.Equal(PoleCount, bench.Downlinks.Select(downlink => downlink.Pole).Distinct().Count());
        Assert.All(bench.Downlinks, downlink => Assert.Equal(DownlinkLossCause.None, downlink.Cause));
        AssertGatewaysTransmitOneAtATime(bench.Downlinks);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{PoleCount} commands in {(bench.Downlinks.Max(downlink => downlink.EndUs) - bench.Downlinks.Min(downlink => downlink.StartUs)) / 1e6:F1} s");
    }

    [Fact]
    public void Given_the_same_without_coordination_downlinks_destroy_each_other()
    {
        NetworkBench bench = Dim(isCoordinated: false, seconds: 400);

        Assert.Equal(PoleCount, bench.Downlinks.Count);
        Assert.InRange(bench.Downlinks.Count(downlink => downlink.Cause == DownlinkLossCause.Interference), 20, PoleCount);
        AssertGatewaysTransmitOneAtATime(bench.Downlinks);
    }

    [Fact]
    public void Given_more_commands_than_the_duty_cycle_allows_no_hour_of_any_gateway_has_more_than_its_share()
    {
        var bench = new NetworkBench(
            gateways: [NetworkBench.Gateway("a", 0, 0), NetworkBench.Gateway("b", 0, 1500)], poles: Sites(20),
            network: new NetworkSettings { Rx2DataRate = 0, DownlinkLifetimeS = 30_000 });
        bench.JoinAll();
        for (int second = 0; second < 9000; second += 10)
        {
            foreach (BenchPole pole in bench.Poles)
            {
                _ = bench.Network.TryEnqueue(Array.IndexOf(bench.Poles, pole), 20, new byte[40], 40, isConfirmed: false, bench.NowUs, out _);
            }

            bench.Poles[second / 10 % 20].DataRate = 2;
            bench.Poles[second / 10 % 20].SendUplink(10, [0x01], isConfirmed: true);
            bench.Run(10);
        }

        Assert.InRange(bench.Downlinks.Count, 400, 2000);
        foreach (var used in bench.Downlinks.GroupBy(downlink => (downlink.Gateway, SubBand: new Region(RegionId.Eu868).SubBandOf(downlink.FrequencyHz))))
        {
            long limitUs = 3_600_000L * new Region(RegionId.Eu868).SubBandDutyCyclePermille[used.Key.SubBand];
            Assert.InRange(MostInAnHourUs([.. used]), 1, limitUs);
        }

        // Class C alone may not fill the band, and it does use what it may.
        Assert.Contains(bench.Network.Statistics.Gateways, gateway => gateway.DutyCycleBudgetPermille > 850);
        AssertGatewaysTransmitOneAtATime(bench.Downlinks);
    }

    [Fact]
    public void Given_the_same_seed_everything_is_the_same()
    {
        NetworkBench first = Dim(isCoordinated: true, seconds: 100);
        NetworkBench second = Dim(isCoordinated: true, seconds: 100);

        Assert.Equal(
            first.Downlinks.Select(downlink => (downlink.Pole, downlink.Gateway, downlink.StartUs, Convert.ToHexString(downlink.Frame))),
            second.Downlinks.Select(downlink => (downlink.Pole, downlink.Gateway, downlink.StartUs, Convert.ToHexString(downlink.Frame))));
    }

    private static NetworkBench Dim(bool isCoordinated, int seconds)
    {
        var bench = new NetworkBench(
            gateways: [NetworkBench.Gateway("a", 0, 0), NetworkBench.Gateway("b", 0, 1200), NetworkBench.Gateway("c", 1000, 600)],
            poles: Sites(PoleCount),
            radio: new RadioSettings(),
            network: new NetworkSettings { IsDownlinkCoordinated = isCoordinated });
        for (int pole = 0; pole < PoleCount; pole++)
        {
            // What is tested here is the queue, so the sessions are given, not joined.
            byte[] key = [(byte)pole, (byte)(pole >> 8), 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14];
            bench.Network.Personalise(pole, 0x0100_0000u + (uint)pole, key, key);
            key.CopyTo(bench.Poles[pole].NetworkSessionKey, 0);
            key.CopyTo(bench.Poles[pole].ApplicationSessionKey, 0);
            bench.Poles[pole].Accept.DevAddr = 0x0100_0000u + (uint)pole;
            bench.Poles[pole].SendUplink(10, [0x01]);
            bench.Run(1);
        }

        for (int pole = 0; pole < PoleCount; pole++)
        {
            Assert.True(bench.Network.TryEnqueue(pole, 20, [1, 2, 3, 4], 4, isConfirmed: false, bench.NowUs, out _));
        }

        bench.Run(seconds);
        return bench;
    }

    private static PoleSite[] Sites(int count)
    {
        var random = new RandomStream(5, "sites", count);
        return [.. Enumerable.Range(0, count).Select(pole => NetworkBench.Site(pole, random.NextDouble() * 1000, random.NextDouble() * 1200))];
    }

    private static void AssertGatewaysTransmitOneAtATime(List<SentDownlink> downlinks)
    {
        foreach (var ofGateway in downlinks.GroupBy(downlink => downlink.Gateway))
        {
            SentDownlink[] ordered = [.. ofGateway.OrderBy(downlink => downlink.StartUs)];
            for (int at = 1; at < ordered.Length; at++)
            {
                Assert.True(ordered[at].StartUs >= ordered[at - 1].EndUs, $"Gateway {ofGateway.Key} transmits twice at {ordered[at].StartUs}.");
            }
        }
    }

    /// <summary>Greatest time on air in any hour: it is enough to look at the hours that begin with a downlink.</summary>
    private static long MostInAnHourUs(List<SentDownlink> downlinks)
    {
        long most = 0;
        foreach (SentDownlink first in downlinks)
        {
            long used = downlinks.Where(other => other.StartUs >= first.StartUs)
                .Sum(other => Math.Max(0, Math.Min(other.EndUs, first.StartUs + 3_600_000_000) - other.StartUs));
            most = Math.Max(most, used);
        }

        return most;
    }
}
