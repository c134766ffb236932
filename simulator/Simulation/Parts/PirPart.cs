// A passive infrared sensor: its output is active while somebody is in its zone and for its pulse time after that.
using PoleController.Hal;
using Simulation.Engine;
using Simulation.World;

namespace Simulation.Parts;

/// <summary>A PIR whose output follows the arrivals at one pole.</summary>
public sealed class PirPart : IDigitalInput
{
    /// <summary>How long the output stays active after the last movement; two seconds is the shortest setting of common modules.</summary>
    public const long PulseUs = 2_000_000;

    private readonly ArrivalSequence _arrivals;
    private long _activeUntilUs = long.MinValue;

    /// <summary>Makes a sensor over a pole's arrivals.</summary>
    public PirPart(ArrivalSequence arrivals)
    {
        ArgumentNullException.ThrowIfNull(arrivals);
        _arrivals = arrivals;
        arrivals.MoveNext();
        NextEventUs = arrivals.EnterUs;
    }

    /// <inheritdoc/>
    public bool IsActive { get; private set; }

    /// <summary>When the output may change next.</summary>
    public long NextEventUs { get; private set; }

    /// <summary>Arrivals in the zone so far, whether the output changed or not.</summary>
    public int ArrivalCount { get; private set; }

    /// <summary>Whether the last who came goes forward along the street.</summary>
    public bool IsForward { get; private set; }

    /// <summary>Whether the output hangs active.</summary>
    public bool IsStuck { get; private set; }

    /// <summary>When the output last became active.</summary>
    public long ActiveSinceUs { get; private set; }

    /// <summary>The output hangs active, or lets go.</summary>
    public void SetStuck(bool isStuck, long timeUs)
    {
        IsStuck = isStuck;
        NextEventUs = timeUs;
    }

    /// <summary>Brings the output up to the time.</summary>
    /// <returns>Whether the output changed.</returns>
    public bool Advance(long timeUs, PoleRecorder recorder)
    {
        ArgumentNullException.ThrowIfNull(recorder);
        while (_arrivals.EnterUs <= timeUs)
        {
            _activeUntilUs = Math.Max(_activeUntilUs, _arrivals.LeaveUs + PulseUs);
            ArrivalCount++;
            IsForward = _arrivals.IsForward;
            recorder.AddArrival(_arrivals.EnterUs);
            _arrivals.MoveNext();
        }

        bool isActive = IsStuck || timeUs < _activeUntilUs;
        bool isChanged = isActive != IsActive;
        ActiveSinceUs = isChanged && isActive ? timeUs : ActiveSinceUs;
        IsActive = isActive;

        // While the output is active further arrivals only prolong it; they are taken in when it would fall.
        NextEventUs = isActive && !IsStuck ? _activeUntilUs : _arrivals.EnterUs;
        return isChanged;
    }
}
