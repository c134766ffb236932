// Data blocks over the air (TS004) as a server sees them, in both versions, to one pole and to a group.
using LoRaWan.Tests.Bench;
using PoleController.LoRaWan.Packages;
using Simulation.Parts;
using Xunit;

namespace LoRaWan.Tests.Packages;

internal sealed class BlockKeeper : IDataBlockConsumer
{
    public const uint Descriptor = 0x44332211;

    public List<(string Block, int SessionCnt, int SpreadMs)> Blocks { get; } = [];

    public bool IsWanted(uint descriptor, int length) => descriptor == Descriptor;

    public void Take(long nowMs, uint descriptor, int sessionCnt, int answerSpreadMs, byte[] block, int length)
    {
        Assert.Equal(Descriptor, descriptor);
        Blocks.Add((Hex.Text(block, length), sessionCnt, answerSpreadMs));
    }
}

public class FragmentationTests
{
    private const int Count = 12;
    private const int Size = 20;
    private const int Padding = 7;

    private readonly BlockKeeper _keeper = new();
    private readonly byte[] _block = [.. Enumerable.Range(0, Count * Size).Select(i => i < (Count * Size) - Padding ? (byte)(i * 13) : (byte)0)];

    private string Expected => Hex.Text(_block, _block.Length - Padding);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Given_a_block_in_fragments_When_some_are_lost_Then_the_coded_ones_make_up_for_them_and_the_block_is_taken_once(int version)
    {
        PackageServer server = Start();
        Assert.Equal("0200", server.Ask(201, Setup(server, version)));
        foreach (int n in new[] { 1, 2, 4, 5, 6, 8, 9, 11, 12, 13, 14, 16, 17, 18, 19 })
        {
            SendFragment(server, n);
        }

        server.Bench.RunFor(5000);
        Assert.Equal((Expected, version == 1 ? 0 : 5, 0), Assert.Single(_keeper.Blocks));

        // Whatever comes later is dropped.
        SendFragment(server, 3);
        server.Bench.RunFor(5000);
        Assert.Single(_keeper.Blocks);
    }

    [Fact]
    public void Given_a_session_of_version_2_When_the_block_is_not_what_was_signed_Then_it_is_not_taken_and_the_server_is_told()
    {
        PackageServer server = Start();
        Assert.Equal("0200", server.Ask(201, Setup(server, 2, isAcknowledgeWanted: true)));
        _block[50] ^= 1;
        int before = SendAll(server);
        server.Bench.RunFor(10_000);
        Assert.Empty(_keeper.Blocks);
        Assert.Equal(1, server.Bench.Device.Packages.WrongDataBlockCount);
        Assert.StartsWith("0404", server.AnswersSince(before, 201));
        Assert.StartsWith("0102" + "0c00" + "00", server.Ask(201, "0101"));
    }

    [Fact]
    public void Given_AckReception_When_the_block_is_whole_Then_it_is_announced_until_the_server_answers_or_three_times()
    {
        PackageServer server = Start();
        server.Ask(201, Setup(server, 2, isAcknowledgeWanted: true));
        int before = SendAll(server);
        server.Bench.RunFor(600_000);
        Assert.Equal("040004000400", server.AnswersSince(before, 201));

        server.Ask(201, Setup(server, 2, sessionCnt: 6, isAcknowledgeWanted: true));
        before = SendAll(server);
        server.Bench.RunUntil(server.Bench.NowMs + 100_000, () => server.AnswersSince(before, 201).Length > 0);
        server.Bench.RunFor(5000);
        server.Bench.Network.SendClassC(new Downlink(201, "0400"));
        server.Bench.RunFor(600_000);
        Assert.Equal("0400", server.AnswersSince(before, 201));
        Assert.Equal(2, _keeper.Blocks.Count);
    }

    [Fact]
    public void Given_a_session_that_cannot_be_When_it_is_asked_for_Then_the_answer_says_why_and_nothing_begins()
    {
        PackageServer server = Start();
        Assert.Equal("000302", server.Ask(201, "00"));
        Assert.Equal("0201", server.Ask(201, Setup(server, 2, change: command => command.Algorithm = 1)));
        Assert.Equal("0202", server.Ask(201, Setup(server, 2, change: command => command.FragmentCount = 65)));
        Assert.Equal("0202", server.Ask(201, Setup(server, 2, change: command => command.FragmentSize = 0)));
        Assert.Equal("0202", server.Ask(201, Setup(server, 2, change: command => command.Padding = 255)));
        Assert.Equal("0244", server.Ask(201, Setup(server, 2, change: command => command.FragIndex = 1)));
        Assert.Equal("0208", server.Ask(201, Setup(server, 2, change: command => command.Descriptor = 1)));
        Assert.Equal("0304", server.Ask(201, "0300"));
        Assert.Equal("0104", server.Ask(201, "0101"));
        SendAll(server);
        Assert.Empty(_keeper.Blocks);
    }

    [Fact]
    public void Given_a_pole_without_GenAppKey_When_blocks_come_Then_it_speaks_version_1_only()
    {
        PackageServer server = Start(hasGenAppKey: false);
        Assert.Equal("000301", server.Ask(201, "00"));
        Assert.Equal("0201", server.Ask(201, Setup(server, 2)));
        Assert.Equal("0200", server.Ask(201, Setup(server, 1)));
        SendAll(server);
        Assert.Equal(Expected, Assert.Single(_keeper.Blocks).Block);
    }

    [Fact]
    public void Given_a_session_has_begun_When_its_set_up_is_sent_again_Then_it_is_refused_as_a_replay_also_after_a_restart()
    {
        PackageServer server = Start();
        string setup = Setup(server, 2);
        Assert.Equal("0200", server.Ask(201, setup));
        Assert.Equal("0200", server.Ask(201, setup));
        SendFragment(server, 1);
        Assert.Equal("0210", server.Ask(201, setup));
        server.Bench.Boot();
        server.Bench.RunFor(60_000);
        Assert.Equal("0210", server.Ask(201, setup));
        Assert.Equal("0210", server.Ask(201, Setup(server, 2, sessionCnt: 4)));
        Assert.Equal("0200", server.Ask(201, Setup(server, 2, sessionCnt: 6)));
    }

    [Fact]
    public void Given_the_store_refuses_When_a_session_begins_Then_no_fragment_is_taken_that_could_be_replayed()
    {
        PackageServer server = Start();
        server.SetUpGroup();
        server.Ask(201, Setup(server, 2, groupMask: 1));
        server.Bench.Store.IsRefusing = true;
        SendToGroup(server, 0, 1);
        server.Bench.Store.IsRefusing = false;
        server.Bench.RunFor(70_000);
        Assert.Equal("0100" + "0000" + "0c", server.Ask(201, "0101"));
    }

    [Theory]
    [InlineData(1, "01" + "0200" + "0a" + "00")]
    [InlineData(2, "01" + "00" + "0200" + "0a")]
    public void Given_fragments_are_missing_When_the_server_asks_for_the_status_Then_it_is_told_how_many(int version, string expected)
    {
        PackageServer server = Start();
        server.Ask(201, Setup(server, version));
        SendFragment(server, 1);
        SendFragment(server, 3);
        Assert.Equal(expected, server.Ask(201, "0100"));
        Assert.Equal("0300", server.Ask(201, "0300"));
        Assert.Equal("0304", server.Ask(201, "0300"));
    }

    [Fact]
    public void Given_a_group_gets_a_block_When_its_status_is_asked_Then_answers_are_spread_over_BlockAckDelay_and_only_who_misses_something_says_so()
    {
        List<long> delays = [];
        for (int seed = 1; seed <= 12; seed++)
        {
            PackageServer server = Start(seed);
            server.SetUpGroup(2);
            server.Ask(201, Setup(server, 2, groupMask: 4, blockAckDelay: 1));
            SendToGroup(server, 0, 2);
            int before = server.Bench.Network.Uplinks.Count;
            long askedMs = server.Bench.NowMs;
            server.SendToGroup(PackageServer.GroupFrame(1, 201, "0100"));
            server.Bench.RunFor(40_000);
            Assert.Equal("01" + "00" + "0100" + "0b", server.AnswersSince(before, 201));
            delays.Add(server.Bench.Network.Uplinks.Skip(before).First(uplink => uplink.Header.FPort == 201).Transmission.StartMs - askedMs);
            for (int n = 1; n <= Count; n++)
            {
                SendToGroup(server, (uint)(1 + n), n);
            }

            before = server.Bench.Network.Uplinks.Count;
            server.SendToGroup(PackageServer.GroupFrame(100, 201, "0100"));
            server.Bench.RunFor(40_000);
            Assert.Equal("", server.AnswersSince(before, 201));
            Assert.Equal((Expected, 5, 32_000), Assert.Single(_keeper.Blocks));
            _keeper.Blocks.Clear();
        }

        Assert.All(delays, delay => Assert.InRange(delay, 0, 36_000));
        Assert.True(delays.Max() - delays.Min() > 12_000, string.Join(' ', delays));
    }

    [Fact]
    public void Given_a_group_that_is_not_in_the_mask_When_it_sends_fragments_or_set_up_Then_nothing_is_taken()
    {
        PackageServer server = Start();
        server.SetUpGroup(0);
        server.Ask(201, Setup(server, 2, groupMask: 2));
        SendToGroup(server, 0, 1);
        server.SendToGroup(PackageServer.GroupFrame(1, 201, "0300"));
        server.SendToGroup(PackageServer.GroupFrame(2, 201, Setup(server, 1)));
        Assert.Equal("0100" + "0000" + "0c", server.Ask(201, "0101"));
    }

    [Fact]
    public void Given_nobody_takes_blocks_When_a_session_is_asked_for_Then_its_descriptor_is_refused()
    {
        PackageServer server = PackageServer.Joined();
        Assert.Equal("0208", server.Ask(201, Setup(server, 2)));
    }

    private PackageServer Start(int seed = 1, bool hasGenAppKey = true)
    {
        DeviceBench bench = new(seed, hasGenAppKey: hasGenAppKey) { DataBlockConsumer = _keeper };
        bench.Boot();
        bench.Join();
        return new PackageServer(bench);
    }

    private string Setup(
        PackageServer server,
        int version,
        int sessionCnt = 5,
        int groupMask = 0,
        int blockAckDelay = 0,
        bool isAcknowledgeWanted = false,
        Action<FragmentationCommand>? change = null)
    {
        FragmentationCommand command = new()
        {
            Cid = FragmentationCommand.FragSessionSetup,
            Version = version,
            GroupMask = groupMask,
            FragmentCount = Count,
            FragmentSize = Size,
            Padding = Padding,
            BlockAckDelay = blockAckDelay,
            Descriptor = BlockKeeper.Descriptor,
            SessionCnt = sessionCnt,
            IsAcknowledgeWanted = isAcknowledgeWanted,
            Mic = new PackageKeys(new AesBlock()).DataBlockMic(
                server.Bench.Network.Identity.GenAppKey, sessionCnt, 0, BlockKeeper.Descriptor, _block, _block.Length - Padding),
        };
        change?.Invoke(command);
        byte[] buffer = new byte[32];
        return Hex.Text(buffer, command.EncodeDownlink(buffer, 0));
    }

    private string Message(int n)
    {
        FragmentationCommand command = new() { Cid = FragmentationCommand.DataFragment, N = n };
        byte[] buffer = new byte[FragmentationCommand.DataFragmentHeaderLength];
        return Hex.Text(buffer, command.EncodeDownlink(buffer, 0)) + Convert.ToHexStringLower(FragmentDecoderTests.Fragment(_block, Count, Size, n));
    }

    private void SendFragment(PackageServer server, int n)
    {
        server.Bench.Network.SendClassC(new Downlink(201, Message(n)));
        server.Bench.RunFor(3500);
    }

    private void SendToGroup(PackageServer server, uint fCnt, int n) =>
        server.SendToGroup(PackageServer.GroupFrame(fCnt, 201, Message(n)));

    private int SendAll(PackageServer server)
    {
        int before = server.Bench.Network.Uplinks.Count;
        for (int n = 1; n <= Count; n++)
        {
            SendFragment(server, n);
        }

        return before;
    }
}
