// A radio on a pole that nobody hears: every transmission leaves, every window times out. Fails on demand.
using PoleController.Hal;

namespace PoleController.Tests.Parts;

internal sealed class SilentRadio : ILoRaRadio
{
    private const int TransmitMs = 1500;
    private LoRaRadioEvent _event;

    public bool Throws { get; set; }

    public long NowMs { get; set; }

    /// <summary>When the operation that goes on will end, which wakes the pole.</summary>
    public long NextEventMs => _event == LoRaRadioEvent.None ? Wake.Never : EventTimeMs;

    public int TransmitCount { get; private set; }

    public long EventTimeMs { get; private set; }

    public int RssiDbm => -120;

    public int SnrQuarterDecibel => -80;

    public bool TryTransmit(int frequencyHz, int spreadingFactor, int bandwidthHz, int powerDbm, byte[] frame, int length)
    {
        Begin(LoRaRadioEvent.TransmitDone, TransmitMs);
        TransmitCount++;
        return true;
    }

    public bool TryReceive(int frequencyHz, int spreadingFactor, int bandwidthHz, int windowMs)
    {
        Begin(windowMs == 0 ? LoRaRadioEvent.None : LoRaRadioEvent.ReceiveTimeout, windowMs);
        return true;
    }

    public void Sleep()
    {
        Begin(LoRaRadioEvent.None, 0);
    }

    public long NextWakeMs => Wake.Never;

    public LoRaRadioEvent Poll(long nowMs)
    {
        ThrowIfAsked();
        if (NowMs < EventTimeMs)
        {
            return LoRaRadioEvent.None;
        }

        LoRaRadioEvent taken = _event;
        _event = LoRaRadioEvent.None;
        return taken;
    }

    public int ReadFrame(byte[] buffer)
    {
        return 0;
    }

    private void Begin(LoRaRadioEvent outcome, int durationMs)
    {
        ThrowIfAsked();
        _event = outcome;
        EventTimeMs = NowMs + durationMs;
    }

    private void ThrowIfAsked()
    {
        if (Throws)
        {
            throw new InvalidOperationException("The radio's driver failed.");
        }
    }
}
