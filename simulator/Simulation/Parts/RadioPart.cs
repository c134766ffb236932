// The radio port without a chip: the fleet's short cut. It transmits and listens through the antenna when a chip behind its driver would
// (RadioTraits says when that is) and keeps the events that the controller polls.
using PoleController.Drivers;
using PoleController.Hal;
using Simulation.Engine;
using Simulation.Parts.RadioChips;
using Simulation.Radio;

namespace Simulation.Parts;

/// <summary>A LoRa transceiver for one pole.</summary>
public sealed class RadioPart : PoleRadio, ILoRaRadio
{
    // The band that a driver calibrates for when it starts.
    private const int FirstBandHz = 868_000_000;

    private readonly Crystal _crystal;
    private readonly RadioTraits _traits;
    private readonly LoRaRadioEvent[] _events = new LoRaRadioEvent[4];
    private readonly long[] _eventTimesUs = new long[4];
    private int _eventCount;
    private RadioMode _mode;
    private long _modeEndUs = long.MaxValue;
    private byte[]? _received;
    private int _receivedLength;
    private long _nowUs;
    private bool _isWindowTimedByChip;
    private bool _isGivenMoreTime;
    private bool _isStarted;
    private long _readyMs;
    private int _band;
    private int _frequencyHz;

    /// <summary>Makes a radio.</summary>
    /// <param name="antenna">Its antenna.</param>
    /// <param name="crystal">The pole's time base, for the times of events.</param>
    /// <param name="traits">The chip whose times and limits it has.</param>
    public RadioPart(Antenna antenna, Crystal crystal, RadioTraits traits)
        : base(antenna)
    {
        ArgumentNullException.ThrowIfNull(traits);
        _crystal = crystal;
        _traits = traits;
        _band = traits.BandOf(FirstBandHz);
    }

    private enum RadioMode
    {
        Sleeping,
        Transmitting,
        Receiving,
    }

    /// <inheritdoc/>
    public override long NextEventUs =>
        Math.Min(Antenna.NextEventUs, Antenna.Locked is null || IsWindowTimedByDriver ? _modeEndUs : long.MaxValue);

    /// <inheritdoc/>
    public long NextWakeMs => long.MaxValue;

    /// <inheritdoc/>
    public long EventTimeMs { get; private set; }

    /// <inheritdoc/>
    public int RssiDbm { get; private set; }

    /// <inheritdoc/>
    public int SnrQuarterDecibel { get; private set; }

    /// <inheritdoc/>
    public override ILoRaRadio CreatePort() => this;

    /// <inheritdoc/>
    public override void SetTime(long timeUs)
    {
        _nowUs = timeUs;
        Antenna.SetTime(timeUs);
    }

    /// <inheritdoc/>
    public override void PowerOff()
    {
        _mode = RadioMode.Sleeping;
        _modeEndUs = long.MaxValue;
        _receivedLength = 0;
        _eventCount = 0;
        _isStarted = false;
        _readyMs = 0;
        _band = _traits.BandOf(FirstBandHz);
        Antenna.PowerOff();
    }

    /// <inheritdoc/>
    public override bool Advance(long timeUs)
    {
        _nowUs = timeUs;
        if (_mode == RadioMode.Transmitting && _modeEndUs <= timeUs)
        {
            Raise(LoRaRadioEvent.TransmitDone, _modeEndUs);
            Rest();
        }

        if (Antenna.TakeEnded(timeUs) is { } downlink)
        {
            FinishReception(downlink);
        }

        Antenna.Advance(timeUs);
        if (_mode == RadioMode.Receiving && _modeEndUs <= timeUs && (Antenna.Locked is null || IsWindowTimedByDriver))
        {
            EndWindow();
        }

        return _eventCount > 0;
    }

    /// <inheritdoc/>
    public bool TryTransmit(int frequencyHz, int spreadingFactor, int bandwidthHz, int powerDbm, byte[] frame, int length)
    {
        _mode = RadioMode.Transmitting;
        long startUs = BeginUs(frequencyHz) + _traits.TransmitLatencyUs;
        _receivedLength = 0;
        _modeEndUs = Antenna.Send(
            startUs, frequencyHz, spreadingFactor, bandwidthHz, _traits.RadiatedDbm(powerDbm), frame.AsSpan(0, length));
        return true;
    }

    /// <inheritdoc/>
    public bool TryReceive(int frequencyHz, int spreadingFactor, int bandwidthHz, int windowMs)
    {
        _mode = RadioMode.Receiving;
        long beginUs = BeginUs(frequencyHz);
        long fromUs = beginUs + _traits.ReceiveLatencyUs;
        _receivedLength = 0;
        _frequencyHz = frequencyHz;
        _isGivenMoreTime = false;
        _isWindowTimedByChip = windowMs > 0 && _traits.WindowUs(windowMs, spreadingFactor, bandwidthHz) > 0;
        _modeEndUs = windowMs == 0 ? long.MaxValue : WindowEndUs(beginUs, windowMs, spreadingFactor, bandwidthHz);
        Antenna.Listen(fromUs, frequencyHz, spreadingFactor, bandwidthHz);
        return true;
    }

    /// <inheritdoc/>
    public void Sleep() => Rest();

    /// <inheritdoc/>
    public LoRaRadioEvent Poll(long nowMs)
    {
        if (!_isStarted)
        {
            _isStarted = true;
            _readyMs = nowMs + _traits.StartMs;
        }

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

    private bool IsWindowTimedByDriver => !_isWindowTimedByChip && _modeEndUs != long.MaxValue && _mode == RadioMode.Receiving;

    // A driver that times the window itself leaves a frame whose header has come the time of the longest, once; the chip knows by itself.
    private void EndWindow()
    {
        if (!_isGivenMoreTime && Antenna.IsHeaderKnown(_modeEndUs) && Antenna.Locked is { } locked)
        {
            _isGivenMoreTime = true;
            int frameMs = LoRaSymbols.FrameMs(locked.SpreadingFactor, locked.BandwidthHz, 255);
            _modeEndUs = _crystal.TimeUs(_crystal.LocalMs(_modeEndUs) + frameMs);
            return;
        }

        Raise(LoRaRadioEvent.ReceiveTimeout, _modeEndUs);
        Rest();
    }

    // When the chip would begin: at once, or when it has started and is calibrated for the band.
    private long BeginUs(int frequencyHz)
    {
        long nowMs = _crystal.LocalMs(_nowUs);
        long beginMs = Math.Max(nowMs, _readyMs);
        int band = _traits.BandOf(frequencyHz);
        beginMs += band == _band ? 0 : _traits.BandChangeMs;
        _band = band;
        return beginMs > nowMs ? _crystal.TimeUs(beginMs) : _nowUs;
    }

    private long WindowEndUs(long beginUs, int windowMs, int spreadingFactor, int bandwidthHz)
    {
        long windowUs = _traits.WindowUs(windowMs, spreadingFactor, bandwidthHz);
        return windowUs > 0
            ? beginUs + _traits.ReceiveLatencyUs + windowUs
            : _crystal.TimeUs(_crystal.LocalMs(beginUs) + RadioTraits.DriverWindowMs(windowMs, spreadingFactor, bandwidthHz));
    }

    private void Rest()
    {
        _mode = RadioMode.Sleeping;
        _modeEndUs = long.MaxValue;
        Antenna.StopListening();
    }

    private void FinishReception(DownlinkTransmission downlink)
    {
        if (downlink.IsReceivable)
        {
            _received ??= new byte[256];
            _receivedLength = downlink.Length;
            Array.Copy(downlink.Frame, _received, downlink.Length);
            RssiDbm = _traits.ReportedRssiDbm(downlink.RssiDbm, downlink.SnrQuarterDecibel, _frequencyHz);
            SnrQuarterDecibel = downlink.SnrQuarterDecibel;
            Raise(LoRaRadioEvent.ReceiveDone, downlink.EndUs);
        }
        else if (_isWindowTimedByChip)
        {
            // The header did not survive; in a window of limited length the chip gives up.
            Raise(LoRaRadioEvent.ReceiveTimeout, downlink.EndUs);
        }

        if (_isWindowTimedByChip || (downlink.IsReceivable && _modeEndUs != long.MaxValue))
        {
            Rest();
        }
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
}
