// What happens to poles from outside: knocks, leaning, doors, sagging mains, heat. No part fails by it. Data only.
namespace Simulation.Scenarios;

/// <summary>What happens.</summary>
public enum IncidentKind
{
    /// <summary>Something hits the pole. Size: peak acceleration in thousandths of standard gravity.</summary>
    Knock,

    /// <summary>The pole leans. Size: degrees.</summary>
    Lean,

    /// <summary>The pole's door is open.</summary>
    DoorOpen,

    /// <summary>The mains sag. Size: volts.</summary>
    Sag,

    /// <summary>The luminaire gets hot. Size: kelvin more than it would have.</summary>
    Heat,
}

/// <summary>An incident at some poles.</summary>
public sealed record Incident
{
    /// <summary>Beginning, milliseconds after the start.</summary>
    public required long AtMs { get; init; }

    /// <summary>Length, more than 0; null until the end of the run. A knock has none.</summary>
    public long? DurationMs { get; init; }

    /// <summary>What happens.</summary>
    public required IncidentKind Kind { get; init; }

    /// <summary>Its size, in the unit of its kind; 0 where it has none.</summary>
    public double Size { get; init; }

    /// <summary>Poles concerned.</summary>
    public required PoleSelector Poles { get; init; }
}

/// <summary>An incident at one pole.</summary>
/// <param name="Kind">What happens.</param>
/// <param name="FromUs">Beginning, in simulated time.</param>
/// <param name="ToUs">End; <see cref="long.MaxValue"/> when it lasts.</param>
/// <param name="Size">Its size, in the unit of its kind.</param>
public sealed record PoleIncident(IncidentKind Kind, long FromUs, long ToUs, double Size);
