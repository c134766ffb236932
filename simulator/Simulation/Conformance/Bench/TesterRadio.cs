// The radio port of the device under test, in true time: keeps what was sent and where the device listened, and hears what the tester puts on air if
// the device listens there in time. Sensitivity and interference are not its matter: the tester stands next to the device.
using PoleController.Hal;
using PoleController.LoRaWan;

namespace Simulation.Conformance.Bench;

/// <summary>A frame that the device has sent.</summary>
internal sealed record Transmission(long StartUs, long EndUs, int FrequencyHz, int SpreadingFactor, int BandwidthHz, int PowerDbm, byte[] Frame)
{
    /// <summary>Time on air.</summary>
    public long AirTimeUs => EndUs - StartUs;
}

/// <summary>A reception that the device has begun.</summary>
internal sealed record Listening(long StartUs, int FrequencyHz, int SpreadingFactor, int BandwidthHz, int WindowMs)
{
    /// <summary>Whether it goes on until the next operation.</summary>
    public bool IsContinuous => WindowMs == 0;
}

/// <summary>A frame of the tester.</summary>
internal sealed record Emission(long StartUs, int FrequencyHz, int SpreadingFactor, int BandwidthHz, byte[] Frame)
{
    /// <summary>When it ends.</summary>
    public long EndUs { get; } = StartUs + AirTime.FrameUs(SpreadingFactor, BandwidthHz, Frame.Length, false);

    /// <summary>Duration of a symbol.</summary>
    public long SymbolUs => (1_000_000L << SpreadingFactor) / BandwidthHz;
}

/// <summary>The radio.</summary>
internal sealed class TesterRadio(TesterClock clock) : ILoRaRadio
{
    // Of a preamble of eight symbols a receiver needs six at most (minRxSymbols of LoRaMac-node): two may be missed, and six must have come in time.
    private const int SymbolsToMiss = 2;
    private const int SymbolsToDetect = 6;

    private readonly List<Emission> _air = [];
    private readonly Queue<(LoRaRadioEvent Event, long TimeUs)> _events = new();
    private Listening? _listening;
    private Emission? _locked;
    private Transmission? _sending;
    private byte[] _received = [];

    /// <summary>True time.</summary>
    public long NowUs { get; private set; }

    /// <summary>What the device has sent.</summary>
    public List<Transmission> Sent { get; } = [];

    /// <summary>Where the device has listened.</summary>
    public List<Listening> Listenings { get; } = [];

    /// <summary>Where the device listens now.</summary>
    public Listening? Current => _listening;

    /// <summary>Whether records are kept; without, a run of any length needs no memory.</summary>
    public bool KeepsRecords { get; set; } = true;

    /// <summary>Told when a transmission has begun.</summary>
    public Action<Transmission>? Transmitted { get; set; }

    /// <summary>Frames of the tester that the device has received whole.</summary>
    public int HeardCount { get; private set; }

    /// <inheritdoc/>
    public long EventTimeMs { get; private set; }

    /// <inheritdoc/>
    public int RssiDbm { get; set; } = -90;

    /// <inheritdoc/>
    public int SnrQuarterDecibel { get; set; } = 28;

    /// <inheritdoc/>
    public long NextWakeMs => long.MaxValue;

    /// <summary>When something happens by itself next; the device notices it then.</summary>
    public long NextEventUs
    {
        get
        {
            long nextUs = _events.Count > 0 ? _events.Peek().TimeUs + clock.NoticeUs : long.MaxValue;
            nextUs = Math.Min(nextUs, _sending?.EndUs ?? long.MaxValue);
            if (_locked is { } locked)
            {
                return Math.Min(nextUs, locked.EndUs);
            }

            return _listening is { } listening ? Math.Min(nextUs, NextEventOf(listening)) : nextUs;
        }
    }

    /// <summary>Puts a frame on air.</summary>
    public void Emit(Emission emission) => _air.Add(emission);

    /// <summary>A frame is received at once, without air; the device must be listening.</summary>
    public void Deliver(byte[] frame)
    {
        _received = frame;
        HeardCount++;
        _events.Enqueue((LoRaRadioEvent.ReceiveDone, NowUs));
    }

    /// <summary>The power fails.</summary>
    public void PowerOff()
    {
        Stop();
        _events.Clear();
    }

    /// <summary>Lets happen what is due.</summary>
    public void Advance(long nowUs)
    {
        NowUs = nowUs;
        _air.RemoveAll(emission => emission.EndUs < nowUs && emission != _locked);
        if (_sending is { } sending && sending.EndUs <= nowUs)
        {
            _sending = null;
            _events.Enqueue((LoRaRadioEvent.TransmitDone, sending.EndUs));
        }

        if (_listening is { } listening && _locked is null)
        {
            _locked = _air.Find(emission => DetectionUs(emission) <= nowUs && IsHeard(listening, emission));
            if (_locked is null && !listening.IsContinuous && WindowEndUs(listening) <= nowUs)
            {
                _listening = null;
                _events.Enqueue((LoRaRadioEvent.ReceiveTimeout, WindowEndUs(listening)));
            }
        }

        if (_locked is { } locked && locked.EndUs <= nowUs)
        {
            _air.Remove(locked);
            _locked = null;
            _received = locked.Frame;
            HeardCount++;
            _listening = _listening is { IsContinuous: true } ? _listening : null;
            _events.Enqueue((LoRaRadioEvent.ReceiveDone, locked.EndUs));
        }
    }

    /// <inheritdoc/>
    public bool TryTransmit(int frequencyHz, int spreadingFactor, int bandwidthHz, int powerDbm, byte[] frame, int length)
    {
        Stop();
        long airTimeUs = AirTime.FrameUs(spreadingFactor, bandwidthHz, length, true);
        _sending = new Transmission(NowUs, NowUs + airTimeUs, frequencyHz, spreadingFactor, bandwidthHz, powerDbm, frame[..length]);
        if (KeepsRecords)
        {
            Sent.Add(_sending);
        }

        Transmitted?.Invoke(_sending);
        return true;
    }

    /// <inheritdoc/>
    public bool TryReceive(int frequencyHz, int spreadingFactor, int bandwidthHz, int windowMs)
    {
        Stop();
        _listening = new Listening(NowUs, frequencyHz, spreadingFactor, bandwidthHz, windowMs);
        if (KeepsRecords)
        {
            Listenings.Add(_listening);
        }

        return true;
    }

    /// <inheritdoc/>
    public void Sleep() => Stop();

    /// <inheritdoc/>
    public LoRaRadioEvent Poll(long nowMs)
    {
        if (_events.Count == 0 || _events.Peek().TimeUs + clock.NoticeUs > NowUs)
        {
            return LoRaRadioEvent.None;
        }

        // The event's time is when it was noticed, by the device's clock.
        (LoRaRadioEvent radioEvent, _) = _events.Dequeue();
        EventTimeMs = clock.LocalMs(NowUs);
        return radioEvent;
    }

    /// <inheritdoc/>
    public int ReadFrame(byte[] buffer)
    {
        _received.CopyTo(buffer, 0);
        return _received.Length;
    }

    private static long DetectionUs(Emission emission) => emission.StartUs + (SymbolsToDetect * emission.SymbolUs);

    private static long WindowEndUs(Listening listening) => listening.StartUs + (listening.WindowMs * 1000L);

    private bool IsHeard(Listening listening, Emission emission) =>
        emission.FrequencyHz == listening.FrequencyHz
        && emission.SpreadingFactor == listening.SpreadingFactor
        && emission.BandwidthHz == listening.BandwidthHz
        && listening.StartUs + clock.RadioStartUs <= emission.StartUs + (SymbolsToMiss * emission.SymbolUs)
        && (listening.IsContinuous || DetectionUs(emission) <= WindowEndUs(listening));

    private long NextEventOf(Listening listening)
    {
        long nextUs = listening.IsContinuous ? long.MaxValue : WindowEndUs(listening);
        foreach (Emission emission in _air)
        {
            if (IsHeard(listening, emission))
            {
                nextUs = Math.Min(nextUs, Math.Max(DetectionUs(emission), NowUs));
            }
        }

        return nextUs;
    }

    private void Stop()
    {
        _listening = null;
        _locked = null;
        _sending = null;
    }
}
