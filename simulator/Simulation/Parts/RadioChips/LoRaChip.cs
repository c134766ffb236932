// What simulated LoRa chips have in common: the bus with its failures, the lines, the time, the antenna. What the bytes mean is the chip's.
// In virtual time a step of the controller takes no time, and so do the transfers in it.
using PoleController.Hal;

namespace Simulation.Parts.RadioChips;

/// <summary>A simulated LoRa chip at the level of its SPI bytes and its lines.</summary>
public abstract class LoRaChip : ISpiDevice
{
    /// <summary>Makes a chip that has just got its supply.</summary>
    /// <param name="antenna">Its antenna.</param>
    protected LoRaChip(Antenna antenna)
    {
        ArgumentNullException.ThrowIfNull(antenna);
        Antenna = antenna;
        ResetLine = new ControlLine(SetReset);
    }

    /// <summary>The reset line.</summary>
    public ControlLine ResetLine { get; }

    /// <summary>What is wrong with it.</summary>
    public ChipTrouble Trouble { get; } = new();

    /// <summary>Transfers so far.</summary>
    public int TransferCount { get; private set; }

    /// <summary>Frames that no LoRaWAN gateway can have heard: wrong sync word, IQ, header, CRC, preamble or low data rate optimisation.</summary>
    public int UnheardFrameCount { get; protected set; }

    /// <summary>Whether an interrupt line is active.</summary>
    public abstract bool HasInterrupt { get; }

    /// <summary>When the chip does something by itself next.</summary>
    public abstract long NextEventUs { get; }

    /// <summary>The antenna.</summary>
    protected Antenna Antenna { get; }

    /// <summary>The present time.</summary>
    protected long NowUs { get; private set; }

    /// <summary>Whether the reset line is held.</summary>
    protected bool IsInReset { get; private set; }

    /// <summary>Whether a frame is coming in and its header has come.</summary>
    protected bool IsHeaderKnown => Antenna.IsHeaderKnown(NowUs);

    /// <inheritdoc/>
    public bool TryTransfer(byte[] data, int length)
    {
        ArgumentNullException.ThrowIfNull(data);
        int index = TransferCount++;
        Trouble.BeforeTransfer?.Invoke(index);
        Span<byte> bytes = data.AsSpan(0, length);
        switch (Trouble.Bus)
        {
            case SpiTrouble.Refuses:
                return false;
            case SpiTrouble.StuckLow:
                bytes.Clear();
                return true;
            case SpiTrouble.StuckHigh:
                bytes.Fill(0xFF);
                return true;
        }

        if (IsInReset)
        {
            bytes.Clear();
            return true;
        }

        Exchange(bytes);
        for (int i = 0; Trouble.Flips is not null && i < length; i++)
        {
            bytes[i] ^= Trouble.Flips(index, i);
        }

        return true;
    }

    /// <summary>Tells the chip the time.</summary>
    public void SetTime(long timeUs)
    {
        NowUs = timeUs;
        Antenna.SetTime(timeUs);
    }

    /// <summary>Lets the chip do what is due.</summary>
    public void Advance(long timeUs)
    {
        NowUs = timeUs;
        Elapse();
    }

    /// <summary>The supply breaks down for a moment: the chip starts anew and knows nothing, while nobody else has noticed.</summary>
    public void BrownOut()
    {
        Antenna.StopListening();
        Restart();
    }

    /// <summary>The supply goes: the chip is dead until it comes back, and starts anew then.</summary>
    public void PowerOff()
    {
        Antenna.PowerOff();
        Restart();
    }

    /// <summary>Noise looks like a preamble: the timer of a window stops, and nothing comes.</summary>
    public abstract void HearFalsePreamble();

    /// <summary>Takes a transfer: the bytes that came, replaced by those that go back.</summary>
    protected abstract void Exchange(Span<byte> data);

    /// <summary>Does what is due at <see cref="NowUs"/>.</summary>
    protected abstract void Elapse();

    /// <summary>Everything is as after a reset.</summary>
    protected abstract void Restart();

    private bool SetReset(bool isActive)
    {
        if (Trouble.IsResetRefused)
        {
            return false;
        }

        if (isActive || IsInReset)
        {
            Antenna.StopListening();
            Restart();
        }

        IsInReset = isActive;
        return true;
    }
}
