// Which data uplinks are believed: session, 32-bit counter and MIC. What is done with one is the network server's affair.
using PoleController.LoRaWan;
using Simulation.Radio;

namespace Simulation.Network;

/// <summary>What an uplink is.</summary>
internal enum UplinkVerdict
{
    /// <summary>The next one of its session; the counter was moved on.</summary>
    New,

    /// <summary>The one last accepted, sent again because the answer was not heard.</summary>
    Repetition,

    /// <summary>One that was accepted before.</summary>
    Replay,

    /// <summary>The MIC is right for no counter that can be.</summary>
    BadMic,
}

/// <summary>Checks data uplinks against a device's sessions (TS001-1.0.4, sections 4.3.1.5 and 4.4).</summary>
internal sealed class UplinkCheck
{
    // Eight transmissions at SF12 with 1 % duty cycle take a device about this long.
    private const long RepetitionLimitUs = 1_800_000_000;

    private readonly FrameCodec _codec;
    private readonly NetworkSettings _settings;
    private readonly MacRequests _requests;

    /// <summary>Makes it over the codec.</summary>
    public UplinkCheck(FrameCodec codec, NetworkSettings settings, MacRequests requests)
    {
        _codec = codec;
        _settings = settings;
        _requests = requests;
    }

    /// <summary>Judges an uplink. The device changes only if it is new: then its counter moves on, and a session that waited for it is in use.</summary>
    /// <param name="device">Whose DevAddr it carries.</param>
    /// <param name="header">The frame's fields.</param>
    /// <param name="uplink">The frame.</param>
    /// <param name="counter">Its whole counter, if it is new or a repetition.</param>
    public UplinkVerdict Check(NetworkDevice device, DataFrame header, UplinkTransmission uplink, out uint counter)
    {
        if (IsNext(device.Pending, header, uplink, out counter))
        {
            device.UsePendingSession();
            device.SetJoinParameters(_settings);
            _requests.SessionBegan(device);
            MulticastSetup.Restart(device);
        }
        else if (!IsNext(device.Active, header, uplink, out counter))
        {
            counter = (uint)Math.Max(device.Active.LastUplinkCounter, 0);
            return JudgeOld(device.Active, header, uplink);
        }

        device.Active.LastUplinkCounter = counter;
        device.Active.LastUplinkUs = uplink.EndUs;
        return UplinkVerdict.New;
    }

    private bool IsNext(Session session, DataFrame header, UplinkTransmission uplink, out uint counter)
    {
        counter = 0;
        if (!session.IsValid || session.LastUplinkCounter >= uint.MaxValue)
        {
            return false;
        }

        uint minimum = (uint)(session.LastUplinkCounter + 1);
        counter = FrameCodec.ExtendFCnt(header.FCnt16, minimum);
        return counter >= minimum && IsMicValid(session, header, uplink, counter);
    }

    /// <summary>The frame last accepted is a repetition for a while; that and what came before it is a replay, told from a forgery by its MIC.</summary>
    private UplinkVerdict JudgeOld(Session session, DataFrame header, UplinkTransmission uplink)
    {
        long counter = (session.LastUplinkCounter & ~0xFFFFL) | (uint)header.FCnt16;
        counter -= counter > session.LastUplinkCounter ? 0x10000 : 0;
        if (!session.IsValid || counter < 0 || !IsMicValid(session, header, uplink, (uint)counter))
        {
            return UplinkVerdict.BadMic;
        }

        return counter == session.LastUplinkCounter && uplink.EndUs - session.LastUplinkUs <= RepetitionLimitUs
            ? UplinkVerdict.Repetition
            : UplinkVerdict.Replay;
    }

    private bool IsMicValid(Session session, DataFrame header, UplinkTransmission uplink, uint counter) =>
        _codec.IsMicValid(header, counter, session.NetworkSessionKey, uplink.Frame, uplink.Length);
}
