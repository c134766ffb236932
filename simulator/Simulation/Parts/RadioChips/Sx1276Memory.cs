// What an SX1276 remembers: registers (those from 0x0D to 0x3F once for FSK and once for LoRa), FIFO, interrupts.
using Simulation.Radio;

namespace Simulation.Parts.RadioChips;

/// <summary>Memory of a simulated SX1276.</summary>
internal sealed class Sx1276Memory
{
    public const int RxTimeout = 0x80;
    public const int RxDone = 0x40;
    public const int ValidHeader = 0x10;
    public const int TxDone = 0x08;

    private const int PageStart = 0x0D;
    private const int PageEnd = 0x40;

    // Values after a reset (table 41), address and value by turns.
    private static readonly byte[] CommonDefaults =
    [
        0x01, 0x09, 0x06, 0x6C, 0x07, 0x80, 0x09, 0x4F, 0x0A, 0x09, 0x0B, 0x2B, 0x0C, 0x20, 0x42, 0x12, 0x4B, 0x09, 0x4D, 0x84,
    ];

    private static readonly byte[] LoRaDefaults =
    [
        0x0E, 0x80, 0x1D, 0x72, 0x1E, 0x70, 0x1F, 0x64, 0x21, 0x08, 0x22, 0x01, 0x23, 0xFF, 0x26, 0x04, 0x2F, 0x20, 0x31, 0xC3,
        0x33, 0x27, 0x36, 0x03, 0x37, 0x0A, 0x39, 0x12, 0x3A, 0x52, 0x3B, 0x1D,
    ];

    private readonly byte[] _registers = new byte[128];
    private readonly byte[] _fskPage = new byte[PageEnd - PageStart];
    private readonly byte[] _fifo = new byte[256];
    private int _receiveAt;

    public byte OpMode
    {
        get => _registers[0x01];
        set => _registers[0x01] = value;
    }

    public bool IsLoRa => (OpMode & 0x80) != 0;

    public int Mode => OpMode & 0x07;

    public bool IsAsleep => Mode == 0;

    public int Interrupts => _registers[0x12];

    public bool IsDio0TxDone => (_registers[0x40] & 0xC0) == 0x40;

    public bool IsDio1RxTimeout => (_registers[0x40] & 0x30) == 0x00;

    public bool IsTcxoInput => (_registers[0x4B] & 0x10) != 0;

    public int TransmitBase => _registers[0x0E];

    public int PayloadLength => _registers[0x22];

    public int TimeoutSymbols => ((_registers[0x1E] & 0x03) << 8) | _registers[0x1F];

    public int PowerDbm
    {
        get
        {
            int config = _registers[0x09];
            if ((config & 0x80) != 0)
            {
                return (config & 0x0F) + ((_registers[0x4D] & 0x07) == 0x07 ? 5 : 2);
            }

            // Pmax is 10.8 + 0.6 x MaxPower; only 15 dBm and 10.8 dBm (taken as 11) are used.
            return ((config & 0x70) == 0x70 ? 15 : 11) - 15 + (config & 0x0F);
        }
    }

    // The chip's steps are 61 Hz wide, and channels lie on multiples of 100 Hz: what is meant is the nearest of them.
    private int FrequencyHz
    {
        get
        {
            long steps = (_registers[0x06] << 16) | (_registers[0x07] << 8) | _registers[0x08];
            return (int)(((steps * 15625 / 256) + 50) / 100 * 100);
        }
    }

    private bool IsInverted => IsReceptionInverted && _registers[0x3B] == 0x19;

    private bool IsReceptionInverted => (_registers[0x33] & 0x41) == 0x41;

    public LoRaSettings Settings => new(
        FrequencyHz,
        _registers[0x1E] >> 4,
        (_registers[0x1D] >> 4) switch { 7 => 125_000, 8 => 250_000, 9 => 500_000, _ => 0 },
        _registers[0x39] == 0x34 && (_registers[0x1D] & 0x0F) == 0x02 && _registers[0x20] == 0 && _registers[0x21] == 8
            && (_registers[0x31] & 0x07) == 0x03 && _registers[0x37] == 0x0A,
        IsInverted,
        (_registers[0x1E] & 0x04) != 0,
        (_registers[0x26] & 0x08) != 0);

    public void Reset()
    {
        Array.Clear(_registers);
        Array.Clear(_fskPage);
        Array.Clear(_fifo);
        Fill(CommonDefaults);
        Fill(LoRaDefaults);
        _fskPage[0x3B - PageStart] = 0x82;
    }

    public byte Read(int address) => IsFskPage(address) ? _fskPage[address - PageStart] : _registers[address];

    public void Write(int address, byte value)
    {
        if (IsFskPage(address))
        {
            _fskPage[address - PageStart] = value;
        }
        else if (address == 0x12)
        {
            // Ones clear.
            _registers[address] &= (byte)~value;
        }
        else if (address is not (0x10 or 0x13 or 0x18 or 0x19 or 0x1A or 0x42))
        {
            _registers[address] = value;
        }
    }

    public byte ReadFifo() => _fifo[_registers[0x0D]++];

    public void WriteFifo(byte value) => _fifo[_registers[0x0D]++] = value;

    public void CopyFifo(int from, Span<byte> into)
    {
        for (int i = 0; i < into.Length; i++)
        {
            into[i] = _fifo[(from + i) & 0xFF];
        }
    }

    public void Raise(int interrupts) => _registers[0x12] |= (byte)(interrupts & ~_registers[0x11]);

    public void BeginReception() => _receiveAt = _registers[0x0F];

    public void Receive(DownlinkTransmission downlink)
    {
        _registers[0x10] = (byte)_receiveAt;
        _registers[0x13] = (byte)downlink.Length;
        for (int i = 0; i < downlink.Length; i++)
        {
            _fifo[(_receiveAt + i) & 0xFF] = downlink.Frame[i];
        }

        _receiveAt = (_receiveAt + downlink.Length) & 0xFF;
        _registers[0x19] = (byte)downlink.SnrQuarterDecibel;
        _registers[0x1A] = (byte)EncodeRssi(downlink.RssiDbm, downlink.SnrQuarterDecibel, FrequencyHz);
    }

    /// <summary>Signal strength as the chip codes it (section 5.5.5, solved for the register).</summary>
    public static int EncodeRssi(int rssiDbm, int snrQuarterDecibel, int frequencyHz)
    {
        int aboveOffset = rssiDbm + (frequencyHz > 525_000_000 ? 157 : 164);
        int raw = snrQuarterDecibel < 0 ? aboveOffset - (snrQuarterDecibel / 4) : ((aboveOffset * 15) + 8) / 16;
        return Math.Clamp(raw, 0, 255);
    }

    private bool IsFskPage(int address) => !IsLoRa && address is >= PageStart and < PageEnd;

    private void Fill(byte[] defaults)
    {
        for (int i = 0; i < defaults.Length; i += 2)
        {
            _registers[defaults[i]] = defaults[i + 1];
        }
    }
}
