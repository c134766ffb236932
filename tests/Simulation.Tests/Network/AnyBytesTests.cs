// Whatever comes out of the air: nothing crashes, and nothing changes without a valid MIC.
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Simulation.Tests.Network;

public sealed class AnyBytesTests
{
    [Fact]
    public void Given_any_bytes_as_an_uplink_nothing_but_the_count_of_refusals_changes()
    {
        var bench = new NetworkBench(poleCount: 3);
        bench.JoinAll();
        long refused = bench.Network.NetworkStatistics.RefusedCounts.Sum();
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>().Generator.Select(bytes => bytes.Length > 255 ? bytes[..255] : bytes).ToArbitrary(), bytes =>
        {
            bench.Send(0, bytes, bench.NowUs);
            bench.Run(2);
            refused++;
            return IsUntouched(bench, refused);
        }).QuickCheckThrowOnFailure();

        AssertStillWorks(bench);
    }

    [Fact]
    public void Given_a_valid_frame_with_any_bit_changed_it_is_refused()
    {
        var bench = new NetworkBench(poleCount: 3);
        bench.JoinAll();
        long refused = bench.Network.NetworkStatistics.RefusedCounts.Sum();
        byte[] data = bench.Poles[0].Uplink(10, [1, 2, 3], isConfirmed: true, commands: [0x02, 0x0D], isAdaptive: true);
        byte[] join = bench.Poles[0].JoinRequest(1000);
        foreach (byte[] frame in (byte[][])[data, join])
        {
            for (int bit = 0; bit < frame.Length * 8; bit++)
            {
                byte[] changed = (byte[])frame.Clone();
                changed[bit / 8] ^= (byte)(1 << (bit % 8));
                bench.Send(0, changed, bench.NowUs);
                bench.Run(1);
                refused++;
                bench.Run(1);
                Assert.True(IsUntouched(bench, refused), $"Bit {bit} of {Convert.ToHexString(frame)}");
            }

            // Cut short, too.
            for (int length = 0; length < frame.Length; length++)
            {
                bench.Send(0, frame.AsSpan(0, length), bench.NowUs);
                bench.Run(2);
                refused++;
                Assert.True(IsUntouched(bench, refused), $"Length {length} of {Convert.ToHexString(frame)}");
            }
        }

        AssertStillWorks(bench);
    }

    [Fact]
    public void Given_any_bytes_as_MAC_commands_with_a_valid_MIC_the_server_answers_with_frames_that_can_be_read()
    {
        var bench = new NetworkBench(poleCount: 1);
        bench.JoinAll();
        uint counter = 0;
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), ArbMap.Default.ArbFor<bool>(), (bytes, isPort0) =>
        {
            byte[] commands = bytes.Length > 15 ? bytes[..15] : bytes;
            if (isPort0)
            {
                bench.Poles[0].SendUplink(0, commands, isAdaptive: true);
            }
            else
            {
                bench.Poles[0].SendUplink(10, [0x01], commands: commands, isAdaptive: true);
            }

            bench.Downlinks.Clear();
            bench.Run(4);
            return bench.Downlinks.All(downlink => bench.Poles[0].Open(downlink, counter++) is not null);
        }).QuickCheckThrowOnFailure();

        AssertStillWorks(bench);
    }

    private static bool IsUntouched(NetworkBench bench, long refused) =>
        bench.Application.Uplinks.Count == 0 && bench.Downlinks.Count == 0
        && bench.Network.NetworkStatistics.RefusedCounts.Sum() == refused;

    private static void AssertStillWorks(NetworkBench bench)
    {
        int before = bench.Application.Uplinks.Count;
        foreach (BenchPole pole in bench.Poles)
        {
            pole.SendUplink(10, [0x55]);
            bench.Run(3);
        }

        Assert.Equal(before + bench.Poles.Length, bench.Application.Uplinks.Count);
        Assert.True(bench.Poles[0].Join());
    }
}
