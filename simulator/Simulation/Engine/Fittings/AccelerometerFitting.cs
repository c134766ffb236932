// The accelerometer of a pole, with its interrupt pin as an input that wakes the controller when somebody knocks.
using PoleController;
using PoleController.Drivers;
using Simulation.Parts;
using Simulation.Parts.Sensors;
using Simulation.Scenarios;
using Simulation.World;

namespace Simulation.Engine.Fittings;

/// <summary>A LIS3DH on a pole that stands, leans and is knocked.</summary>
public sealed class AccelerometerFitting : Fitting
{
    private readonly Lis3dhPart _part;
    private readonly I2cFitting _bus;
    private readonly IReadOnlyList<Knock> _knocks;
    private int _nextKnock;
    private bool _isSupplied;

    /// <summary>Makes it.</summary>
    /// <param name="clock">The time at the pole.</param>
    /// <param name="motion">How the pole stands and what hits it.</param>
    public AccelerometerFitting(PartClock clock, PoleMotion motion)
        : base(PartName.Accelerometer)
    {
        ArgumentNullException.ThrowIfNull(motion);
        _knocks = motion.Knocks;
        _part = new Lis3dhPart(clock, timeUs =>
        {
            (int x, int y, int z) = motion.AccelerationMilligravitiesAt(timeUs);
            return new Acceleration(x, y, z);
        });
        _bus = new I2cFitting(
            PartName.Accelerometer, _part, () => new SilentPart(clock), (hardware, bus) => hardware.Accelerometer = new Lis3dh(bus, _part));
    }

    /// <inheritdoc/>
    public override bool HasEvents => _knocks.Count > 0;

    /// <inheritdoc/>
    public override long NextEventUs => _nextKnock < _knocks.Count ? _knocks[_nextKnock].TimeUs : long.MaxValue;

    /// <inheritdoc/>
    public override bool Advance(long timeUs)
    {
        bool isNoticed = false;
        while (NextEventUs <= timeUs)
        {
            Knock knock = _knocks[_nextKnock++];
            isNoticed |= _isSupplied && _part.Knock(new Acceleration(knock.PeakMilligravities, 0, 0));
        }

        return isNoticed;
    }

    /// <inheritdoc/>
    public override void Connect(PoleHardware hardware) => _bus.Connect(hardware);

    /// <inheritdoc/>
    public override void SetSupply(bool isSupplied)
    {
        _isSupplied = isSupplied;
        _bus.SetSupply(isSupplied);
    }

    /// <inheritdoc/>
    public override void SetTrouble(PartTrouble trouble, bool isBegin, double size) => _bus.SetTrouble(trouble, isBegin, size);
}
