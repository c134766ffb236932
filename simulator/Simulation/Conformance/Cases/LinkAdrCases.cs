// LinkADRReq: single, in blocks, and everything that can be wrong with it.
using Simulation.Conformance.Bench;

namespace Simulation.Conformance.Cases;

/// <summary>TS001-1.0.4, section 5.2; ChMaskCntl, data rates and powers of EU863-870 (RP002-1.0.4, section 2.4).</summary>
internal static class LinkAdrCases
{
    private const string Section = "TS001-1.0.4 5.2";
    private const string Region = "RP002-1.0.4 2.4.5";

    /// <summary>The cases.</summary>
    public static IEnumerable<ConformanceCase> All()
    {
        yield return Case(Section, "LinkADRReq sets data rate, power, channel mask and NbTrans", SetsAll);
        yield return Case("RP002-1.0.4 2.4.3", "TXPower 0 to 7 are 16 to 2 dBm EIRP in steps of 2", Powers);
        yield return Case("RP002-1.0.4 2.4.3", "DR0 to DR5 are SF12 to SF7 at 125 kHz", DataRates);
        yield return Case(Section, "DataRate 15 and TXPower 15 keep what is", Keeps);
        yield return Case(Section, "NbTrans 0 means 1", NbTransZero);
        yield return Case(Section, "Settings survive a loss of power", Persists);
        yield return Refused("An unknown data rate is refused and nothing changes", "03e0070002", "0305");
        yield return Refused("A power below the lowest is refused and nothing changes", "0308070002", "0303");
        yield return Refused("A mask with an undefined channel is refused and nothing changes", "0300080002", "0306");
        yield return Refused("A mask that disables every channel is refused and nothing changes", "0300000002", "0306");
        yield return Refused("A ChMaskCntl that is RFU is refused and nothing changes", "0300070012", "0306");
        yield return Refused("Several wrong fields of a LinkADRReq are told each", "03e8000002", "0300");
        yield return Case(Region, "ChMaskCntl 6 enables every defined channel", AllChannelsOn);
        yield return Case(Section, "A block of several is answered together and the last one's data rate, power and NbTrans hold", Block);
        yield return Case(Section, "One wrong mask in a block has all of them refused", WrongBlock);
        yield return Case(Section, "Requests with another command between them are not one block", TwoBlocks);
        yield return Case(Section, "With ADR off the channel mask is obeyed and the data rate kept", AdrOff);
    }

    private static ConformanceCase Case(string section, string requirement, Action<ConformanceBench> attempt) =>
        new("LinkADRReq", section, requirement, attempt);

    private static ConformanceCase Refused(string requirement, string command, string answer) =>
        Case(Section, requirement, bench => IsRefused(bench, command, answer));

    private static void SetsAll(ConformanceBench bench)
    {
        bench.Join();
        Check.Equal("0307", bench.Command("0332020002"), "LinkADRAns");
        bench.Finish();
        int before = bench.Network.Uplinks.Count;
        HeardUplink uplink = bench.SendAndFinish();
        Check.Equal((9, 12, 868300000), State(uplink), "spreading factor, power in dBm, frequency");
        Check.Equal(2, bench.Network.Uplinks.Count - before, "transmissions");
    }

    private static void Powers(ConformanceBench bench)
    {
        bench.Join();
        for (int power = 0; power <= 7; power++)
        {
            Check.Equal("0307", bench.Command("035" + power + "070001"), "LinkADRAns to TXPower " + power);
            Check.Equal(16 - (2 * power), bench.SendAndFinish().Transmission.PowerDbm, "dBm at TXPower " + power);
        }
    }

    private static void DataRates(ConformanceBench bench)
    {
        bench.Join();
        for (int dataRate = 0; dataRate <= 5; dataRate++)
        {
            Check.Equal("0307", bench.Command("03" + dataRate + "0070001"), "LinkADRAns to DR" + dataRate);
            Transmission sent = bench.SendAndFinish().Transmission;
            Check.Equal((12 - dataRate, 125000), (sent.SpreadingFactor, sent.BandwidthHz), "spreading factor and bandwidth at DR" + dataRate);
        }
    }

    private static void Keeps(ConformanceBench bench)
    {
        bench.Join();
        bench.Command("0343010001");
        Check.Equal("0307", bench.Command("03ff010001"), "LinkADRAns");
        Check.Equal((8, 10, 868100000), State(bench.SendAndFinish()), "spreading factor, power in dBm, frequency");
    }

    private static void NbTransZero(ConformanceBench bench)
    {
        bench.Join();
        bench.Command("0350070003");
        Check.Equal("0307", bench.Command("0350070000"), "LinkADRAns");
        bench.Finish();
        int before = bench.Network.Uplinks.Count;
        bench.SendAndFinish();
        Check.Equal(1, bench.Network.Uplinks.Count - before, "transmissions");
    }

    private static void Persists(ConformanceBench bench)
    {
        bench.Join();
        bench.Command("0323010001");
        bench.Restart();
        Check.Equal((10, 10, 868100000), State(bench.SendAndFinish()), "spreading factor, power in dBm, frequency");
    }

    private static void IsRefused(ConformanceBench bench, string command, string answer)
    {
        bench.Join();
        bench.Command("0341010001");
        Check.Equal(answer, bench.Command(command), "LinkADRAns");
        int before = bench.Network.Uplinks.Count;
        Check.Equal((8, 14, 868100000), State(bench.SendAndFinish()), "spreading factor, power in dBm, frequency");
        Check.Equal(1, bench.Network.Uplinks.Count - before, "transmissions");
    }

    private static void AllChannelsOn(ConformanceBench bench)
    {
        bench.Join();
        bench.Command("0703184f8450");
        bench.Command("0350010001");
        Check.Equal("0307", bench.Command("0350000061"), "LinkADRAns");
        HashSet<int> frequencies = [];
        for (int i = 0; i < 40; i++)
        {
            frequencies.Add(bench.SendAndFinish().Transmission.FrequencyHz);
        }

        Check.Equal(4, frequencies.Count, "channels in use");
    }

    private static void Block(ConformanceBench bench)
    {
        bench.Join();
        Check.Equal("03070307", bench.Command("0301010003" + "0332020001"), "LinkADRAns");
        int before = bench.Network.Uplinks.Count;
        Check.Equal((9, 12, 868300000), State(bench.SendAndFinish()), "spreading factor, power in dBm, frequency");
        Check.Equal(1, bench.Network.Uplinks.Count - before, "transmissions");
    }

    private static void WrongBlock(ConformanceBench bench)
    {
        bench.Join();
        bench.Command("0341010001");
        Check.Equal("030603060306", bench.Command("0330070001" + "0330070021" + "0330070001"), "LinkADRAns");
        Check.Equal((8, 14, 868100000), State(bench.SendAndFinish()), "spreading factor, power in dBm, frequency");
    }

    private static void TwoBlocks(ConformanceBench bench)
    {
        bench.Join();
        Check.Equal("0305" + "060007" + "0307", bench.Command("03e0070001" + "06" + "0332020001"), "answers");
        Check.Equal((9, 12, 868300000), State(bench.SendAndFinish()), "spreading factor, power in dBm, frequency");
    }

    private static void AdrOff(ConformanceBench bench)
    {
        bench.Join();
        bench.Device.IsAdaptiveDataRate = false;
        string answer = bench.Command("0323020001");
        Check.That(answer.Length == 4 && (answer[3] - '0') % 2 == 1, "the mask was not acknowledged: " + answer);
        Check.Equal((7, 16, 868300000), State(bench.SendAndFinish()), "spreading factor, power in dBm, frequency");
    }

    private static (int SpreadingFactor, int PowerDbm, int FrequencyHz) State(HeardUplink uplink) =>
        (uplink.Transmission.SpreadingFactor, uplink.Transmission.PowerDbm, uplink.Transmission.FrequencyHz);
}
