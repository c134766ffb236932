// Frames to a group: which are taken and which change nothing, over restarts and power cuts as well.
using LoRaWan.Tests.Bench;
using LoRaWan.Tests.Oracles;
using PoleController.LoRaWan;
using Xunit;

namespace LoRaWan.Tests.Packages;

public class MulticastReceptionTests
{
    [Fact]
    public void Given_a_group_When_lora_packet_makes_its_frames_Then_the_device_reads_them_and_says_nothing_back()
    {
        Assert.SkipUnless(LoraPacketOracle.NotAvailableReason is null, LoraPacketOracle.NotAvailableReason ?? "");
        PackageServer server = PackageServer.Joined();
        Assert.Equal("0202", server.SetUpGroup(2, 65530, 70000));
        (string netSKey, string appSKey) = PackageServer.SessionKeys();
        uint[] counters = [65530, 65535, 65536, 65600, 70000];
        IReadOnlyList<string> frames = LoraPacketOracle.Build(
            counters.Select(fCnt => new LoraPacketFrame($"{PackageServer.McAddr:x8}", fCnt, 11, "01" + fCnt.ToString("x8", null), netSKey, appSKey)));
        int uplinks = server.Bench.Network.Uplinks.Count;
        for (int i = 0; i < counters.Length; i++)
        {
            server.SendToGroup(Hex.Bytes(frames[i]));
            Assert.Equal($"2 11 01{counters[i]:x8}", server.TakeMessage());
        }

        server.Bench.RunFor(120_000);
        Assert.Equal(uplinks, server.Bench.Network.Uplinks.Count);
        Assert.Equal(5, server.Bench.Device.Multicast.AcceptedCount);
        Assert.Equal(0, server.Bench.Device.Multicast.RefusedCount);
    }

    [Fact]
    public void Given_a_group_When_a_frame_is_not_as_a_groups_frame_must_be_Then_it_changes_nothing()
    {
        PackageServer server = PackageServer.Joined();
        server.SetUpGroup(1, 100, 200);
        byte[] wrongMic = PackageServer.GroupFrame(120, 11, "0102");
        wrongMic[^1] ^= 1;
        byte[] changed = PackageServer.GroupFrame(120, 11, "0102");
        changed[9] ^= 1;
        byte[][] frames =
        [
            wrongMic,
            changed,
            PackageServer.GroupFrame(120, 11, "0102", mcKey: "ff112233445566778899aabbccddeeff"),
            PackageServer.GroupFrame(99, 11, "0102"),
            PackageServer.GroupFrame(201, 11, "0102"),
            PackageServer.GroupFrame(120 + 0x10000, 11, "0102"),
            PackageServer.GroupFrame(120, 0, "06"),
            PackageServer.GroupFrame(120, 224, "0102"),
            PackageServer.GroupFrame(120, DataFrame.NoPort, ""),
            PackageServer.GroupFrame(120, 11, "0102", change: header => header.IsConfirmed = true),
            PackageServer.GroupFrame(120, 11, "0102", change: header => header.IsAcknowledge = true),
            PackageServer.GroupFrame(120, 11, "0102", fOpts: "06"),
        ];
        int uplinks = server.Bench.Network.Uplinks.Count;
        int writes = server.Bench.Store.WriteCount;
        foreach (byte[] frame in frames)
        {
            server.SendToGroup(frame);
        }

        server.Bench.RunFor(120_000);
        Assert.Equal("", server.TakeMessage());
        Assert.Equal((uplinks, writes), (server.Bench.Network.Uplinks.Count, server.Bench.Store.WriteCount));
        Assert.Equal((0, frames.Length), (server.Bench.Device.Multicast.AcceptedCount, server.Bench.Device.Multicast.RefusedCount));
        server.SendToGroup(PackageServer.GroupFrame(120, 11, "0102"));
        Assert.Equal("1 11 0102", server.TakeMessage());
    }

    [Fact]
    public void Given_a_frame_was_taken_When_it_or_an_older_one_comes_again_Then_it_is_refused_also_after_a_restart()
    {
        PackageServer server = PackageServer.Joined();
        server.SetUpGroup();
        byte[] older = PackageServer.GroupFrame(4, 11, "04");
        byte[] taken = PackageServer.GroupFrame(5, 11, "05");
        server.SendToGroup(taken);
        Assert.Equal("0 11 05", server.TakeMessage());
        for (int restarts = 0; restarts < 2; restarts++)
        {
            server.SendToGroup(taken);
            server.SendToGroup(older);
            Assert.Equal("", server.TakeMessage());
            server.Bench.Boot();
            server.Bench.RunFor(30_000);
        }

        server.SendToGroup(PackageServer.GroupFrame(6, 11, "06"));
        Assert.Equal("0 11 06", server.TakeMessage());
    }

    [Fact]
    public void Given_a_message_waits_When_the_next_comes_Then_it_is_dropped_and_counted()
    {
        PackageServer server = PackageServer.Joined();
        server.SetUpGroup();
        server.SendToGroup(PackageServer.GroupFrame(0, 11, "aa"));
        server.SendToGroup(PackageServer.GroupFrame(1, 11, "bb"));
        Assert.Equal(1, server.Bench.Device.DroppedDownlinkCount);
        Assert.Equal("0 11 aa", server.TakeMessage());
        server.Bench.Network.SendClassC(new Downlink(7, "cc"));
        server.Bench.RunFor(3000);
        Assert.Equal("-1 7 cc", server.TakeMessage());
    }

    [Fact]
    public void Given_the_store_refuses_When_a_frame_comes_Then_it_has_no_effect_and_may_come_again()
    {
        PackageServer server = PackageServer.Joined();
        server.SetUpGroup();
        server.Bench.Store.IsRefusing = true;
        byte[] frame = PackageServer.GroupFrame(3, 11, "03");
        server.SendToGroup(frame);
        Assert.Equal("", server.TakeMessage());
        server.Bench.Store.IsRefusing = false;
        server.Bench.RunFor(70_000);
        server.SendToGroup(frame);
        Assert.Equal("0 11 03", server.TakeMessage());
    }

    [Fact]
    public void Given_fragments_come_When_they_are_counted_Then_the_store_is_written_once_in_64_and_none_is_taken_twice_after_a_restart()
    {
        PackageServer server = PackageServer.Joined();
        server.SetUpGroup();
        int writes = server.Bench.Store.WriteCount;
        for (uint fCnt = 0; fCnt < 130; fCnt++)
        {
            server.SendToGroup(PackageServer.GroupFrame(fCnt, 201, "080100" + "aabbccdd"));
        }

        Assert.Equal(130, server.Bench.Device.Multicast.AcceptedCount);
        Assert.Equal(writes + 3, server.Bench.Store.WriteCount);

        // A command is never skipped, whatever the fragments have used up.
        server.Bench.Boot();
        server.Bench.RunFor(30_000);
        for (uint fCnt = 128; fCnt < 192; fCnt++)
        {
            server.SendToGroup(PackageServer.GroupFrame(fCnt, 201, "080100" + "aabbccdd"));
        }

        Assert.Equal(0, server.Bench.Device.Multicast.AcceptedCount);
        server.SendToGroup(PackageServer.GroupFrame(140, 11, "55"));
        Assert.Equal("0 11 55", server.TakeMessage());
        server.SendToGroup(PackageServer.GroupFrame(192, 201, "080100" + "aabbccdd"));
        Assert.Equal(2, server.Bench.Device.Multicast.AcceptedCount);
    }

    [Theory]
    [InlineData("Old")]
    [InlineData("New")]
    [InlineData("Short")]
    [InlineData("Damaged")]
    public void Given_groups_come_change_and_go_When_any_write_is_cut_Then_no_frame_has_effect_twice_and_no_group_that_was_answered_is_lost(string tear)
    {
        DeviceBench uncut = new();
        HashSet<uint> taken = [];
        bool[] answered = new bool[3];
        Scenario(uncut, taken, answered);
        Assert.Equal(5, taken.Count);
        Assert.All(answered, Assert.True);
        int writes = uncut.Store.WriteCount;
        for (int cutAtWrite = 4; cutAtWrite <= writes; cutAtWrite++)
        {
            DeviceBench bench = new();
            bench.Store.CutAtWrite = cutAtWrite;
            bench.Store.Tear = Enum.Parse<Tear>(tear);
            taken.Clear();
            Array.Clear(answered);
            try
            {
                Scenario(bench, taken, answered);
            }
            catch (PowerCutException)
            {
                bench.Boot();
            }

            CheckAfterCut(bench, taken, answered, cutAtWrite);
        }
    }

    // Group 0 with frames, group 1 made and deleted, group 0 asked for again.
    private static void Scenario(DeviceBench bench, HashSet<uint> taken, bool[] answered)
    {
        bench.Join();
        PackageServer server = new(bench);
        answered[0] = server.SetUpGroup(0) == "0200";
        for (uint fCnt = 10; fCnt < 15; fCnt++)
        {
            server.SendToGroup(PackageServer.GroupFrame(fCnt, 11, fCnt.ToString("x2", null)));
            if (server.TakeMessage() != "")
            {
                taken.Add(fCnt);
            }

            if (fCnt == 12)
            {
                answered[1] = server.SetUpGroup(1, mcAddr: 0x01AA0000) == "0201" && server.Ask(200, "0301") == "0301";
                answered[2] = server.SetUpGroup(0) == "0200";
            }
        }
    }

    private static void CheckAfterCut(DeviceBench bench, HashSet<uint> taken, bool[] answered, int cut)
    {
        bench.RunFor(90_000);
        PackageServer server = new(bench);
        if (!answered[0])
        {
            // The server has had no answer and repeats: then it works.
            Assert.True(server.SetUpGroup(0) == "0200", "cut " + cut);
        }

        for (uint fCnt = 10; fCnt < 17; fCnt++)
        {
            server.SendToGroup(PackageServer.GroupFrame(fCnt, 11, fCnt.ToString("x2", null)));
            bool isTaken = server.TakeMessage() != "";
            Assert.False(isTaken && taken.Contains(fCnt), "counter " + fCnt + " twice, cut " + cut);
            Assert.True(isTaken || fCnt < 15, "group lost, cut " + cut);
        }

        Assert.False(answered[1] && bench.Device.MulticastGroupOf(1).IsDefined, "deleted group is back, cut " + cut);
    }
}
