// What an SX1262 remembers: registers, data buffer, packet settings, interrupts. Decoding of the commands that only set something.
using Simulation.Radio;

namespace Simulation.Parts.RadioChips;

/// <summary>Memory of a simulated SX1262.</summary>
internal sealed class Sx1262Memory
{
    public const int TxDone = 0x0001;
    public const int RxDone = 0x0002;
    public const int PreambleDetected = 0x0004;
    public const int HeaderValid = 0x0010;
    public const int HeaderError = 0x0020;
    public const int Timeout = 0x0200;

    private const int RegisterCount = 0x1000;
    private const int SyncWordRegister = 0x0740;
    private const int IqRegister = 0x0736;

    private readonly byte[] _registers = new byte[RegisterCount];
    private readonly byte[] _buffer = new byte[256];
    private readonly byte[] _modulation = new byte[4];
    private readonly byte[] _packet = new byte[6];
    private int _interruptMask;
    private int _pllSteps;
    private int _receiveBase;
    private int _receiveAt;
    private int _powerAmplifier;
    private sbyte _powerDbm;

    public int Interrupts { get; private set; }

    public int Dio1Mask { get; private set; }

    public bool IsLoRa { get; private set; }

    public int TransmitBase { get; private set; }

    public int PayloadLength => _packet[3];

    public int ReceivedLength { get; private set; }

    public int ReceivedStart { get; private set; }

    public int RssiCode { get; private set; }

    public int SnrCode { get; private set; }

    // SetPaConfig decides what a power of 22 means (table 13-21); with the largest amplifier it is 22 dBm.
    public int PowerDbm => _powerAmplifier == 0x040700 ? _powerDbm : short.MinValue;

    public LoRaSettings Settings => new(
        (int)((((long)_pllSteps * 15625) + 8192) >> 14),
        _modulation[0],
        _modulation[1] switch { 4 => 125_000, 5 => 250_000, 6 => 500_000, _ => 0 },
        _registers[SyncWordRegister] == 0x34 && _registers[SyncWordRegister + 1] == 0x44 && _modulation[2] == 1 && _packet[0] == 0
            && _packet[1] == 8 && _packet[2] == 0 && IsInverted == (_packet[5] == 1),
        IsInverted,
        _packet[4] == 1,
        _modulation[3] == 1);

    // Errata 15.4: the register has to agree with the packet's setting; otherwise frames are lost, here all of them.
    private bool IsInverted => (_registers[IqRegister] & 0x04) == 0;

    public void Reset()
    {
        Array.Clear(_registers);
        Array.Clear(_buffer);
        Array.Clear(_modulation);
        Array.Clear(_packet);

        // Values after a reset (table 12-1).
        _registers[IqRegister] = 0x0D;
        _registers[SyncWordRegister] = 0x14;
        _registers[SyncWordRegister + 1] = 0x24;
        _registers[0x0889] = 0x01;
        _registers[0x08AC] = 0x94;
        _registers[0x08D8] = 0xC8;
        _registers[0x08E7] = 0x18;
        Interrupts = 0;
        Dio1Mask = 0;
        _interruptMask = 0;
        _pllSteps = 0;
        _receiveBase = 0x80;
        TransmitBase = 0;
        IsLoRa = false;
        ReceivedLength = 0;
        ReceivedStart = 0;
        _powerAmplifier = 0;
    }

    public void Raise(int interrupts) => Interrupts |= interrupts & _interruptMask;

    public void BeginReception() => _receiveAt = _receiveBase;

    /// <summary>A frame comes in; without an end the next one begins where this one ended.</summary>
    public void Receive(DownlinkTransmission downlink)
    {
        ReceivedStart = _receiveAt;
        ReceivedLength = downlink.Length;
        for (int i = 0; i < downlink.Length; i++)
        {
            _buffer[(_receiveAt + i) & 0xFF] = downlink.Frame[i];
        }

        _receiveAt = (_receiveAt + downlink.Length) & 0xFF;
        RssiCode = EncodeRssi(downlink.RssiDbm);
        SnrCode = downlink.SnrQuarterDecibel & 0xFF;
    }

    /// <summary>Signal strength as the chip codes it: half decibels below 0 dBm in a byte.</summary>
    public static int EncodeRssi(int rssiDbm) => Math.Clamp(-2 * rssiDbm, 0, 255);

    public void ReadRegisters(int address, Span<byte> into)
    {
        for (int i = 0; i < into.Length; i++)
        {
            into[i] = address + i < RegisterCount ? _registers[address + i] : (byte)0;
        }
    }

    public void ReadBuffer(int offset, Span<byte> into)
    {
        for (int i = 0; i < into.Length; i++)
        {
            into[i] = _buffer[(offset + i) & 0xFF];
        }
    }

    /// <summary>Carries out a command that only sets something.</summary>
    public bool TryWrite(ReadOnlySpan<byte> data)
    {
        ReadOnlySpan<byte> parameters = data[1..];
        switch (data[0])
        {
            case 0x02 when data.Length == 3:
                Interrupts &= ~((parameters[0] << 8) | parameters[1]);
                return true;
            case 0x08 when data.Length == 9:
                _interruptMask = (parameters[0] << 8) | parameters[1];
                Dio1Mask = (parameters[2] << 8) | parameters[3];
                return true;
            case 0x0D when data.Length > 3:
                WriteRegisters((parameters[0] << 8) | parameters[1], parameters[2..]);
                return true;
            case 0x0E when data.Length > 2:
                WriteBuffer(parameters[0], parameters[1..]);
                return true;
            case 0x86 when data.Length == 5:
                _pllSteps = (parameters[0] << 24) | (parameters[1] << 16) | (parameters[2] << 8) | parameters[3];
                return true;
            case 0x8A when data.Length == 2:
                IsLoRa = parameters[0] == 1;
                return true;
            case 0x8B when data.Length == 5:
                parameters.CopyTo(_modulation);
                return true;
            case 0x8C when data.Length == 7:
                parameters.CopyTo(_packet);
                return true;
            case 0x8E when data.Length == 3:
                _powerDbm = (sbyte)parameters[0];
                return _powerDbm is >= -9 and <= 22;
            case 0x8F when data.Length == 3:
                TransmitBase = parameters[0];
                _receiveBase = parameters[1];
                return true;
            case 0x95 when data.Length == 5:
                _powerAmplifier = (parameters[0] << 16) | (parameters[1] << 8) | parameters[2];
                return parameters[3] == 1;
            case 0x96 or 0x9D or 0x9F or 0xA0 when data.Length == 2:
                return true;
            default:
                return false;
        }
    }

    private void WriteRegisters(int address, ReadOnlySpan<byte> values)
    {
        for (int i = 0; i < values.Length && address + i < RegisterCount; i++)
        {
            _registers[address + i] = values[i];
        }
    }

    private void WriteBuffer(int offset, ReadOnlySpan<byte> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            _buffer[(offset + i) & 0xFF] = values[i];
        }
    }
}
