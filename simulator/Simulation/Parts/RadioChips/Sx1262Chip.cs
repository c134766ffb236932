// An SX1262 as the data sheet describes it (Semtech DS.SX1261-2 rev. 2.1), as far as LoRa goes: modes, status byte, BUSY, data buffer,
// registers, interrupts on DIO1, the reception's timer. GFSK, CAD, duty-cycled reception and DIO2/DIO3 as interrupt lines are not there.
// BUSY that is shorter than a transfer takes on a controller is over by the next transfer (see SetBusy).
using Simulation.Radio;

namespace Simulation.Parts.RadioChips;

/// <summary>A simulated SX1262.</summary>
public sealed class Sx1262Chip : LoRaChip
{
    // Switching times (data sheet table 8-2; the same in ST RM0453 table 33, which has the same radio).
    internal const int ColdStartUs = 3500;
    internal const int WarmStartUs = 340;
    internal const int XoscToTransmitUs = 105;
    internal const int XoscToReceiveUs = 62;
    internal const int RcToTransmitUs = 126;
    internal const int RcToReceiveUs = 83;

    // Calibration of all blocks (section 9.2); the image calibration alone is shorter, the data sheet does not say by how much.
    private const int CalibrationUs = 3500;
    private const int ImageCalibrationUs = 2000;

    // The shortest transfer of a managed driver: call, chip select, bytes.
    private const int TransferUs = 150;

    private const int OscillatorError = 0x20;
    private const int ContinuousTimeout = 0xFFFFFF;

    private readonly bool _hasTcxo;
    private readonly Sx1262Memory _memory = new();
    private Mode _mode;
    private Mode _fallback;
    private int _commandStatus;
    private long _busyUntilUs;
    private long _modeEndUs = long.MaxValue;
    private bool _isContinuous;
    private bool _isTimerStopped;
    private int _deviceErrors;
    private int _tcxoStartUs;

    /// <summary>Makes a chip that has just got its supply.</summary>
    /// <param name="antenna">Its antenna.</param>
    /// <param name="hasTcxo">Whether its clock is a TCXO that DIO3 has to feed; otherwise a crystal.</param>
    public Sx1262Chip(Antenna antenna, bool hasTcxo = true)
        : base(antenna)
    {
        _hasTcxo = hasTcxo;
        Busy = new SignalLine(() => IsBusy);
        Dio1 = new SignalLine(() => HasInterrupt);
        Restart();
    }

    private enum Mode
    {
        Sleep = 0,
        StandbyRc = 2,
        StandbyXosc = 3,
        Receiving = 5,
        Transmitting = 6,
    }

    /// <summary>BUSY.</summary>
    public SignalLine Busy { get; }

    /// <summary>DIO1.</summary>
    public SignalLine Dio1 { get; }

    /// <summary>Commands that came while BUSY was high, and were lost.</summary>
    public int LostCommandCount { get; private set; }

    /// <summary>Commands that the chip does not know or could not carry out.</summary>
    public int RefusedCommandCount { get; private set; }

    /// <inheritdoc/>
    public override bool HasInterrupt =>
        Trouble.IsInterruptStuck || (!Trouble.IsInterruptCut && !IsInReset && (_memory.Interrupts & _memory.Dio1Mask) != 0);

    /// <inheritdoc/>
    public override long NextEventUs => Math.Min(Antenna.NextEventUs, Antenna.Locked is not null && _isTimerStopped ? long.MaxValue : _modeEndUs);

    private bool IsBusy => Trouble.IsBusyStuck || IsInReset || _mode == Mode.Sleep || NowUs < _busyUntilUs;

    private int Status => ((int)_mode << 4) | (_commandStatus << 1);

    /// <inheritdoc/>
    public override void HearFalsePreamble()
    {
        if (_mode == Mode.Receiving)
        {
            _modeEndUs = long.MaxValue;
            _memory.Raise(Sx1262Memory.PreambleDetected);
        }
    }

    /// <inheritdoc/>
    protected override void Restart()
    {
        _memory.Reset();
        _mode = Mode.StandbyRc;
        _fallback = Mode.StandbyRc;
        _commandStatus = 0;
        _modeEndUs = long.MaxValue;
        _tcxoStartUs = 0;

        // With a TCXO the chip finds no crystal at its start, and says so (section 13.3.6).
        _deviceErrors = _hasTcxo ? OscillatorError : 0;
        SetBusy(ColdStartUs);
    }

    /// <inheritdoc/>
    protected override void Elapse()
    {
        if (_mode == Mode.Transmitting && _modeEndUs <= NowUs)
        {
            _commandStatus = 6;
            FallBack(Sx1262Memory.TxDone);
        }

        if (Antenna.TakeEnded(NowUs) is { } downlink)
        {
            FinishReception(downlink);
        }

        Antenna.Advance(NowUs);
        if (Antenna.Locked is not null && _mode == Mode.Receiving && !_isTimerStopped)
        {
            _isTimerStopped = true;
            _memory.Raise(Sx1262Memory.PreambleDetected);
        }

        if (_mode == Mode.Receiving && Antenna.Locked is null && _modeEndUs <= NowUs)
        {
            FallBack(Sx1262Memory.Timeout);
        }
    }

    /// <inheritdoc/>
    protected override void Exchange(Span<byte> data)
    {
        if (_mode == Mode.Sleep && !Trouble.IsBusyStuck)
        {
            // The falling edge of NSS wakes the chip; the transfer itself is lost (section 9.3).
            _mode = Mode.StandbyRc;
            _busyUntilUs = NowUs + WarmStartUs;
        }

        if (IsBusy)
        {
            LostCommandCount++;
            data.Fill((byte)Status);
            return;
        }

        byte status = (byte)Status;
        SetBusy(0);
        if (!TryRead(data, status) && !TryWrite(data))
        {
            RefusedCommandCount++;
            _commandStatus = 4;
        }

        if (data[0] is not (0x1D or 0x1E or 0x12 or 0x13 or 0x14 or 0x17))
        {
            data.Fill(status);
        }
    }

    // Commands that bring data back: the status takes the place of the opcode and its parameters.
    private bool TryRead(Span<byte> data, byte status)
    {
        switch (data[0])
        {
            case 0x1D when data.Length > 4:
                _memory.ReadRegisters((data[1] << 8) | data[2], data[4..]);
                data[1..4].Fill(status);
                return true;
            case 0x1E when data.Length > 3:
                _memory.ReadBuffer(data[1], data[3..]);
                data[1..3].Fill(status);
                return true;
            case 0x12:
                NoteHeader();
                return Answer(data, status, _memory.Interrupts >> 8, _memory.Interrupts, 0);
            case 0x13:
                return Answer(data, status, _memory.ReceivedLength, _memory.ReceivedStart, 0);
            case 0x14:
                return Answer(data, status, _memory.RssiCode, _memory.SnrCode, _memory.RssiCode);
            case 0x17:
                return Answer(data, status, _deviceErrors >> 8, _deviceErrors, 0);
            default:
                return false;
        }
    }

    private static bool Answer(Span<byte> data, byte status, int first, int second, int third)
    {
        Span<byte> answer = [0, status, (byte)first, (byte)second, (byte)third];
        data[1..].Clear();
        answer[1..Math.Min(answer.Length, data.Length)].CopyTo(data[1..]);
        return true;
    }

    private bool TryWrite(ReadOnlySpan<byte> data)
    {
        ReadOnlySpan<byte> parameters = data[1..];
        switch (data[0])
        {
            case 0x07:
                _deviceErrors = 0;
                return true;
            case 0x80:
                return SetStandby(parameters[0]);
            case 0x82:
                return SetRx((parameters[0] << 16) | (parameters[1] << 8) | parameters[2]);
            case 0x83:
                return SetTx();
            case 0x84:
                Stop();
                _mode = Mode.Sleep;
                return true;
            case 0x89:
                StartOscillator();
                SetBusy(CalibrationUs + TcxoStartUs());
                return _mode == Mode.StandbyRc;
            case 0x93:
                _fallback = parameters[0] == 0x30 ? Mode.StandbyXosc : Mode.StandbyRc;
                return true;
            case 0x97:
                _tcxoStartUs = ((parameters[1] << 16) | (parameters[2] << 8) | parameters[3]) * 125 / 8;
                return _mode == Mode.StandbyRc;
            case 0x98:
                SetBusy(ImageCalibrationUs);
                return _mode == Mode.StandbyRc;
            case 0xC0:
                return true;
            default:
                return _memory.TryWrite(data);
        }
    }

    private bool SetStandby(int configuration)
    {
        Stop();
        bool wasRunning = _mode != Mode.StandbyRc;
        _mode = configuration == 0 ? Mode.StandbyRc : Mode.StandbyXosc;
        if (_mode == Mode.StandbyXosc && !wasRunning)
        {
            StartOscillator();
            SetBusy(TcxoStartUs());
        }

        return true;
    }

    private bool SetTx()
    {
        if (!_memory.IsLoRa)
        {
            return false;
        }

        long startUs = NowUs + Ready(XoscToTransmitUs, RcToTransmitUs);
        Stop();
        LoRaSettings settings = _memory.Settings;
        Span<byte> frame = stackalloc byte[_memory.PayloadLength];
        _memory.ReadBuffer(_memory.TransmitBase, frame);
        _modeEndUs = settings.IsUplink && (_deviceErrors & OscillatorError) == 0
            ? Antenna.Send(startUs, settings.FrequencyHz, settings.SpreadingFactor, settings.BandwidthHz, _memory.PowerDbm, frame)
            : SendUnheard(startUs);
        _mode = Mode.Transmitting;
        return true;
    }

    private long SendUnheard(long startUs)
    {
        UnheardFrameCount++;
        return startUs + 1000;
    }

    private bool SetRx(int timeout)
    {
        if (!_memory.IsLoRa)
        {
            return false;
        }

        long fromUs = NowUs + Ready(XoscToReceiveUs, RcToReceiveUs);
        Stop();
        _mode = Mode.Receiving;
        _isContinuous = timeout == ContinuousTimeout;
        _isTimerStopped = false;
        _modeEndUs = _isContinuous || timeout == 0 ? long.MaxValue : fromUs + (timeout * 125L / 8);
        _memory.BeginReception();
        LoRaSettings settings = _memory.Settings;
        if (settings.IsDownlink && (_deviceErrors & OscillatorError) == 0)
        {
            Antenna.Listen(fromUs, settings.FrequencyHz, settings.SpreadingFactor, settings.BandwidthHz);
        }

        return true;
    }

    private int Ready(int fromXoscUs, int fromRcUs)
    {
        if (_mode != Mode.StandbyRc)
        {
            return fromXoscUs;
        }

        StartOscillator();
        return fromRcUs + TcxoStartUs();
    }

    private void StartOscillator()
    {
        if (_hasTcxo && _tcxoStartUs == 0)
        {
            _deviceErrors |= OscillatorError;
        }
    }

    private int TcxoStartUs() => _hasTcxo ? _tcxoStartUs : 0;

    private void FinishReception(DownlinkTransmission downlink)
    {
        _isTimerStopped = false;
        if (downlink.IsReceivable)
        {
            _memory.Receive(downlink);
            _commandStatus = 2;
            if (_isContinuous)
            {
                _memory.Raise(Sx1262Memory.RxDone | Sx1262Memory.HeaderValid);
            }
            else
            {
                FallBack(Sx1262Memory.RxDone | Sx1262Memory.HeaderValid);
            }
        }
        else
        {
            // Whether the header survived is known when the frame has ended: what disturbs it may begin until then.
            _memory.Raise(Sx1262Memory.HeaderError);
        }
    }

    // Nothing waits for a header, so that one has come is worked out when somebody asks.
    private void NoteHeader()
    {
        if (IsHeaderKnown)
        {
            _memory.Raise(Sx1262Memory.HeaderValid);
        }
    }

    private void FallBack(int interrupts)
    {
        Stop();
        _mode = _fallback;
        _memory.Raise(interrupts);
    }

    private void Stop()
    {
        Antenna.StopListening();
        _modeEndUs = long.MaxValue;
    }

    // A step of the controller takes no virtual time. On a pole a transfer takes longer than the chip is busy with an ordinary command or a
    // change of mode, so only what lasts longer than a transfer is still to be seen at the next one.
    private void SetBusy(long durationUs) =>
        _busyUntilUs = NowUs + (durationUs > TransferUs ? durationUs : 0) + Trouble.BusyStretchUs;
}
