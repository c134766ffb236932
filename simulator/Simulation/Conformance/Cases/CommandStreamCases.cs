// Several MAC commands in a frame, their order, and where they stop being understood.
using Simulation.Conformance.Bench;

namespace Simulation.Conformance.Cases;

/// <summary>TS001-1.0.4, sections 4.3.1.6 and 5.</summary>
internal static class CommandStreamCases
{
    private const string Section = "TS001-1.0.4 5";

    /// <summary>The cases.</summary>
    public static IEnumerable<ConformanceCase> All()
    {
        yield return Case(Section, "LinkADRReq and DevStatusReq in one frame are both answered, in their order", "0351ff000106", "0306060007");
        yield return Case(Section, "All commands of a frame are answered in their order", "06" + "0400" + "0350070001" + "0801", "060007" + "04" + "0307" + "08");
        yield return Case(Section, "An unknown command ends the processing, what came before holds", "06" + "7f" + "0400", "060007");
        yield return Case(Section, "A command that is cut short is ignored, what came before holds", "06" + "0350", "060007");
        yield return Case(Section, "An empty command in the place of a longer one is ignored", "03", "");
        yield return Case(Section, "A proprietary command ends the processing", "06" + "80" + "06", "060007");
        yield return Case(Section, "Class B commands are not understood", "10" + "06", "");
        yield return new ConformanceCase("MAC command streams", Section, "Commands on FPort 0 are carried out as those in FOpts", OnPort0);
        yield return new ConformanceCase(
            "MAC command streams", "TS001-1.0.4 4.3.1.6", "Answers of up to 15 octets travel in FOpts beside a message", BesideMessage);
        yield return new ConformanceCase(
            "MAC command streams", "TS001-1.0.4 4.3.1.6", "More answers than FOpts hold go on FPort 0, in their order, and no message is lost", MoreThanFOpts);
        yield return new ConformanceCase("MAC command streams", Section, "Answers are sent even if there is no message", WithoutMessage);
    }

    private static ConformanceCase Case(string section, string requirement, string commands, string answers) =>
        new("MAC command streams", section, requirement, bench => AreAnswered(bench, commands, answers));

    private static void AreAnswered(ConformanceBench bench, string commands, string answers)
    {
        bench.Join();
        Check.Equal(answers, bench.Command(commands), "answers");
    }

    private static void OnPort0(ConformanceBench bench)
    {
        bench.Join();
        bench.Exchange(new DownlinkSpec { FPort = 0, Payload = "0351ff000106" });
        Check.Equal("0306060007", bench.SendAndFinish().MacCommands, "answers");
    }

    private static void BesideMessage(ConformanceBench bench)
    {
        bench.Join();
        bench.Exchange(new DownlinkSpec { FOpts = "0606060606" });
        HeardUplink uplink = bench.SendAndFinish("0102030405");
        Check.Equal("060007060007060007060007060007", uplink.FOpts, "answers");
        Check.Equal("0102030405", uplink.Payload, "message");
    }

    private static void MoreThanFOpts(ConformanceBench bench)
    {
        bench.Join();
        bench.Exchange(new DownlinkSpec { FOpts = "060606060606" });
        int before = bench.Network.Uplinks.Count;
        bench.SendAndFinish("0102");
        List<HeardUplink> uplinks = bench.Network.Uplinks[before..];
        string answers = string.Concat(uplinks.Select(u => u.MacCommands));
        Check.Equal(string.Concat(Enumerable.Repeat("060007", 6)), answers, "answers");
        Check.That(uplinks.Any(u => u.FPort == ConformanceBench.Port && u.Payload == "0102"), "the message is lost");
    }

    private static void WithoutMessage(ConformanceBench bench)
    {
        bench.Join();
        bench.Exchange(new DownlinkSpec { FOpts = "06" });
        bench.RunFor(300_000);
        Check.Equal("060007", bench.Network.Uplinks[^1].MacCommands, "answers in the last uplink");
    }
}
