// A part on the I2C bus of the pole.
using PoleController;
using PoleController.Hal;
using Simulation.Parts.Sensors;
using Simulation.Scenarios;

namespace Simulation.Engine.Fittings;

/// <summary>A part on an I2C bus.</summary>
public class I2cFitting : Fitting
{
    /// <summary>A part that restarts again and again does so at every so-many-th transfer.</summary>
    private const int TransfersBetweenRestarts = 11;

    private readonly I2cSocket _socket;
    private readonly I2cPart _part;
    private readonly Func<I2cPart> _makeOther;
    private readonly Action<PoleHardware, II2cDevice> _connect;
    private readonly Action<PartTrouble, bool, double>? _setInside;

    /// <summary>Makes it.</summary>
    /// <param name="name">What it is called in scenarios.</param>
    /// <param name="part">The part.</param>
    /// <param name="makeOther">Makes a part of another type, to be put in its place.</param>
    /// <param name="connect">Makes the driver over the bus and gives it to the hardware.</param>
    /// <param name="setInside">Puts troubles of the part itself into it; null when it has none.</param>
    public I2cFitting(
        PartName name, I2cPart part, Func<I2cPart> makeOther, Action<PoleHardware, II2cDevice> connect, Action<PartTrouble, bool, double>? setInside = null)
        : base(name)
    {
        _part = part;
        _socket = new I2cSocket(part);
        _makeOther = makeOther;
        _connect = connect;
        _setInside = setInside;
    }

    /// <inheritdoc/>
    public override void Connect(PoleHardware hardware) => _connect(hardware, _socket);

    /// <inheritdoc/>
    public override void SetSupply(bool isSupplied)
    {
        if (isSupplied)
        {
            _socket.Part?.Restart();
        }
    }

    /// <inheritdoc/>
    public override void SetTrouble(PartTrouble trouble, bool isBegin, double size)
    {
        I2cTrouble wires = _socket.Trouble;
        switch (trouble)
        {
            case PartTrouble.Silent or PartTrouble.Deaf:
                wires.Bus = isBegin ? I2cBusTrouble.Silent : I2cBusTrouble.None;
                break;
            case PartTrouble.Cut:
                wires.Bus = isBegin ? I2cBusTrouble.Partial : I2cBusTrouble.None;
                break;
            case PartTrouble.Stuck:
                wires.Bus = isBegin ? I2cBusTrouble.Stuck : I2cBusTrouble.None;
                break;
            case PartTrouble.Garbage:
                wires.Bus = isBegin ? I2cBusTrouble.AlwaysOne : I2cBusTrouble.None;
                break;
            case PartTrouble.Checksum:
                wires.Flips = isBegin ? static (_, index) => index == 1 ? (byte)0x10 : (byte)0 : null;
                break;
            case PartTrouble.Replaced:
                _socket.Part = isBegin ? _makeOther() : _part;
                _socket.Part.Restart();
                break;
            case PartTrouble.Restarted:
                wires.BeforeTransfer = isBegin ? RestartNowAndThen : null;
                break;
            default:
                _setInside?.Invoke(trouble, isBegin, size);
                break;
        }
    }

    private void RestartNowAndThen(int transfer)
    {
        if (transfer % TransfersBetweenRestarts == 0)
        {
            _socket.Part?.Restart();
        }
    }
}
