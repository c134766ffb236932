// LinkCheck, DutyCycle, DevStatus, TXParamSetup and DeviceTime.
using Simulation.Conformance.Bench;

namespace Simulation.Conformance.Cases;

/// <summary>TS001-1.0.4, sections 5.1, 5.3, 5.5, 5.8 and 5.9.</summary>
internal static class OtherCommandCases
{
    private const string Status = "TS001-1.0.4 5.5";
    private const string DutyCycle = "TS001-1.0.4 5.3";
    private const string Time = "TS001-1.0.4 5.9";

    /// <summary>The cases.</summary>
    public static IEnumerable<ConformanceCase> All()
    {
        yield return Case("TS001-1.0.4 5.1", "LinkCheckReq goes out when asked for, and LinkCheckAns is understood", LinkCheck);
        yield return Case(DutyCycle, "DutyCycleReq is answered, and its silence kept on every channel", Silence);
        yield return Case(DutyCycle, "MaxDutyCycle 0 ends the limit", NoLimit);
        yield return Case(DutyCycle, "MaxDutyCycle survives a loss of power", DutyCyclePersists);
        yield return Case(Status, "DevStatusAns says external power (0) and the signal-to-noise ratio in dB", bench => Margin(bench, 28, "07"));
        yield return Case(Status, "A negative ratio is two's complement in six bits", bench => Margin(bench, -30, "38"));
        yield return Case(Status, "The ratio is rounded to the nearest decibel", bench => Margin(bench, 7, "02"));
        yield return Case(Status, "The ratio is held within -32 and 31 dB", Limits);
        yield return Case("TS001-1.0.4 5.8", "TXParamSetupReq, which EU863-870 does not have, is neither carried out nor answered; what follows it is", NoTxParam);
        yield return Case(Time, "The time is asked for and DeviceTimeAns is the time at the end of that uplink", TellsTime);
        yield return Case(Time, "A DeviceTimeAns that nobody asked for is ignored", UnaskedTime);
    }

    private static ConformanceCase Case(string section, string requirement, Action<ConformanceBench> attempt) =>
        new("Other MAC commands", section, requirement, attempt);

    private static void LinkCheck(ConformanceBench bench)
    {
        bench.Join();
        bench.Device.RequestLinkCheck();
        HeardUplink uplink = bench.Exchange(new DownlinkSpec { FOpts = "021403" });
        Check.Equal("02", uplink.FOpts, "commands of the uplink");
        Check.Equal((20, 3), (bench.Device.LinkMarginDb, bench.Device.LinkGatewayCount), "margin in dB and number of gateways");
        Check.Equal("", bench.SendAndFinish().FOpts, "commands of the next uplink");
    }

    private static void Silence(ConformanceBench bench)
    {
        bench.Join();
        Check.Equal("04", bench.Command("040a"), "DutyCycleAns");
        bench.RunFor(3_600_000);
        Transmission first = bench.Send().Transmission;
        Transmission second = bench.Send().Transmission;
        long pauseUs = second.StartUs - first.EndUs;
        Check.That(pauseUs >= first.AirTimeUs * 1023, "a pause of " + (pauseUs / 1000) + " ms after " + first.AirTimeUs + " us at 1/1024");
    }

    private static void NoLimit(ConformanceBench bench)
    {
        bench.Join();
        bench.Command("040c");
        bench.Command("0400");
        bench.RunFor(3_600_000);
        Transmission first = bench.Send().Transmission;
        Transmission second = bench.Send().Transmission;
        Check.That(second.StartUs - first.EndUs < 30_000_000, "the limit is still kept");
    }

    private static void DutyCyclePersists(ConformanceBench bench)
    {
        bench.Join();
        bench.Command("040a");
        bench.Restart();
        bench.RunFor(3_600_000);
        Transmission first = bench.Send().Transmission;
        Transmission second = bench.Send().Transmission;
        Check.That(second.StartUs - first.EndUs >= first.AirTimeUs * 1023, "the limit is not kept after a loss of power");
    }

    private static void Margin(ConformanceBench bench, int snrQuarterDecibel, string expected)
    {
        bench.Join();
        bench.Radio.SnrQuarterDecibel = snrQuarterDecibel;
        Check.Equal("0600" + expected, bench.Command("06"), "DevStatusAns at " + (snrQuarterDecibel / 4.0) + " dB");
    }

    private static void Limits(ConformanceBench bench)
    {
        Margin(bench, 4 * 40, "1f");
        bench.Radio.SnrQuarterDecibel = -4 * 40;
        Check.Equal("060020", bench.Command("06"), "DevStatusAns at -40 dB");
    }

    private static void NoTxParam(ConformanceBench bench)
    {
        bench.Join();
        Check.Equal("060007", bench.Command("0930" + "06"), "answers");
        Transmission sent = bench.SendAndFinish().Transmission;
        Check.Equal(16, sent.PowerDbm, "dBm after a request for 8 dBm");
    }

    private static void TellsTime(ConformanceBench bench)
    {
        bench.Join();
        Check.That(bench.Clock.IsKnown, "the time is not known after a join");

        // GPS time is 18 s ahead of UTC and began on 1980-01-06.
        long utcMs = (315_964_800L + bench.Network.GpsSecondsAtStart - 18) * 1000;
        long errorMs = bench.Clock.UtcMs(bench.NowUs / 1000) - utcMs - (bench.NowUs / 1000);
        Check.Between(-100, 100, errorMs, "milliseconds that the device's time is off");
    }

    private static void UnaskedTime(ConformanceBench bench)
    {
        bench.Join();
        int setCount = bench.Clock.SetCount;
        bench.Exchange(new DownlinkSpec { FOpts = "0d0000000000" });
        Check.Equal(setCount, bench.Clock.SetCount, "times that the clock was set");
    }
}
