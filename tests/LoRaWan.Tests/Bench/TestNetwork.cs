// A network of one device, made from the codec: joins, checks every uplink, answers in RX1 or RX2 or at any time (class C).
using PoleController.LoRaWan;
using Simulation.Parts;
using Xunit;

namespace LoRaWan.Tests.Bench;

internal sealed record Uplink(Transmission Transmission, DataFrame Header, uint FCnt, byte[] Payload, byte[] FOpts);

internal sealed record Downlink(int FPort = DataFrame.NoPort, string Payload = "", string FOpts = "", bool IsConfirmed = false, bool IsAck = false);

internal readonly record struct Rx1(int FrequencyHz, int SpreadingFactor, int BandwidthHz);

internal sealed class TestNetwork
{
    private readonly AesBlock _aes = new();
    private readonly FrameCodec _codec;
    private readonly JoinCodec _joinCodec;
    private readonly ScriptedRadio _radio;
    private readonly byte[] _buffer = new byte[256];
    private int _joinNonce;

    public TestNetwork(ScriptedRadio radio, LoRaWanIdentity identity)
    {
        _radio = radio;
        Identity = identity;
        _codec = new FrameCodec(_aes);
        _joinCodec = new JoinCodec(_codec.Crypto);
        radio.OnSent = OnSent;
    }

    public LoRaWanIdentity Identity { get; }

    public byte[] NetworkSessionKey { get; } = new byte[16];

    public byte[] ApplicationSessionKey { get; } = new byte[16];

    public uint DevAddr { get; private set; }

    public uint FCntDown { get; set; }

    public uint NextFCntUp { get; private set; }

    public List<int> DevNonces { get; } = [];

    public List<Uplink> Uplinks { get; } = [];

    public List<byte[]> DownlinkFrames { get; } = [];

    /// <summary>The oldest accept that was made, to be replayed.</summary>
    public List<byte[]> Accepts { get; } = [];

    public bool IsUp { get; set; } = true;

    public int AcceptsToLose { get; set; }

    public bool AcceptsInRx2 { get; set; }

    public bool BreaksAcceptMic { get; set; }

    public bool AcknowledgesConfirmed { get; set; } = true;

    public bool AnswersTime { get; set; } = true;

    public bool AnswersInRx2 { get; set; }

    public int RxDelayS { get; set; } = 1;

    /// <summary>What the device has been told: answers go where it then listens in RX2.</summary>
    public MacParameters? Rx2Parameters { get; set; }

    public byte[]? CfList { get; set; }

    /// <summary>Data rate of RX2 as the join-accept says.</summary>
    public int Rx2DataRate { get; set; }

    /// <summary>Where RX1 is after an uplink (join or data); unless set, as in EU868.</summary>
    public Func<Transmission, Rx1>? Rx1Of { get; set; }

    public long GpsMsAtStart { get; set; } = 1_400_000_000_000;

    /// <summary>What goes with the next answer in a class A window.</summary>
    public Queue<Downlink> Waiting { get; } = new();

    public void Replay(byte[] frame, long startMs, int frequencyHz, int spreadingFactor, int bandwidthHz = 125000) =>
        _radio.PutOnAir(new OnAir(startMs, frequencyHz, spreadingFactor, frame, bandwidthHz));

    /// <summary>Sends at once to the class C window.</summary>
    public byte[] SendClassC(Downlink downlink, int frequencyHz = Eu868.Rx2FrequencyHz, int spreadingFactor = 12)
    {
        byte[] frame = Build(downlink);
        _radio.PutOnAir(new OnAir(_radio.NowMs + 1, frequencyHz, spreadingFactor, frame));
        return frame;
    }

    public byte[] Build(Downlink downlink)
    {
        byte[] payload = Hex.Bytes(downlink.Payload);
        byte[] fOpts = Hex.Bytes(downlink.FOpts);
        DataFrame header = new()
        {
            IsDownlink = true,
            IsConfirmed = downlink.IsConfirmed,
            IsAcknowledge = downlink.IsAck,
            DevAddr = DevAddr,
            FPort = downlink.FPort,
            FOptsLength = fOpts.Length,
            PayloadLength = payload.Length,
        };
        int length = _codec.BuildData(header, FCntDown, NetworkSessionKey, ApplicationSessionKey, fOpts, payload, _buffer);
        Assert.NotEqual(0, length);
        FCntDown++;
        byte[] frame = _buffer[..length];
        DownlinkFrames.Add(frame);
        return frame;
    }

    private void OnSent(Transmission transmission)
    {
        byte[] frame = transmission.Frame;
        if (frame[0] == 0x00)
        {
            OnJoinRequest(transmission);
            return;
        }

        DataFrame header = new();
        Assert.True(FrameCodec.TryParse(frame, frame.Length, header));
        if (!IsUp || header.DevAddr != DevAddr)
        {
            return;
        }

        // The same counter again is a repetition.
        uint minimum = NextFCntUp > 0 ? NextFCntUp - 1 : 0;
        uint fCnt = FrameCodec.ExtendFCnt(header.FCnt16, minimum);
        Assert.True(_codec.IsMicValid(header, fCnt, NetworkSessionKey, frame, frame.Length), "uplink MIC or counter");
        NextFCntUp = fCnt + 1;
        byte[] clear = (byte[])frame.Clone();
        _codec.CipherPayload(header, fCnt, NetworkSessionKey, ApplicationSessionKey, clear);
        byte[] payload = clear.AsSpan(header.PayloadOffset, header.PayloadLength).ToArray();
        byte[] fOpts = clear.AsSpan(header.FOptsOffset, header.FOptsLength).ToArray();
        Uplinks.Add(new Uplink(transmission, header, fCnt, payload, fOpts));
        Answer(transmission, header, fOpts);
    }

    private void Answer(Transmission transmission, DataFrame header, byte[] fOpts)
    {
        Downlink? downlink = Waiting.TryDequeue(out Downlink? waiting) ? waiting : null;
        if (header.IsConfirmed && AcknowledgesConfirmed)
        {
            downlink = (downlink ?? new Downlink()) with { IsAck = true };
        }

        if (AnswersTime && fOpts.Contains((byte)MacCommands.DeviceTime))
        {
            downlink ??= new Downlink();
            long gpsMs = GpsMsAtStart + transmission.EndMs;
            string answer = "0d" + Convert.ToHexStringLower(BitConverter.GetBytes((uint)(gpsMs / 1000)))
                + ((gpsMs % 1000) * 256 / 1000).ToString("x2", null);
            downlink = downlink with { FOpts = downlink.FOpts + answer };
        }

        if (downlink is null)
        {
            return;
        }

        byte[] frame = Build(downlink);
        if (Rx2Parameters is { } parameters)
        {
            _radio.PutOnAir(new OnAir(
                transmission.EndMs + (parameters.RxDelayS * 1000) + 1000,
                parameters.Rx2FrequencyHz,
                new Region(RegionId.Eu868).SpreadingFactors[parameters.Rx2DataRate],
                frame));
            return;
        }

        long rx1Ms = transmission.EndMs + (RxDelayS * 1000);
        _radio.PutOnAir(AnswersInRx2
            ? new OnAir(rx1Ms + 1000, Eu868.Rx2FrequencyHz, 12, frame)
            : InRx1(rx1Ms, transmission, frame));
    }

    private OnAir InRx1(long startMs, Transmission transmission, byte[] frame)
    {
        Rx1 rx1 = Rx1Of?.Invoke(transmission) ?? new Rx1(transmission.FrequencyHz, transmission.SpreadingFactor, transmission.BandwidthHz);
        return new OnAir(startMs, rx1.FrequencyHz, rx1.SpreadingFactor, frame, rx1.BandwidthHz);
    }

    private void OnJoinRequest(Transmission transmission)
    {
        byte[] frame = transmission.Frame;
        JoinRequest request = new();
        Assert.True(JoinCodec.TryParseRequest(frame, frame.Length, request));
        Assert.True(_joinCodec.IsMicValid(Identity.AppKey, frame, frame.Length));
        Assert.Equal(Identity.DevEui, request.DevEui);
        DevNonces.Add(request.DevNonce);
        if (!IsUp)
        {
            return;
        }

        JoinAccept accept = new()
        {
            JoinNonce = ++_joinNonce, NetId = 0x13, DevAddr = 0x26000000 + (uint)_joinNonce, RxDelayS = RxDelayS, Rx2DataRate = Rx2DataRate, HasCfList = CfList is not null,
        };
        CfList?.CopyTo(accept.CfList, 0);
        int length = _joinCodec.BuildPlainAccept(accept, Identity.AppKey, _buffer);
        Codec.CodecTests.EncipherAccept(_aes, Identity.AppKey, _buffer, length);
        byte[] encrypted = _buffer[..length];
        Accepts.Add(encrypted);
        if (BreaksAcceptMic)
        {
            encrypted = (byte[])encrypted.Clone();
            encrypted[5] ^= 1;
        }
        else if (AcceptsToLose > 0)
        {
            AcceptsToLose--;
            return;
        }
        else
        {
            DevAddr = accept.DevAddr;
            FCntDown = 0;
            NextFCntUp = 0;
            _joinCodec.DeriveSessionKeys(Identity.AppKey, accept, request.DevNonce, NetworkSessionKey, ApplicationSessionKey);
        }

        _radio.PutOnAir(AcceptsInRx2
            ? new OnAir(transmission.EndMs + 6000, Eu868.Rx2FrequencyHz, 12, encrypted)
            : InRx1(transmission.EndMs + 5000, transmission, encrypted));
    }
}
