// Multicast at the network server: set-up by TS005, one counter for all, gateways that do not spoil each other's copies.
using System.Buffers.Binary;
using System.Security.Cryptography;
using PoleController.LoRaWan;
using Simulation.Network;
using Simulation.Radio;
using Xunit;

namespace Simulation.Tests.Network;

public sealed class MulticastTests
{
    private const int Rx2FrequencyHz = 869_525_000;
    private static readonly byte[] _mcKey = [.. Enumerable.Range(1, 16).Select(static i => (byte)i)];

    [Fact]
    public void Given_a_group_When_a_pole_is_heard_Then_it_is_told_group_keys_and_session_by_unicast()
    {
        NetworkBench bench = Bench(poleCount: 1, isSetUpRemotely: true);
        bench.JoinAll();
        bench.Poles[0].SendUplink(10, [1]);
        bench.Run(3);

        // The first request went out with the first uplink after the join, in JoinAll.
        Assert.Equal(1, bench.Network.NetworkStatistics.MulticastSetupRequestCount);
        bench.Run(70);
        bench.Poles[0].SendUplink(10, [1]);
        bench.Run(3);
        SentDownlink request = Assert.Single(bench.Downlinks);
        byte[] payload = Open(bench.Poles[0], request, out int fPort);
        Assert.Equal((200, 41), (fPort, payload.Length));

        // TS005-1.0.0, section 4.3: CID, McGroupIDHeader, McAddr, McKey_encrypted, minMcFCnt, maxMcFCnt; then section 4.5.
        Assert.Equal((0x02, 0x00), (payload[0], payload[1]));
        byte[] genAppKey = NetworkBench.Site(0, 0, 0).GenAppKey;
        byte[] mcKeKey = Encrypt(Encrypt(genAppKey, new byte[16]), new byte[16]);
        Assert.Equal(_mcKey, Encrypt(mcKeKey, payload[6..22]));
        Assert.Equal((0u, uint.MaxValue), (Number(payload, 22), Number(payload, 26)));
        Assert.Equal((0x04, 0x00, 15), (payload[30], payload[31], payload[36]));
        Assert.Equal(Rx2FrequencyHz, (payload[37] | (payload[38] << 8) | (payload[39] << 16)) * 100);
        Assert.Equal(3, payload[40]);

        long gpsNow = ((NetworkBench.StartUtcMs + (bench.NowUs / 1000)) / 1000) - 315_964_800 + 18;
        Assert.InRange(Number(payload, 32), gpsNow + 50, gpsNow + 70);
    }

    [Fact]
    public void Given_a_member_that_has_acknowledged_When_its_session_has_begun_Then_it_gets_what_the_group_is_told()
    {
        NetworkBench bench = Bench(poleCount: 1, isSetUpRemotely: true);
        bench.JoinAll();
        Assert.True(Enqueue(bench, [0xA1], out _));
        bench.Run(2);
        Assert.Equal(1, bench.Network.NetworkStatistics.MulticastFailedCount); // nobody listens yet

        bench.Poles[0].SendUplink(200, [0x02, 0x00, 0x04, 0x00, 20, 0, 0]);
        bench.Run(3);
        Assert.False(bench.Network.IsListening(0, 0, bench.NowUs));
        bench.Run(20);
        Assert.True(bench.Network.IsListening(0, 0, bench.NowUs));
        bench.Downlinks.Clear();
        Assert.True(Enqueue(bench, [0xA1, 0xA2], out long id));
        bench.Run(2);

        SentDownlink sent = Assert.Single(bench.Downlinks);
        Assert.Equal((Rx2FrequencyHz, 9, DownlinkLossCause.None), (sent.FrequencyHz, sent.SpreadingFactor, sent.Cause));
        Assert.Equal((0x03FFFFFFu, 0u), (Number(sent.Frame, 1), (uint)BinaryPrimitives.ReadUInt16LittleEndian(sent.Frame.AsSpan(6))));
        Assert.Equal((0, id), (bench.Application.MulticastSent[0].Group, bench.Application.MulticastSent[0].Id));
        Assert.Empty(bench.Application.Uplinks); // set-up stays with the network server
    }

    [Fact]
    public void Given_a_refusal_When_the_pole_is_heard_again_Then_it_is_not_asked_any_more()
    {
        NetworkBench bench = Bench(poleCount: 1, isSetUpRemotely: true);
        bench.JoinAll();
        bench.Poles[0].SendUplink(200, [0x02, 0x04]); // IDError
        bench.Run(100);
        bench.Poles[0].SendUplink(10, [1]);
        bench.Run(3);
        Assert.Equal((1, 1), (bench.Network.NetworkStatistics.MulticastSetupRequestCount, bench.Network.NetworkStatistics.MulticastSetupRefusedCount));
    }

    [Fact]
    public void Given_a_new_join_When_the_pole_is_heard_Then_it_is_set_up_again()
    {
        NetworkBench bench = Bench(poleCount: 1, isSetUpRemotely: true);
        bench.JoinAll();
        bench.Poles[0].SendUplink(200, [0x02, 0x00, 0x04, 0x00, 0, 0, 0]);
        bench.Run(3);
        Assert.True(bench.Network.IsListening(0, 0, bench.NowUs));
        bench.JoinAll();
        Assert.False(bench.Network.IsListening(0, 0, bench.NowUs));
        Assert.Equal(2, bench.Network.NetworkStatistics.MulticastSetupRequestCount);
    }

    [Fact]
    public void Given_three_gateways_that_hear_each_other_When_a_group_is_told_often_Then_counters_are_in_order_and_nothing_collides()
    {
        NetworkBench bench = ThreeGateways(fadingDecibel: 2);
        for (int message = 0; message < 20; message++)
        {
            Assert.True(Enqueue(bench, [(byte)message], out _));
            bench.Run(1);
        }

        bench.Run(20);
        Assert.Equal(20, bench.Application.MulticastSent.Count);
        Assert.All(bench.Downlinks.Where(downlink => downlink.Live.IsAddressed), downlink => Assert.Equal(DownlinkLossCause.None, downlink.Cause));
        foreach (IGrouping<int, SentDownlink> pole in bench.Downlinks.GroupBy(downlink => downlink.Pole))
        {
            int[] counters = [.. pole.OrderBy(downlink => downlink.StartUs).Select(downlink => downlink.Frame[6] | (downlink.Frame[7] << 8))];
            Assert.Equal(counters.Order(), counters);
            Assert.Equal(20, counters.Distinct().Count());
        }

        // One gateway alone would not reach all; no two send at a time.
        (long StartUs, long EndUs, int Gateway)[] frames = [.. bench.Downlinks.Select(d => (d.StartUs, d.EndUs, d.Gateway)).Distinct().Order()];
        Assert.True(frames.Select(frame => frame.Gateway).Distinct().Count() > 1);
        for (int at = 1; at < frames.Length; at++)
        {
            Assert.True(frames[at].StartUs >= frames[at - 1].EndUs);
        }
    }

    [Fact]
    public void Given_a_gateway_that_has_failed_When_a_group_is_told_Then_others_send_for_its_members()
    {
        NetworkBench bench = ThreeGateways(fadingDecibel: 0, outage: new GatewayOutage(60_000_000_000, 70_000_000_000));
        Assert.True(Enqueue(bench, [1], out _));
        bench.Run(5);
        int[] before = [.. bench.Downlinks.Select(downlink => downlink.Gateway).Distinct().Order()];
        Assert.Contains(1, before);
        bench.Run(60_001 - (bench.NowUs / 1_000_000));
        bench.Downlinks.Clear();
        Assert.True(Enqueue(bench, [2], out _));
        bench.Run(5);
        Assert.Equal(bench.Poles.Length, bench.Downlinks.Where(downlink => downlink.Live.IsAddressed).Select(downlink => downlink.Pole).Distinct().Count());
        Assert.DoesNotContain(bench.Downlinks, downlink => downlink.Gateway == 1);
    }

    [Fact]
    public void Given_a_duty_cycle_that_is_used_up_When_a_message_expires_Then_it_is_given_up_and_the_limit_holds()
    {
        NetworkBench bench = Bench(poleCount: 3, isSetUpRemotely: false);
        bench.JoinAll();
        int refused = 0;
        for (int message = 0; message < 1500; message++)
        {
            refused += Enqueue(bench, new byte[100], out _) ? 0 : 1;
            bench.Run(1);
        }

        bench.Run(700);
        Assert.InRange(bench.Network.Statistics.Gateways[0].DutyCycleBudgetPermille, 850, 900);
        Assert.Equal(1500, bench.Application.MulticastSent.Count + bench.Application.MulticastFailed.Count + refused);
        Assert.True(bench.Application.MulticastFailed.Count > 0);
        Assert.True(refused > 0);
    }

    [Fact]
    public void Given_a_multicast_frame_Then_an_independent_derivation_of_its_keys_opens_it()
    {
        NetworkBench bench = Bench(poleCount: 1, isSetUpRemotely: false);
        bench.JoinAll();
        Assert.True(Enqueue(bench, [0xC0, 0xDE], out _));
        bench.Run(2);
        (byte[] network, byte[] application) = SessionKeys(0x03FFFFFF);
        byte[] frame = (byte[])Assert.Single(bench.Downlinks).Frame.Clone();
        var codec = new FrameCodec(new Simulation.Parts.AesBlock());
        var header = new DataFrame();
        Assert.True(FrameCodec.TryParse(frame, frame.Length, header));
        Assert.True(codec.IsMicValid(header, 0, network, frame, frame.Length));
        codec.CipherPayload(header, 0, network, application, frame);
        Assert.Equal([0xC0, 0xDE], frame[header.PayloadOffset..(header.PayloadOffset + header.PayloadLength)]);
        Assert.False(header.IsConfirmed);
    }

    /// <summary>McNwkSKey and McAppSKey by TS005-1.0.0, section 4.3, with the AES of the platform.</summary>
    internal static (byte[] Network, byte[] Application) SessionKeys(uint mcAddr)
    {
        byte[] block = new byte[16];
        BinaryPrimitives.WriteUInt32LittleEndian(block.AsSpan(1), mcAddr);
        block[0] = 0x01;
        byte[] application = Encrypt(_mcKey, block);
        block[0] = 0x02;
        return (Encrypt(_mcKey, block), application);
    }

    /// <summary>A network with one gateway and all its poles in one group.</summary>
    internal static NetworkBench Bench(int poleCount, bool isSetUpRemotely) => new(
        poleCount: poleCount,
        network: new NetworkSettings
        {
            MulticastGroups = [new MulticastGroupPlan("all", [.. Enumerable.Range(0, poleCount)], _mcKey) { IsSetUpRemotely = isSetUpRemotely }],
        });

    internal static bool Enqueue(NetworkBench bench, byte[] payload, out long id) =>
        bench.Network.TryEnqueueMulticast(0, 11, payload, payload.Length, bench.NowUs, out id);

    private static NetworkBench ThreeGateways(double fadingDecibel, GatewayOutage? outage = null)
    {
        GatewaySite middle = NetworkBench.Gateway("b", 200, 1500) with { Outages = outage is { } known ? [known] : [] };
        PoleSite[] poles = [.. Enumerable.Range(0, 30).Select(pole => NetworkBench.Site(pole, 80 * (pole % 6), 100 * pole))];
        var bench = new NetworkBench(
            [NetworkBench.Gateway("a", 0, 0), middle, NetworkBench.Gateway("c", 0, 3000)],
            poles,
            new RadioSettings { ShadowingDecibel = 0, FadingDecibel = fadingDecibel, PathLossExponent = 4.2 },
            new NetworkSettings
            {
                MulticastGroups = [new MulticastGroupPlan("all", [.. Enumerable.Range(0, 30)], _mcKey) { IsSetUpRemotely = false }],
            });
        bench.JoinAll();
        return bench;
    }

    private static byte[] Open(BenchPole pole, SentDownlink downlink, out int fPort)
    {
        uint counter = (uint)(downlink.Frame[6] | (downlink.Frame[7] << 8));
        (DataFrame header, _, byte[] payload) = pole.Open(downlink, counter)!.Value;
        fPort = header.FPort;
        return payload;
    }

    private static uint Number(byte[] bytes, int offset) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(offset));

    private static byte[] Encrypt(byte[] key, byte[] block)
    {
        using Aes aes = Aes.Create();
        aes.Key = key;
        return aes.EncryptEcb(block, PaddingMode.None);
    }
}
