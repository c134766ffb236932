// What sagging mains and heat do to the supply and the temperature of a pole's board, and which alarms have to come of it.
using PoleController.Alarms;
using PoleController.Settings;
using Simulation.Engine;
using Simulation.Engine.Fittings;
using Simulation.Scenarios;
using Simulation.World;

namespace Simulation.Checks;

/// <summary>The events of a pole's board.</summary>
internal static class BoardEvents
{
    private const long MinuteUs = 60_000_000;

    /// <summary>Supply below this share of the usual one is a fall, as the controller's documentation says; the mains' own unrest and the converter's error are off that.</summary>
    private const double SurelyFallenShare = 0.82;

    /// <summary>Supply below this share of nominal is too low by what the poles are provisioned with.</summary>
    private const double SurelyLowShare = 0.88;

    /// <summary>How far above its limit the board's temperature surely is too hot, in kelvin.</summary>
    private const double SurelyHotKelvin = 1.5;

    private static readonly int LimitDegrees = new SupervisionSettings().BoardLimitDegrees;

    /// <summary>What an incident has to give.</summary>
    /// <param name="pole">The pole.</param>
    /// <param name="incident">A sag or heat.</param>
    /// <param name="untilUs">The end of the run.</param>
    public static IEnumerable<ExpectedEvent> Of(SimulatedPole pole, PoleIncident incident, long untilUs)
    {
        if (incident.Kind == IncidentKind.Sag && Has(pole, PartName.SupplyVoltage))
        {
            double share = incident.Size / MainsVoltage.NominalVolts;
            AlarmKind? kind = share < SurelyFallenShare ? AlarmKind.SupplyLoss : share is > 0.86 and < SurelyLowShare ? AlarmKind.SupplyLow : null;
            return kind is AlarmKind alarm ? [new ExpectedEvent(pole.Index, alarm, incident.FromUs, incident.ToUs, "Sag")] : [];
        }

        if (incident.Kind != IncidentKind.Heat || !Has(pole, PartName.BoardTemperature) || HotFromUs(pole, incident, untilUs) is not long fromUs)
        {
            return [];
        }

        return
        [
            new ExpectedEvent(pole.Index, AlarmKind.BoardOverheated, fromUs, incident.ToUs, "Heat"),
            new ExpectedEvent(pole.Index, AlarmKind.OverTemperature, fromUs, incident.ToUs, "Heat"),
        ];
    }

    /// <summary>Whether the board, the gear or the lamp may have been too hot around a moment.</summary>
    public static bool MayBeHot(SimulatedPole pole, long timeUs) => pole.Parts.Surroundings is { } around
        && (around.Incidents.Any(incident => incident.Kind == IncidentKind.Heat && incident.FromUs <= timeUs && (incident.ToUs == long.MaxValue || incident.ToUs + (15 * MinuteUs) >= timeUs))
            || LuminaireWarmth.BoardDegreesAt(around.Air, around.Incidents, timeUs) > LimitDegrees - SurelyHotKelvin);

    private static bool Has(SimulatedPole pole, PartName part) => pole.Parts.Fittings.Any(fitting => fitting.Name == part);

    private static long? HotFromUs(SimulatedPole pole, PoleIncident incident, long untilUs)
    {
        PoleSurroundings around = pole.Parts.Surroundings!;
        long toUs = Math.Min(untilUs, incident.ToUs);
        for (long timeUs = incident.FromUs; timeUs < toUs; timeUs += MinuteUs)
        {
            if (LuminaireWarmth.BoardDegreesAt(around.Air, around.Incidents, timeUs) > LimitDegrees + SurelyHotKelvin)
            {
                return timeUs;
            }
        }

        return null;
    }
}
