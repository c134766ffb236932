// A presence radar on a UART, with its OUT pin as an input that wakes the pole.
using PoleController;
using PoleController.Drivers;
using PoleController.Hal;
using Simulation.Parts;
using Simulation.Parts.Sensors;
using Simulation.Scenarios;
using Simulation.World;

namespace Simulation.Engine.Fittings;

/// <summary>An LD2410 in front of a street.</summary>
public sealed class RadarFitting : Fitting, IDigitalInput
{
    // Strength of an echo by distance: full in front of the radar, a third at the end of its range. What it makes of that is the part's.
    private const double NearEnergy = 95;

    // What the board gives the radar: 22 reports.
    private const int BufferLength = 512;
    private const double EnergyPerMetre = 10;

    private readonly RadarScene _scene;
    private readonly Ld2410Part _part;
    private readonly UartFitting _uart;
    private bool _isActive;
    private long _nextUs;
    private bool _isOutDead;

    /// <summary>Makes it without supply.</summary>
    /// <param name="clock">The time at the pole.</param>
    /// <param name="scene">What is in front of it.</param>
    /// <param name="noise">The random numbers of the line's troubles.</param>
    public RadarFitting(PartClock clock, RadarScene scene, RandomStream noise)
        : base(PartName.Radar)
    {
        _scene = scene;
        _part = new Ld2410Part(clock, View);
        _uart = new UartFitting(
            PartName.Radar,
            new UartPort(clock, _part, BufferLength),
            _part,
            () => new A02yyuwPart(clock, static _ => 1000),
            (hardware, uart) => hardware.Presence = new Ld2410(uart, this, new Ld2410Settings()),
            null,
            noise);
        _nextUs = long.MaxValue;
    }

    /// <inheritdoc/>
    public bool IsActive => !_isOutDead && _isActive;

    /// <inheritdoc/>
    public override bool HasEvents => true;

    /// <inheritdoc/>
    public override long NextEventUs => _nextUs;

    /// <inheritdoc/>
    public override bool Advance(long timeUs)
    {
        bool wasActive = _isActive;
        _isActive = _part.IsActive;
        if (_isActive)
        {
            // It falls so long after the last one has gone; whoever comes until then only puts it off.
            long goneUs = _scene.PresentUntilUs(timeUs);
            _nextUs = Math.Max(timeUs + 100_000, goneUs > timeUs ? goneUs : timeUs + 1_000_000);
        }
        else
        {
            // A report is up to a tenth of a second old when the pin follows it.
            long comesUs = _scene.NextPresenceUs(timeUs);
            _nextUs = comesUs == long.MaxValue ? long.MaxValue : Math.Max(comesUs, timeUs) + 100_000;
        }

        return _isActive != wasActive;
    }

    /// <inheritdoc/>
    public override void Connect(PoleHardware hardware) => _uart.Connect(hardware);

    /// <inheritdoc/>
    public override void SetSupply(bool isSupplied)
    {
        _uart.SetSupply(isSupplied);
        _nextUs = isSupplied ? 0 : long.MaxValue;
        _isActive = false;
    }

    /// <inheritdoc/>
    public override void SetTrouble(PartTrouble trouble, bool isBegin, double size)
    {
        // A part that was taken out drives no pin.
        _isOutDead = trouble == PartTrouble.Replaced && isBegin;
        _uart.SetTrouble(trouble, isBegin, size);
    }

    private RadarView View(long timeUs)
    {
        RadarTarget target = _scene.At(timeUs);
        return target.IsPresent
            ? new RadarView((int)(target.DistanceMetres * 100), (int)Math.Max(0, NearEnergy - (EnergyPerMetre * target.DistanceMetres)), -1, 0)
            : RadarView.Empty;
    }
}
