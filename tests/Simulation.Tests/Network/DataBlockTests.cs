// Data blocks by fragments: what the server sends, in both versions, and how it ends.
using System.Buffers.Binary;
using PoleController.LoRaWan.Packages;
using Simulation.Network;
using Xunit;

namespace Simulation.Tests.Network;

public sealed class DataBlockTests
{
    private static readonly byte[] _block = [.. Enumerable.Range(0, 150).Select(static i => (byte)(i * 7))];

    [Theory]
    [InlineData(1, 11)]
    [InlineData(2, 17)]
    public void Given_a_block_for_a_pole_When_sent_Then_session_fragments_and_redundancy_follow_the_version(int version, int setupLength)
    {
        var bench = new NetworkBench();
        bench.JoinAll();
        long id = bench.Network.SendDataBlock(
            new DataBlockPlan { Block = _block, Descriptor = 0x04030201, PoleIndex = 0, Version = version, FragmentSize = 40, RedundancyPercent = 50 }, bench.NowUs);
        bench.Run(3);
        byte[] setup = Payload(bench, 0);
        Assert.Equal((0x02, setupLength), (setup[0], setup.Length));
        Assert.Equal((4, 40, 10), (BinaryPrimitives.ReadUInt16LittleEndian(setup.AsSpan(2)), setup[4], setup[6])); // NbFrag, FragSize, Padding
        Assert.Equal([1, 2, 3, 4], setup[7..11]);

        bench.Poles[0].SendUplink(201, [0x02, 0x00]); // FragSessionSetupAns
        bench.Run(20);
        byte[][] fragments = [.. Enumerable.Range(1, 6).Select(at => Payload(bench, at))];
        Assert.Equal([1, 2, 3, 4, 5, 6], fragments.Select(fragment => fragment[1] | (fragment[2] << 8)));
        Assert.Equal(_block[..120], fragments[..3].SelectMany(fragment => fragment[3..]));
        Assert.Equal([.. _block[120..], .. new byte[10]], fragments[3][3..]);
        Assert.Equal([0x01, 0x01], Payload(bench, 7)); // FragSessionStatusReq, all participants

        // FragSessionStatusAns: one fragment is missing, so three more coded ones follow, and the question again.
        bench.Poles[0].SendUplink(201, version == 1 ? [0x01, 3, 0, 1, 0] : [0x01, 0, 3, 0, 1]);
        bench.Run(60);
        Assert.Equal([7, 8, 9], Enumerable.Range(8, 3).Select(at => Payload(bench, at)[1]));
        bench.Poles[0].SendUplink(201, version == 1 ? [0x01, 6, 0, 0, 0] : [0x04, 0x00]);
        bench.Run(5);
        Assert.Equal(DataBlockState.Complete, bench.Network.DataBlockStateOf(id, 0));
        Assert.Equal((id, 1, 0), bench.Application.DataBlocks.Single());
        Assert.Equal(version == 2, Enumerable.Range(0, bench.Downlinks.Count).Any(at => Payload(bench, at)[0] == 0x04)); // FragDataBlockReceivedAns
        Assert.True(bench.Network.IsQuiet(0, bench.NowUs + 60_000_000));
    }

    [Fact]
    public void Given_a_block_that_fits_one_fragment_When_its_first_fragment_is_lost_Then_the_coded_ones_make_it_good()
    {
        var bench = new NetworkBench();
        bench.JoinAll();
        byte[] block = _block[..19];
        bench.Network.SendDataBlock(new DataBlockPlan { Block = block, Descriptor = 1, PoleIndex = 0, Version = 1, RedundancyPercent = 400 }, bench.NowUs);
        bench.Run(3);
        byte[] setup = Payload(bench, 0);
        bench.Poles[0].SendUplink(201, [0x02, 0x00]); // FragSessionSetupAns
        bench.Run(40);

        // NbFrag, FragSize, Padding: with a single fragment every coded one would be empty.
        Assert.Equal((2, 10, 1), (BinaryPrimitives.ReadUInt16LittleEndian(setup.AsSpan(2)), setup[4], setup[6]));
        FragmentDecoder decoder = new();
        decoder.Start(2, 10);
        for (int at = 2; at <= 10; at++)
        {
            byte[] fragment = Payload(bench, at);
            decoder.Take(fragment[1] | (fragment[2] << 8), fragment, 3, fragment.Length - 3);
        }

        for (int i = 0; i < 2; i++)
        {
            decoder.Solve();
        }

        Assert.True(decoder.IsComplete);
        Assert.Equal(block, decoder.Block[..19]);
    }

    [Fact]
    public void Given_a_pole_that_refuses_or_never_answers_When_sent_Then_it_ends_without_it()
    {
        var bench = new NetworkBench(poleCount: 2);
        bench.JoinAll();
        long refused = bench.Network.SendDataBlock(new DataBlockPlan { Block = _block, Descriptor = 1, PoleIndex = 0 }, bench.NowUs);
        long silent = bench.Network.SendDataBlock(new DataBlockPlan { Block = _block, Descriptor = 1, PoleIndex = 1 }, bench.NowUs);
        bench.Run(3);
        bench.Poles[0].SendUplink(201, [0x02, 0x08]); // wrong descriptor
        bench.Run(400);
        Assert.Equal((DataBlockState.Failed, DataBlockState.Failed), (bench.Network.DataBlockStateOf(refused, 0), bench.Network.DataBlockStateOf(silent, 1)));
        Assert.Equal([(refused, 0, 1), (silent, 0, 1)], bench.Application.DataBlocks);
        Assert.Equal(0, bench.Network.NetworkStatistics.FragmentSentCount);
    }

    [Fact]
    public void Given_a_group_When_a_block_is_sent_Then_every_member_has_a_session_with_a_MIC_of_its_own_and_the_fragments_are_the_group_s()
    {
        NetworkBench bench = MulticastTests.Bench(poleCount: 3, isSetUpRemotely: false);
        bench.JoinAll();
        bench.Network.SendDataBlock(new DataBlockPlan { Block = _block, Descriptor = 1, GroupIndex = 0, FragmentSize = 50 }, bench.NowUs);
        bench.Run(5);
        byte[][] setups = [.. bench.Downlinks.Select((downlink, at) => Payload(bench, at))];
        Assert.Equal(3, setups.Length);
        Assert.All(setups, setup => Assert.Equal(0x01, setup[1])); // McGroupBitMask
        Assert.Equal(3, setups.Select(setup => Convert.ToHexString(setup[13..17])).Distinct().Count());

        bench.Downlinks.Clear();
        foreach (BenchPole pole in bench.Poles)
        {
            pole.SendUplink(201, [0x02, 0x00]);
            bench.Run(2);
        }

        bench.Run(20);
        Assert.Equal(5, bench.Downlinks.Select(downlink => downlink.StartUs).Distinct().Count()); // 3 fragments, 1 coded, the question
        Assert.All(bench.Downlinks, downlink => Assert.Equal(0x03FFFFFFu, BinaryPrimitives.ReadUInt32LittleEndian(downlink.Frame.AsSpan(1))));
    }

    [Theory]
    [InlineData(0, 48, 20)]
    [InlineData(10, 0, 20)]
    [InlineData(10, 113, 20)]
    [InlineData(10, 48, 501)]
    public void Given_a_plan_that_cannot_be_carried_out_When_asked_for_Then_it_is_refused(int length, int fragmentSize, int redundancyPercent)
    {
        var bench = new NetworkBench();
        var plan = new DataBlockPlan
        {
            Block = new byte[length], Descriptor = 1, PoleIndex = 0, FragmentSize = fragmentSize, RedundancyPercent = redundancyPercent,
        };
        Assert.Throws<ArgumentException>(() => bench.Network.SendDataBlock(plan, 0));
    }

    private static byte[] Payload(NetworkBench bench, int at)
    {
        SentDownlink downlink = bench.Downlinks[at];
        return bench.Poles[downlink.Pole].Open(downlink, (uint)(downlink.Frame[6] | (downlink.Frame[7] << 8)))!.Value.Payload;
    }
}
