// Multicast in class C: the set-up over the air, and which frames to a group are heeded.
using Simulation.Conformance.Bench;

namespace Simulation.Conformance.Cases;

/// <summary>TS001-1.0.4, section 15 (multicast downlinks) and TS005-1.0.0.</summary>
internal static class MulticastCases
{
    private const string Frames = "TS001-1.0.4 15";
    private const string Setup = "TS005-1.0.0 4";
    private const uint FirstFCnt = 100;
    private const uint LastFCnt = 100_000;
    private static readonly DownlinkSpec Message = new() { FPort = 11, Payload = "c0ffee" };

    /// <summary>The cases.</summary>
    public static IEnumerable<ConformanceCase> All()
    {
        yield return Case(Setup, "McGroupSetupReq is answered and makes a group whose keys follow from GenAppKey", IsSetUp);
        yield return Case(Setup, "A group survives a loss of power", Persists);
        yield return Case(Setup, "In a class C session the device listens on the session's frequency and data rate, and hears its messages", Session);
        yield return Case(Setup, "After the session the device listens with RX2's parameters again", AfterSession);
        yield return Case(Frames, "A multicast frame is not acknowledged, and says nothing about the uplinks", NothingBack);
        yield return Case(Frames, "A multicast frame that was taken is not taken again, also after a loss of power", Replay);
        yield return Case(Frames, "The multicast counter has 32 bits", Counter32Bits);
        yield return Case(Frames, "Unicast downlinks keep a counter of their own", OwnCounter);
        yield return Discarded("A confirmed multicast frame is discarded", Message with { IsConfirmed = true });
        yield return Discarded("A multicast frame with ACK is discarded", Message with { IsAck = true });
        yield return Discarded("A multicast frame with MAC commands in FOpts is discarded", Message with { FOpts = "06" });
        yield return Discarded("A multicast frame on FPort 0 is discarded", Message with { FPort = 0, Payload = "06" });
        yield return Discarded("A multicast frame with a wrong MIC is discarded", Message with { IsMicBroken = true });
        yield return Case(Setup, "A multicast frame with a counter below or above the group's range is discarded", OutOfRange);
    }

    private static ConformanceCase Case(string section, string requirement, Action<ConformanceBench> attempt) =>
        new("Multicast", section, requirement, attempt);

    private static ConformanceCase Discarded(string requirement, DownlinkSpec spec) =>
        Case(Frames, requirement, bench => IsDiscarded(bench, spec, FirstFCnt));

    private static TesterGroup JoinAndSetUp(ConformanceBench bench)
    {
        TesterGroup group = new();
        bench.Join();
        Check.Equal("0200", Ask(bench, group.Setup(FirstFCnt, LastFCnt)), "McGroupSetupAns");
        bench.RunFor(60_000);
        return group;
    }

    // The answer comes on the port of the question, when the device sees fit.
    private static string Ask(ConformanceBench bench, string command)
    {
        int before = bench.Network.Uplinks.Count;
        bench.Exchange(new DownlinkSpec { FPort = TesterGroup.SetupPort, Payload = command });
        bench.RunFor(60_000);
        return string.Concat(bench.Network.Uplinks.Skip(before).Where(u => u.FPort == TesterGroup.SetupPort).Select(u => u.Payload));
    }

    private static void Send(ConformanceBench bench, TesterGroup group, DownlinkSpec spec, uint fCnt)
    {
        bench.Network.Emit(bench.Network.Rx2, bench.NowUs + 1000, group.Frame(spec, fCnt));
        bench.RunFor(4000);
    }

    private static void IsSetUp(ConformanceBench bench)
    {
        TesterGroup group = JoinAndSetUp(bench);
        Send(bench, group, Message, FirstFCnt);
        Check.Equal("c0ffee", bench.TakeDownlink(), "message to the group");
    }

    private static void Persists(ConformanceBench bench)
    {
        TesterGroup group = JoinAndSetUp(bench);
        bench.Restart();
        bench.Settle();
        Send(bench, group, Message, FirstFCnt);
        Check.Equal("c0ffee", bench.TakeDownlink(), "message to the group");
    }

    private static Place PlanSession(ConformanceBench bench)
    {
        uint nowGps = bench.Network.GpsSecondsAtStart + (uint)(bench.NowUs / 1_000_000);
        string answer = Ask(bench, TesterGroup.ClassCSession(nowGps + 200, 8, 868300000, 5));
        Check.That(answer.StartsWith("0400", StringComparison.Ordinal), "McClassCSessionAns: " + answer);
        return new Place(868300000, 7, 125000);
    }

    private static void Session(ConformanceBench bench)
    {
        TesterGroup group = JoinAndSetUp(bench);
        Place place = PlanSession(bench);
        bench.RunFor(180_000);
        Listening? current = bench.Radio.Current;
        Check.Equal(place, new Place(current?.FrequencyHz ?? 0, current?.SpreadingFactor ?? 0, current?.BandwidthHz ?? 0), "where the device listens");
        bench.Network.Emit(place, bench.NowUs + 1000, group.Frame(Message, FirstFCnt));
        bench.RunFor(4000);
        Check.Equal("c0ffee", bench.TakeDownlink(), "message in the session");
    }

    private static void AfterSession(ConformanceBench bench)
    {
        JoinAndSetUp(bench);
        PlanSession(bench);

        // It begins 200 s after it was planned and lasts 2^8 s.
        bench.RunFor(600_000);
        bench.ClassC(new DownlinkSpec { FPort = 3, Payload = "01" });
        Check.Equal("01", bench.TakeDownlink(), "class C message");
    }

    private static void NothingBack(ConformanceBench bench)
    {
        TesterGroup group = JoinAndSetUp(bench);
        bench.Exchange(new DownlinkSpec { FOpts = "0500d2ad84" });
        Check.Equal("0507", bench.SendAndFinish().FOpts, "RXParamSetupAns");
        bench.RunFor(60_000);
        Send(bench, group, Message, FirstFCnt);
        Check.Equal("c0ffee", bench.TakeDownlink(), "message to the group");
        HeardUplink uplink = bench.SendAndFinish();
        Check.That(!uplink.IsAck, "the multicast frame was acknowledged");
        Check.Equal("0507", uplink.FOpts, "RXParamSetupAns, which only a class A downlink ends");
    }

    private static void Replay(ConformanceBench bench)
    {
        TesterGroup group = JoinAndSetUp(bench);
        Send(bench, group, Message, FirstFCnt + 5);
        Check.Equal("c0ffee", bench.TakeDownlink(), "message to the group");
        for (int i = 0; i < 2; i++)
        {
            Send(bench, group, Message, FirstFCnt + 5);
            Send(bench, group, Message, FirstFCnt + 4);
            Check.Equal("", bench.TakeDownlink(), "message of a replayed frame");
            bench.Restart();
            bench.Settle();
        }

        Send(bench, group, Message, FirstFCnt + 6);
        Check.Equal("c0ffee", bench.TakeDownlink(), "message of the next frame");
    }

    private static void Counter32Bits(ConformanceBench bench)
    {
        TesterGroup group = JoinAndSetUp(bench);
        foreach (uint fCnt in new uint[] { FirstFCnt, 65_535, 65_536, 99_999 })
        {
            Send(bench, group, Message, fCnt);
            Check.Equal("c0ffee", bench.TakeDownlink(), "message with counter " + fCnt);
        }
    }

    private static void OwnCounter(ConformanceBench bench)
    {
        TesterGroup group = JoinAndSetUp(bench);
        Send(bench, group, Message, FirstFCnt + 5000);
        Check.Equal("c0ffee", bench.TakeDownlink(), "message to the group");
        bench.ClassC(new DownlinkSpec { FPort = 3, Payload = "01" });
        Check.Equal("01", bench.TakeDownlink(), "unicast message");
    }

    private static void OutOfRange(ConformanceBench bench)
    {
        IsDiscarded(bench, Message, FirstFCnt - 1);
        TesterGroup group = new();
        Send(bench, group, Message, LastFCnt + 1);
        Check.Equal("", bench.TakeDownlink(), "message above the range");
    }

    private static void IsDiscarded(ConformanceBench bench, DownlinkSpec spec, uint fCnt)
    {
        TesterGroup group = JoinAndSetUp(bench);
        int heard = bench.Radio.HeardCount;
        Send(bench, group, spec, fCnt);
        Check.Equal(heard + 1, bench.Radio.HeardCount, "frames heard");
        Check.Equal("", bench.TakeDownlink(), "message");
        Check.Equal("", bench.SendAndFinish().MacCommands, "answers");
        bench.RunFor(60_000);
        Send(bench, group, Message, FirstFCnt);
        Check.Equal("c0ffee", bench.TakeDownlink(), "message of the right frame");
    }
}
