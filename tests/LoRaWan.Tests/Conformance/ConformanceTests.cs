// Every requirement of the conformance suite is a test; and the tester's own frames are judged by lora-packet.
using System.Text.Json;
using LoRaWan.Tests.Oracles;
using RepositoryFiles;
using Simulation.Conformance;
using Simulation.Conformance.Bench;
using Xunit;

namespace LoRaWan.Tests.Conformance;

public class ConformanceTests
{
    public static TheoryData<string, string> Requirements()
    {
        TheoryData<string, string> data = [];
        foreach (ConformanceCase @case in ConformanceSuite.Cases)
        {
            data.Add(@case.Section, @case.Requirement);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Requirements))]
    public void The_end_device_meets(string section, string requirement)
    {
        ConformanceCase @case = Assert.Single(ConformanceSuite.Cases, c => c.Section == section && c.Requirement == requirement);
        Assert.Null(@case.Try());
    }

    [Fact]
    public void The_page_of_the_documentation_is_up_to_date_and_text_and_json_tell_the_same()
    {
        IReadOnlyList<ConformanceResult> results = ConformanceSuite.Run();
        string page = File.ReadAllText(RepositoryRoot.PathOf("docs", "lorawan-conformance.md"));
        Assert.True(page == ConformanceReport.Page(results), "docs/lorawan-conformance.md is out of date: polesim docs conformance");

        ConformanceResult failed = results[3] with { Failure = "something else was heard" };
        IReadOnlyList<ConformanceResult> changed = [.. results.Take(3), failed, .. results.Skip(4)];
        string text = ConformanceReport.Text(changed);
        Assert.Contains("FAIL  " + failed.Case.Section, text, StringComparison.Ordinal);
        Assert.Contains("something else was heard", text, StringComparison.Ordinal);
        Assert.Contains($"{results.Count} requirements, {results.Count - 1} met, 1 not met.", text, StringComparison.Ordinal);
        using JsonDocument json = JsonDocument.Parse(ConformanceReport.Json(changed));
        Assert.Equal(results.Count - 1, json.RootElement.GetProperty("met").GetInt32());
        Assert.Equal(results.Count, json.RootElement.GetProperty("cases").GetArrayLength());
        Assert.Equal("something else was heard", json.RootElement.GetProperty("cases")[3].GetProperty("failure").GetString());
    }

    [Fact]
    public void A_device_that_does_otherwise_fails_and_one_that_throws_fails_too()
    {
        ConformanceCase wrong = new("Any", "TS001-1.0.4 1", "Any", bench => Check.Equal(1, bench.Network.Uplinks.Count, "uplinks"));
        Assert.Equal("uplinks: expected 1, found 0", wrong.Try());
        ConformanceCase broken = new("Any", "TS001-1.0.4 1", "Any", _ => throw new InvalidOperationException("broken"));
        Assert.Contains("broken", broken.Try(), StringComparison.Ordinal);
    }

    // The tester is written here as well as the device: a third party judges the frames of both.
    [Fact]
    public void Lora_packet_reads_what_the_tester_and_the_device_say_to_each_other()
    {
        if (LoraPacketOracle.NotAvailableReason is { } reason)
        {
            Assert.Skip(reason);
        }

        ConformanceBench bench = new();
        bench.Join();
        bench.Exchange(new DownlinkSpec { FPort = 3, Payload = "c0ffee", FOpts = "06", IsConfirmed = true });
        bench.Exchange(new DownlinkSpec { FPort = 0, Payload = "0351ff000106", IsAck = true, IsFramePending = true, IsAdaptive = true });
        bench.Exchange(new DownlinkSpec());
        bench.SendAndFinish();
        string networkKey = Convert.ToHexStringLower(bench.Network.Keys!.NetworkSessionKey);
        string applicationKey = Convert.ToHexStringLower(bench.Network.Keys.ApplicationSessionKey);
        const string AppKey = "2b7e151628aed2a6abf7158809cf4f3c";
        List<LoraPacketQuery> queries =
        [
            .. bench.Network.Accepts.Select(frame => new LoraPacketQuery(Convert.ToHexStringLower(frame), AppKey: AppKey)),
            .. bench.Network.JoinRequests.Select(r => new LoraPacketQuery(Convert.ToHexStringLower(r.Transmission.Frame), AppKey: AppKey)),
            .. bench.Network.Downlinks.Select(d => new LoraPacketQuery(Convert.ToHexStringLower(d.Frame), networkKey, applicationKey, FCnt: d.FCnt)),
            .. bench.Network.Uplinks.Select(u => new LoraPacketQuery(Convert.ToHexStringLower(u.Transmission.Frame), networkKey, applicationKey, FCnt: u.FCnt)),
        ];
        IReadOnlyList<LoraPacketVerdict> verdicts = LoraPacketOracle.Check(queries);
        Assert.All(verdicts, verdict => Assert.True(verdict.Error is null && verdict.MicValid));
        Assert.Contains(verdicts, v => v is { Direction: "down", Payload: "c0ffee", FOpts: "06", Type: "Confirmed Data Down" });
        Assert.Contains(verdicts, v => v is { Direction: "down", FPort: 0, Payload: "0351ff000106", Ack: true, FPending: true, Adr: true });
        List<HeardUplink> uplinks = bench.Network.Uplinks;
        Assert.Equal(uplinks.Select(u => (u.Payload, u.FOpts)), verdicts.TakeLast(uplinks.Count).Select(v => (v.Payload ?? "", v.FOpts ?? "")));
    }

    [Fact]
    public void Names_are_unique_sections_are_named_and_there_are_more_than_a_hundred()
    {
        Assert.Equal(ConformanceSuite.Cases.Count, ConformanceSuite.Cases.Select(c => c.Requirement).Distinct().Count());
        Assert.All(ConformanceSuite.Cases, c => Assert.Matches(@"^(TS00[1345]|RP002)-[0-9.]+ [0-9.]+$", c.Section));
        Assert.True(ConformanceSuite.Cases.Count > 100);
    }
}
