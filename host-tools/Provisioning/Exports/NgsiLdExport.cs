// The fleet as entities of NGSI-LD (ETSI GS CIM 009) with the smart data models: Streetlight, Device, WasteContainer, AirQualityObserved, TrafficFlowObserved
// (github.com/smart-data-models, whose schemas judge the simplified form in the tests). Simplified: attribute to value (clause 4.5.4). Normalized: attribute to
// Property, GeoProperty or Relationship (clause 4.5.2). Only values that are known and good are in it.
using System.Text.Json.Nodes;
using PoleController.Messages.Entries;
using PoleController.Sensing;
using Provisioning.FleetState;

namespace Provisioning.Exports;

/// <summary>Entities.</summary>
internal static class NgsiLdExport
{
    /// <summary>The terms of the smart data models, and the core context.</summary>
    private static readonly string[] s_context =
    [
        "https://raw.githubusercontent.com/smart-data-models/data-models/master/context.jsonld", "https://uri.etsi.org/ngsi-ld/v1/ngsi-ld-core-context.jsonld",
    ];

    /// <summary>All entities, simplified or normalized.</summary>
    public static JsonArray Write(IReadOnlyList<PoleSnapshot> poles, bool isSimplified)
    {
        JsonArray entities = [];
        foreach (JsonObject entity in poles.SelectMany(Entities))
        {
            entities.Add(isSimplified ? entity : Normalize(entity));
        }

        return entities;
    }

    private static IEnumerable<JsonObject> Entities(PoleSnapshot pole)
    {
        yield return Streetlight(pole);
        if (pole.DevEui is not null)
        {
            yield return Device(pole);
        }

        if (pole.FillLevel is { } fill && PoleSnapshot.Good(fill.Message.Quality, fill.Message.FillPercent, 0.01) is { } level)
        {
            yield return WasteContainer(pole, fill, level);
        }

        if (AirQuality(pole) is { } air)
        {
            yield return air;
        }

        foreach (JsonObject flow in TrafficFlows(pole))
        {
            yield return flow;
        }
    }

    private static JsonObject Streetlight(PoleSnapshot pole)
    {
        JsonObject entity = Entity("Streetlight", pole.Pole.Id, pole);
        bool isDark = (pole.State.Findings & PoleFindings.Dark) != 0;
        entity["status"] = isDark ? "defectiveLamp" : (pole.State.Findings & PoleFindings.Tilted) != 0 ? "columnIssue" : "ok";
        entity["streetPoleNum"] = pole.Pole.Id;
        entity["controllingMethod"] = pole.Pole.Group is null ? "individual" : "group";
        Set(entity, "circuit", pole.Pole.Circuit);
        Set(entity, "powerRating", pole.Pole.FullPowerWatts);
        if (pole.Pole.Street is not null || pole.Pole.District is not null)
        {
            JsonObject address = [];
            Set(address, "streetAddress", pole.Pole.Street);
            Set(address, "district", pole.Pole.District);
            entity["address"] = address;
        }

        if (pole.Status is { } status)
        {
            entity["powerState"] = status.LevelPermille == 0 ? "off" : "on";
            entity["illuminanceLevel"] = status.LevelPermille / 1000.0;
            entity["lifetimePowerConsumption"] = status.EnergyWattHours / 1000.0;
            entity["observationDateTime"] = SnapshotColumns.Iso(pole.State.StatusAtUtcMs);
            if (status.PowerMilliwatts >= 0)
            {
                entity["powerConsumption"] = status.PowerMilliwatts / 1000.0;
            }
        }

        if (pole.Luminaire is { Message: { Quality: Quality.Ok } luminaire })
        {
            Set(entity, "voltage", PoleSnapshot.Good(luminaire.Quality, luminaire.VoltageMillivolts, 0.001));
            Set(entity, "powerFactor", PoleSnapshot.Good(luminaire.Quality, luminaire.PowerFactorPermille, 0.001));
        }

        if (pole.DevEui is { } devEui)
        {
            entity["refDevice"] = new JsonArray(Id("Device", devEui));
        }

        return entity;
    }

    private static JsonObject Device(PoleSnapshot pole)
    {
        JsonObject entity = Entity("Device", pole.DevEui!, pole);
        JsonArray properties = ["light"];
        AddIf(properties, "fillingLevel", pole.FillLevel is not null);
        AddIf(properties, "airPollution", pole.Particulates is not null);
        AddIf(properties, "temperature", pole.Climate is not null);
        AddIf(properties, "trafficFlow", pole.Traffic is not null);
        entity["category"] = new JsonArray("actuator", "sensor");
        entity["controlledProperty"] = properties;
        entity["controlledAsset"] = new JsonArray(Id("Streetlight", pole.Pole.Id));
        entity["supportedProtocol"] = new JsonArray("lora");
        entity["serialNumber"] = pole.DevEui;
        if (pole.State.RssiDbm is { } rssi)
        {
            entity["rssi"] = rssi;
        }

        Set(entity, "dateLastValueReported", SnapshotColumns.Iso(pole.State.LastHeardUtcMs));
        return entity;
    }

    private static JsonObject WasteContainer(PoleSnapshot pole, Latest<FillLevelEntry> fill, double level)
    {
        JsonObject entity = Entity("WasteContainer", pole.Pole.Id, pole);
        entity["fillingLevel"] = level;
        entity["status"] = "ok";
        entity["timeInstant"] = SnapshotColumns.Iso(fill.AtUtcMs);
        if (fill.Message.HoursUntilFull >= 0)
        {
            entity["nextActuationDeadline"] = SnapshotColumns.Iso(fill.AtUtcMs + (fill.Message.HoursUntilFull * 3_600_000L));
        }

        return entity;
    }

    private static JsonObject? AirQuality(PoleSnapshot pole)
    {
        long? at = pole.Particulates?.AtUtcMs ?? pole.Gas?.AtUtcMs;
        if (at is null)
        {
            return null;
        }

        JsonObject entity = Entity("AirQualityObserved", pole.Pole.Id, pole);
        entity["dateObserved"] = SnapshotColumns.Iso(at);
        entity["typeofLocation"] = "outdoor";
        if (pole.Particulates?.Message is { } particles)
        {
            Set(entity, "pm1", PoleSnapshot.Good(particles.Pm1Quality, particles.Pm1DecimicrogramsPerCubicMetre, 0.1));
            Set(entity, "pm25", PoleSnapshot.Good(particles.Pm25CorrectedQuality, particles.Pm25CorrectedDecimicrogramsPerCubicMetre, 0.1));
            Set(entity, "pm4", PoleSnapshot.Good(particles.Pm4Quality, particles.Pm4DecimicrogramsPerCubicMetre, 0.1));
            Set(entity, "pm10", PoleSnapshot.Good(particles.Pm10CorrectedQuality, particles.Pm10CorrectedDecimicrogramsPerCubicMetre, 0.1));
        }

        if (pole.Gas?.Message is { } gas)
        {
            Set(entity, "co2", PoleSnapshot.Good(gas.CarbonDioxideQuality, gas.CarbonDioxidePpm, 1));
        }

        if (pole.Climate?.Message is { } climate)
        {
            Set(entity, "temperature", PoleSnapshot.Good(climate.TemperatureQuality, climate.TemperatureCentidegrees, 0.01));
            Set(entity, "relativeHumidity", PoleSnapshot.Good(climate.HumidityQuality, climate.HumidityPermille, 0.001));
            Set(entity, "pressure", PoleSnapshot.Good(climate.PressureQuality, climate.PressurePascals, 0.01));
        }

        return entity;
    }

    // One for each class of speed; counts that the pole withheld are 0 on the wire and no statement, so they are not told.
    private static IEnumerable<JsonObject> TrafficFlows(PoleSnapshot pole)
    {
        if (pole.Traffic is not { Message: { Quality: Quality.Ok, IntervalSeconds: > 0 } traffic, AtUtcMs: var at })
        {
            yield break;
        }

        foreach ((string name, string? vehicle, int[] counts) in TrafficClasses.Of(traffic))
        {
            int sum = counts.Where(count => count > 0).Sum();
            if (sum == 0 && traffic.IsWithheld)
            {
                continue;
            }

            JsonObject entity = Entity("TrafficFlowObserved", $"{pole.Pole.Id}:{name}", pole);
            entity["dateObserved"] = $"{SnapshotColumns.Iso(at - (traffic.IntervalSeconds * 1000L))}/{SnapshotColumns.Iso(at)}";
            entity["dateObservedFrom"] = SnapshotColumns.Iso(at - (traffic.IntervalSeconds * 1000L));
            entity["dateObservedTo"] = SnapshotColumns.Iso(at);
            entity["intensity"] = sum;
            entity["name"] = name;
            Set(entity, "vehicleType", vehicle);
            yield return entity;
        }
    }

    private static JsonObject Entity(string type, string name, PoleSnapshot pole) => new()
    {
        ["id"] = Id(type, name),
        ["type"] = type,
        ["location"] = ListExport.Point(pole),
    };

    // A URN (RFC 8141): numbers of poles may have any characters.
    private static string Id(string type, string name) => $"urn:ngsi-ld:{type}:{Uri.EscapeDataString(name).Replace("%3A", ":", StringComparison.Ordinal)}";

    private static void AddIf(JsonArray array, string text, bool condition)
    {
        if (condition)
        {
            array.Add(text);
        }
    }

    private static void Set(JsonObject entity, string name, string? value)
    {
        if (value is not null)
        {
            entity[name] = value;
        }
    }

    private static void Set(JsonObject entity, string name, double? value)
    {
        if (value is { } number)
        {
            entity[name] = Math.Round(number, 6);
        }
    }

    private static JsonObject Normalize(JsonObject entity)
    {
        JsonObject normalized = new() { ["id"] = entity["id"]!.DeepClone(), ["type"] = entity["type"]!.DeepClone() };
        string? at = entity.ContainsKey("observationDateTime") ? entity["observationDateTime"]!.GetValue<string>() : null;
        foreach ((string name, JsonNode? value) in entity.Where(pair => pair.Key is not ("id" or "type")))
        {
            normalized[name] = name switch
            {
                "location" => new JsonObject { ["type"] = "GeoProperty", ["value"] = value!.DeepClone() },
                "refDevice" or "controlledAsset" => new JsonObject { ["type"] = "Relationship", ["object"] = value is JsonArray { Count: 1 } one ? one[0]!.DeepClone() : value!.DeepClone() },
                _ => new JsonObject { ["type"] = "Property", ["value"] = value!.DeepClone() },
            };
            if (name == "rssi")
            {
                normalized[name]!["unitCode"] = "DBM";
            }

            if (at is not null && name is "powerState" or "illuminanceLevel" or "powerConsumption" or "lifetimePowerConsumption")
            {
                normalized[name]!["observedAt"] = at;
            }
        }

        normalized["@context"] = new JsonArray([.. s_context.Select(address => (JsonNode)address)]);
        return normalized;
    }
}

/// <summary>The classes of speed of a traffic measurement.</summary>
internal static class TrafficClasses
{
    /// <summary>Name, vehicle type of the smart data model where there is one, and counts of the three directions.</summary>
    public static IEnumerable<(string Name, string? VehicleType, int[] Counts)> Of(TrafficEntry traffic) =>
    [
        ("walking", null, [traffic.ApproachingWalkingCount, traffic.RecedingWalkingCount, traffic.OtherWalkingCount]),
        ("cycling", "bicycle", [traffic.ApproachingCyclingCount, traffic.RecedingCyclingCount, traffic.OtherCyclingCount]),
        ("driving", null, [traffic.ApproachingDrivingCount, traffic.RecedingDrivingCount, traffic.OtherDrivingCount]),
        ("unclassified", null, [traffic.ApproachingUnclassifiedCount, traffic.RecedingUnclassifiedCount, traffic.OtherUnclassifiedCount]),
    ];
}
