// Frame counters in both directions.
using Simulation.Conformance.Bench;

namespace Simulation.Conformance.Cases;

/// <summary>TS001-1.0.4, section 4.3.1.5.</summary>
internal static class CounterCases
{
    private const string Section = "TS001-1.0.4 4.3.1.5";

    /// <summary>The cases.</summary>
    public static IEnumerable<ConformanceCase> All()
    {
        yield return Case("FCntUp counts up by one with every new frame", Counts);
        yield return Case("FCntUp is never used twice, over losses of power at any moment", UpPersists);
        yield return Case("FCntUp has 32 bits: beyond 65,535 the MIC covers the high ones", Up32Bits);
        yield return Case("A downlink with the counter of the one before is discarded", bench => Replay(bench, 0));
        yield return Case("A downlink with a lower counter is discarded", bench => Replay(bench, 5));
        yield return Case("A downlink that was taken is not taken again after a loss of power", ReplayAfterRestart);
        yield return Case("A downlink whose counter leaves a gap of 20,000 is taken", bench => Jump(bench, 20_000));
        yield return Case("FCntDown has 32 bits: a downlink beyond 65,535 is taken", bench => Jump(bench, 65_530));
        yield return Case("A downlink whose MIC was made with the low 16 bits of the counter only is discarded", LowBitsOnly);
    }

    private static ConformanceCase Case(string requirement, Action<ConformanceBench> attempt) => new("Frame counters", Section, requirement, attempt);

    private static void Counts(ConformanceBench bench)
    {
        bench.Join();
        uint first = bench.SendAndFinish().FCnt;
        for (uint i = 1; i < 20; i++)
        {
            Check.Equal(first + i, bench.SendAndFinish().FCnt, "FCntUp");
        }
    }

    private static void UpPersists(ConformanceBench bench)
    {
        bench.Join();
        for (int i = 0; i < 40; i++)
        {
            bench.Begin();
            bench.RunFor(i * 500);
            bench.Restart();
        }

        bench.SendAndFinish();
        Dictionary<uint, string> frames = [];
        foreach (HeardUplink uplink in bench.Network.Uplinks)
        {
            string frame = Convert.ToHexString(uplink.Transmission.Frame);
            Check.That(frames.TryAdd(uplink.FCnt, frame) || frames[uplink.FCnt] == frame, "counter " + uplink.FCnt + " was used for two contents");
        }

        Check.That(frames.Count > 20, "too few uplinks for the test: " + frames.Count);
    }

    private static void Up32Bits(ConformanceBench bench)
    {
        // A restart skips the counters that were reserved: the quickest way up.
        bench.Join();
        for (int i = 0; i < 700 && bench.Network.NextFCntUp <= 65_600; i++)
        {
            bench.Restart();
            bench.Send();
        }

        Check.That(bench.Network.NextFCntUp > 65_536, "the counter did not get beyond 16 bits: " + bench.Network.NextFCntUp);
        bench.Settle();
        Check.That(bench.SendAndFinish().FCnt > 65_536, "the counter began anew");
    }

    private static void Replay(ConformanceBench bench, int age)
    {
        bench.Join();
        bench.Exchange(new DownlinkSpec { FPort = 3, Payload = "aa" });
        bench.TakeDownlink();
        byte[] recorded = bench.Network.Downlinks[^1].Frame;
        for (int i = 0; i < age; i++)
        {
            bench.Exchange(new DownlinkSpec { FPort = 3, Payload = "bb" });
            bench.TakeDownlink();
        }

        bench.RunFor(60_000);
        int heard = bench.Radio.HeardCount;
        bench.Network.Emit(bench.Network.Rx2, bench.NowUs + 1000, recorded);
        bench.RunFor(4000);
        Check.Equal(heard + 1, bench.Radio.HeardCount, "frames heard");
        Check.Equal("", bench.TakeDownlink(), "message of the replayed frame");
    }

    private static void ReplayAfterRestart(ConformanceBench bench)
    {
        bench.Join();
        bench.ClassC(new DownlinkSpec { FPort = 3, Payload = "aa" });
        Check.Equal("aa", bench.TakeDownlink(), "message");
        bench.Restart();
        bench.Settle();
        int heard = bench.Radio.HeardCount;
        foreach ((byte[] frame, _) in bench.Network.Downlinks.ToArray())
        {
            bench.Network.Emit(bench.Network.Rx2, bench.NowUs + 1000, frame);
            bench.RunFor(4000);
        }

        Check.That(bench.Radio.HeardCount > heard, "nothing was heard");
        Check.Equal("", bench.TakeDownlink(), "message of a replayed frame");
    }

    private static void Jump(ConformanceBench bench, uint gap)
    {
        bench.Join();
        for (int i = 0; i < 3; i++)
        {
            bench.Network.FCntDown += gap;
            bench.Exchange(new DownlinkSpec { FPort = 3, Payload = "0" + i });
            Check.Equal("0" + i, bench.TakeDownlink(), "message with counter " + (bench.Network.FCntDown - 1));
        }
    }

    private static void LowBitsOnly(ConformanceBench bench)
    {
        bench.Join();
        bench.Network.FCntDown = 60_000;
        bench.Exchange(new DownlinkSpec { FPort = 3, Payload = "01" });
        bench.TakeDownlink();
        bench.Exchange(new DownlinkSpec { FPort = 3, Payload = "02", FCnt = 100 });
        Check.Equal("", bench.TakeDownlink(), "message whose MIC was made with counter 100 instead of 65,636");
        bench.Network.FCntDown = 65_636;
        bench.Exchange(new DownlinkSpec { FPort = 3, Payload = "03" });
        Check.Equal("03", bench.TakeDownlink(), "message with counter 65,636");
    }
}
