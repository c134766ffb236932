// Confirmed frames in both directions, and repetitions.
using Simulation.Conformance.Bench;

namespace Simulation.Conformance.Cases;

/// <summary>TS001-1.0.4, sections 4.3.1.2, 4.3.1.3 and 5.2 (NbTrans).</summary>
internal static class AcknowledgementCases
{
    private const string Ack = "TS001-1.0.4 4.3.1.2";
    private const string Retransmission = "TS001-1.0.4 4.3.1.3";

    /// <summary>The cases.</summary>
    public static IEnumerable<ConformanceCase> All()
    {
        yield return Case(Ack, "A confirmed downlink in RX1 is acknowledged by the next uplink", bench => Acknowledges(bench, false));
        yield return Case(Ack, "A confirmed downlink in RX2 is acknowledged by the next uplink", bench => Acknowledges(bench, true));
        yield return Case(Ack, "A confirmed downlink is acknowledged even if there is nothing else to send", AcknowledgesAlone);
        yield return Case(Ack, "A confirmed downlink is acknowledged once", AcknowledgesOnce);
        yield return Case(Ack, "An unconfirmed downlink is not acknowledged", NoAcknowledgement);
        yield return Case(Retransmission, "A confirmed uplink that is acknowledged in RX1 is not sent again", bench => Acknowledged(bench, false));
        yield return Case(Retransmission, "A confirmed uplink that is acknowledged in RX2 is not sent again", bench => Acknowledged(bench, true));
        yield return Case(Retransmission, "A confirmed uplink without acknowledgement is sent NbTrans times with the same counter, then with the next", Unacknowledged);
        yield return Case(Retransmission, "After a missing acknowledgement RETRANSMIT_TIMEOUT of 1 s at least passes behind RECEIVE_DELAY2", RetransmitTimeout);
        yield return Case(Retransmission, "A downlink without ACK in a window ends the repetitions of a confirmed frame", DownlinkWithoutAck);
        yield return Case(Retransmission, "An unconfirmed uplink is sent NbTrans times, each time the same octets", Repetitions);
        yield return Case(Retransmission, "Repetitions end with a downlink in RX1", bench => RepetitionsEnd(bench, false));
        yield return Case(Retransmission, "Repetitions end with a downlink in RX2", bench => RepetitionsEnd(bench, true));
        yield return Case(Retransmission, "A class C downlink does not end repetitions", ClassCDoesNotEnd);
        yield return Case(Retransmission, "Repetitions change the channel as any uplinks do", Hopping);
        yield return Case(Retransmission, "An ACK that nobody asked for does no harm", UnaskedAck);
    }

    private static ConformanceCase Case(string section, string requirement, Action<ConformanceBench> attempt) =>
        new("Acknowledgements and repetitions", section, requirement, attempt);

    private static void Acknowledges(ConformanceBench bench, bool isInRx2)
    {
        bench.Join();
        bench.Answer(new DownlinkSpec { FPort = 3, Payload = "01", IsConfirmed = true }, isInRx2);
        int before = bench.Network.Uplinks.Count;
        bench.SendAndFinish();
        bench.SendAndFinish();
        Check.That(!bench.Network.Uplinks[before].IsAck, "the uplink before the downlink has ACK");
        Check.That(bench.Network.Uplinks[before + 1].IsAck, "the uplink after the downlink has no ACK");
    }

    private static void AcknowledgesAlone(ConformanceBench bench)
    {
        bench.Join();
        bench.Exchange(new DownlinkSpec { FPort = 3, Payload = "01", IsConfirmed = true });
        bench.RunFor(60_000);
        Check.That(bench.Network.Uplinks[^1].IsAck, "no acknowledgement within a minute");
    }

    private static void AcknowledgesOnce(ConformanceBench bench)
    {
        bench.Join();
        bench.Exchange(new DownlinkSpec { FPort = 3, Payload = "01", IsConfirmed = true });
        bench.RunFor(60_000);
        int acks = bench.Network.Uplinks.Count(u => u.IsAck);
        bench.SendAndFinish();
        bench.SendAndFinish();
        Check.Equal(1, acks, "uplinks with ACK");
        Check.Equal(acks, bench.Network.Uplinks.Count(u => u.IsAck), "uplinks with ACK in the end");
    }

    private static void NoAcknowledgement(ConformanceBench bench)
    {
        bench.Join();
        bench.Exchange(new DownlinkSpec { FPort = 3, Payload = "01" });
        bench.SendAndFinish();
        Check.That(bench.Network.Uplinks.All(u => !u.IsAck), "an uplink has ACK");
    }

    private static void Acknowledged(ConformanceBench bench, bool isInRx2)
    {
        bench.Join();
        bench.Answer(new DownlinkSpec { IsAck = true }, isInRx2);
        int before = bench.Network.Uplinks.Count;
        bench.SendAndFinish(isConfirmed: true);
        bench.RunFor(120_000);
        Check.Equal(1, bench.Network.Uplinks.Count - before, "transmissions");
        Check.Equal((1, 0), (bench.Device.SentCount, bench.Device.UnacknowledgedCount), "messages acknowledged and given up");
    }

    private static void Unacknowledged(ConformanceBench bench)
    {
        bench.Join();
        bench.Exchange(new DownlinkSpec { FOpts = "0350070002" });
        bench.SendAndFinish();
        int before = bench.Network.Uplinks.Count;
        bench.SendAndFinish("0c", isConfirmed: true);
        List<HeardUplink> tries = bench.Network.Uplinks[before..];
        Check.That(tries.Count >= 4, "only " + tries.Count + " transmissions");
        for (int i = 0; i < tries.Count; i++)
        {
            Check.Equal(tries[0].FCnt + (uint)(i / 2), tries[i].FCnt, "counter of transmission " + (i + 1));
            Check.Equal("0c", tries[i].Payload, "payload of transmission " + (i + 1));
            Check.That(tries[i].IsConfirmed, "transmission " + (i + 1) + " is not confirmed");
        }
    }

    private static void RetransmitTimeout(ConformanceBench bench)
    {
        bench.Join();
        int before = bench.Network.Uplinks.Count;
        bench.SendAndFinish(isConfirmed: true);
        List<Transmission> tries = [.. bench.Network.Uplinks[before..].Select(u => u.Transmission)];
        for (int i = 1; i < tries.Count; i++)
        {
            Check.That(tries[i].StartUs - tries[i - 1].EndUs >= 3_000_000, "transmission " + (i + 1) + " came too soon");
        }

        Check.That(tries.Count > 1, "there is only one transmission");
    }

    private static void DownlinkWithoutAck(ConformanceBench bench)
    {
        bench.Join();
        bench.Exchange(new DownlinkSpec { FOpts = "0350070003" });
        bench.SendAndFinish();
        int before = bench.Network.Uplinks.Count;
        bench.Answer(new DownlinkSpec { FPort = 3, Payload = "01" });
        bench.Answer(new DownlinkSpec { IsAck = true });
        bench.SendAndFinish(isConfirmed: true);
        List<HeardUplink> tries = bench.Network.Uplinks[before..];
        Check.Equal(2, tries.Count, "transmissions");
        Check.Equal(tries[0].FCnt + 1, tries[1].FCnt, "counter after the downlink without ACK");
        Check.That(tries[1].Transmission.StartUs - tries[0].Transmission.EndUs >= 3_000_000, "the next frame came too soon");
        Check.Equal("01", bench.TakeDownlink(), "message of the downlink");
    }

    private static List<HeardUplink> SendThrice(ConformanceBench bench)
    {
        bench.Join();
        bench.Exchange(new DownlinkSpec { FOpts = "0350070003" });
        bench.SendAndFinish();
        int before = bench.Network.Uplinks.Count;
        bench.SendAndFinish("0d");
        return bench.Network.Uplinks[before..];
    }

    private static void Repetitions(ConformanceBench bench)
    {
        List<HeardUplink> sent = SendThrice(bench);
        Check.Equal(3, sent.Count, "transmissions");
        Check.Equal(1, sent.Select(u => Convert.ToHexString(u.Transmission.Frame)).Distinct().Count(), "different frames");
    }

    private static void RepetitionsEnd(ConformanceBench bench, bool isInRx2)
    {
        SendThrice(bench);
        int before = bench.Network.Uplinks.Count;
        bench.Exchange(new DownlinkSpec { FPort = 3, Payload = "01" }, isInRx2);
        bench.RunFor(60_000);
        Check.Equal(1, bench.Network.Uplinks.Count - before, "transmissions");
    }

    private static void ClassCDoesNotEnd(ConformanceBench bench)
    {
        // RX2 at SF7, so that a class C frame fits between the uplink and RX1.
        SendThrice(bench);
        bench.Command("0505d2ad84");
        bench.Network.Rx2 = bench.Network.Rx2 with { SpreadingFactor = 7 };
        bench.Exchange(new DownlinkSpec());
        int before = bench.Network.Uplinks.Count;
        HeardUplink uplink = bench.Send();
        byte[] frame = bench.Network.Build(new DownlinkSpec { FPort = 3, Payload = "c0" });
        bench.Network.Emit(bench.Network.Rx2, uplink.Transmission.EndUs + 100_000, frame);
        bench.Finish();
        Check.Equal("c0", bench.TakeDownlink(), "class C message");
        Check.Equal(3, bench.Network.Uplinks.Count - before, "transmissions");
    }

    private static void Hopping(ConformanceBench bench)
    {
        SendThrice(bench);
        int before = bench.Network.Uplinks.Count;
        for (int i = 0; i < 10; i++)
        {
            bench.SendAndFinish();
        }

        List<List<int>> frequencies =
        [
            .. bench.Network.Uplinks[before..].GroupBy(u => u.FCnt).Select(g => g.Select(u => u.Transmission.FrequencyHz).ToList()),
        ];
        Check.That(frequencies.Count(f => f.Distinct().Count() > 1) > 5, "repetitions stay on one channel");
    }

    private static void UnaskedAck(ConformanceBench bench)
    {
        bench.Join();
        bench.Exchange(new DownlinkSpec { IsAck = true, FPort = 3, Payload = "01" });
        Check.Equal("01", bench.TakeDownlink(), "message");
        bench.Answer(new DownlinkSpec { IsAck = true });
        bench.SendAndFinish(isConfirmed: true);
        Check.Equal(0, bench.Device.UnacknowledgedCount, "messages given up");
    }
}
