// Both protocols byte by byte against exchanges that were written by hand from their documents (tests/golden/forwarding).
using System.Text;
using System.Text.Json;
using Simulation.Forwarding.Station;
using Xunit;

namespace Simulation.Tests.Forwarding;

public sealed class RecordedExchangeTests
{
    public static TheoryData<string> SemtechNames => ForwardingBench.Names("semtech.json");

    public static TheoryData<string> StationNames => ForwardingBench.Names("station.json");

    [Theory]
    [MemberData(nameof(SemtechNames))]
    public void Given_a_recorded_exchange_of_Semtechs_protocol_When_replayed_Then_the_gateway_sends_the_same_bytes(string name)
    {
        JsonElement recorded = ForwardingBench.Recorded("semtech.json");
        JsonElement exchange = ForwardingBench.Exchange(recorded, name);
        ForwardingBench bench = ForwardingBench.Semtech(
            Convert.ToUInt64(recorded.GetProperty("gatewayEui").GetString(), 16),
            recorded.GetProperty("startUtc").GetDateTimeOffset().ToUnixTimeMilliseconds(),
            recorded.GetProperty("counterAtStartUs").GetInt64(),
            ForwardingBench.Flag(exchange, "hasGps", true),
            ForwardingBench.Flag(exchange, "keepsBeaconTime", false));
        foreach (JsonElement step in exchange.GetProperty("steps").EnumerateArray())
        {
            JsonProperty what = step.EnumerateObject().Single();
            switch (what.Name)
            {
                case "server":
                    bench.Datagrams.ToGateway.Enqueue(Bytes(what.Value));
                    break;
                case "gateway":
                    if (what.Value.ValueKind == JsonValueKind.Array)
                    {
                        Assert.Equal([.. what.Value.EnumerateArray().Select(datagram => Text(Bytes(datagram)))], bench.Datagrams.Sent.Select(Text));
                    }

                    bench.Datagrams.Sent.Clear();
                    break;
                default:
                    Do(bench, what);
                    break;
            }
        }
    }

    [Theory]
    [MemberData(nameof(StationNames))]
    public void Given_a_recorded_exchange_of_Basics_Station_When_replayed_Then_the_gateway_sends_the_same_text(string name)
    {
        JsonElement recorded = ForwardingBench.Recorded("station.json");
        JsonElement exchange = ForwardingBench.Exchange(recorded, name);
        ForwardingBench bench = ForwardingBench.Station(
            Convert.ToUInt64(recorded.GetProperty("gatewayEui").GetString(), 16),
            recorded.GetProperty("startUtc").GetDateTimeOffset().ToUnixTimeMilliseconds(),
            recorded.GetProperty("counterAtStartUs").GetInt64(),
            ForwardingBench.Flag(exchange, "hasGps", true),
            recorded.GetProperty("session").GetInt32());
        bench.Messages.Say(recorded.GetProperty("routerConfig").GetString()!);
        bool isVersionSaid = false;
        foreach (JsonElement step in exchange.GetProperty("steps").EnumerateArray())
        {
            JsonProperty what = step.EnumerateObject().Single();
            switch (what.Name)
            {
                case "server":
                    bench.Messages.Say(what.Value.GetString()!);
                    break;
                case "gateway":
                    Assert.Equal(what.Value.EnumerateArray().Select(message => message.GetString()!), bench.Messages.Sent);
                    bench.Messages.Sent.Clear();
                    break;
                default:
                    Do(bench, what);
                    if (what.Name == "at" && !isVersionSaid)
                    {
                        Assert.Equal(recorded.GetProperty("version").GetString(), bench.Messages.Sent[0]);
                        bench.Messages.Sent.RemoveAt(0);
                        isVersionSaid = true;
                    }

                    break;
            }
        }
    }

    [Fact]
    public void Given_a_configuration_with_duty_cycle_When_it_is_used_up_Then_a_downlink_is_dropped_unless_nodc_says_otherwise()
    {
        string config = ForwardingBench.Recorded("station.json").GetProperty("routerConfig").GetString()!;
        const string Downlink = """{"msgtype":"dnmsg","DevEui":"00-AF-EE-7C-F5-ED-6F-1E","dC":2,"diid":1,"pdu":"60ff","RX2DR":3,"RX2Freq":869525000}""";
        foreach (bool hasNoDutyCycle in (bool[])[false, true])
        {
            ForwardingBench bench = ForwardingBench.Station();
            bench.Radios.HasDutyCycle = false;
            bench.Messages.Say(hasNoDutyCycle ? config.Replace("\"nodc\":false", "\"nodc\":true", StringComparison.Ordinal) : config);
            bench.Messages.Say(Downlink);
            bench.Forwarder.Run(1_000_000, 0);
            Assert.Equal(hasNoDutyCycle ? 1 : 0, bench.Gateway.Queue.Planned.Count);
        }
    }

    [Theory]
    [InlineData(0x020000FFFE000001, "02-00-00-FF-FE-00-00-01", "200:ff:fe00:1")]
    [InlineData(0x0000000000000001, "00-00-00-00-00-00-00-01", "::1")]
    [InlineData(0x0000000000020001, "00-00-00-00-00-02-00-01", "::2:1")]
    [InlineData(0x0001000000000000, "00-01-00-00-00-00-00-00", "1::")]
    [InlineData(0x0001000000000002, "00-01-00-00-00-00-00-02", "1::2")]
    public void Given_an_EUI_When_written_for_a_server_Then_it_has_both_of_stations_forms(ulong eui, string withHyphens, string id6)
    {
        Assert.Equal(withHyphens, StationFrame.EuiText(eui));
        Assert.Equal(id6, StationFrame.Id6Text(eui));
    }

    private static void Do(ForwardingBench bench, JsonProperty what)
    {
        switch (what.Name)
        {
            case "at":
                bench.Forwarder.Run(what.Value.GetProperty("timeUs").GetInt64(), what.Value.GetProperty("wallMs").GetInt64());
                break;
            case "uplink":
                bench.Forwarder.Forward(ForwardingBench.Uplink(what.Value));
                break;
            case "planned":
                bench.AssertPlanned(what.Value);
                break;
            case "counts":
                bench.AssertCounts(what.Value);
                break;
            default:
                throw new ArgumentException(what.Name);
        }
    }

    private static byte[] Bytes(JsonElement datagram) =>
        [.. Convert.FromHexString(datagram.GetProperty("header").GetString()!), .. Encoding.UTF8.GetBytes(datagram.GetProperty("text").GetString()!)];

    // Header bytes as digits, so that a difference can be read.
    private static string Text(byte[] datagram)
    {
        int headerLength = datagram.AsSpan().IndexOf((byte)'{') is int at and >= 0 ? at : datagram.Length;
        return Convert.ToHexStringLower(datagram.AsSpan(0, headerLength)) + Encoding.UTF8.GetString(datagram.AsSpan(headerLength));
    }
}
