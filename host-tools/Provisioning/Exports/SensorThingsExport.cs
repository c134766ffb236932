// The fleet as entities of the OGC SensorThings API, part 1 (Sensing), version 1.1 (OGC 18-088): Things with Locations and Datastreams, each with its newest
// Observation, in the form in which a server takes related entities in one request (clause 10.2.1.2, deep insert).
using System.Text.Json.Nodes;

namespace Provisioning.Exports;

/// <summary>Things.</summary>
internal static class SensorThingsExport
{
    private const string Measurement = "http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement";
    private const string Unit = "http://qudt.org/vocab/unit/";
    private const string Quantity = "http://qudt.org/vocab/quantitykind/";

    private static readonly Series[] s_series =
    [
        new("Light level", "Level that the luminaire puts out", "percent", "%", Unit + "PERCENT", Quantity + "DimensionlessRatio", pole => Status(pole, pole.Status?.LevelPermille / 10.0)),
        new("Power", "Power that the luminaire draws", "watt", "W", Unit + "W", Quantity + "ActivePower",
            pole => Status(pole, pole.Status is { PowerMilliwatts: >= 0 } status ? status.PowerMilliwatts / 1000.0 : null)),
        new("Energy", "Energy of the luminaire since commissioning", "watt hour", "Wh", Unit + "W-HR", Quantity + "ActiveEnergy", pole => Status(pole, pole.Status?.EnergyWattHours)),
        new("Fill level", "How full the container is", "percent", "%", Unit + "PERCENT", Quantity + "VolumeFraction",
            pole => pole.FillLevel is { } fill ? (fill.AtUtcMs, PoleSnapshot.Good(fill.Message.Quality, fill.Message.FillPercent, 1)) : default),
        new("Water level", "Level of the water above gauge zero", "metre", "m", Unit + "M", Quantity + "Height",
            pole => pole.WaterLevel is { } water ? (water.AtUtcMs, PoleSnapshot.Good(water.Message.Quality, water.Message.LevelMillimetres, 0.001)) : default),
        new("PM2.5", "Particulate matter, mean of an hour, without the water that particles take up; indicative", "microgram per cubic metre", "ug/m3", Unit + "MicroGM-PER-M3", Quantity + "MassConcentration",
            pole => pole.Particulates is { } air ? (air.AtUtcMs, PoleSnapshot.Good(air.Message.Pm25CorrectedQuality, air.Message.Pm25CorrectedDecimicrogramsPerCubicMetre, 0.1)) : default),
        new("PM10", "Particulate matter, mean of an hour, without the water that particles take up; indicative", "microgram per cubic metre", "ug/m3", Unit + "MicroGM-PER-M3", Quantity + "MassConcentration",
            pole => pole.Particulates is { } air ? (air.AtUtcMs, PoleSnapshot.Good(air.Message.Pm10CorrectedQuality, air.Message.Pm10CorrectedDecimicrogramsPerCubicMetre, 0.1)) : default),
        new("Air temperature", "Temperature of the air, mean of an hour", "degree Celsius", "degC", Unit + "DEG_C", Quantity + "Temperature",
            pole => pole.Climate is { } climate ? (climate.AtUtcMs, PoleSnapshot.Good(climate.Message.TemperatureQuality, climate.Message.TemperatureCentidegrees, 0.01)) : default),
        new("Relative humidity", "Relative humidity of the air, mean of an hour", "percent", "%", Unit + "PERCENT", Quantity + "RelativeHumidity",
            pole => pole.Climate is { } climate ? (climate.AtUtcMs, PoleSnapshot.Good(climate.Message.HumidityQuality, climate.Message.HumidityPermille, 0.1)) : default),
        new("Carbon dioxide", "Carbon dioxide of the air, mean of an hour", "parts per million", "ppm", Unit + "PPM", Quantity + "MoleFraction",
            pole => pole.Gas is { } gas ? (gas.AtUtcMs, PoleSnapshot.Good(gas.Message.CarbonDioxideQuality, gas.Message.CarbonDioxidePpm, 1)) : default),
    ];

    /// <summary>A collection of Things.</summary>
    public static JsonNode Write(IReadOnlyList<PoleSnapshot> poles) => new JsonObject { ["value"] = new JsonArray([.. poles.Select(Thing)]) };

    private static JsonNode Thing(PoleSnapshot pole) => new JsonObject
    {
        ["name"] = pole.Pole.Id,
        ["description"] = "Street-light pole",
        ["properties"] = new JsonObject { ["street"] = pole.Pole.Street, ["district"] = pole.Pole.District, ["group"] = pole.Pole.Group, ["devEui"] = pole.DevEui },
        ["Locations"] = new JsonArray(new JsonObject
        {
            ["name"] = pole.Pole.Id,
            ["description"] = "Where the pole stands",
            ["encodingType"] = "application/geo+json",
            ["location"] = ListExport.Point(pole),
        }),
        ["Datastreams"] = new JsonArray([.. s_series.Select(series => series.Stream(pole)).OfType<JsonNode>()]),
    };

    private static (long AtUtcMs, double? Value) Status(PoleSnapshot pole, double? value) => (pole.State.StatusAtUtcMs, value);

    private sealed record Series(string Name, string Description, string UnitName, string Symbol, string UnitDefinition, string Property, Func<PoleSnapshot, (long AtUtcMs, double? Value)> Newest)
    {
        /// <summary>The Datastream; null where the pole has no good value.</summary>
        public JsonObject? Stream(PoleSnapshot pole)
        {
            (long at, double? value) = Newest(pole);
            return value is not { } number ? null : new JsonObject
            {
                ["name"] = $"{Name} of {pole.Pole.Id}",
                ["description"] = Description,
                ["observationType"] = Measurement,
                ["unitOfMeasurement"] = new JsonObject { ["name"] = UnitName, ["symbol"] = Symbol, ["definition"] = UnitDefinition },
                ["ObservedProperty"] = new JsonObject { ["name"] = Name, ["definition"] = Property, ["description"] = Description },
                ["Sensor"] = new JsonObject
                {
                    ["name"] = $"Controller {pole.DevEui}",
                    ["description"] = "Controller of a street-light pole and what is fitted to it",
                    ["encodingType"] = "text/html",
                    ["metadata"] = "The controller's messages are described in docs/messages.md of its project.",
                },
                ["Observations"] = new JsonArray(new JsonObject
                {
                    ["phenomenonTime"] = SnapshotColumns.Iso(at),
                    ["resultTime"] = SnapshotColumns.Iso(at),
                    ["result"] = Math.Round(number, 6),
                }),
            };
        }
    }
}
