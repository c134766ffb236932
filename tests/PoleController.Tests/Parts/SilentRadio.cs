// A radio on a pole that nobody hears: every transmission leaves at once, every window times out. Fails on demand.
using PoleController.Hal;

namespace PoleController.Tests.Parts;

internal sealed class SilentRadio : ILoRaRadio
{
    private LoRaRadioEvent _event;

    public bool Throws { get; set; }

    public long NowMs { get; set; }

    public long EventTimeMs { get; private set; }

    public int RssiDbm => -120;

    public int SnrQuarterDecibel => -80;

    public bool TryTransmit(int frequencyHz, int spreadingFactor, int bandwidthHz, int powerDbm, byte[] frame, int length)
    {
        return Begin(LoRaRadioEvent.TransmitDone);
    }

    public bool TryReceive(int frequencyHz, int spreadingFactor, int bandwidthHz, int windowMs)
    {
        return Begin(windowMs == 0 ? LoRaRadioEvent.None : LoRaRadioEvent.ReceiveTimeout);
    }

    public void Sleep()
    {
        Begin(LoRaRadioEvent.None);
    }

    public LoRaRadioEvent Poll()
    {
        Begin(_event);
        LoRaRadioEvent taken = _event;
        _event = LoRaRadioEvent.None;
        return taken;
    }

    public int ReadFrame(byte[] buffer)
    {
        return 0;
    }

    private bool Begin(LoRaRadioEvent outcome)
    {
        if (Throws)
        {
            throw new InvalidOperationException("The radio's driver failed.");
        }

        _event = outcome;
        EventTimeMs = NowMs;
        return true;
    }
}
