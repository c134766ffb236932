// Whether the pole stands where it was planned.
using System.Globalization;
using Provisioning.Commissioning.Place;

namespace Provisioning.Commissioning.Steps;

/// <summary>Compares the place with the plan.</summary>
internal static class PositionStep
{
    private const double Micro = 1e6;
    private const double Centi = 100;

    public static IEnumerable<CommissioningStep> Run(CommissioningVisit visit)
    {
        (double Latitude, double Longitude)? place;
        if (visit.Request.Position is { } source)
        {
            place = source();
            if (place is null)
            {
                yield return CommissioningStep.Failed(StepNames.Position, "", StepReasons.NoFix);
                yield break;
            }
        }
        else
        {
            place = visit.Technician.AskText(Questions.Position) is { Length: > 0 } text ? GeoPoint.Parse(text) : null;
        }

        if (place is not { } found)
        {
            yield return CommissioningStep.Skipped(StepNames.Position, "", StepReasons.Unattended);
            yield break;
        }

        double metres = GeoPoint.DistanceMetres(found, (visit.Pole.Latitude, visit.Pole.Longitude));
        MeasuredValue[] measured =
        [
            new("latitudeMicrodegrees", Text(found.Latitude * Micro)), new("longitudeMicrodegrees", Text(found.Longitude * Micro)),
            new("distanceCentimetres", Text(metres * Centi)), new("allowedCentimetres", Text(visit.Request.LargestDistanceMetres * Centi)),
        ];
        yield return metres <= visit.Request.LargestDistanceMetres
            ? CommissioningStep.Passed(StepNames.Position, "", measured)
            : CommissioningStep.Failed(StepNames.Position, "", StepReasons.TooFar, measured);
    }

    private static string Text(double value) => Math.Round(value).ToString("0", CultureInfo.InvariantCulture);
}
