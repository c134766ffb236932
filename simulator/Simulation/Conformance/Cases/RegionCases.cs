// Regions other than EU863-870: a fixed channel plan (US902-928), and one with TXParamSetupReq and dwell time (AS923).
using PoleController.LoRaWan;
using Simulation.Conformance.Bench;

namespace Simulation.Conformance.Cases;

/// <summary>RP002-1.0.4, sections 2.5 and 2.9.</summary>
internal static class RegionCases
{
    private const string Us915 = "RP002-1.0.4 2.5";
    private const string As923 = "RP002-1.0.4 2.9";
    private const long HourMs = 3_600_000;

    // All narrow channels off and wide channel 65 on (ChMaskCntl 7), then narrow channels 8 to 15 on (ChMaskCntl 0): the second sub-band.
    private const string SecondSubBand = "03f0020071" + "03f000ff01";

    /// <summary>The cases.</summary>
    public static IEnumerable<ConformanceCase> All()
    {
        yield return Us("Join-requests go to the narrow channels at DR0 and the wide ones at DR4, in turn", JoinsInTurn);
        yield return Us("Joins reach every group of eight narrow channels before one is tried again", JoinsEverywhere);
        yield return Us("A join-accept in RX1, on the downlink channel of the uplink's channel, is taken", bench => Joins(bench, false));
        yield return Us("A join-accept in RX2 at 923.3 MHz and DR8 is taken", bench => Joins(bench, true));
        yield return Us("RX1 follows the uplink's channel and data rate, DR0 to DR4", Rx1);
        yield return Us("CFList of type 1 says which channels are used", CfList);
        yield return Us("A block of LinkADRReq with ChMaskCntl 7 and 0 enables one group of eight and its wide channel", Block);
        yield return Us("ChMaskCntl 6 enables all narrow channels", AllOn);
        yield return Us("A mask without any channel for the data rate is refused", NoChannel);
        yield return Us("NewChannelReq and DlChannelReq are not answered: the channel plan is fixed", NoNewChannels);
        yield return Us("11 octets are sent at DR0, a longer message at the next data rate that can hold it", Limits);
        yield return Us("No uplink is on air longer than 400 ms", DwellTime);
        yield return Us("ADR back-off ends with all channels enabled", BackOffEnablesAll);
        yield return As("TXParamSetupReq is answered until a class A downlink is received, and limits the power", TxParam);
        yield return As("A join and both receive windows work at 923.2 MHz and around", JoinsAs923);
    }

    private static ConformanceCase Us(string requirement, Action<ConformanceBench> attempt) =>
        new("Region US902-928", Us915, "US902-928: " + requirement, attempt, () => new BenchSetup { Region = RegionId.Us915 });

    private static ConformanceCase As(string requirement, Action<ConformanceBench> attempt) =>
        new("Region AS923", As923, "AS923: " + requirement, attempt, () => new BenchSetup { Region = RegionId.As923Group1 });

    private static Place PlaceOf(Transmission sent) => new(sent.FrequencyHz, sent.SpreadingFactor, sent.BandwidthHz);

    private static List<int> ChannelsOf(IEnumerable<Transmission> sent) => [.. sent.Select(t => Us915Plan.ChannelOf(PlaceOf(t)))];

    private static void JoinsInTurn(ConformanceBench bench)
    {
        bench.Network.AcceptJoin = _ => null;
        bench.RunUntil(() => bench.Radio.Sent.Count >= 18, 24 * HourMs);
        Check.That(ChannelsOf(bench.Radio.Sent).All(channel => channel >= 0), "a frequency that is no channel");
        Check.That(bench.Radio.Sent.All(t => t.BandwidthHz == 500_000 ? t.SpreadingFactor == 8 : t.SpreadingFactor == 10), "a data rate other than DR0 and DR4");
        Check.Between(1, 9, bench.Radio.Sent.Count(t => t.BandwidthHz == 500_000), "join-requests on wide channels among 18");
    }

    private static void JoinsEverywhere(ConformanceBench bench)
    {
        bench.Network.AcceptJoin = _ => null;
        bench.RunUntil(() => bench.Radio.Sent.Count >= 18, 24 * HourMs);
        List<int> groups = [.. ChannelsOf(bench.Radio.Sent).Where(channel => channel < 64).Select(channel => channel / 8).Take(8)];
        Check.Equal(8, groups.Distinct().Count(), "groups of eight reached by the first eight join-requests on narrow channels");
    }

    private static void Joins(ConformanceBench bench, bool isInRx2)
    {
        bench.Network.AcceptJoin = _ => new JoinAnswer(bench.Network.NextAccept(), isInRx2);
        bench.Join();
        Check.Equal(1, bench.Network.JoinRequests.Count, "join-requests");
    }

    private static void Rx1(ConformanceBench bench)
    {
        bench.Join();
        for (int dataRate = 0; dataRate <= 4; dataRate++)
        {
            // All channels stay on: ChMaskCntl 6, wide ones too.
            bench.Exchange(new DownlinkSpec { FOpts = "03" + dataRate + "0ff0061" });
            HeardUplink uplink = bench.Exchange(new DownlinkSpec { FPort = 3, Payload = "0" + dataRate });
            Check.Equal(bench.Network.Plan.At(uplink.Transmission.FrequencyHz, dataRate), PlaceOf(uplink.Transmission), "place of the uplink");
            Check.Equal("0" + dataRate, bench.TakeDownlink(), "message in RX1 after DR" + dataRate);
        }

        bench.Exchange(new DownlinkSpec { FPort = 3, Payload = "0e" }, isInRx2: true);
        Check.Equal("0e", bench.TakeDownlink(), "message in RX2");
    }

    private static void CfList(ConformanceBench bench)
    {
        // ChMask0 0xFF00 (channels 8 to 15), ChMask4 0x0002 (channel 65), CFListType 1.
        bench.Network.AcceptJoin = _ => new JoinAnswer(bench.Network.NextAccept() with { CfList = "00FF0000000000000200000000000001" });
        bench.Join();
        CheckSecondSubBand(bench);
    }

    private static void Block(ConformanceBench bench)
    {
        bench.Join();
        bench.Exchange(new DownlinkSpec { FOpts = SecondSubBand });
        Check.Equal("03070307", bench.SendAndFinish().MacCommands, "LinkADRAns");
        bench.Finish();
        bench.Network.Uplinks.Clear();
        CheckSecondSubBand(bench);
    }

    private static void CheckSecondSubBand(ConformanceBench bench)
    {
        for (int i = 0; i < 24; i++)
        {
            bench.SendAndFinish();
        }

        List<int> channels = ChannelsOf(bench.Network.Uplinks.Select(u => u.Transmission));
        Check.That(channels.All(channel => channel is (>= 8 and <= 15) or 65), "a channel outside of 8 to 15 and 65: " + string.Join(' ', channels));
        Check.Equal(8, channels.Where(channel => channel != 65).Distinct().Count(), "narrow channels in use");
    }

    private static void AllOn(ConformanceBench bench)
    {
        bench.Join();
        bench.Exchange(new DownlinkSpec { FOpts = SecondSubBand });
        bench.SendAndFinish();
        bench.Exchange(new DownlinkSpec { FOpts = "03f0ff0061" });
        Check.Equal("0307", bench.SendAndFinish().MacCommands, "LinkADRAns");
        HashSet<int> groups = [];
        for (int i = 0; i < 80; i++)
        {
            groups.Add(Us915Plan.ChannelOf(PlaceOf(bench.SendAndFinish().Transmission)) / 8);
        }

        Check.That(groups.Count >= 8, "only " + groups.Count + " groups of eight are in use");
    }

    private static void NoChannel(ConformanceBench bench)
    {
        bench.Join();
        bench.Exchange(new DownlinkSpec { FOpts = SecondSubBand });
        bench.SendAndFinish();

        // All narrow channels off and no wide one on.
        bench.Exchange(new DownlinkSpec { FOpts = "03f0000071" });
        string answer = bench.SendAndFinish().MacCommands;
        Check.That(answer.Length == 4 && (answer[3] - '0') % 2 == 0, "the mask was acknowledged: " + answer);
        bench.Network.Uplinks.Clear();
        CheckSecondSubBand(bench);
    }

    private static void NoNewChannels(ConformanceBench bench)
    {
        bench.Join();
        Check.Equal("", bench.Command("0703184f8450"), "answer to NewChannelReq");
        Check.Equal("", bench.Command("0a00184f84"), "answer to DlChannelReq");
        bench.Exchange(new DownlinkSpec { FPort = 3, Payload = "01" });
        Check.Equal("01", bench.TakeDownlink(), "message in RX1");
    }

    private static void Limits(ConformanceBench bench)
    {
        bench.Join();
        bench.Exchange(new DownlinkSpec { FOpts = "0300ff0061" });
        bench.SendAndFinish();
        foreach ((int octets, int spreadingFactor) in new[] { (11, 10), (12, 9), (53, 9) })
        {
            HeardUplink uplink = bench.SendAndFinish(new string('5', 2 * octets));
            Check.Equal((octets, spreadingFactor), (uplink.PayloadBytes.Length, uplink.Transmission.SpreadingFactor), "octets and spreading factor");
        }
    }

    private static void DwellTime(ConformanceBench bench)
    {
        bench.Join();
        for (int dataRate = 0; dataRate <= 4; dataRate++)
        {
            bench.Exchange(new DownlinkSpec { FOpts = "03" + dataRate + "0ff0061" });
            bench.SendAndFinish();
            bench.SendAndFinish(new string('a', 2 * bench.Device.MaximumPayloadLength));
        }

        Check.Between(0, 400_000, bench.Radio.Sent.Max(t => t.AirTimeUs), "microseconds on air of the longest uplink");
    }

    private static void BackOffEnablesAll(ConformanceBench bench)
    {
        bench.Join();
        bench.Exchange(new DownlinkSpec { FOpts = SecondSubBand });
        bench.SendAndFinish();
        bench.Exchange(new DownlinkSpec());
        bench.Network.TellsTime = false;
        uint first = bench.Network.NextFCntUp;
        while (bench.Network.NextFCntUp < first + 64 + (8 * 32))
        {
            bench.SendAndFinish();
        }

        bench.Network.Uplinks.Clear();
        for (int i = 0; i < 30; i++)
        {
            bench.SendAndFinish();
        }

        List<int> channels = ChannelsOf(bench.Network.Uplinks.Select(u => u.Transmission));
        Check.That(channels.Any(channel => channel is < 8 or > 15 and < 64), "only the second sub-band is in use");
    }

    private static void TxParam(ConformanceBench bench)
    {
        // MaxEIRP index 2: 12 dBm, no dwell time.
        bench.Join();
        bench.Exchange(new DownlinkSpec { FOpts = "0902" });
        for (int i = 0; i < 3; i++)
        {
            HeardUplink uplink = bench.SendAndFinish();
            Check.Equal("09", uplink.FOpts, "TXParamSetupAns");
            Check.That(uplink.Transmission.PowerDbm <= 12, "an uplink at " + uplink.Transmission.PowerDbm + " dBm");
        }

        bench.Exchange(new DownlinkSpec(), isInRx2: true);
        Check.Equal("", bench.SendAndFinish().FOpts, "answers after a class A downlink");
    }

    private static void JoinsAs923(ConformanceBench bench)
    {
        bench.Join();
        bench.Exchange(new DownlinkSpec { FPort = 3, Payload = "01" });
        Check.Equal("01", bench.TakeDownlink(), "message in RX1");
        bench.Exchange(new DownlinkSpec { FPort = 3, Payload = "02" }, isInRx2: true);
        Check.Equal("02", bench.TakeDownlink(), "message in RX2");
        Check.That(bench.Radio.Sent.All(t => t.FrequencyHz is 923_200_000 or 923_400_000), "a frequency other than the default channels");
    }
}
