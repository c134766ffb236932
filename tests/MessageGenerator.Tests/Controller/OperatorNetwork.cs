// The network of one pole as its operator sees it: joins are accepted, uplinks arrive decoded by the schema's names, commands go out in the
// class C window. Made from the frame codec, with the accept enciphered by the .NET library.
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using LoRaWan.Tests.Bench;
using MessageSchemas;
using PoleController.LoRaWan;
using PoleController.LoRaWan.Packages;
using PoleController.Tests.Parts;
using Xunit;

namespace MessageGenerator.Tests.Controller;

internal sealed record Heard(long SentMs, double AirTimeMs, int FPort, bool IsConfirmed, JsonObject Values)
{
    public T Get<T>(string field) => Values[field]!.GetValue<T>();
}

internal sealed class OperatorNetwork
{
    private readonly ScriptedRadio _radio;
    private readonly LoRaWanIdentity _identity;
    private readonly FrameCodec _codec = new(new SimulatedAes());
    private readonly JoinCodec _joinCodec = new(new SimulatedAes());
    private readonly byte[] _networkKey = new byte[16];
    private readonly byte[] _applicationKey = new byte[16];
    private readonly byte[] _buffer = new byte[256];
    private uint _downCount;
    private int _joinNonce;

    public OperatorNetwork(ScriptedRadio radio, LoRaWanIdentity identity)
    {
        _radio = radio;
        _identity = identity;
        radio.OnSent = OnSent;
    }

    /// <summary>Joins that get no answer, so that the pole ends up at a slower data rate.</summary>
    public int JoinsToIgnore { get; set; }

    public bool AnswersTime { get; set; } = true;

    public bool Acknowledges { get; set; } = true;

    /// <summary>No gateway hears anything: neither joins nor uplinks.</summary>
    public bool IsDown { get; set; }

    /// <summary>UTC is this when the bench's clock says 0: what DeviceTimeAns gives, without the GPS leap seconds.</summary>
    public static DateTimeOffset Epoch { get; } = new DateTimeOffset(1980, 1, 6, 0, 0, 0, TimeSpan.Zero).AddSeconds(1_400_000_000 - 18);

    public List<Heard> Uplinks { get; } = [];

    /// <summary>Ports of all messages in the order they came, repetitions and those that are not the schema's included.</summary>
    public List<int> Ports { get; } = [];

    public long? JoinedMs { get; private set; }

    public void SendCommand(string command, string values)
    {
        SchemaMessage message = Repository.Schema.Commands.Single(item => item.Name == command);
        Send(message.Port, SchemaEncoder.Encode(Repository.Schema, message, (JsonObject)JsonNode.Parse(values)!));
    }

    public void Send(int fPort, byte[] payload) =>
        _radio.PutOnAir(new OnAir(_radio.NowMs + 1, Eu868.Rx2FrequencyHz, 12, Build(fPort, payload, [], false)));

    private byte[] Build(int fPort, byte[] payload, byte[] options, bool isAcknowledge)
    {
        DataFrame header = new()
        {
            IsDownlink = true, IsAcknowledge = isAcknowledge, DevAddr = 0x26000001, FPort = fPort, FOptsLength = options.Length, PayloadLength = payload.Length,
        };
        int length = _codec.BuildData(header, _downCount++, _networkKey, _applicationKey, options, payload, _buffer);
        Assert.NotEqual(0, length);
        return _buffer[..length];
    }

    private void OnSent(Transmission transmission)
    {
        if (IsDown)
        {
            return;
        }

        if (transmission.Frame[0] == 0)
        {
            AcceptJoin(transmission);
            return;
        }

        byte[] frame = (byte[])transmission.Frame.Clone();
        DataFrame header = new();
        Assert.True(FrameCodec.TryParse(frame, frame.Length, header));
        Assert.True(_codec.IsMicValid(header, (uint)header.FCnt16, _networkKey, frame, frame.Length));
        _codec.CipherPayload(header, (uint)header.FCnt16, _networkKey, _applicationKey, frame);
        if (header.FPort > 0)
        {
            Ports.Add(header.FPort);
        }

        if (header.FPort > 0 && !PackageId.IsPackagePort(header.FPort))
        {
            SchemaMessage message = Repository.Schema.Uplinks.Single(item => item.Port == header.FPort);
            Decoded decoded = ControllerCodec.DecodeUplink(message, frame[header.PayloadOffset..(header.PayloadOffset + header.PayloadLength)]);
            Assert.Equal("ok", decoded.Error);
            Uplinks.Add(new Heard(transmission.StartMs, transmission.EndMs - transmission.StartMs, header.FPort, header.IsConfirmed, decoded.Values!));
        }

        // This network commands nothing, so the options hold nothing but requests, a byte each.
        ReadOnlySpan<byte> requests = frame.AsSpan(header.FOptsOffset, header.FOptsLength);
        Answer(transmission, header, requests.Contains((byte)0x0D), requests.Contains((byte)0x02));
    }

    private void Answer(Transmission transmission, DataFrame header, bool isTimeAsked, bool isLinkCheckAsked)
    {
        bool isAcknowledge = header.IsConfirmed && Acknowledges;
        byte[] time = isTimeAsked && AnswersTime ? [0x0D, .. BitConverter.GetBytes((uint)(1_400_000_000 + (transmission.EndMs / 1000))), 0] : [];
        byte[] options = isLinkCheckAsked ? [0x02, 20, 1, .. time] : time;
        if (isAcknowledge || options.Length > 0)
        {
            byte[] frame = Build(DataFrame.NoPort, [], options, isAcknowledge);
            _radio.PutOnAir(new OnAir(transmission.EndMs + 1000, transmission.FrequencyHz, transmission.SpreadingFactor, frame));
        }
    }

    private void AcceptJoin(Transmission transmission)
    {
        if (JoinsToIgnore-- > 0)
        {
            return;
        }

        JoinRequest request = new();
        Assert.True(JoinCodec.TryParseRequest(transmission.Frame, transmission.Frame.Length, request));
        JoinAccept accept = new() { JoinNonce = ++_joinNonce, NetId = 0x13, DevAddr = 0x26000001, RxDelayS = 1 };
        byte[] frame = new byte[64];
        int length = _joinCodec.BuildPlainAccept(accept, _identity.AppKey, frame);
        using Aes aes = Aes.Create();
        aes.Key = _identity.AppKey;
        aes.DecryptEcb(frame.AsSpan(1, length - 1), PaddingMode.None).CopyTo(frame, 1);
        _codec.Crypto.DeriveSessionKeys(_identity.AppKey, accept.JoinNonce, accept.NetId, request.DevNonce, _networkKey, _applicationKey);
        JoinedMs = transmission.EndMs + 5000;
        _radio.PutOnAir(new OnAir(JoinedMs.Value, transmission.FrequencyHz, transmission.SpreadingFactor, frame[..length]));
    }
}
