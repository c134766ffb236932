// Remote multicast set-up (TS005) as a server sees it: groups and class C sessions.
using LoRaWan.Tests.Bench;
using PoleController.LoRaWan.Packages;
using Xunit;

namespace LoRaWan.Tests.Packages;

public class MulticastSetupTests
{
    [Fact]
    public void Given_a_server_asks_When_groups_come_and_go_Then_every_command_is_answered_in_its_order()
    {
        PackageServer server = PackageServer.Joined();
        Assert.Equal("000202", server.Ask(200, "00"));
        Assert.Equal("0100", server.Ask(200, "010f"));
        Assert.Equal("0200", server.SetUpGroup(0));
        Assert.Equal("0203", server.SetUpGroup(3, mcAddr: 0x11223344));
        Assert.Equal("0129" + "000c0bfa01" + "0344332211", server.Ask(200, "010f"));
        Assert.Equal("0128" + "0344332211", server.Ask(200, "0108"));
        Assert.Equal("0300" + "0304" + "011803" + "44332211", server.Ask(200, "0300" + "0300" + "010f"));
        Assert.False(server.Bench.Device.MulticastGroupOf(0).IsDefined);
    }

    [Fact]
    public void Given_a_command_that_is_unknown_or_cut_short_When_it_comes_Then_what_went_before_is_answered_and_the_rest_ignored()
    {
        PackageServer server = PackageServer.Joined();
        Assert.Equal("000202", server.Ask(200, "00" + "7f" + "00"));
        Assert.Equal("000202", server.Ask(200, "00" + server.SetupRequest()[..56]));
        Assert.False(server.Bench.Device.MulticastGroupOf(0).IsDefined);
        Assert.Equal("", server.Ask(200, "ff"));
    }

    [Fact]
    public void Given_a_pole_without_GenAppKey_When_a_group_is_set_up_Then_it_refuses()
    {
        PackageServer server = PackageServer.Joined(hasGenAppKey: false);
        Assert.Equal("0205", server.SetUpGroup(1));
        Assert.False(server.Bench.Device.MulticastGroupOf(1).IsDefined);
    }

    [Fact]
    public void Given_the_commands_come_to_a_group_When_they_are_read_Then_nothing_happens()
    {
        PackageServer server = PackageServer.Joined();
        server.SetUpGroup();
        int uplinks = server.Bench.Network.Uplinks.Count;
        server.SendToGroup(PackageServer.GroupFrame(0, 200, "00" + "0300"));
        server.SendToGroup(PackageServer.GroupFrame(1, 202, "00" + "0307"));
        server.Bench.RunFor(60_000);
        Assert.Equal(uplinks, server.Bench.Network.Uplinks.Count);
        Assert.True(server.Bench.Device.MulticastGroupOf(0).IsDefined);
    }

    [Fact]
    public void Given_the_answer_was_lost_When_the_same_group_is_set_up_again_Then_used_counters_stay_used()
    {
        PackageServer server = PackageServer.Joined();
        server.SetUpGroup();
        byte[] frame = PackageServer.GroupFrame(7, 11, "07");
        server.SendToGroup(frame);
        Assert.Equal("0 11 07", server.TakeMessage());
        Assert.Equal("0200", server.SetUpGroup());
        server.SendToGroup(frame);
        Assert.Equal("", server.TakeMessage());

        // Another key is another group: its counters begin anew.
        const string key = "a0a1a2a3a4a5a6a7a8a9aaabacadaeaf";
        Assert.Equal("0200", server.SetUpGroup(mcKey: key));
        server.SendToGroup(PackageServer.GroupFrame(8, 11, "08"));
        Assert.Equal("", server.TakeMessage());
        server.SendToGroup(PackageServer.GroupFrame(0, 11, "00", mcKey: key));
        Assert.Equal("0 11 00", server.TakeMessage());
    }

    [Fact]
    public void Given_the_store_refuses_When_a_group_is_set_up_Then_there_is_no_answer_and_no_group()
    {
        PackageServer server = PackageServer.Joined();

        // The downlink's own counter is kept, the group is not.
        int countdown = 1;
        server.Bench.AfterStep = () => server.Bench.Store.IsRefusing = false;
        server.Bench.Store.OnWrite = () => server.Bench.Store.IsRefusing = countdown-- == 0;
        Assert.Equal("", server.SetUpGroup());
        server.Bench.Store.OnWrite = null;
        Assert.False(server.Bench.Device.MulticastGroupOf(0).IsDefined);
        server.Bench.RunFor(60_000);
        Assert.Equal("0200", server.SetUpGroup());
    }

    [Fact]
    public void Given_a_class_C_session_When_its_time_comes_Then_the_radio_listens_there_until_its_end_and_returns_to_RX2()
    {
        PackageServer server = PackageServer.Joined();
        DeviceBench bench = server.Bench;
        server.SetUpGroup();
        string request = server.SessionRequest(0, 100, 6, 868300000, 5);
        long startMs = (bench.NowMs / 1000 * 1000) + 100_000;
        string answer = server.Ask(200, request);
        AssertTimeToStart(server, answer, startMs);
        bench.RunUntil(startMs - 1000);
        Assert.Equal((869525000, 12), (bench.Radio.Listening!.Value.FrequencyHz, bench.Radio.Listening.Value.SpreadingFactor));
        bench.RunUntil(startMs);
        Assert.Equal((868300000, 7), (bench.Radio.Listening!.Value.FrequencyHz, bench.Radio.Listening.Value.SpreadingFactor));
        server.SendToGroup(PackageServer.GroupFrame(0, 11, "aa"), 868300000, 7);
        Assert.Equal("0 11 aa", server.TakeMessage());
        bench.RunUntil(startMs + 64_000 - 1000);
        Assert.Equal(868300000, bench.Radio.Listening!.Value.FrequencyHz);
        bench.RunUntil(startMs + 64_000 + 1000);
        Assert.Equal((869525000, 12), (bench.Radio.Listening!.Value.FrequencyHz, bench.Radio.Listening.Value.SpreadingFactor));
        bench.Network.SendClassC(new Downlink(7, "55"));
        bench.RunFor(3000);
        Assert.Equal("-1 7 55", server.TakeMessage());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Given_a_session_goes_on_When_the_pole_sends_Then_its_answer_is_heard_in_both_windows_and_the_session_goes_on_around_them(bool answersInRx2)
    {
        PackageServer server = PackageServer.Joined();
        DeviceBench bench = server.Bench;
        server.SetUpGroup();
        server.Ask(200, server.SessionRequest(0, 60, 8, 868300000, 5));
        bench.RunFor(60_000);
        Assert.True(bench.Device.MulticastSessions.IsActive);
        bench.Network.AnswersInRx2 = answersInRx2;
        bench.Network.Waiting.Enqueue(new Downlink(7, "77"));
        bench.Send("0102");
        bench.RunFor(400);

        // Between the uplink and RX1 the group is heard.
        server.SendToGroup(PackageServer.GroupFrame(0, 11, "aa"), 868300000, 7);
        Assert.Equal("0 11 aa", server.TakeMessage());
        bench.RunFor(4000);
        Assert.Equal("-1 7 77", server.TakeMessage());
        Assert.True(bench.Device.IsIdle);
        Assert.Equal((868300000, 7), (bench.Radio.Listening!.Value.FrequencyHz, bench.Radio.Listening.Value.SpreadingFactor));
        server.SendToGroup(PackageServer.GroupFrame(1, 11, "bb"), 868300000, 7);
        Assert.Equal("0 11 bb", server.TakeMessage());
    }

    [Fact]
    public void Given_a_session_that_cannot_be_When_it_is_asked_for_Then_the_answer_says_why()
    {
        PackageServer server = PackageServer.Joined();
        Assert.Equal("0411", server.Ask(200, server.SessionRequest(1, 60, 4)));
        server.SetUpGroup(1);
        Assert.Equal("0421", server.Ask(200, server.SessionRequest(1, -1, 4)));
        Assert.Equal("0409", server.Ask(200, server.SessionRequest(1, 60, 4, 915000000)));
        Assert.Equal("0405", server.Ask(200, server.SessionRequest(1, 60, 4, dataRate: 13)));
        Assert.Equal("050d", server.Ask(200, server.SessionRequest(1, 60, 4, cid: MulticastSetupCommand.McClassBSession)));
        server.Bench.RunFor(100_000);
        Assert.False(server.Bench.Device.MulticastSessions.IsActive);
    }

    [Fact]
    public void Given_the_clock_is_unknown_When_a_session_is_asked_for_Then_the_answer_says_so_and_the_session_waits_for_the_time()
    {
        DeviceBench bench = new();
        bench.Network.AnswersTime = false;
        bench.Join();
        PackageServer server = new(bench);
        server.SetUpGroup();
        Assert.Equal("0400ffffff", server.Ask(200, server.SessionRequest(0, 300, 6, 868300000, 5)));
        long startMs = bench.NowMs + 280_000;
        bench.Network.AnswersTime = true;
        bench.RunUntil(startMs + 2000);
        Assert.True(bench.Clock.IsKnown);
        Assert.Equal(868300000, bench.Radio.Listening!.Value.FrequencyHz);
    }

    [Fact]
    public void Given_sessions_of_two_groups_overlap_When_both_are_on_Then_the_first_has_the_radio_until_it_ends_or_is_deleted()
    {
        PackageServer server = PackageServer.Joined();
        DeviceBench bench = server.Bench;
        server.SetUpGroup(0);
        server.SetUpGroup(1, mcAddr: 0x01AA0000);
        server.Ask(200, server.SessionRequest(0, 200, 9, 868300000, 5) + server.SessionRequest(1, 150, 9, 868500000, 4));
        bench.RunFor(200_000);
        Assert.Equal((868500000, 8), (bench.Radio.Listening!.Value.FrequencyHz, bench.Radio.Listening.Value.SpreadingFactor));
        bench.Network.Waiting.Enqueue(new Downlink(200, "0301"));
        bench.SendAndFinish();
        bench.RunFor(20_000);
        Assert.Equal((868300000, 7), (bench.Radio.Listening!.Value.FrequencyHz, bench.Radio.Listening.Value.SpreadingFactor));
    }

    // TimeToStart counts from the answer, not from the request.
    private static void AssertTimeToStart(PackageServer server, string answer, long startMs)
    {
        Assert.Equal("0400", answer[..4]);
        byte[] bytes = Hex.Bytes(answer[4..] + "00");
        long sentMs = server.Bench.Network.Uplinks[^1].Transmission.StartMs;
        Assert.InRange(BitConverter.ToUInt32(bytes) * 1000L, startMs - sentMs - 1100, startMs - sentMs + 100);
    }
}
