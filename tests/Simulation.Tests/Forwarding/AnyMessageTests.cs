// Whatever a server says: no exception, nothing planned that was not asked for in due form, and no flood of lines.
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Simulation.Forwarding;
using Simulation.Forwarding.Semtech;
using Xunit;

namespace Simulation.Tests.Forwarding;

public sealed class AnyMessageTests
{
    private const string ValidDownlink =
        """{"txpk":{"imme":false,"tmst":3000000,"freq":868.1,"rfch":0,"powe":14,"modu":"LORA","datr":"SF7BW125","codr":"4/5","ipol":true,"size":17,"data":"YPF9vkkAAgABX9uK2noulM8="}}""";

    private static readonly string[] s_fragments =
    [
        "{", "}", "[", "]", "\"", ",", ":", "null", "true", "-1", "1e400", "0.5", "4294967296", "99999999999999999999", "\"txpk\"", "\"imme\"", "\"tmst\"",
        "\"tmms\"", "\"freq\"", "\"datr\"", "\"SF7BW125\"", "\"SF99BW125\"", "\"modu\"", "\"LORA\"", "\"data\"", "\"====\"", "\"size\"", "\"\\ud800\"",
        "\"msgtype\"", "\"dnmsg\"", "\"dnsched\"", "\"router_config\"", "\"timesync\"", "\"getxtime\"", "\"schedule\"", "\"DRs\"", "\"DevEui\"", "\"pdu\"", "\"xtime\"",
        "\"upchannels\"", "\"NetID\"", "\"JoinEui\"", "\"gpstime\"", "\"MuxTime\"", "\"RX1Freq\"", "\"RX1DR\"", "\"dC\"", "\"diid\"", "[[12,125,0]]",
    ];

    private static Gen<byte[]> Json => Gen.Elements(s_fragments).ListOf().Select(parts => Encoding.UTF8.GetBytes(string.Concat(parts)));

    // A valid message with one byte changed, one value replaced by another type, or cut off.
    private static Gen<byte[]> Damaged(string valid) =>
        from at in Gen.Choose(0, valid.Length - 1)
        from fragment in Gen.Elements(s_fragments)
        from kind in Gen.Choose(0, 2)
        select Encoding.UTF8.GetBytes(kind switch
        {
            0 => valid[..at] + fragment + valid[at..],
            1 => valid[..at] + fragment + valid[Math.Min(valid.Length, at + fragment.Length)..],
            _ => valid[..at],
        });

    [Fact]
    public void Given_any_datagram_When_a_gateway_takes_it_Then_it_plans_nothing_but_what_is_a_valid_request()
    {
        Gen<byte[]> any = ArbMap.Default.ArbFor<byte[]>().Generator;
        Gen<byte[]> datagrams = Gen.OneOf(
            any,
            any.Select(bytes => (byte[])[2, 0, 1, 3, .. bytes]),
            Json.Select(bytes => (byte[])[2, 0, 1, 3, .. bytes]),
            Damaged(ValidDownlink).Select(bytes => (byte[])[2, 0, 1, 3, .. bytes]),
            Gen.Constant(new byte[65_507]));
        ForwardingBench bench = ForwardingBench.Semtech();
        Prop.ForAll(datagrams.ToArbitrary(), datagram =>
        {
            long requestCount = bench.Statistics.RequestCount;
            bench.Gateway.Queue.Clear();
            bench.Datagrams.Sent.Clear();
            bench.Datagrams.ToGateway.Enqueue(datagram);
            bench.Forwarder.Run(1_000_000, 0);
            bool isRequest = bench.Statistics.RequestCount > requestCount;
            bool isAnswered = bench.Datagrams.Sent.Any(sent => sent[3] == (byte)SemtechPacketType.TxAck);
            return isRequest == isAnswered && (isRequest || bench.Gateway.Queue.Planned.Count == 0);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));
        AssertFewLines(bench);
    }

    [Theory]
    [InlineData("""{"msgtype":"dnmsg","\ud800":1}""")]
    [InlineData("""{"msgtype":"router_config","\udc00x":[]}""")]
    [InlineData("""{"msgtype":"dnsched","schedule":[{"\ud83d":"60ff"}]}""")]
    public void Given_a_name_that_is_half_a_character_When_a_station_takes_it_Then_nothing_breaks(string message)
    {
        ForwardingBench bench = ForwardingBench.Station(hasGps: false);
        bench.Messages.Say(message);
        bench.Forwarder.Run(1_000_000, 0);
        Assert.Empty(bench.Gateway.Queue.Planned);
        Assert.Throws<JsonException>(() => ForeignJson.Parse(message));
    }

    [Fact]
    public void Given_any_message_When_a_station_takes_it_Then_nothing_breaks()
    {
        string config = ForwardingBench.Recorded("station.json").GetProperty("routerConfig").GetString()!;
        const string Downlink =
            """{"msgtype":"dnmsg","DevEui":"00-AF-EE-7C-F5-ED-6F-1E","dC":0,"diid":7,"pdu":"60f17dbe49000200015fdb8ada7a2e94cf","RxDelay":1,"RX1DR":5,"RX1Freq":868100000,"RX2DR":0,"RX2Freq":869525000,"xtime":1407374884553280,"gpstime":1466017278000000}""";
        const string Schedule = """{"msgtype":"dnsched","schedule":[{"pdu":"60ff","DR":5,"Freq":869525000,"gpstime":1466017283000000}]}""";
        const string Time = """{"msgtype":"timesync","txtime":1000000,"gpstime":1466000000000000,"MuxTime":1781982000.5,"xtime":1407374884553280}""";
        Gen<byte[]> messages = Gen.OneOf(
            ArbMap.Default.ArbFor<byte[]>().Generator, Json, Damaged(config), Damaged(Downlink), Damaged(Schedule), Damaged(Time),
            Gen.Constant(Encoding.UTF8.GetBytes(new string('[', 100_000))));
        ForwardingBench bench = ForwardingBench.Station(hasGps: false);
        Prop.ForAll(messages.ToArbitrary(), message =>
        {
            bench.Gateway.Queue.Clear();
            bench.Messages.Sent.Clear();
            bench.Messages.Say(config);
            bench.Messages.Say(message);
            bench.Forwarder.Forward(new ReceivedUplink(900_000, 868_100_000, 7, 125_000, -35, 20, [0xE0, 1, 2]));
            bench.Forwarder.Run(1_000_000, 0);
            return bench.Gateway.Queue.Planned.Count <= 1;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));
        AssertFewLines(bench);
    }

    [Fact]
    public void Given_any_bytes_as_an_uplink_When_they_are_forwarded_Then_both_protocols_write_JSON_that_can_be_read()
    {
        string config = ForwardingBench.Recorded("station.json").GetProperty("routerConfig").GetString()!
            .Replace("\"NetID\":[36],", "", StringComparison.Ordinal)
            .Replace("\"JoinEui\":[[8121069293711392988,8121069293711392988]],", "", StringComparison.Ordinal);
        Gen<byte[]> frames = ArbMap.Default.ArbFor<byte[]>().Generator.Where(bytes => bytes.Length is > 0 and < 256);
        Prop.ForAll(frames.ToArbitrary(), frame =>
        {
            ForwardingBench semtech = ForwardingBench.Semtech();
            ForwardingBench station = ForwardingBench.Station();
            station.Messages.Say(config);
            ReceivedUplink uplink = new(900_000, 868_100_000, 7, 125_000, -35, 20, frame);
            semtech.Forwarder.Forward(uplink);
            station.Forwarder.Forward(uplink);
            semtech.Forwarder.Run(1_000_000, 0);
            station.Forwarder.Run(1_000_000, 0);
            using System.Text.Json.JsonDocument push = System.Text.Json.JsonDocument.Parse(semtech.Datagrams.Sent[0].AsMemory(12));
            foreach (string message in station.Messages.Sent)
            {
                System.Text.Json.JsonDocument.Parse(message).Dispose();
            }

            return push.RootElement.GetProperty("rxpk")[0].GetProperty("data").GetBytesFromBase64().SequenceEqual(frame);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    [Fact]
    public void Given_text_from_outside_When_it_is_logged_Then_it_cannot_steer_a_terminal_and_is_not_long()
    {
        List<string> lines = [];
        ForwardingLog log = new(lines.Add);
        log.Say("kind", "a\u001b[2Jb\r\nc\u202ed" + new string('x', 10_000));
        string line = Assert.Single(lines);
        Assert.DoesNotContain(line, character => char.IsControl(character) || character == '\u202e');
        Assert.True(line.Length < 400);
    }

    private static void AssertFewLines(ForwardingBench bench)
    {
        Assert.InRange(bench.Lines.Count, 1, 40);
        Assert.All(bench.Lines, line => Assert.DoesNotContain('\n', line));
    }
}
