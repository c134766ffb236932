// A luminaire with its control gear, the relay in its feed and the dimming line: what the lamp really does, and what it draws.
// It knows nothing of the controller; faults are put into it from outside. Where the dimming interface is a simulated part of its own
// (0-10 V stage, DALI gear), that part says which light the gear gives, and this one whether it has power.
using PoleController.Hal;

namespace Simulation.Parts;

/// <summary>Told when the light or the power of a luminaire changes, before the change takes effect.</summary>
public interface ILuminaireObserver
{
    /// <summary>The luminaire is about to change; until now it had its present values.</summary>
    void BeforeChange(LuminairePart luminaire);

    /// <summary>The dimming line gave no answer, for the first time since it broke.</summary>
    void OnDimmerRefused();
}

/// <summary>A luminaire: relay, control gear, lamp.</summary>
public sealed class LuminairePart : IDimmerOutput, IRelay
{
    /// <summary>The smallest light of fed control gear: one percent.</summary>
    public const int MinimumLightPermille = 10;

    private readonly ILuminaireObserver _observer;
    private int _dimmerLevelPermille = 1000;
    private bool _isRelayClosed = true;
    private bool _hasMains;
    private bool _isLampFailed;
    private bool _isGearFailed;
    private bool _isRelayWelding;
    private bool _isRelayWelded;
    private bool _isStuckOn;
    private bool _isDimmerSilent;
    private bool _hasRefused;

    /// <summary>Makes a luminaire that is not fed yet. The dimming line rests at full light, the relay closed.</summary>
    /// <param name="fullPowerMilliwatts">Power at full light.</param>
    /// <param name="standbyPowerMilliwatts">Power of the fed control gear with the lamp dark.</param>
    /// <param name="observer">Told before every change.</param>
    public LuminairePart(int fullPowerMilliwatts, int standbyPowerMilliwatts, ILuminaireObserver observer)
    {
        FullPowerMilliwatts = fullPowerMilliwatts;
        StandbyPowerMilliwatts = standbyPowerMilliwatts;
        _observer = observer;
    }

    /// <summary>Power at full light.</summary>
    public int FullPowerMilliwatts { get; }

    /// <summary>Power of the fed control gear with the lamp dark.</summary>
    public int StandbyPowerMilliwatts { get; }

    /// <summary>The light that comes out, 0 to 1000.</summary>
    public int LightPermille { get; private set; }

    /// <summary>What the luminaire draws.</summary>
    public int PowerMilliwatts { get; private set; }

    /// <summary>Whether a simulated part between controller and gear says what light the gear gives (<see cref="SetGearLight"/>).</summary>
    public bool HasInterface { get; init; }

    /// <summary>Told when the gear gets or loses its power, by the mains or by the relay; after the change.</summary>
    public Action<bool>? PowerChanged { get; set; }

    /// <summary>Whether the gear has power: mains, and a relay that is closed or welded.</summary>
    public bool HasPower { get; private set; }

    /// <summary>The mains come or go together with the board's supply. Without it the dimming line and the relay fall back to rest.</summary>
    public void SetFed(bool isFed)
    {
        _observer.BeforeChange(this);
        _hasMains = isFed;
        if (!isFed)
        {
            _dimmerLevelPermille = HasInterface ? _dimmerLevelPermille : 1000;
            _isRelayClosed = true;
        }

        Recompute();
    }

    /// <summary>The mains come or go while the board lives on: the relay stays as it is held.</summary>
    public void SetMains(bool hasMains)
    {
        _observer.BeforeChange(this);
        _hasMains = hasMains;
        Recompute();
    }

    /// <summary>What light the gear gives as long as it has power, by the interface in front of it.</summary>
    /// <param name="lightPermille">0 to 1000.</param>
    public void SetGearLight(int lightPermille)
    {
        if (lightPermille != _dimmerLevelPermille)
        {
            _observer.BeforeChange(this);
            _dimmerLevelPermille = lightPermille;
            Recompute();
        }
    }

    /// <summary>The interface in front of the gear was called in vain, for the first time since it failed.</summary>
    public void NoteRefusal() => _observer.OnDimmerRefused();

    /// <summary>The control gear dies (it draws nothing and gives no light) or is replaced.</summary>
    public void SetGearFailed(bool isFailed)
    {
        _observer.BeforeChange(this);
        _isGearFailed = isFailed;
        Recompute();
    }

    /// <summary>The relay's contacts weld as soon as they touch, or it is replaced: it says that it opens, and does not.</summary>
    public void SetRelayWelded(bool isWelded)
    {
        _observer.BeforeChange(this);
        _isRelayWelding = isWelded;
        _isRelayWelded = isWelded && _isRelayClosed;
        Recompute();
    }

    /// <summary>The lamp (LED board) fails or is replaced; the control gear stays.</summary>
    public void SetLampFailed(bool isFailed)
    {
        _observer.BeforeChange(this);
        _isLampFailed = isFailed;
        Recompute();
    }

    /// <summary>The dimming line breaks or is mended: the control gear falls back to full light (IEC 60929 Annex E for an open 0-10 V
    /// line, IEC 62386-102 system failure level for DALI) and the controller notices that nobody answers.</summary>
    public void SetDimmerSilent(bool isSilent)
    {
        _observer.BeforeChange(this);
        _isDimmerSilent = isSilent;
        _hasRefused = false;
        Recompute();
    }

    /// <summary>The relay's contacts weld and the dimming line breaks: the lamp burns at full light, day and night.</summary>
    public void SetStuckOn(bool isStuckOn)
    {
        _observer.BeforeChange(this);
        _isStuckOn = isStuckOn;
        Recompute();
    }

    /// <inheritdoc/>
    public bool TrySetLevel(int levelPermille)
    {
        if (_isDimmerSilent)
        {
            if (!_hasRefused)
            {
                _hasRefused = true;
                _observer.OnDimmerRefused();
            }

            return false;
        }

        if (levelPermille is < 0 or > 1000)
        {
            throw new InvalidOperationException($"The controller put out a level of {levelPermille} permille.");
        }

        _observer.BeforeChange(this);
        _dimmerLevelPermille = levelPermille;
        Recompute();
        return true;
    }

    /// <inheritdoc/>
    public bool TrySwitch(bool isClosed)
    {
        _observer.BeforeChange(this);
        _isRelayClosed = isClosed;
        _isRelayWelded |= _isRelayWelding && isClosed;
        Recompute();
        return true;
    }

    private void Recompute()
    {
        bool hasPower = _hasMains && (_isRelayClosed || _isStuckOn || _isRelayWelded);

        // Control gear that is fed cannot go below its smallest level: off is the relay's. An interface says itself what its gear does.
        int leastPermille = HasInterface ? 0 : MinimumLightPermille;
        int levelPermille = _isStuckOn || _isDimmerSilent ? 1000 : Math.Max(_dimmerLevelPermille, leastPermille);
        LightPermille = hasPower && !_isLampFailed && !_isGearFailed ? levelPermille : 0;

        // Linear between standby and full power: measured curves of LED gear bend by a few percent at most (see the folder's README).
        PowerMilliwatts = hasPower && !_isGearFailed
            ? StandbyPowerMilliwatts + (int)((long)(FullPowerMilliwatts - StandbyPowerMilliwatts) * LightPermille / 1000)
            : 0;
        if (hasPower != HasPower)
        {
            HasPower = hasPower;
            PowerChanged?.Invoke(hasPower);
        }
    }
}
