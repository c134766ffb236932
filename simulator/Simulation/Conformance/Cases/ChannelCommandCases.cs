// NewChannelReq and DlChannelReq in a region with a dynamic channel plan, and how channels are chosen.
using Simulation.Conformance.Bench;

namespace Simulation.Conformance.Cases;

/// <summary>TS001-1.0.4, section 5.6; RP002-1.0.4, sections 2.3 and 2.4.2.</summary>
internal static class ChannelCommandCases
{
    private const string Section = "TS001-1.0.4 5.6";

    /// <summary>The cases.</summary>
    public static IEnumerable<ConformanceCase> All()
    {
        yield return Case(Section, "NewChannelReq adds a channel that is used at once", Adds);
        yield return Case(Section, "NewChannelReq changes a channel that it added", Changes);
        yield return Case(Section, "NewChannelReq with frequency 0 removes a channel", Removes);
        yield return Case(Section, "A channel is used only within its range of data rates", Range);
        yield return Case(Section, "Several NewChannelReq in one frame are carried out and answered in their order", Several);
        yield return Case(Section, "Channels survive a loss of power", Persists);
        yield return Refused("The default channels cannot be changed", "0700184f8450", "0700", "0701", "0702");
        yield return Refused("A channel index that does not exist is refused", "0710184f8450", "0700", "0701", "0702");
        yield return Refused("A frequency outside the band is refused", "0703102f9d50", "0702");
        yield return Refused("A range whose lowest data rate is above the highest is refused", "0703184f8405", "0701");
        yield return Refused("A range with an unknown data rate is refused", "0703184f84f0", "0701");
        yield return Case(Section, "DlChannelReq moves RX1 of a channel", MovesRx1);
        yield return Refused("DlChannelReq for an undefined channel is refused", "0a07184f84", "0a01");
        yield return Refused("DlChannelReq with a frequency outside the band is refused", "0a00102f9d", "0a02");
        yield return Case("RP002-1.0.4 2.3", "Every enabled channel is used once before one is used again", EachOnce);
        yield return Case("RP002-1.0.4 2.3", "The order of channels is not always the same", Random);
    }

    private static ConformanceCase Case(string section, string requirement, Action<ConformanceBench> attempt) =>
        new("Channels", section, requirement, attempt);

    private static ConformanceCase Refused(string requirement, string command, params string[] answers) =>
        Case(Section, requirement, bench => IsRefused(bench, command, answers));

    private static void Adds(ConformanceBench bench)
    {
        bench.Join();
        Check.Equal("0703", bench.Command("0703184f8450"), "NewChannelAns");
        Check.Equal("867100000 868100000 868300000 868500000", Used(bench), "channels in use");
    }

    private static void Changes(ConformanceBench bench)
    {
        bench.Join();
        bench.Command("0703184f8450");
        Check.Equal("0703", bench.Command("0703e8568450"), "NewChannelAns");
        Check.Equal("867300000 868100000 868300000 868500000", Used(bench), "channels in use");
    }

    private static void Removes(ConformanceBench bench)
    {
        bench.Join();
        bench.Command("0703184f8450");
        Check.Equal("0703", bench.Command("070300000050"), "NewChannelAns");
        Check.Equal("868100000 868300000 868500000", Used(bench), "channels in use");
    }

    private static void Range(ConformanceBench bench)
    {
        bench.Join();
        bench.Command("0703184f8420");
        Check.Equal("868100000 868300000 868500000", Used(bench), "channels in use at DR5");
        bench.Command("0320ff0061");
        Check.Equal("867100000 868100000 868300000 868500000", Used(bench), "channels in use at DR2");
    }

    private static void Several(ConformanceBench bench)
    {
        bench.Join();
        Check.Equal("070307000702", bench.Command("0703184f8450" + "0700184f8450" + "0704102f9d50"), "answers");
        Check.Equal("867100000 868100000 868300000 868500000", Used(bench), "channels in use");
    }

    private static void Persists(ConformanceBench bench)
    {
        bench.Join();
        bench.Command("0703184f8450");
        bench.Restart();
        Check.Equal("867100000 868100000 868300000 868500000", Used(bench), "channels in use");
    }

    private static void IsRefused(ConformanceBench bench, string command, string[] answers)
    {
        bench.Join();
        string answer = bench.Command(command);
        Check.That(answers.Contains(answer), "answer: expected " + string.Join(" or ", answers) + ", found " + answer);
        bench.Exchange(new DownlinkSpec { FPort = 3, Payload = "01" });
        Check.Equal("01", bench.TakeDownlink(), "message in RX1");
        Check.Equal("868100000 868300000 868500000", Used(bench), "channels in use");
    }

    private static void MovesRx1(ConformanceBench bench)
    {
        bench.Join();
        Check.Equal("0a030a030a03", bench.Command("0a00184f84" + "0a01184f84" + "0a02184f84"), "DlChannelAns");
        foreach (int frequencyHz in new[] { 868100000, 868300000, 868500000 })
        {
            bench.Network.MovedRx1Hz[frequencyHz] = 867100000;
        }

        bench.Exchange(new DownlinkSpec { FPort = 3, Payload = "01" });
        Check.Equal("01", bench.TakeDownlink(), "message in the moved RX1");
        Check.Equal("868100000 868300000 868500000", Used(bench), "channels of uplinks");
    }

    private static void EachOnce(ConformanceBench bench)
    {
        bench.Network.AcceptJoin = _ => new JoinAnswer(bench.Network.NextAccept() with { CfList = "184F84E85684B85E84886684586E8400" });
        bench.Join();
        bench.RunFor(3_600_000);
        for (int round = 0; round < 6; round++)
        {
            HashSet<int> used = [];
            for (int i = 0; i < 8; i++)
            {
                used.Add(bench.SendAndFinish().Transmission.FrequencyHz);
                bench.RunFor(120_000);
            }

            // A round may begin in the middle of the device's own: of any 8 uplinks in a row 4 different channels at least.
            Check.That(used.Count >= 4, "eight uplinks in a row use only " + used.Count + " of eight channels");
        }

        CheckRounds([.. bench.Network.Uplinks.DistinctBy(u => u.FCnt).Skip(1).Select(u => u.Transmission.FrequencyHz)]);
    }

    // Somewhere in the first eight uplinks a round begins; from there on all channels occur in every eight.
    private static void CheckRounds(List<int> frequencies)
    {
        for (int start = 0; start < 8; start++)
        {
            bool areAllWhole = true;
            for (int i = start; i + 8 <= frequencies.Count; i += 8)
            {
                areAllWhole &= frequencies.GetRange(i, 8).Distinct().Count() == 8;
            }

            if (areAllWhole)
            {
                return;
            }
        }

        Check.That(false, "a channel is used again before all others were used once");
    }

    private static void Random(ConformanceBench bench)
    {
        bench.Network.AcceptJoin = _ => new JoinAnswer(bench.Network.NextAccept() with { CfList = "184F84E85684B85E84886684586E8400" });
        bench.Join();
        List<int> frequencies = [];
        for (int i = 0; i < 32; i++)
        {
            frequencies.Add(bench.SendAndFinish().Transmission.FrequencyHz);
        }

        Check.That(!frequencies[..8].SequenceEqual(frequencies[8..16]) || !frequencies[8..16].SequenceEqual(frequencies[16..24]), "the order repeats");
    }

    private static string Used(ConformanceBench bench)
    {
        bench.RunFor(60_000);
        HashSet<int> frequencies = [];
        for (int i = 0; i < 24; i++)
        {
            frequencies.Add(bench.SendAndFinish().Transmission.FrequencyHz);
        }

        return string.Join(' ', frequencies.Order());
    }
}
