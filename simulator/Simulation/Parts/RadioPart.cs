// The radio port without a chip: the fleet's short cut. It transmits into the window's list of uplinks and hears the downlinks the
// network planned for this pole, if it listens in the right place at the right time. Whether a signal is strong enough is the
// channel's matter, not this part's.
using PoleController.Hal;
using PoleController.LoRaWan;
using Simulation.Engine;
using Simulation.Radio;

namespace Simulation.Parts;

/// <summary>A LoRa transceiver for one pole.</summary>
public sealed class RadioPart : ILoRaRadio
{
    /// <summary>Symbols of the preamble that must still come for a receiver to lock onto it (AN1200.13: 12.25 in all, 5 suffice).</summary>
    private const int LockSymbols = 5;

    private const int MaximumWaiting = 4;

    private readonly int _poleIndex;
    private readonly Crystal _crystal;
    private readonly DownlinkTransmission?[] _waiting = new DownlinkTransmission?[MaximumWaiting];
    private readonly LoRaRadioEvent[] _events = new LoRaRadioEvent[4];
    private readonly long[] _eventTimesUs = new long[4];
    private int _eventCount;
    private RadioMode _mode;
    private int _frequencyHz;
    private int _spreadingFactor;
    private int _bandwidthHz;
    private long _modeEndUs = long.MaxValue;
    private DownlinkTransmission? _locked;
    private byte[]? _received;
    private int _receivedLength;
    private long _nowUs;

    /// <summary>Makes a radio.</summary>
    /// <param name="poleIndex">Whose it is.</param>
    /// <param name="crystal">The pole's time base, for the times of events.</param>
    public RadioPart(int poleIndex, Crystal crystal)
    {
        _poleIndex = poleIndex;
        _crystal = crystal;
    }

    private enum RadioMode
    {
        Sleeping,
        Transmitting,
        Receiving,
    }

    /// <summary>Where frames go; set by the engine before a step.</summary>
    public UplinkBuffer? Uplinks { get; set; }

    /// <summary>When the mains of this pole will fail next: a frame that would end later is cut off and nobody hears it.</summary>
    public long PowerCutUs { get; set; } = long.MaxValue;

    /// <summary>When something happens in the radio next.</summary>
    public long NextEventUs { get; private set; } = long.MaxValue;

    /// <summary>Downlinks received whole.</summary>
    public int ReceivedDownlinkCount { get; private set; }

    /// <summary>Downlinks that came while the radio did not listen for them.</summary>
    public int MissedDownlinkCount { get; private set; }

    /// <inheritdoc/>
    public long EventTimeMs { get; private set; }

    /// <inheritdoc/>
    public int RssiDbm { get; private set; }

    /// <inheritdoc/>
    public int SnrQuarterDecibel { get; private set; }

    /// <summary>Tells the radio the time before the controller may call it.</summary>
    public void SetTime(long timeUs) => _nowUs = timeUs;

    /// <summary>The power fails: everything in the radio is gone.</summary>
    public void PowerOff()
    {
        _mode = RadioMode.Sleeping;
        _modeEndUs = long.MaxValue;
        _locked = null;
        _receivedLength = 0;
        _eventCount = 0;
        Array.Clear(_waiting);
        NextEventUs = long.MaxValue;
    }

    /// <summary>A downlink will come by; the engine says so before its window begins.</summary>
    public void Announce(DownlinkTransmission downlink)
    {
        ArgumentNullException.ThrowIfNull(downlink);
        for (int i = 0; i < MaximumWaiting; i++)
        {
            if (_waiting[i] is null)
            {
                _waiting[i] = downlink;
                UpdateNextEvent();
                return;
            }
        }

        MissedDownlinkCount++;
    }

    /// <summary>Lets the radio do what is due. Returns whether an event waits for the controller.</summary>
    public bool Advance(long timeUs)
    {
        _nowUs = timeUs;
        if (_mode == RadioMode.Transmitting && _modeEndUs <= timeUs)
        {
            Raise(LoRaRadioEvent.TransmitDone, _modeEndUs);
            Rest();
        }

        if (_locked is not null && _locked.EndUs <= timeUs)
        {
            FinishReception();
        }

        HearDownlinks(timeUs);
        if (_mode == RadioMode.Receiving && _locked is null && _modeEndUs <= timeUs)
        {
            Raise(LoRaRadioEvent.ReceiveTimeout, _modeEndUs);
            Rest();
        }

        UpdateNextEvent();
        return _eventCount > 0;
    }

    /// <inheritdoc/>
    public bool TryTransmit(int frequencyHz, int spreadingFactor, int bandwidthHz, int powerDbm, byte[] frame, int length)
    {
        ArgumentNullException.ThrowIfNull(frame);
        long airtimeUs = AirTime.FrameUs(spreadingFactor, bandwidthHz, length, hasCrc: true);
        long endUs = _nowUs + airtimeUs;
        if (endUs <= PowerCutUs && Uplinks is not null)
        {
            UplinkTransmission uplink = Uplinks.Rent();
            uplink.PoleIndex = _poleIndex;
            uplink.StartUs = _nowUs;
            uplink.EndUs = endUs;
            uplink.FrequencyHz = frequencyHz;
            uplink.SpreadingFactor = spreadingFactor;
            uplink.BandwidthHz = bandwidthHz;
            uplink.PowerDbm = powerDbm;
            uplink.Length = length;
            Array.Copy(frame, uplink.Frame, length);
            Uplinks.Add(uplink);
        }

        _mode = RadioMode.Transmitting;
        _modeEndUs = endUs;
        _locked = null;
        UpdateNextEvent();
        return true;
    }

    /// <inheritdoc/>
    public bool TryReceive(int frequencyHz, int spreadingFactor, int bandwidthHz, int windowMs)
    {
        _mode = RadioMode.Receiving;
        _frequencyHz = frequencyHz;
        _spreadingFactor = spreadingFactor;
        _bandwidthHz = bandwidthHz;
        _modeEndUs = windowMs == 0 ? long.MaxValue : _nowUs + (windowMs * 1000L);
        _locked = null;
        HearDownlinks(_nowUs);
        UpdateNextEvent();
        return true;
    }

    /// <inheritdoc/>
    public void Sleep()
    {
        Rest();
        UpdateNextEvent();
    }

    /// <inheritdoc/>
    public LoRaRadioEvent Poll()
    {
        if (_eventCount == 0)
        {
            return LoRaRadioEvent.None;
        }

        LoRaRadioEvent first = _events[0];
        EventTimeMs = _crystal.LocalMs(_eventTimesUs[0]);
        _eventCount--;
        for (int i = 0; i < _eventCount; i++)
        {
            _events[i] = _events[i + 1];
            _eventTimesUs[i] = _eventTimesUs[i + 1];
        }

        return first;
    }

    /// <inheritdoc/>
    public int ReadFrame(byte[] buffer)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        if (_received is not null)
        {
            Array.Copy(_received, buffer, _receivedLength);
        }

        return _receivedLength;
    }

    private void Rest()
    {
        _mode = RadioMode.Sleeping;
        _modeEndUs = long.MaxValue;
        _locked = null;
    }

    private void FinishReception()
    {
        DownlinkTransmission downlink = _locked!;
        _locked = null;
        if (downlink.IsReceivable)
        {
            _received ??= new byte[256];
            _receivedLength = downlink.Length;
            Array.Copy(downlink.Frame, _received, downlink.Length);
            RssiDbm = downlink.RssiDbm;
            SnrQuarterDecibel = downlink.SnrQuarterDecibel;
            ReceivedDownlinkCount++;
            Raise(LoRaRadioEvent.ReceiveDone, downlink.EndUs);
        }
        else if (_modeEndUs != long.MaxValue)
        {
            // The header did not survive; in a window of limited length the chip gives up.
            Raise(LoRaRadioEvent.ReceiveTimeout, downlink.EndUs);
        }

        if (_modeEndUs != long.MaxValue)
        {
            Rest();
        }
    }

    private void HearDownlinks(long timeUs)
    {
        for (int i = 0; i < MaximumWaiting; i++)
        {
            DownlinkTransmission? downlink = _waiting[i];
            if (downlink is null || downlink.StartUs > timeUs)
            {
                continue;
            }

            if (IsListeningFor(downlink) && timeUs <= LatestLockUs(downlink))
            {
                _locked = downlink;
                _waiting[i] = null;
            }
            else if (timeUs > LatestLockUs(downlink))
            {
                MissedDownlinkCount++;
                _waiting[i] = null;
            }
        }
    }

    private bool IsListeningFor(DownlinkTransmission downlink) =>
        downlink.IsDetectable && _mode == RadioMode.Receiving && _locked is null && _frequencyHz == downlink.FrequencyHz
        && _spreadingFactor == downlink.SpreadingFactor && _bandwidthHz == downlink.BandwidthHz;

    private static long LatestLockUs(DownlinkTransmission downlink)
    {
        long symbolUs = (1_000_000L << downlink.SpreadingFactor) / downlink.BandwidthHz;
        return downlink.StartUs + (symbolUs * 49 / 4) - (symbolUs * LockSymbols);
    }

    private void Raise(LoRaRadioEvent what, long timeUs)
    {
        if (_eventCount == _events.Length)
        {
            return;
        }

        _events[_eventCount] = what;
        _eventTimesUs[_eventCount] = timeUs;
        _eventCount++;
    }

    private void UpdateNextEvent()
    {
        long nextUs = _locked is null ? _modeEndUs : _locked.EndUs;
        for (int i = 0; i < MaximumWaiting; i++)
        {
            DownlinkTransmission? downlink = _waiting[i];
            if (downlink is not null)
            {
                // Before it begins, its begin matters; after that, the last moment at which it can be forgotten.
                long atUs = downlink.StartUs > _nowUs ? downlink.StartUs : LatestLockUs(downlink) + 1;
                nextUs = Math.Min(nextUs, atUs);
            }
        }

        NextEventUs = nextUs;
    }
}
