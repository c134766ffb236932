// An SX1276 as the data sheet describes it (Semtech SX1276/77/78/79 rev. 7), as far as LoRa goes: registers in two pages, FIFO with its
// pointers, modes, interrupts on DIO0 and DIO1, the symbol time-out, the calibration of the receiver. FSK beyond what a start needs, CAD and
// frequency hopping are not there.
using Simulation.Radio;

namespace Simulation.Parts.RadioChips;

/// <summary>A simulated SX1276.</summary>
public sealed class Sx1276Chip : LoRaChip
{
    // Start-up times (table 7: TS_FS 60 us, TS_OSC 250 us; section 4.2.5.1: TS_TR is 5 us + 1.25 x 40 us of ramp; TS_RE 71 us at 125 kHz,
    // which the data sheet gives for FSK and for LoRa not at all).
    internal const int OscillatorUs = 250;
    internal const int StandbyToTransmitUs = 60 + 55;
    internal const int StandbyToReceiveUs = 60 + 71;

    private const int CalibrationUs = 8000;
    private const int LongRange = 0x80;

    private readonly Sx1276Memory _memory = new();
    private readonly bool _hasTcxo;
    private long _modeEndUs = long.MaxValue;
    private long _readyUs;
    private long _calibratedUs;

    /// <summary>Makes a chip that has just got its supply.</summary>
    /// <param name="antenna">Its antenna.</param>
    /// <param name="hasTcxo">Whether its clock is a TCXO; otherwise a crystal.</param>
    public Sx1276Chip(Antenna antenna, bool hasTcxo = false)
        : base(antenna)
    {
        _hasTcxo = hasTcxo;
        Dio0 = new SignalLine(() => Trouble.IsInterruptStuck || IsDio0);
        Dio1 = new SignalLine(() => IsDio1);
        Restart();
    }

    /// <summary>DIO0.</summary>
    public SignalLine Dio0 { get; }

    /// <summary>DIO1.</summary>
    public SignalLine Dio1 { get; }

    /// <inheritdoc/>
    public override bool HasInterrupt => Trouble.IsInterruptStuck || IsDio0 || IsDio1;

    /// <inheritdoc/>
    public override long NextEventUs => Math.Min(Antenna.NextEventUs, Antenna.Locked is not null ? long.MaxValue : _modeEndUs);

    private bool IsDio0 => AreLinesWorking && (_memory.Interrupts & (_memory.IsDio0TxDone ? Sx1276Memory.TxDone : Sx1276Memory.RxDone)) != 0;

    private bool IsDio1 => AreLinesWorking && _memory.IsDio1RxTimeout && (_memory.Interrupts & Sx1276Memory.RxTimeout) != 0;

    private bool AreLinesWorking => !Trouble.IsInterruptCut && !IsInReset && _memory.IsLoRa;

    private bool IsReceiving => _memory.Mode is 5 or 6;

    /// <inheritdoc/>
    public override void HearFalsePreamble() => _modeEndUs = IsReceiving ? long.MaxValue : _modeEndUs;

    /// <inheritdoc/>
    protected override void Restart()
    {
        _memory.Reset();
        _modeEndUs = long.MaxValue;
        _readyUs = NowUs + 5000;
        _calibratedUs = 0;
    }

    /// <inheritdoc/>
    protected override void Elapse()
    {
        if (_memory.Mode == 3 && _modeEndUs <= NowUs)
        {
            End(Sx1276Memory.TxDone);
        }

        if (Antenna.TakeEnded(NowUs) is { } downlink)
        {
            FinishReception(downlink);
        }

        Antenna.Advance(NowUs);
        if (IsReceiving && Antenna.Locked is null && _modeEndUs <= NowUs)
        {
            End(Sx1276Memory.RxTimeout);
        }
    }

    /// <inheritdoc/>
    protected override void Exchange(Span<byte> data)
    {
        if (NowUs < _readyUs)
        {
            data.Clear();
            return;
        }

        bool isWrite = (data[0] & 0x80) != 0;
        int address = data[0] & 0x7F;
        for (int i = 1; i < data.Length; i++)
        {
            if (isWrite)
            {
                Write(address, data[i]);
            }
            else
            {
                data[i] = Read(address);
            }

            // The FIFO's address does not move, all others do (section 2.2.1).
            address = address == 0 ? 0 : (address + 1) & 0x7F;
        }

        if (isWrite)
        {
            data.Clear();
        }
    }

    private byte Read(int address) => address switch
    {
        0 => _memory.IsAsleep ? (byte)0 : _memory.ReadFifo(),
        0x12 when IsHeaderKnown => (byte)(_memory.Read(address) | Sx1276Memory.ValidHeader),
        0x3B when !_memory.IsLoRa && NowUs < _calibratedUs => (byte)(_memory.Read(address) | 0x20),
        _ => _memory.Read(address),
    };

    private void Write(int address, byte value)
    {
        switch (address)
        {
            case 0:
                if (!_memory.IsAsleep)
                {
                    _memory.WriteFifo(value);
                }

                break;
            case 0x01:
                SetMode(value);
                break;
            case 0x3B when !_memory.IsLoRa && (value & 0x40) != 0 && _memory.Mode == 1:
                _calibratedUs = NowUs + CalibrationUs;
                _memory.Write(address, (byte)(value & ~0x40));
                break;
            default:
                _memory.Write(address, value);
                break;
        }
    }

    private void SetMode(byte value)
    {
        // LoRa or FSK can only be chosen in sleep; otherwise the bit stays (section 4.1.1.2).
        byte opMode = _memory.IsAsleep ? value : (byte)((value & ~LongRange) | (_memory.OpMode & LongRange));
        int oscillatorUs = _memory.IsAsleep ? OscillatorUs : 0;
        Antenna.StopListening();
        _modeEndUs = long.MaxValue;
        _memory.OpMode = opMode;
        if (!_memory.IsLoRa)
        {
            return;
        }

        switch (_memory.Mode)
        {
            case 3:
                Transmit(NowUs + oscillatorUs + StandbyToTransmitUs);
                break;
            case 5 or 6:
                Receive(NowUs + oscillatorUs + StandbyToReceiveUs);
                break;
        }
    }

    private void Transmit(long startUs)
    {
        LoRaSettings settings = _memory.Settings;
        Span<byte> frame = stackalloc byte[_memory.PayloadLength];
        _memory.CopyFifo(_memory.TransmitBase, frame);
        if (settings.IsUplink && IsClockRight)
        {
            _modeEndUs = Antenna.Send(
                startUs, settings.FrequencyHz, settings.SpreadingFactor, settings.BandwidthHz, _memory.PowerDbm, frame);
        }
        else
        {
            UnheardFrameCount++;
            _modeEndUs = startUs + 1000;
        }
    }

    private void Receive(long fromUs)
    {
        LoRaSettings settings = _memory.Settings;
        long symbolUs = settings.BandwidthHz > 0 ? (1_000_000L << settings.SpreadingFactor) / settings.BandwidthHz : 0;
        _modeEndUs = _memory.Mode == 6 ? fromUs + (_memory.TimeoutSymbols * symbolUs) : long.MaxValue;
        _memory.BeginReception();
        if (settings.IsDownlink && IsClockRight)
        {
            Antenna.Listen(fromUs, settings.FrequencyHz, settings.SpreadingFactor, settings.BandwidthHz);
        }
    }

    // A TCXO on XTA needs the oscillator's amplifier off, a crystal needs it on (register 0x4B, bit 4).
    private bool IsClockRight => _memory.IsTcxoInput == _hasTcxo;

    private void FinishReception(DownlinkTransmission downlink)
    {
        if (downlink.IsReceivable)
        {
            _memory.Receive(downlink);
            if (_memory.Mode == 6)
            {
                End(Sx1276Memory.RxDone | Sx1276Memory.ValidHeader);
            }
            else
            {
                _memory.Raise(Sx1276Memory.RxDone | Sx1276Memory.ValidHeader);
            }
        }
        else if (_memory.Mode == 6)
        {
            // The header did not survive: a single reception ends without a frame.
            End(Sx1276Memory.RxTimeout);
        }
    }

    private void End(int interrupts)
    {
        Antenna.StopListening();
        _modeEndUs = long.MaxValue;
        _memory.OpMode = (byte)((_memory.OpMode & 0xF8) | 1);
        _memory.Raise(interrupts);
    }
}
