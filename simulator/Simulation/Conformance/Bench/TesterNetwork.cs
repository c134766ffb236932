// The network that the device under test talks to, worked by the case: it hears everything, answers what it was told to answer and nothing else. The
// only thing it does by itself is to accept joins and to tell the time, and a case may take over both.
namespace Simulation.Conformance.Bench;

/// <summary>Where and when an answer is sent.</summary>
/// <param name="Downlink">What.</param>
/// <param name="IsInRx2">Whether in RX2.</param>
/// <param name="OffsetUs">Microseconds after the exact time.</param>
internal sealed record Answer(DownlinkSpec Downlink, bool IsInRx2 = false, long OffsetUs = 0);

/// <summary>Where a join-accept is sent.</summary>
internal sealed record JoinAnswer(JoinAcceptSpec Accept, bool IsInRx2 = false, long OffsetUs = 0);

/// <summary>The network.</summary>
internal sealed class TesterNetwork
{
    private const int JoinAcceptDelayS = 5;
    private readonly TesterRadio _radio;
    private readonly byte[] _appKey;
    private int _joinNonce;

    /// <summary>Makes it.</summary>
    public TesterNetwork(TesterRadio radio, TesterPlan plan, byte[] appKey)
    {
        _radio = radio;
        _appKey = appKey;
        Plan = plan;
        Rx2 = plan.DefaultRx2;
        radio.Transmitted = OnTransmitted;
        AcceptJoin = _ => new JoinAnswer(NextAccept());
    }

    /// <summary>The region.</summary>
    public TesterPlan Plan { get; }

    /// <summary>Where the device was told to listen in RX2 and, in class C, always.</summary>
    public Place Rx2 { get; set; }

    /// <summary>RX1DROffset that the device was told.</summary>
    public int Rx1DataRateOffset { get; set; }

    /// <summary>RECEIVE_DELAY1 that the device was told.</summary>
    public int RxDelayS { get; set; } = 1;

    /// <summary>Frequencies of RX1 by uplink frequency, where DlChannelReq moved them.</summary>
    public Dictionary<int, int> MovedRx1Hz { get; } = [];

    /// <summary>The session's keys; null before the first join.</summary>
    public SessionKeys? Keys { get; private set; }

    /// <summary>The device's address.</summary>
    public uint DevAddr { get; private set; }

    /// <summary>The counter of the next downlink.</summary>
    public uint FCntDown { get; set; }

    /// <summary>The counter that the next new uplink has at least.</summary>
    public uint NextFCntUp { get; set; }

    /// <summary>Data uplinks heard, repetitions included.</summary>
    public List<HeardUplink> Uplinks { get; } = [];

    /// <summary>Join-requests heard.</summary>
    public List<HeardJoinRequest> JoinRequests { get; } = [];

    /// <summary>Data downlinks sent, with their whole counters.</summary>
    public List<(byte[] Frame, uint FCnt)> Downlinks { get; } = [];

    /// <summary>Join-accepts sent.</summary>
    public List<byte[]> Accepts { get; } = [];

    /// <summary>What to answer to a join-request; null for silence.</summary>
    public Func<HeardJoinRequest, JoinAnswer?> AcceptJoin { get; set; }

    /// <summary>Answers that wait, one for each uplink on the case's port.</summary>
    public Queue<Answer> Answers { get; } = new();

    /// <summary>The port whose uplinks are answered; null for any uplink.</summary>
    public int? AnsweredPort { get; set; } = ConformanceBench.Port;

    /// <summary>Whether it hears anything.</summary>
    public bool IsUp { get; set; } = true;

    /// <summary>Whether DeviceTimeReq is answered.</summary>
    public bool TellsTime { get; set; } = true;

    /// <summary>Whether ADRACKReq is answered.</summary>
    public bool AnswersAdr { get; set; }

    /// <summary>Whether uplinks of a session before are passed over, as a network does that has forgotten it; otherwise they are an error.</summary>
    public bool ForgetsSessions { get; set; }

    /// <summary>GPS time at the start of the run, in seconds.</summary>
    public uint GpsSecondsAtStart { get; } = 1_400_000_000;

    /// <summary>A good join-accept with the next JoinNonce and an address of its own.</summary>
    public JoinAcceptSpec NextAccept()
    {
        _joinNonce++;
        return new JoinAcceptSpec { JoinNonce = _joinNonce, DevAddr = 0x26000000 + (uint)_joinNonce, DlSettings = Plan.DefaultRx2DataRate };
    }

    /// <summary>Builds a downlink of the session and counts it.</summary>
    public byte[] Build(DownlinkSpec spec)
    {
        uint fCnt = spec.FCnt ?? FCntDown;
        byte[] frame = TesterFrames.Downlink(spec, Keys!, DevAddr, fCnt);
        FCntDown = spec.FCnt is null ? fCnt + 1 : FCntDown;
        Downlinks.Add((frame, fCnt));
        return frame;
    }

    /// <summary>Sends to the class C window.</summary>
    public void SendClassC(DownlinkSpec spec) => Emit(Rx2, _radio.NowUs + 1000, Build(spec));

    /// <summary>Sends a frame of any content.</summary>
    public void Emit(Place place, long startUs, byte[] frame) =>
        _radio.Emit(new Emission(startUs, place.FrequencyHz, place.SpreadingFactor, place.BandwidthHz, frame));

    private static Place PlaceOf(Transmission sent) => new(sent.FrequencyHz, sent.SpreadingFactor, sent.BandwidthHz);

    private void OnTransmitted(Transmission sent)
    {
        if (sent.Frame.Length > 0 && sent.Frame[0] == 0)
        {
            OnJoinRequest(sent);
            return;
        }

        if (!IsUp || (ForgetsSessions && (Keys is null || BitConverter.ToUInt32(sent.Frame, 1) != DevAddr)))
        {
            return;
        }

        Check.That(Keys is not null, "the device sent data without a session");
        HeardUplink uplink = TesterFrames.Uplink(sent, Keys!, DevAddr, NextFCntUp);
        NextFCntUp = uplink.FCnt + 1;
        Uplinks.Add(uplink);
        Answer? answer = FindAnswer(uplink);
        if (answer is null)
        {
            return;
        }

        byte[] frame = Build(answer.Downlink);
        long rx1Us = sent.EndUs + (RxDelayS * 1_000_000L) + answer.OffsetUs;
        if (answer.IsInRx2)
        {
            Emit(Rx2, rx1Us + 1_000_000, frame);
            return;
        }

        Place rx1 = Plan.Rx1(PlaceOf(sent), Rx1DataRateOffset);
        Emit(MovedRx1Hz.TryGetValue(sent.FrequencyHz, out int movedHz) ? rx1 with { FrequencyHz = movedHz } : rx1, rx1Us, frame);
    }

    private Answer? FindAnswer(HeardUplink uplink)
    {
        if ((AnsweredPort is null || uplink.FPort == AnsweredPort) && Answers.TryDequeue(out Answer? waiting))
        {
            return waiting;
        }

        if (AnswersAdr && uplink.IsAdrAckReq)
        {
            return new Answer(new DownlinkSpec());
        }

        if (!TellsTime || !uplink.FOptsBytes.Contains((byte)0x0D))
        {
            return null;
        }

        long gpsUs = (GpsSecondsAtStart * 1_000_000L) + uplink.Transmission.EndUs;
        string seconds = Convert.ToHexStringLower(BitConverter.GetBytes((uint)(gpsUs / 1_000_000)));
        return new Answer(new DownlinkSpec { FOpts = "0d" + seconds + (gpsUs % 1_000_000 * 256 / 1_000_000).ToString("x2", null) });
    }

    private void OnJoinRequest(Transmission sent)
    {
        HeardJoinRequest request = TesterFrames.JoinRequest(sent, _appKey);
        JoinRequests.Add(request);
        JoinAnswer? answer = IsUp ? AcceptJoin(request) : null;
        if (answer is null)
        {
            return;
        }

        byte[] frame = TesterFrames.JoinAccept(answer.Accept, _appKey);
        Accepts.Add(frame);
        BeginSession(answer.Accept, request.DevNonce);
        long rx1Us = sent.EndUs + (JoinAcceptDelayS * 1_000_000L) + answer.OffsetUs;
        Place place = answer.IsInRx2 ? Plan.DefaultRx2 : Plan.Rx1(PlaceOf(sent), 0);
        Emit(place, answer.IsInRx2 ? rx1Us + 1_000_000 : rx1Us, frame);
    }

    private void BeginSession(JoinAcceptSpec accept, int devNonce)
    {
        Keys = TesterFrames.DeriveKeys(_appKey, accept, devNonce);
        DevAddr = accept.DevAddr;
        FCntDown = 0;
        NextFCntUp = 0;
        RxDelayS = Math.Max((int)accept.RxDelay, 1);
        Rx1DataRateOffset = (accept.DlSettings >> 4) & 0x07;
        Rx2 = Plan.At(Plan.DefaultRx2.FrequencyHz, accept.DlSettings & 0x0F);
        MovedRx1Hz.Clear();
    }
}
