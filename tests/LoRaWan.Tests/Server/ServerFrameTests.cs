// Every kind of frame the network server makes, judged by lora-packet.
using LoRaWan.Tests.Oracles;
using Simulation.Network;
using Simulation.Tests.Network;
using Xunit;

namespace LoRaWan.Tests.Server;

public sealed class ServerFrameTests
{
    [Fact]
    public void Join_accept_is_read_by_lora_packet_and_leads_to_its_session()
    {
        SkipWithoutJudge();
        var bench = new NetworkBench();
        Assert.True(bench.Poles[0].Join());
        Assert.True(bench.Poles[0].Join());

        LoraPacketVerdict verdict = LoraPacketOracle.Check(
            new LoraPacketQuery(Hex(bench.Downlinks[1].Frame), AppKey: Hex(NetworkBench.Site(0, 0, 0).AppKey)));

        Assert.Null(verdict.Error);
        Assert.True(verdict.MicValid);
        Assert.Equal("Join Accept", verdict.Type);
        Assert.Equal((2, 1, "02000000"), (verdict.JoinNonce, verdict.NetId, verdict.DevAddr));
        Assert.Equal((0, 3, 1), (verdict.Rx1DrOffset, verdict.Rx2DataRate, verdict.RxDelay));

        // 867.1, 867.3, 867.5, 867.7, 867.9 MHz, type 0: the channels that The Things Stack sends in EU868.
        Assert.Equal("184f84e85684b85e84886684586e8400", verdict.CfList);
    }

    [Fact]
    public void Data_downlinks_of_every_kind_are_read_by_lora_packet()
    {
        SkipWithoutJudge();
        var bench = new NetworkBench(distanceMetres: 1660);
        BenchPole pole = bench.Poles[0];
        pole.DataRate = 0;
        bench.JoinAll();

        pole.SendUplink(10, [1], isConfirmed: true); // 0: acknowledgement alone
        bench.Run(6);
        pole.SendUplink(10, [1], commands: [0x0D, 0x02]); // 1: answers in FOpts
        bench.Run(6);
        Enqueue(bench, 20, [0xA1, 0xA2, 0xA3], isConfirmed: false); // 2: class C
        bench.Run(3);
        Enqueue(bench, 223, new byte[115], isConfirmed: true); // 3: class C, confirmed, as long as may be
        bench.Run(4);
        pole.SendUplink(10, [], isAcknowledge: true);
        bench.Run(6);
        pole.SendUplink(0, [0x02], isConfirmed: true, isAdaptive: true); // 4: acknowledgement, LinkCheckAns, LinkADRReq
        bench.Run(6);

        Assert.Equal(5, bench.Downlinks.Count);
        IReadOnlyList<LoraPacketVerdict> verdicts = LoraPacketOracle.Check(bench.Downlinks.Select((downlink, counter) => new LoraPacketQuery(
            Hex(downlink.Frame), Hex(pole.NetworkSessionKey), Hex(pole.ApplicationSessionKey), FCnt: (uint)counter)));
        for (int counter = 0; counter < 5; counter++)
        {
            Assert.Null(verdicts[counter].Error);
            Assert.True(verdicts[counter].MicValid, $"MIC of downlink {counter}");
            Assert.Equal(("down", "02000000", counter), (verdicts[counter].Direction, verdicts[counter].DevAddr, verdicts[counter].FCnt));
        }

        Assert.Equal((true, "", null), (verdicts[0].Ack, verdicts[0].FOpts, verdicts[0].FPort));
        Assert.Equal("Unconfirmed Data Down", verdicts[0].Type);
        Assert.StartsWith("0d", verdicts[1].FOpts, StringComparison.Ordinal);
        Assert.Equal((18, "02", false), (verdicts[1].FOpts!.Length, verdicts[1].FOpts![12..14], verdicts[1].Ack));
        Assert.Equal((20, "a1a2a3"), (verdicts[2].FPort, verdicts[2].Payload));
        Assert.Equal((223, new string('0', 230), "Confirmed Data Down"), (verdicts[3].FPort, verdicts[3].Payload, verdicts[3].Type));
        Assert.Equal(true, verdicts[4].Ack);
        Assert.StartsWith("02", verdicts[4].FOpts, StringComparison.Ordinal);
        Assert.Equal("0350ff0001", verdicts[4].FOpts![6..]);
    }

    [Fact]
    public void Multicast_data_frames_and_fragments_are_read_by_lora_packet_with_the_group_s_keys()
    {
        SkipWithoutJudge();
        byte[] mcKey = [.. Enumerable.Range(1, 16).Select(static i => (byte)i)];
        var bench = new NetworkBench(network: new NetworkSettings { MulticastGroups = [new MulticastGroupPlan("all", [0], mcKey) { IsSetUpRemotely = false }] });
        bench.JoinAll();
        Assert.True(bench.Network.TryEnqueueMulticast(0, 11, [0xC0, 0xDE], 2, bench.NowUs, out _)); // 0: a command
        bench.Run(3);
        Assert.True(bench.Network.TryEnqueueMulticast(0, 201, [0x08, 0x01, 0x00, 0xAA, 0xBB], 5, bench.NowUs, out _)); // 1: a fragment
        bench.Run(3);

        // TS005-1.0.0, section 4.3, with the AES of the platform.
        byte[] block = [0x02, 0xFF, 0xFF, 0xFF, 0x03, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        using var aes = System.Security.Cryptography.Aes.Create();
        aes.Key = mcKey;
        byte[] network = aes.EncryptEcb(block, System.Security.Cryptography.PaddingMode.None);
        block[0] = 0x01;
        byte[] application = aes.EncryptEcb(block, System.Security.Cryptography.PaddingMode.None);
        IReadOnlyList<LoraPacketVerdict> verdicts = LoraPacketOracle.Check(
            bench.Downlinks.Select((downlink, counter) => new LoraPacketQuery(Hex(downlink.Frame), Hex(network), Hex(application), FCnt: (uint)counter)));
        Assert.Equal(2, verdicts.Count);
        Assert.All(verdicts, verdict => Assert.True(verdict.MicValid));
        Assert.Equal(("Unconfirmed Data Down", "03ffffff", 11, "c0de"), (verdicts[0].Type, verdicts[0].DevAddr, verdicts[0].FPort, verdicts[0].Payload));
        Assert.Equal((1, 201, "080100aabb"), (verdicts[1].FCnt, verdicts[1].FPort, verdicts[1].Payload));
    }

    [Fact]
    public void Requests_by_MAC_command_and_counters_over_16_bits_are_read_by_lora_packet()
    {
        SkipWithoutJudge();
        var bench = new NetworkBench();
        BenchPole pole = bench.Poles[0];
        new Random(3).NextBytes(pole.NetworkSessionKey);
        new Random(4).NextBytes(pole.ApplicationSessionKey);
        pole.Accept.DevAddr = 0x0200_0000;
        pole.UplinkCounter = 65_535;
        bench.Network.Personalise(0, 0x0200_0000, pole.NetworkSessionKey, pole.ApplicationSessionKey, 0, 65_535, 65_535);
        bench.Network.DeviceRequests.AskStatus(0);
        bench.Network.DeviceRequests.AskChannel(0, 3, 867_100_000, 0, 5);
        bench.Network.DeviceRequests.AskReceiveDelay(0, 5);
        for (int uplink = 0; uplink < 2; uplink++)
        {
            pole.SendUplink(10, [1], isConfirmed: true);
            bench.Run(6);
        }

        IReadOnlyList<LoraPacketVerdict> verdicts = LoraPacketOracle.Check(bench.Downlinks.Select((downlink, at) => new LoraPacketQuery(
            Hex(downlink.Frame), Hex(pole.NetworkSessionKey), Hex(pole.ApplicationSessionKey), FCnt: (uint)(65_535 + at))));
        Assert.Equal(2, verdicts.Count);
        Assert.All(verdicts, verdict => Assert.True(verdict.MicValid));
        Assert.All(verdicts, verdict => Assert.Equal("060703184f84500805", verdict.FOpts)); // not answered: asked again
        Assert.Equal([65_535, 0], verdicts.Select(verdict => verdict.FCnt!.Value));
        Assert.Equal(2, bench.Network.NetworkStatistics.AcceptedUplinkCount);
    }

    private static void Enqueue(NetworkBench bench, int fPort, byte[] payload, bool isConfirmed) =>
        Assert.True(bench.Network.TryEnqueue(0, fPort, payload, payload.Length, isConfirmed, bench.NowUs, out _));

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);

    private static void SkipWithoutJudge()
    {
        if (LoraPacketOracle.NotAvailableReason is { } reason)
        {
            Assert.Skip(reason);
        }
    }
}
