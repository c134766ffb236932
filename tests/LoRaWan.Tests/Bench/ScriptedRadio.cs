// A radio in virtual time: keeps what was sent, and receives what the test puts on air if the device listens there at that moment.
using PoleController.Hal;
using PoleController.LoRaWan;

namespace LoRaWan.Tests.Bench;

internal sealed record Transmission(long StartMs, long EndMs, int FrequencyHz, int SpreadingFactor, int PowerDbm, byte[] Frame, int AirTimeUs, int BandwidthHz = 125000);

internal readonly record struct Reception(long OpenMs, int FrequencyHz, int SpreadingFactor, int WindowMs, int BandwidthHz);

internal sealed record OnAir(long StartMs, int FrequencyHz, int SpreadingFactor, byte[] Frame, int BandwidthHz = 125000);

internal sealed class ScriptedRadio : ILoRaRadio
{
    private readonly List<OnAir> _onAir = [];
    private readonly Queue<(LoRaRadioEvent Event, long TimeMs)> _events = new();
    private Reception? _reception;
    private OnAir? _receiving;
    private long _transmitEndMs = long.MaxValue;
    private byte[] _frame = [];

    public long NowMs { get; set; }

    public List<Transmission> Sent { get; } = [];

    public List<Reception> Receptions { get; } = [];

    public Action<Transmission>? OnSent { get; set; }

    /// <summary>Refuses every operation.</summary>
    public bool IsDead { get; set; }

    /// <summary>Takes a frame and never says that it has left.</summary>
    public bool IsDeaf { get; set; }

    /// <summary>Event times are rounded up to this: a clock that steps.</summary>
    public int ClockStepMs { get; set; } = 1;

    /// <summary>Keeps no record of what was sent, for the allocation test.</summary>
    public bool IsSilent { get; set; }

    public int OperationCount { get; private set; }

    public long EventTimeMs { get; private set; }

    public int RssiDbm { get; set; } = -87;

    public int SnrQuarterDecibel { get; set; } = 28;

    public Reception? Listening => _reception is { WindowMs: 0 } ? _reception : null;

    public void PutOnAir(OnAir frame) => _onAir.Add(frame);

    public void RaiseFault() => _events.Enqueue((LoRaRadioEvent.Fault, NowMs));

    /// <summary>When something happens in the radio by itself.</summary>
    public long NextMs
    {
        get
        {
            long next = Math.Min(_transmitEndMs, _events.Count > 0 ? NowMs : long.MaxValue);
            if (_receiving is { } receiving)
            {
                return Math.Min(next, EndMs(receiving));
            }

            if (_reception is { } reception)
            {
                next = reception.WindowMs > 0 ? Math.Min(next, reception.OpenMs + reception.WindowMs) : next;
                foreach (OnAir frame in _onAir)
                {
                    if (IsHeard(reception, frame))
                    {
                        next = Math.Min(next, Math.Max(frame.StartMs, NowMs));
                    }
                }
            }

            return next;
        }
    }

    public void Advance(long nowMs)
    {
        NowMs = nowMs;
        if (_transmitEndMs <= nowMs)
        {
            Raise(LoRaRadioEvent.TransmitDone, _transmitEndMs);
            _transmitEndMs = long.MaxValue;
        }

        if (_receiving is null && _reception is { } reception)
        {
            _receiving = _onAir.Find(frame => frame.StartMs <= nowMs && IsHeard(reception, frame));
            if (_receiving is null && reception.WindowMs > 0 && reception.OpenMs + reception.WindowMs <= nowMs)
            {
                _reception = null;
                Raise(LoRaRadioEvent.ReceiveTimeout, nowMs);
            }
        }

        if (_receiving is { } receiving && EndMs(receiving) <= nowMs)
        {
            _frame = receiving.Frame;
            _onAir.Remove(receiving);
            _receiving = null;
            if (_reception is { WindowMs: > 0 })
            {
                _reception = null;
            }

            Raise(LoRaRadioEvent.ReceiveDone, EndMs(receiving));
        }
    }

    public bool TryTransmit(int frequencyHz, int spreadingFactor, int bandwidthHz, int powerDbm, byte[] frame, int length)
    {
        OperationCount++;
        Stop();
        if (IsDead)
        {
            return false;
        }

        int airTimeUs = AirTime.FrameUs(spreadingFactor, bandwidthHz, length, true);
        long endMs = NowMs + ((airTimeUs + 999) / 1000);
        _transmitEndMs = IsDeaf ? long.MaxValue : endMs;
        if (!IsSilent)
        {
            Transmission transmission = new(NowMs, endMs, frequencyHz, spreadingFactor, powerDbm, frame[..length], airTimeUs, bandwidthHz);
            Sent.Add(transmission);
            OnSent?.Invoke(transmission);
        }

        return true;
    }

    public bool TryReceive(int frequencyHz, int spreadingFactor, int bandwidthHz, int windowMs)
    {
        OperationCount++;
        Stop();
        if (IsDead)
        {
            return false;
        }

        Reception reception = new(NowMs, frequencyHz, spreadingFactor, windowMs, bandwidthHz);
        _reception = reception;
        if (!IsSilent)
        {
            Receptions.Add(reception);
        }

        return true;
    }

    public void Sleep() => Stop();

    public long NextWakeMs => long.MaxValue;

    public LoRaRadioEvent Poll(long nowMs)
    {
        if (!_events.TryDequeue(out (LoRaRadioEvent Event, long TimeMs) next))
        {
            return LoRaRadioEvent.None;
        }

        EventTimeMs = next.TimeMs;
        return next.Event;
    }

    public int ReadFrame(byte[] buffer)
    {
        _frame.CopyTo(buffer, 0);
        return _frame.Length;
    }

    private static long EndMs(OnAir frame) =>
        frame.StartMs + ((AirTime.FrameUs(frame.SpreadingFactor, frame.BandwidthHz, frame.Frame.Length, false) + 999) / 1000);

    // Four symbols of the preamble must fall into the window: it may have begun a little before the window opened.
    private static bool IsHeard(Reception reception, OnAir frame)
    {
        long symbolsMs = 4 * AirTime.SymbolUs(frame.SpreadingFactor, frame.BandwidthHz) / 1000;
        return frame.FrequencyHz == reception.FrequencyHz
            && frame.SpreadingFactor == reception.SpreadingFactor
            && frame.BandwidthHz == reception.BandwidthHz
            && frame.StartMs + symbolsMs >= reception.OpenMs
            && (reception.WindowMs == 0 || frame.StartMs + symbolsMs <= reception.OpenMs + reception.WindowMs);
    }

    private void Raise(LoRaRadioEvent radioEvent, long timeMs) =>
        _events.Enqueue((radioEvent, (timeMs + ClockStepMs - 1) / ClockStepMs * ClockStepMs));

    private void Stop()
    {
        _reception = null;
        _receiving = null;
        _transmitEndMs = long.MaxValue;
    }
}
