// Adaptive data rate as the device lives it: the bits in FCtrl and the back-off.
using Simulation.Conformance.Bench;

namespace Simulation.Conformance.Cases;

/// <summary>TS001-1.0.4, section 4.3.1.1; ADR_ACK_LIMIT 64 and ADR_ACK_DELAY 32 (RP002-1.0.4, section 2.3).</summary>
internal static class AdaptiveDataRateCases
{
    private const string Section = "TS001-1.0.4 4.3.1.1";
    private const int Limit = 64;
    private const int Delay = 32;

    /// <summary>The cases.</summary>
    public static IEnumerable<ConformanceCase> All()
    {
        yield return Case("The bit ADR is set unless ADR is switched off", AdrBit);
        yield return Case("With ADR off the power is the highest and nothing backs off", AdrOff);
        yield return Case("ADRACKReq is set from the 65th uplink on without a class A downlink", AdrAckReq);
        yield return Case("A downlink in a class A window clears ADRACKReq and begins the count anew", ClassADownlink);
        yield return Case("A class C downlink does not", ClassCDownlink);
        yield return Case("Repetitions of an uplink do not count", RepetitionsDoNotCount);
        yield return Case("After 32 uplinks with ADRACKReq the power is the default", bench => Step(bench, 1, (16, 10, 2)));
        yield return Case("After 32 more the data rate is the next lower one", bench => Step(bench, 2, (16, 11, 2)));
        yield return Case("After 32 more again the next lower, down to DR0", bench => Step(bench, 3, (16, 12, 2)));
        yield return Case("After 32 more the default channels are enabled and NbTrans is 1", LastStep);
    }

    private static ConformanceCase Case(string requirement, Action<ConformanceBench> attempt) =>
        new("Adaptive data rate", Section, requirement, attempt);

    private static void AdrBit(ConformanceBench bench)
    {
        bench.Join();
        Check.That(bench.SendAndFinish().IsAdaptive, "the bit ADR is not set");
        bench.Device.IsAdaptiveDataRate = false;
        Check.That(!bench.SendAndFinish().IsAdaptive, "the bit ADR is set");
    }

    private static void AdrOff(ConformanceBench bench)
    {
        bench.Join();
        bench.Exchange(new DownlinkSpec { FOpts = "0355070001" });
        Check.Equal(6, bench.SendAndFinish().Transmission.PowerDbm, "dBm at TXPower 5");
        bench.Device.IsAdaptiveDataRate = false;
        Check.Equal(16, bench.SendAndFinish().Transmission.PowerDbm, "dBm with ADR off");
        SendSilently(bench, Limit + (4 * Delay));
        HeardUplink last = bench.Network.Uplinks[^1];
        Check.That(bench.Network.Uplinks.All(u => !u.IsAdrAckReq), "an uplink has ADRACKReq");
        Check.Equal((16, 7), (last.Transmission.PowerDbm, last.Transmission.SpreadingFactor), "power and spreading factor");
    }

    private static void AdrAckReq(ConformanceBench bench)
    {
        List<HeardUplink> uplinks = Silence(bench, "0350070001", Limit + 4);
        Check.Equal(Limit, uplinks.FindIndex(u => u.IsAdrAckReq), "uplinks before the first with ADRACKReq");
        Check.That(uplinks.Skip(Limit).All(u => u.IsAdrAckReq), "ADRACKReq is not kept up");
    }

    private static void ClassADownlink(ConformanceBench bench)
    {
        Silence(bench, "0350070001", Limit + 4);
        bench.Exchange(new DownlinkSpec());
        int before = bench.Network.Uplinks.Count;
        SendSilently(bench, Limit);
        Check.That(bench.Network.Uplinks.Skip(before).All(u => !u.IsAdrAckReq), "ADRACKReq within 64 uplinks after a downlink");
        Check.That(bench.SendAndFinish().IsAdrAckReq, "no ADRACKReq in the 65th");
    }

    private static void ClassCDownlink(ConformanceBench bench)
    {
        Silence(bench, "0350070001", Limit + 4);
        bench.RunFor(60_000);
        bench.ClassC(new DownlinkSpec { FPort = 3, Payload = "01" });
        Check.Equal("01", bench.TakeDownlink(), "class C message");
        Check.That(bench.SendAndFinish().IsAdrAckReq, "a class C downlink has cleared ADRACKReq");
    }

    private static void RepetitionsDoNotCount(ConformanceBench bench)
    {
        List<HeardUplink> uplinks = Silence(bench, "0350070002", Limit + 1);
        Check.Equal(2 * (Limit + 1), uplinks.Count, "transmissions");
        Check.Equal(2 * Limit, uplinks.FindIndex(u => u.IsAdrAckReq), "transmissions before the first with ADRACKReq");
    }

    private static void Step(ConformanceBench bench, int step, (int PowerDbm, int SpreadingFactor, int Transmissions) expected)
    {
        // DR2, TXPower 3, NbTrans 2.
        List<HeardUplink> uplinks = Silence(bench, "0323070002", Limit + (step * Delay) + 1);
        uint last = uplinks[^1].FCnt;
        (int, int) before = PowerAndFactor(uplinks.Last(u => u.FCnt == last - 1));
        (int, int) after = PowerAndFactor(uplinks[^1]);
        Check.That(before != after, "nothing has changed from uplink " + (Limit + (step * Delay)) + " to the next: " + after);
        Check.Equal((expected.PowerDbm, expected.SpreadingFactor), after, "power in dBm and spreading factor");
        Check.Equal(expected.Transmissions, uplinks.Count(u => u.FCnt == last), "transmissions of the last uplink");
    }

    private static void LastStep(ConformanceBench bench)
    {
        // Channel 3 is added, then made the only one, with NbTrans 2.
        bench.Join();
        bench.Exchange(new DownlinkSpec { FOpts = "0703184f8450" });
        bench.Exchange(new DownlinkSpec { FOpts = "0300080002" });
        Check.Equal("0307", bench.SendAndFinish().FOpts, "LinkADRAns");
        bench.Exchange(new DownlinkSpec());
        int before = bench.Network.Uplinks.Count;
        SendSilently(bench, Limit + Delay + 30);
        List<HeardUplink> uplinks = bench.Network.Uplinks[before..];
        uint first = uplinks[0].FCnt;
        Check.That(uplinks.Where(u => u.FCnt < first + Limit + Delay).All(u => u.Transmission.FrequencyHz == 867100000), "another channel too soon");
        List<HeardUplink> after = [.. uplinks.Where(u => u.FCnt >= first + Limit + Delay)];
        Check.That(after.Select(u => u.Transmission.FrequencyHz).Distinct().Count(f => f >= 868100000) == 3, "the default channels are not all in use");
        Check.Equal(after.Count, after.Select(u => u.FCnt).Distinct().Count(), "transmissions of as many uplinks");
    }

    private static (int PowerDbm, int SpreadingFactor) PowerAndFactor(HeardUplink uplink) =>
        (uplink.Transmission.PowerDbm, uplink.Transmission.SpreadingFactor);

    // Uplinks from the last class A downlink on, with parameters of a LinkADRReq.
    private static List<HeardUplink> Silence(ConformanceBench bench, string linkAdrRequest, int count)
    {
        bench.Join();
        bench.Exchange(new DownlinkSpec { FOpts = linkAdrRequest });
        bench.SendAndFinish();
        bench.Exchange(new DownlinkSpec());
        int before = bench.Network.Uplinks.Count;
        SendSilently(bench, count);
        return bench.Network.Uplinks[before..];
    }

    // Nothing is answered, not even the device's wish for the time.
    private static void SendSilently(ConformanceBench bench, int count)
    {
        bench.Network.TellsTime = false;
        uint first = bench.Network.NextFCntUp;
        while (bench.Network.NextFCntUp < first + count)
        {
            bench.SendAndFinish();
        }
    }
}
