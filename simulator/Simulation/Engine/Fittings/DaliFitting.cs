// The DALI bus of a pole with its control gear: DaliGear and DaliBus of the controller over the edges of a simulated bus, the luminaire's light after the
// gear's. It wakes nobody: what the gear does by itself (levels after mains and after bus failure) changes the light alone.
using PoleController;
using PoleController.Drivers;
using PoleController.Hal;
using Simulation.Parts;
using Simulation.Parts.Dali;
using Simulation.Scenarios;

namespace Simulation.Engine.Fittings;

/// <summary>D4i gear at short address 0 on a bus of its own.</summary>
public sealed class DaliFitting : DimmingFitting
{
    private const int Address = 0;

    /// <summary>From one arc power level to the next it is 2.8 percent (IEC 62386-102), so the nearest one is at most half of that off.</summary>
    private const int ResolutionPermille = 15;

    /// <summary>More answers or frames than a run can have.</summary>
    private const int Always = int.MaxValue;

    private readonly PartClock _clock;
    private readonly DaliBusPart _bus;
    private readonly DaliGearPart _gear;
    private readonly LuminaireWarmth _warmth;
    private DaliGearPart _fitted;
    private DaliGear? _driver;
    private long _startingUntilUs;
    private bool _isBusLow;
    private bool _isWireCut;

    /// <summary>Makes it without mains.</summary>
    /// <param name="clock">The time at the pole.</param>
    /// <param name="luminaire">The luminaire that it dims.</param>
    /// <param name="warmth">Temperatures and voltage at the gear.</param>
    /// <param name="noise">Jitter and delays on the bus.</param>
    public DaliFitting(PartClock clock, LuminairePart luminaire, LuminaireWarmth warmth, RandomStream noise)
        : base(luminaire)
    {
        ArgumentNullException.ThrowIfNull(luminaire);
        _clock = clock;
        _warmth = warmth;
        _bus = new DaliBusPart(clock, noise);
        _gear = new DaliGearPart(clock, Address) { FullPowerWatts = luminaire.FullPowerMilliwatts / 1000.0, StandbyPowerWatts = luminaire.StandbyPowerMilliwatts / 1000.0 };
        _fitted = _gear;
        Plug(_gear);
        luminaire.PowerChanged = hasPower =>
        {
            if (hasPower)
            {
                _startingUntilUs = _clock.NowUs + DaliGearPart.PowerOnUs;
            }

            _fitted.SetFed(hasPower);
        };
    }

    /// <inheritdoc/>
    public override bool HasEvents => true;

    /// <inheritdoc/>
    public override long NextEventUs => _fitted.NextEventUs;

    /// <inheritdoc/>
    public override long StartingUntilUs => _startingUntilUs;

    /// <inheritdoc/>
    public override int TolerancePermille(int levelPermille) => Math.Max(1, levelPermille * ResolutionPermille / 1000);

    /// <inheritdoc/>
    public override bool Advance(long timeUs)
    {
        FollowGear();
        return false;
    }

    /// <inheritdoc/>
    public override IDimmerOutput MakeDimmer() => _driver = new DaliGear(new DaliBus(_bus), Address, 0);

    /// <inheritdoc/>
    public override void Connect(PoleHardware hardware)
    {
        ArgumentNullException.ThrowIfNull(hardware);
        hardware.Gear = _driver;
    }

    /// <inheritdoc/>
    public override void SetSupply(bool isSupplied)
    {
        // The bus is fed by the gear (D4i, IEC 62386-250) and the gear by the mains: the board's supply changes nothing.
    }

    /// <inheritdoc/>
    public override void SetLampFailed(bool isFailed)
    {
        base.SetLampFailed(isFailed);
        _gear.IsLampFailed = isFailed;
        FollowGear();
    }

    /// <inheritdoc/>
    public override void SetGearFailed(bool isFailed)
    {
        // It still says what is wrong with it.
        _gear.IsGearFailed = isFailed;
        FollowGear();
    }

    /// <inheritdoc/>
    public override void SetTrouble(PartTrouble trouble, bool isBegin, double size)
    {
        IsInTrouble = isBegin;
        switch (trouble)
        {
            case PartTrouble.Silent:
                _fitted.IsMute = isBegin;
                break;
            case PartTrouble.Deaf:
                _fitted.IsDead = isBegin;
                break;
            case PartTrouble.Checksum:
                _bus.Trouble.BrokenAnswers = isBegin ? Always : 0;
                break;
            case PartTrouble.Garbage:
                _bus.Trouble.NoisyAnswers = isBegin ? Always : 0;
                break;
            case PartTrouble.Cut:
                _bus.Trouble.BrokenFrames = isBegin ? Always : 0;
                break;
            case PartTrouble.Stuck:
                _bus.Trouble.BoardRefuses = isBegin;
                break;
            case PartTrouble.Open:
                // Behind the cut the gear has no bus: dead to the controller, and low to the gear.
                _isWireCut = isBegin;
                _fitted.IsDead = isBegin;
                SetBus();
                break;
            case PartTrouble.Shorted:
                _isBusLow = isBegin;
                SetBus();
                break;
            case PartTrouble.Replaced:
                Replace(isBegin);
                break;
            case PartTrouble.Restarted:
                Restart();
                break;
            default:
                IsInTrouble = false;
                break;
        }
    }

    private void SetBus()
    {
        _bus.SetLow(_isBusLow);
        if (_isWireCut)
        {
            _fitted.SetBusLow(true);
        }

        FollowGear();
    }

    /// <summary>Somebody fits gear for fluorescent lamps (device type 0): it is dimmed, and refused as control gear for this luminaire.</summary>
    private void Replace(bool isBegin)
    {
        Luminaire.PowerChanged!(false);
        _bus.Disconnect(_fitted);
        Plug(isBegin
            ? new DaliGearPart(_clock, Address) { FullPowerWatts = _gear.FullPowerWatts, StandbyPowerWatts = _gear.StandbyPowerWatts, DeviceTypes = [0], SerialNumber = 77 }
            : _gear);
        Luminaire.PowerChanged!(Luminaire.HasPower);
    }

    private void Restart()
    {
        if (Luminaire.HasPower)
        {
            Luminaire.PowerChanged!(false);
            Luminaire.PowerChanged!(true);
        }
    }

    private void Plug(DaliGearPart gear)
    {
        _fitted = gear;
        gear.SetFed(false);
        gear.LightChanged = FollowGear;
        gear.Refreshing = () => _warmth.Bring(gear);
        _bus.Connect(gear);
        FollowGear();
    }

    private void FollowGear()
    {
        double lightPermille = _fitted.LightPermille;
        Luminaire.SetGearLight(lightPermille > 0 ? Math.Max(1, (int)Math.Round(lightPermille)) : 0);
    }
}
