// What may be given to everybody: sums and means of groups of poles, never of one. A group of fewer than three poles with a value has none, and a count below the
// smallest that is published is not told, as the controller does it (section traffic of the settings): none cannot be told from few.
using System.Text.Json.Nodes;
using PoleController.Messages.Entries;
using Provisioning.Poles;

namespace Provisioning.Exports;

/// <summary>Aggregates.</summary>
internal static class OpenDataExport
{
    /// <summary>Fewest poles that a mean or a sum is made of.</summary>
    public const int FewestPoles = 3;

    /// <summary>The smallest count that is published until something else is asked for: the controller's own default.</summary>
    public const int UsualSmallestCount = 5;

    public static JsonNode Write(IReadOnlyList<PoleSnapshot> poles, string by, int smallestCount, string atIso)
    {
        return new JsonObject
        {
            ["at"] = atIso,
            ["by"] = by,
            ["fewestPoles"] = FewestPoles,
            ["smallestCount"] = smallestCount,
            ["groups"] = new JsonArray([.. poles.GroupBy(pole => GroupOf(pole.Pole, by)).OrderBy(group => group.Key, StringComparer.Ordinal)
                .Where(group => group.Count() >= FewestPoles).Select(group => Group(group.Key, [.. group], smallestCount))]),
        };
    }

    private static JsonObject Group(string name, List<PoleSnapshot> poles, int smallestCount) => new JsonObject
    {
        ["name"] = name,
        ["poles"] = poles.Count,
        ["meanLevelPercent"] = Mean(poles, pole => pole.Status?.LevelPermille / 10.0),
        ["meanPowerWatts"] = Mean(poles, pole => pole.Status is { PowerMilliwatts: >= 0 } status ? status.PowerMilliwatts / 1000.0 : null),
        ["meanFillPercent"] = Mean(poles, pole => pole.State.FillPercent),
        ["meanPm25MicrogramsPerCubicMetre"] = Mean(poles, pole =>
            pole.Particulates is { Message: { } air } ? PoleSnapshot.Good(air.Pm25CorrectedQuality, air.Pm25CorrectedDecimicrogramsPerCubicMetre, 0.1) : null),
        ["meanPm10MicrogramsPerCubicMetre"] = Mean(poles, pole =>
            pole.Particulates is { Message: { } air } ? PoleSnapshot.Good(air.Pm10CorrectedQuality, air.Pm10CorrectedDecimicrogramsPerCubicMetre, 0.1) : null),
        ["meanTemperatureDegrees"] = Mean(poles, pole => pole.Climate is { Message: { } climate } ? PoleSnapshot.Good(climate.TemperatureQuality, climate.TemperatureCentidegrees, 0.01) : null),
        ["arrivals"] = Arrivals(poles, smallestCount),
    };

    // Counts of the newest interval of each pole, by class of speed.
    private static JsonObject? Arrivals(List<PoleSnapshot> poles, int smallestCount)
    {
        List<TrafficEntry> told = [.. poles.Where(pole => pole.Traffic is { Message.Quality: PoleController.Sensing.Quality.Ok }).Select(pole => pole.Traffic!.Message)];
        if (told.Count < FewestPoles)
        {
            return null;
        }

        JsonObject arrivals = [];
        foreach (IGrouping<string, int> counts in told.SelectMany(traffic => TrafficClasses.Of(traffic).SelectMany(part => part.Counts.Select(count => (part.Name, Count: Math.Max(0, count))))).GroupBy(pair => pair.Name, pair => pair.Count))
        {
            int sum = counts.Sum();
            arrivals[counts.Key] = sum >= smallestCount ? sum : null;
        }

        return arrivals;
    }

    private static double? Mean(List<PoleSnapshot> poles, Func<PoleSnapshot, double?> value)
    {
        List<double> known = [.. poles.Select(value).OfType<double>()];
        return known.Count >= FewestPoles ? Math.Round(known.Average(), 1) : null;
    }

    private static string GroupOf(Pole pole, string by) => (by switch
    {
        "district" => pole.District,
        "street" => pole.Street,
        _ => pole.Group,
    }) ?? "";
}
