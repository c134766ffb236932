// A part on a UART of the pole.
using PoleController;
using PoleController.Hal;
using Simulation.Parts.Sensors;
using Simulation.Scenarios;

namespace Simulation.Engine.Fittings;

/// <summary>A part on a UART.</summary>
public sealed class UartFitting : Fitting
{
    private readonly UartPort _port;
    private readonly UartPart _part;
    private readonly Func<UartPart> _makeOther;
    private readonly Action<PoleHardware, IUart> _connect;
    private readonly Action<PartTrouble, bool, double>? _setInside;
    private bool _isSupplied;

    /// <summary>Makes it without supply.</summary>
    /// <param name="name">What it is called in scenarios.</param>
    /// <param name="port">The UART with the part at its end.</param>
    /// <param name="part">The part.</param>
    /// <param name="makeOther">Makes a part of another type, to be plugged in in its place.</param>
    /// <param name="connect">Makes the driver over the UART and gives it to the hardware.</param>
    /// <param name="setInside">Puts troubles of the part itself into it; null when it has none.</param>
    /// <param name="noise">The random numbers of the line's troubles.</param>
    public UartFitting(
        PartName name, UartPort port, UartPart part, Func<UartPart> makeOther, Action<PoleHardware, IUart> connect, Action<PartTrouble, bool, double>? setInside, RandomStream noise)
        : base(name)
    {
        ArgumentNullException.ThrowIfNull(port);
        _port = port;
        _part = part;
        _makeOther = makeOther;
        _connect = connect;
        _setInside = setInside;
        Noise = noise;
        port.SetSupply(false);
    }

    private RandomStream Noise { get; }

    /// <inheritdoc/>
    public override void Connect(PoleHardware hardware) => _connect(hardware, _port);

    /// <inheritdoc/>
    public override void SetSupply(bool isSupplied)
    {
        _isSupplied = isSupplied;
        _port.SetSupply(isSupplied);
    }

    /// <inheritdoc/>
    public override void SetTrouble(PartTrouble trouble, bool isBegin, double size)
    {
        SerialTrouble line = _port.Trouble;
        line.Noise = Noise;
        switch (trouble)
        {
            case PartTrouble.Silent:
                line.IsSilent = isBegin;
                break;
            case PartTrouble.Deaf:
                line.IsDeaf = isBegin;
                break;
            case PartTrouble.Checksum:
                line.Alter = isBegin ? FlipInTheMiddle : null;
                break;
            case PartTrouble.Garbage:
                line.Alter = isBegin ? Scramble : null;
                break;
            case PartTrouble.Cut:
                line.CutPermille = isBegin ? 1000 : 0;
                break;
            case PartTrouble.Stuck:
                line.IsUartFailed = isBegin;
                break;
            case PartTrouble.Replaced:
                Plug(isBegin ? _makeOther() : _part);
                break;
            case PartTrouble.Restarted:
                RestartPart();
                break;
            default:
                _setInside?.Invoke(trouble, isBegin, size);
                break;
        }
    }

    private static byte[] FlipInTheMiddle(int index, byte[] frame)
    {
        frame[frame.Length / 2] ^= 0x10;
        return frame;
    }

    private byte[] Scramble(int index, byte[] frame)
    {
        for (int i = 0; i < frame.Length; i++)
        {
            frame[i] = (byte)Noise.Next(256);
        }

        return frame;
    }

    private void Plug(UartPart part)
    {
        part.IsSupplied = false;
        part.IsSupplied = _isSupplied;
        _port.Plug(part);
    }

    private void RestartPart()
    {
        if (_isSupplied && _port.Part is { } part)
        {
            part.IsSupplied = false;
            part.IsSupplied = true;
        }
    }
}
