// Every kind of frame the network server makes, judged by lora-packet.
using LoRaWan.Tests.Oracles;
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
