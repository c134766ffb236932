// The class A receive windows: where, when and how long.
using Simulation.Conformance.Bench;
using Simulation.Engine;

namespace Simulation.Conformance.Cases;

/// <summary>TS001-1.0.4, section 3.3.</summary>
internal static class ReceiveWindowCases
{
    /// <summary>The cases.</summary>
    public static IEnumerable<ConformanceCase> All()
    {
        yield return Case("TS001-1.0.4 3.3.2", "RX1 is on the uplink's channel and, with offset 0, at its data rate, for DR0 to DR5", Rx1AtEveryDataRate);
        yield return Case("TS001-1.0.4 3.3.3", "RX2 opens a second after RX1 at 869.525 MHz and DR0 unless the network said otherwise", Rx2);
        yield return Case("TS001-1.0.4 3.3.1", "After a frame for the device in RX1, RX2 is not opened", NoRx2AfterRx1);
        yield return Case("TS001-1.0.4 3.3.1", "After a frame for somebody else in RX1, RX2 is opened", Rx2AfterForeignFrame);
        yield return Case("TS001-1.0.4 3.3.1", "After a frame with a wrong MIC in RX1, RX2 is opened", Rx2AfterWrongMic);
        yield return Case("TS001-1.0.4 3.3.6", "No uplink is sent before RX2 of the one before is over", NoUplinkInWindows);
        yield return Case("TS001-1.0.4 3.3.2", "A window is open at its exact time and not only after it", OpenInTime);
        yield return Case("TS001-1.0.4 3.3.4", "A window is long enough to notice a preamble that begins at the exact time", LongEnough);
        yield return new ConformanceCase(
            "Receive windows",
            "TS001-1.0.4 3.3.4",
            "With a clock in steps of 10 ms, 40 ppm fast, and steps and events noticed late, both windows hear a downlink at the exact time",
            ReachedInBothWindows,
            () => Unsteady(40));
        yield return new ConformanceCase(
            "Receive windows",
            "TS001-1.0.4 3.3.4",
            "The same with a clock 40 ppm slow and windows at 15 and 16 s",
            ReachedAfter15Seconds,
            () => Unsteady(-40));
    }

    private static ConformanceCase Case(string section, string requirement, Action<ConformanceBench> attempt) =>
        new("Receive windows", section, requirement, attempt);

    private static BenchSetup Unsteady(int errorPpm)
    {
        RandomStream random = new(3, "lateness", errorPpm);
        return new BenchSetup
        {
            Clock = new TesterClock(stepMs: 10, errorPpm, noticeUs: 10_000, radioStartUs: 5000),
            LatenessUs = () => random.Next(1000),
        };
    }

    private static void Rx1AtEveryDataRate(ConformanceBench bench)
    {
        bench.Join();
        for (int dataRate = 0; dataRate <= 5; dataRate++)
        {
            bench.Exchange(new DownlinkSpec { FOpts = "03" + dataRate + "0070001" });
            HeardUplink uplink = bench.Exchange(new DownlinkSpec { FPort = 9, Payload = "0" + dataRate });
            Check.Equal(12 - dataRate, uplink.Transmission.SpreadingFactor, "spreading factor of the uplink");
            Check.Equal("0" + dataRate, bench.TakeDownlink(), "message in RX1 at DR" + dataRate);
        }
    }

    private static void Rx2(ConformanceBench bench)
    {
        bench.Join();
        bench.Exchange(new DownlinkSpec { FPort = 9, Payload = "01" }, isInRx2: true);
        Check.Equal("01", bench.TakeDownlink(), "message in RX2");

        // At a join both windows are opened by themselves: class C begins with the session.
        ConformanceBench joining = new();
        joining.Network.AcceptJoin = _ => null;
        joining.RunUntil(() => joining.Radio.Listenings.Count == 2, 3_600_000);
        Listening rx2 = joining.Radio.Listenings[1];
        Check.Equal(new Place(869525000, 12, 125000), new Place(rx2.FrequencyHz, rx2.SpreadingFactor, rx2.BandwidthHz), "RX2");
    }

    private static void NoRx2AfterRx1(ConformanceBench bench)
    {
        bench.Join();
        Check.Equal(1, bench.Radio.Listenings.Count(l => !l.IsContinuous && l.StartUs < bench.Network.JoinRequests[0].Transmission.EndUs + 7_000_000), "windows");
    }

    private static void Rx2AfterForeignFrame(ConformanceBench bench)
    {
        bench.Join();
        byte[] foreign = bench.Network.Build(new DownlinkSpec { DevAddr = 0x01020304, FPort = 1, Payload = "00" });
        AnsweredInRx2(bench, foreign);
    }

    private static void Rx2AfterWrongMic(ConformanceBench bench)
    {
        bench.Join();
        byte[] wrong = bench.Network.Build(new DownlinkSpec { IsMicBroken = true, FPort = 1, Payload = "00" });
        AnsweredInRx2(bench, wrong);
    }

    private static void AnsweredInRx2(ConformanceBench bench, byte[] inRx1)
    {
        int heard = bench.Radio.HeardCount;
        bench.Answer(new DownlinkSpec { FPort = 6, Payload = "66" }, isInRx2: true);
        Transmission sent = bench.Send().Transmission;
        bench.Network.Emit(new Place(sent.FrequencyHz, sent.SpreadingFactor, sent.BandwidthHz), sent.EndUs + 1_000_000, inRx1);
        bench.Finish();
        Check.Equal(heard + 2, bench.Radio.HeardCount, "frames heard");
        Check.Equal("66", bench.TakeDownlink(), "message in RX2");
    }

    private static void NoUplinkInWindows(ConformanceBench bench)
    {
        bench.Join();
        bench.RunFor(3_000_000);
        int before = bench.Radio.Sent.Count;
        for (int i = 0; i < 5; i++)
        {
            bench.Send();
        }

        for (int i = before + 1; i < bench.Radio.Sent.Count; i++)
        {
            long gapUs = bench.Radio.Sent[i].StartUs - bench.Radio.Sent[i - 1].EndUs;
            Check.That(gapUs >= 2_000_000 + (8 * 32768), "an uplink " + (gapUs / 1000) + " ms after the one before: RX2 takes 2262 ms");
        }
    }

    private static void OpenInTime(ConformanceBench bench)
    {
        bench.Join();
        Transmission sent = bench.SendAndFinish().Transmission;
        Listening rx1 = bench.Radio.Listenings.Last(l => !l.IsContinuous);
        Check.Between(900_000, 1_000_000, rx1.StartUs - sent.EndUs, "microseconds from the uplink to RX1");
    }

    private static void LongEnough(ConformanceBench bench)
    {
        bench.Join();
        bench.Exchange(new DownlinkSpec { FOpts = "0300070001" });
        Transmission sent = bench.SendAndFinish().Transmission;
        Listening rx1 = bench.Radio.Listenings.Last(l => !l.IsContinuous);
        long closeUs = rx1.StartUs + (rx1.WindowMs * 1000L);
        Check.That(closeUs >= sent.EndUs + 1_000_000 + (6 * 32768), "RX1 closes before the sixth symbol of a preamble at SF12");
    }

    private static void ReachedInBothWindows(ConformanceBench bench)
    {
        bench.Network.AcceptJoin = _ => new JoinAnswer(bench.Network.NextAccept(), IsInRx2: true);
        bench.Join();
        Check.Equal(1, bench.Network.JoinRequests.Count, "join-requests");
        ReachInBothWindows(bench);
    }

    private static void ReachedAfter15Seconds(ConformanceBench bench)
    {
        bench.Network.AcceptJoin = _ => new JoinAnswer(bench.Network.NextAccept() with { RxDelay = 15 });
        bench.Join();
        ReachInBothWindows(bench);
    }

    private static void ReachInBothWindows(ConformanceBench bench)
    {
        for (int dataRate = 5; dataRate >= 0; dataRate--)
        {
            bench.Exchange(new DownlinkSpec { FOpts = "03" + dataRate + "0070001" });
            bench.Exchange(new DownlinkSpec { FPort = 9, Payload = "0" + dataRate });
            Check.Equal("0" + dataRate, bench.TakeDownlink(), "message in RX1 at DR" + dataRate);
            bench.Exchange(new DownlinkSpec { FPort = 9, Payload = "1" + dataRate }, isInRx2: true);
            Check.Equal("1" + dataRate, bench.TakeDownlink(), "message in RX2 after an uplink at DR" + dataRate);
        }
    }
}
