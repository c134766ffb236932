// A luminaire with its control gear, the relay in its feed and the dimming line: what the lamp really does, and what it draws.
// It knows nothing of the controller; faults are put into it from outside.
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
    private readonly int _fullPowerMilliwatts;
    private readonly int _standbyPowerMilliwatts;
    private int _dimmerLevelPermille = 1000;
    private bool _isRelayClosed = true;
    private bool _isFed;
    private bool _isLampFailed;
    private bool _isStuckOn;
    private bool _isDimmerSilent;
    private bool _hasRefused;

    /// <summary>Makes a luminaire that is not fed yet. The dimming line rests at full light, the relay closed.</summary>
    /// <param name="fullPowerMilliwatts">Power at full light.</param>
    /// <param name="standbyPowerMilliwatts">Power of the fed control gear with the lamp dark.</param>
    /// <param name="observer">Told before every change.</param>
    public LuminairePart(int fullPowerMilliwatts, int standbyPowerMilliwatts, ILuminaireObserver observer)
    {
        _fullPowerMilliwatts = fullPowerMilliwatts;
        _standbyPowerMilliwatts = standbyPowerMilliwatts;
        _observer = observer;
    }

    /// <summary>The light that comes out, 0 to 1000.</summary>
    public int LightPermille { get; private set; }

    /// <summary>What the luminaire draws.</summary>
    public int PowerMilliwatts { get; private set; }

    /// <summary>The mains come or go. Without them the dimming line and the relay fall back to rest.</summary>
    public void SetFed(bool isFed)
    {
        _observer.BeforeChange(this);
        _isFed = isFed;
        if (!isFed)
        {
            _dimmerLevelPermille = 1000;
            _isRelayClosed = true;
        }

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
        Recompute();
        return true;
    }

    private void Recompute()
    {
        bool hasPower = _isFed && (_isRelayClosed || _isStuckOn);

        // Control gear that is fed cannot go below its smallest level: off is the relay's.
        int levelPermille = _isStuckOn || _isDimmerSilent ? 1000 : Math.Max(_dimmerLevelPermille, MinimumLightPermille);
        LightPermille = hasPower && !_isLampFailed ? levelPermille : 0;

        // Linear between standby and full power: measured curves of LED gear bend by a few percent at most (see the folder's README).
        PowerMilliwatts = hasPower
            ? _standbyPowerMilliwatts + (int)((long)(_fullPowerMilliwatts - _standbyPowerMilliwatts) * LightPermille / 1000)
            : 0;
    }
}
