// How warm gear, lamp and board of one pole are: the air, what they make of their own losses, and heat that the scenario adds. Without inertia: it is the
// temperature that they would come to.
using Simulation.Parts;
using Simulation.Parts.Dali;
using Simulation.Scenarios;
using Simulation.World;

namespace Simulation.Engine.Fittings;

/// <summary>Temperatures and voltage at one luminaire. Not thread-safe: one owner.</summary>
public sealed class LuminaireWarmth
{
    /// <summary>How much warmer than the air the gear's hottest point is at full light, in kelvin: a little below what data sheets of gear for 50 degrees of air and 85 at tc leave.</summary>
    private const double GearKelvin = 30;

    /// <summary>The same of the lamp (LED board).</summary>
    private const double LampKelvin = 40;

    /// <summary>The same of the controller's board, day and night: its own losses in a closed housing.</summary>
    private const double BoardKelvin = 8;

    private readonly PartClock _clock;
    private readonly LuminairePart _luminaire;
    private readonly LocalAir _air;
    private readonly MainsVoltage _mains;
    private readonly PoleIncident[] _heats;

    /// <summary>Makes it.</summary>
    /// <param name="clock">The time at the pole.</param>
    /// <param name="luminaire">The luminaire.</param>
    /// <param name="surroundings">Air, mains and incidents.</param>
    public LuminaireWarmth(PartClock clock, LuminairePart luminaire, PoleSurroundings surroundings)
    {
        ArgumentNullException.ThrowIfNull(surroundings);
        _clock = clock;
        _luminaire = luminaire;
        _air = surroundings.Air;
        _mains = surroundings.Mains;
        _heats = [.. surroundings.Incidents.Where(static incident => incident.Kind == IncidentKind.Heat)];
    }

    /// <summary>Temperature of the controller's board now, in degrees Celsius.</summary>
    public double BoardDegrees => BoardDegreesAt(_air, _heats, _clock.NowUs);

    /// <summary>Temperature of a controller's board at a moment, in degrees Celsius.</summary>
    /// <param name="air">The air at the pole.</param>
    /// <param name="incidents">What happens to it.</param>
    /// <param name="timeUs">Microseconds after the start.</param>
    public static double BoardDegreesAt(LocalAir air, IReadOnlyList<PoleIncident> incidents, long timeUs) => AirDegreesAt(air, incidents, timeUs) + BoardKelvin;

    // Air around the luminaire, with what the scenario heats it by.
    private static double AirDegreesAt(LocalAir air, IReadOnlyList<PoleIncident> incidents, long timeUs)
    {
        ArgumentNullException.ThrowIfNull(air);
        ArgumentNullException.ThrowIfNull(incidents);
        double degrees = air.At(timeUs).TemperatureDegrees;
        foreach (PoleIncident incident in incidents)
        {
            degrees += incident.Kind == IncidentKind.Heat && timeUs >= incident.FromUs && timeUs < incident.ToUs ? incident.Size : 0;
        }

        return degrees;
    }

    /// <summary>Brings what gear says of temperatures and supply up to now.</summary>
    public void Bring(DaliGearPart gear)
    {
        ArgumentNullException.ThrowIfNull(gear);
        double air = AirDegreesAt(_air, _heats, _clock.NowUs);
        double load = _luminaire.LightPermille / 1000.0;
        gear.GearDegrees = (int)Math.Round(air + (GearKelvin * load));
        gear.LampDegrees = (int)Math.Round(air + (LampKelvin * load));
        gear.SupplyVolts = _mains.At(_clock.NowUs);
    }
}
