// Class C: listening whenever nothing else is to be done, and what a class C downlink may and may not do.
using Simulation.Conformance.Bench;

namespace Simulation.Conformance.Cases;

/// <summary>TS001-1.0.4, section 15.</summary>
internal static class ClassCCases
{
    private const string Section = "TS001-1.0.4 15";

    /// <summary>The cases.</summary>
    public static IEnumerable<ConformanceCase> All()
    {
        yield return Case("The device listens with RX2's parameters whenever it does not transmit or receive in a class A window", AlwaysListens);
        yield return Case("It listens between an uplink and RX1", BeforeRx1);
        yield return Case("It listens between RX1 and RX2", BetweenWindows);
        yield return Case("It listens without an end after RX2", AfterWindows);
        yield return Case("A class C message arrives at any time", AnyTime);
        yield return Case("RX1 is opened even while a class C frame is being received", Rx1HasPriority);
        yield return Case("Class A and class C downlinks share one counter", OneCounter);
        yield return Case("A class C frame with MAC commands in FOpts is discarded whole", bench => NoCommands(bench, new DownlinkSpec { FOpts = "06", FPort = 3, Payload = "01" }));
        yield return Case("A class C frame with MAC commands on FPort 0 is discarded whole", bench => NoCommands(bench, new DownlinkSpec { FPort = 0, Payload = "06" }));
        yield return Case("A confirmed class C downlink is acknowledged within 8 s (CLASS_C_RESP_TIMEOUT)", AcknowledgedInTime);
        yield return Case("An acknowledgement that could not be sent within 8 s is not sent at all", LateAcknowledgement);
        yield return Case("A frame that acknowledges a class C downlink is not repeated after 8 s", NoLateRepetition);
        yield return Case("A class C downlink during a transmission is missed without harm", DuringTransmission);
    }

    private static ConformanceCase Case(string requirement, Action<ConformanceBench> attempt) => new("Class C", Section, requirement, attempt);

    // RX2 at SF7, so that class C frames are short: 51 ms.
    private static void JoinWithFastRx2(ConformanceBench bench)
    {
        bench.Network.AcceptJoin = _ => new JoinAnswer(bench.Network.NextAccept() with { DlSettings = 0x05 });
        bench.Join();
        bench.RunFor(600_000);
    }

    private static void AlwaysListens(ConformanceBench bench)
    {
        bench.Join();
        for (int i = 0; i < 50; i++)
        {
            bench.RunFor(977);
            Listening? current = bench.Radio.Current;
            Place place = new(current?.FrequencyHz ?? 0, current?.SpreadingFactor ?? 0, current?.BandwidthHz ?? 0);
            Check.Equal(bench.Network.Rx2, place, "where the device listens");
            Check.That(current!.IsContinuous, "the device does not listen continuously");
        }
    }

    private static void At(ConformanceBench bench, long afterUplinkMs)
    {
        JoinWithFastRx2(bench);
        HeardUplink uplink = bench.Send();
        byte[] frame = bench.Network.Build(new DownlinkSpec { FPort = 3, Payload = "c0" });
        bench.Network.Emit(bench.Network.Rx2, uplink.Transmission.EndUs + (afterUplinkMs * 1000), frame);
        bench.Finish();
        Check.Equal("c0", bench.TakeDownlink(), "message that began " + afterUplinkMs + " ms after the uplink");
    }

    private static void BeforeRx1(ConformanceBench bench) => At(bench, 200);

    private static void BetweenWindows(ConformanceBench bench) => At(bench, 1500);

    private static void AfterWindows(ConformanceBench bench)
    {
        At(bench, 2500);
        bench.RunFor(24 * 3_600_000 - 7000);
        bench.ClassC(new DownlinkSpec { FPort = 3, Payload = "c1" });
        Check.Equal("c1", bench.TakeDownlink(), "message a day later");
    }

    private static void AnyTime(ConformanceBench bench)
    {
        bench.Join();
        for (int i = 10; i < 40; i++)
        {
            bench.RunFor(i * 331);
            bench.ClassC(new DownlinkSpec { FPort = 3, Payload = i.ToString(null, null) });
            Check.Equal(i.ToString(null, null), bench.TakeDownlink(), "message");
        }
    }

    private static void Rx1HasPriority(ConformanceBench bench)
    {
        // A class C frame at SF12 that is still on air when RX1 opens.
        bench.Join();
        bench.Answer(new DownlinkSpec { FPort = 3, Payload = "a1" });
        HeardUplink uplink = bench.Send();
        byte[] frame = bench.Network.Build(new DownlinkSpec { FPort = 3, Payload = "c0" });
        bench.Network.Emit(bench.Network.Rx2, uplink.Transmission.EndUs + 300_000, frame);
        bench.Finish();
        Check.Equal("a1", bench.TakeDownlink(), "message in RX1");
    }

    private static void OneCounter(ConformanceBench bench)
    {
        bench.Join();
        bench.Exchange(new DownlinkSpec { FPort = 3, Payload = "a1" });
        bench.TakeDownlink();
        bench.RunFor(60_000);
        bench.Network.FCntDown--;
        bench.ClassC(new DownlinkSpec { FPort = 3, Payload = "c1" });
        Check.Equal("", bench.TakeDownlink(), "class C message with the counter of the class A one");
        bench.ClassC(new DownlinkSpec { FPort = 3, Payload = "c2" });
        Check.Equal("c2", bench.TakeDownlink(), "class C message with the next counter");
    }

    private static void NoCommands(ConformanceBench bench, DownlinkSpec spec)
    {
        bench.Join();
        int heard = bench.Radio.HeardCount;
        bench.ClassC(spec);
        Check.Equal(heard + 1, bench.Radio.HeardCount, "frames heard");
        Check.Equal("", bench.TakeDownlink(), "message");
        Check.Equal("", bench.SendAndFinish().MacCommands, "answers");
    }

    private static void AcknowledgedInTime(ConformanceBench bench)
    {
        bench.Join();
        bench.RunFor(600_000);
        bench.Network.SendClassC(new DownlinkSpec { FPort = 3, Payload = "01", IsConfirmed = true });
        long endUs = 0;
        bench.RunUntil(() => bench.Device.DownlinkPort != 0, 10_000);
        endUs = bench.NowUs;
        int before = bench.Network.Uplinks.Count;
        Check.That(bench.RunUntil(() => bench.Network.Uplinks.Count > before, 8000), "nothing was sent within 8 s");
        Check.That(bench.Network.Uplinks[^1].IsAck, "the uplink has no ACK");
        Check.That(bench.Network.Uplinks[^1].Transmission.EndUs - endUs <= 8_000_000, "the acknowledgement ends later than 8 s after the downlink");
    }

    private static void LateAcknowledgement(ConformanceBench bench)
    {
        // At 1/4096 an uplink of 46 ms is followed by three minutes of silence.
        bench.Join();
        bench.Command("040c");
        bench.RunFor(3_600_000);
        bench.SendAndFinish();
        bench.ClassC(new DownlinkSpec { FPort = 3, Payload = "01", IsConfirmed = true });
        Check.Equal("01", bench.TakeDownlink(), "message");
        bench.RunFor(3_600_000);
        bench.SendAndFinish();
        Check.That(bench.Network.Uplinks.All(u => !u.IsAck), "an uplink has ACK");
    }

    private static void NoLateRepetition(ConformanceBench bench)
    {
        bench.Join();
        bench.Exchange(new DownlinkSpec { FOpts = "035007000f" });
        bench.SendAndFinish();
        bench.RunFor(3_600_000);
        bench.Network.SendClassC(new DownlinkSpec { FPort = 3, Payload = "01", IsConfirmed = true });
        bench.RunUntil(() => bench.Device.DownlinkPort != 0, 10_000);
        long endUs = bench.NowUs;
        bench.RunFor(120_000);
        List<HeardUplink> acks = [.. bench.Network.Uplinks.Where(u => u.IsAck)];
        Check.That(acks.Count > 0, "no acknowledgement");
        Check.That(acks.All(u => u.Transmission.StartUs - endUs <= 8_000_000), "a repetition later than 8 s after the downlink");
    }

    private static void DuringTransmission(ConformanceBench bench)
    {
        JoinWithFastRx2(bench);
        byte[] frame = bench.Network.Build(new DownlinkSpec { FPort = 3, Payload = "c0" });
        HeardUplink uplink = bench.Send(new string('0', 400));
        bench.Network.Emit(bench.Network.Rx2, uplink.Transmission.StartUs + 10_000, frame);
        bench.Finish();
        Check.Equal("", bench.TakeDownlink(), "message sent during a transmission");
        bench.ClassC(new DownlinkSpec { FPort = 3, Payload = "c1" });
        Check.Equal("c1", bench.TakeDownlink(), "message afterwards");
    }
}
