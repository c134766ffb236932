// A virtual gateway on a bench: its server is a list of messages, its air a list of plans.
using System.Text;
using System.Text.Json;
using RepositoryFiles;
using Simulation.Forwarding;
using Simulation.Forwarding.Semtech;
using Simulation.Forwarding.Station;
using Simulation.Network;
using Simulation.Radio;
using Xunit;

namespace Simulation.Tests.Forwarding;

/// <summary>The wire of Semtech's protocol, as lists.</summary>
internal sealed class DatagramLog : IDatagramLink
{
    public List<byte[]> Sent { get; } = [];

    public Queue<byte[]> ToGateway { get; } = new();

    public void Send(ReadOnlySpan<byte> datagram) => Sent.Add(datagram.ToArray());

    public bool TryReceive(byte[] buffer, out int length)
    {
        bool isThere = ToGateway.TryDequeue(out byte[]? datagram);
        length = datagram?.Length ?? 0;
        datagram?.CopyTo(buffer, 0);
        return isThere;
    }

    public void Dispose()
    {
    }
}

/// <summary>The wire of the LNS protocol, as lists.</summary>
internal sealed class StationLog : IStationLink
{
    public List<string> Sent { get; } = [];

    public Queue<StationEvent> ToGateway { get; } = new();

    public void Say(string message) => Say(Encoding.UTF8.GetBytes(message));

    public void Say(byte[] message) => ToGateway.Enqueue(new StationEvent(StationEventKind.Message, message));

    public bool TryTake(out StationEvent happened) => ToGateway.TryDequeue(out happened);

    public void Send(string message) => Sent.Add(message);

    public void Dispose()
    {
    }
}

/// <summary>Radios whose duty cycle is used up or not.</summary>
internal sealed class RadioStub : IGatewayRadios
{
    public bool HasDutyCycle { get; set; } = true;

    public RadioStatistics Statistics { get; } = new(1, 1);

    public long EarliestStartUs => 0;

    public bool IsDown(int gatewayIndex) => false;

    public bool IsWithinDutyCycle(in DownlinkPlan plan) => HasDutyCycle;

    public void Transmit(in DownlinkPlan plan, ReadOnlySpan<int> addressed, ReadOnlySpan<int> others, byte[] frame)
    {
    }
}

/// <summary>A gateway with its forwarder.</summary>
internal sealed class ForwardingBench
{
    private ushort _token;

    private ForwardingBench(ulong eui, long startUtcMs, long counterAtStartUs, bool hasGps, bool keepsBeaconTime)
    {
        TransmitLimits limits = new()
        {
            IsFrequencyAllowed = static frequencyHz => frequencyHz is >= 863_000_000 and <= 870_000_000,
            HasGps = hasGps,
            KeepsBeaconTime = keepsBeaconTime,
        };
        Gateway = new VirtualGateway(0, eui, "bench", new GatewayCounter(counterAtStartUs, 0), limits, new GpsTime(startUtcMs), Statistics)
        {
            Latitude = 46.24,
            Longitude = 3.2523,
        };
        Log = new ForwardingLog(Lines.Add);
    }

    public VirtualGateway Gateway { get; }

    public ForwardingStatistics Statistics { get; } = new();

    public List<string> Lines { get; } = [];

    public ForwardingLog Log { get; }

    public DatagramLog Datagrams { get; } = new();

    public StationLog Messages { get; } = new();

    public RadioStub Radios { get; } = new();

    public IGatewayForwarder Forwarder { get; private set; } = null!;

    public static ForwardingBench Semtech(
        ulong eui = 0xAA555A0000000101, long startUtcMs = 1_781_982_000_000, long counterAtStartUs = 0, bool hasGps = true, bool keepsBeaconTime = false)
    {
        ForwardingBench bench = new(eui, startUtcMs, counterAtStartUs, hasGps, keepsBeaconTime);
        bench.Forwarder = new SemtechForwarder(bench.Gateway, bench.Datagrams, bench.Statistics, bench.Log, () => ++bench._token);
        return bench;
    }

    public static ForwardingBench Station(
        ulong eui = 0xAA555A0000000101, long startUtcMs = 1_781_982_000_000, long counterAtStartUs = 0, bool hasGps = true, int session = 5)
    {
        ForwardingBench bench = new(eui, startUtcMs, counterAtStartUs, hasGps, keepsBeaconTime: false);
        bench.Forwarder = new StationForwarder(bench.Gateway, bench.Messages, bench.Radios, bench.Statistics, bench.Log, session);
        bench.Messages.ToGateway.Enqueue(new StationEvent(StationEventKind.Connected, default));
        return bench;
    }

    public static JsonElement Recorded(string file)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(RepositoryRoot.PathOf("tests", "golden", "forwarding", file)));
        return document.RootElement.Clone();
    }

    /// <summary>The names of a file's exchanges, a case each.</summary>
    public static TheoryData<string> Names(string file) =>
        [.. Recorded(file).GetProperty("exchanges").EnumerateArray().Select(exchange => exchange.GetProperty("name").GetString()!)];

    public static JsonElement Exchange(JsonElement recorded, string name) =>
        recorded.GetProperty("exchanges").EnumerateArray().Single(exchange => exchange.GetProperty("name").GetString() == name);

    public static bool Flag(JsonElement exchange, string name, bool fallback) =>
        exchange.TryGetProperty(name, out JsonElement value) ? value.GetBoolean() : fallback;

    public static ReceivedUplink Uplink(JsonElement step) => new(
        step.GetProperty("endUs").GetInt64(), step.GetProperty("frequencyHz").GetInt32(), step.GetProperty("spreadingFactor").GetInt32(),
        step.GetProperty("bandwidthHz").GetInt32(), step.GetProperty("rssiDbm").GetInt32(), step.GetProperty("snrQuarterDecibel").GetInt32(),
        Convert.FromHexString(step.GetProperty("frame").GetString()!));

    public void AssertPlanned(JsonElement expected)
    {
        string[] plans =
        [
            .. Gateway.Queue.Planned.Select(plan =>
                $"{plan.StartUs} {plan.Request.FrequencyHz} SF{plan.Request.SpreadingFactor} {Convert.ToHexStringLower(plan.Request.Frame)}"),
        ];
        string[] wanted =
        [
            .. expected.EnumerateArray().Select(plan =>
                $"{plan.GetProperty("startUs").GetInt64()} {plan.GetProperty("frequencyHz").GetInt32()} SF{plan.GetProperty("spreadingFactor").GetInt32()} {plan.GetProperty("frame").GetString()}"),
        ];
        Assert.Equal(wanted, plans);
    }

    public void AssertCounts(JsonElement expected)
    {
        foreach (JsonProperty count in expected.EnumerateObject())
        {
            long measured = count.Name switch
            {
                "forwarded" => Statistics.ForwardedCount,
                "notForwarded" => Statistics.NotForwardedCount,
                "malformed" => Statistics.MalformedCount,
                "unacknowledged" => Statistics.UnacknowledgedCount,
                "accepted" => Statistics.RequestCounts[(int)TransmitError.None],
                "tooLate" => Statistics.RequestCounts[(int)TransmitError.TooLate],
                _ => throw new ArgumentException(count.Name),
            };
            Assert.True(count.Value.GetInt64() == measured, $"{count.Name}: {measured}, expected {count.Value}. {string.Join('\n', Lines)}");
        }
    }
}
