// A contact of the pole that the world opens and closes at times known beforehand: the door.
using PoleController;
using PoleController.Hal;
using Simulation.Scenarios;

namespace Simulation.Engine.Fittings;

/// <summary>A contact at the pole's door; active while the door is open.</summary>
public sealed class ContactFitting : Fitting, IDigitalInput
{
    private readonly (long FromUs, long ToUs)[] _open;

    /// <summary>Makes it.</summary>
    /// <param name="incidents">The incidents of the pole, ordered by time.</param>
    public ContactFitting(IReadOnlyList<PoleIncident> incidents)
        : base(null)
    {
        ArgumentNullException.ThrowIfNull(incidents);
        _open = [.. incidents.Where(static incident => incident.Kind == IncidentKind.DoorOpen).Select(static incident => (incident.FromUs, incident.ToUs))];
        NextUs = After(-1);
    }

    /// <inheritdoc/>
    public bool IsActive { get; private set; }

    /// <inheritdoc/>
    public override bool HasEvents => _open.Length > 0;

    /// <inheritdoc/>
    public override long NextEventUs => NextUs;

    private long NextUs { get; set; }

    /// <inheritdoc/>
    public override bool Advance(long timeUs)
    {
        bool isActive = _open.Any(open => timeUs >= open.FromUs && timeUs < open.ToUs);
        bool isChanged = isActive != IsActive;
        IsActive = isActive;
        NextUs = After(timeUs);
        return isChanged;
    }

    /// <inheritdoc/>
    public override void Connect(PoleHardware hardware)
    {
        ArgumentNullException.ThrowIfNull(hardware);
        hardware.Door = this;
    }

    /// <inheritdoc/>
    public override void SetSupply(bool isSupplied)
    {
        // A contact needs none.
    }

    /// <inheritdoc/>
    public override void SetTrouble(PartTrouble trouble, bool isBegin, double size)
    {
        // It has no name by which a scenario could mean it.
    }

    private long After(long timeUs) =>
        _open.SelectMany(static open => new[] { open.FromUs, open.ToUs }).Where(us => us > timeUs).DefaultIfEmpty(long.MaxValue).Min();
}
