// The voltage at one pole: what the grid has, with its unrest, sags and outages that the scenario puts in. The value at a moment is a function.
using Simulation.Engine;
using Simulation.Scenarios;

namespace Simulation.World;

/// <summary>The mains voltage at one pole. One owner.</summary>
public sealed class MainsVoltage
{
    /// <summary>Nominal voltage (EN 60038), in volts.</summary>
    public const double NominalVolts = 230;

    /// <summary>Standard deviation of the grid's own unrest, in volts; EN 50160 allows ten percent.</summary>
    public const double UnrestVolts = 1.5;

    private readonly (long FromUs, long ToUs, double Volts)[] _sags;
    private readonly KeptTimeNoise _unrest;
    private readonly PowerOutages _outages;

    /// <summary>Makes it.</summary>
    /// <param name="incidents">The incidents of this pole.</param>
    /// <param name="outages">When it has no mains.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="index">The pole's index.</param>
    public MainsVoltage(IReadOnlyList<PoleIncident> incidents, PowerOutages outages, long seed, int index)
    {
        ArgumentNullException.ThrowIfNull(incidents);
        ArgumentNullException.ThrowIfNull(outages);
        _outages = outages;
        _sags = [.. incidents.Where(static incident => incident.Kind == IncidentKind.Sag).Select(static incident => (incident.FromUs, incident.ToUs, incident.Size))];
        _unrest = new KeptTimeNoise(new TimeNoise(seed, "mains", index, 300_000_000));
    }

    /// <summary>The voltage at a moment, in volts.</summary>
    /// <param name="timeUs">Microseconds after the start.</param>
    public double At(long timeUs)
    {
        if (GoneSinceUs(timeUs) is not null)
        {
            return 0;
        }

        foreach ((long fromUs, long toUs, double volts) in _sags)
        {
            if (timeUs >= fromUs && timeUs < toUs)
            {
                return volts;
            }
        }

        return NominalVolts + (UnrestVolts * Math.Clamp(_unrest.At(timeUs), -4, 4));
    }

    /// <summary>Since when the mains are gone at a moment; null when they are there.</summary>
    /// <param name="timeUs">Microseconds after the start.</param>
    public long? GoneSinceUs(long timeUs)
    {
        foreach ((long startUs, long endUs) in _outages.Intervals)
        {
            if (timeUs >= startUs && timeUs < endUs)
            {
                return startUs;
            }
        }

        return null;
    }
}
