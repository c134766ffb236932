// Exports, judged by others: the published schemas of the smart data models with ajv, CsvHelper, and the tables of OGC 18-088.
using System.Diagnostics;
using System.Text.Json;
using CsvHelper;
using PoleController.Alarms;
using PoleController.Messages.Entries;
using PoleController.Sensing;
using Provisioning.Audit;
using Provisioning.Exports;
using Provisioning.Members;
using Provisioning.Poles;
using Provisioning.Problems;
using Provisioning.Storage;
using Provisioning.Workspaces;
using RepositoryFiles;
using Xunit;
using static Provisioning.Tests.Fleet.FleetBench;

namespace Provisioning.Tests.Fleet;

public sealed class ExportTests : AnyStore
{
    protected override WorkspaceAddress NewPlace() => WorkspaceAddress.Parse(Folder.PathOf($"{Guid.NewGuid():N}.polectl"));

    [Fact]
    public void Given_poles_with_every_kind_of_value_then_the_entities_are_valid_for_the_published_schemas()
    {
        using Workspace workspace = NewFleetWithValues();

        string entities = FleetExport.Write(workspace, "ngsi-ld-simplified", new PoleFilter(), NightMs);
        JsonElement all = JsonDocument.Parse(entities).RootElement;

        Assert.Equal(
            ["AirQualityObserved", "Device", "Streetlight", "TrafficFlowObserved", "WasteContainer"],
            all.EnumerateArray().Select(entity => entity.GetProperty("type").GetString()).Distinct().Order());
        Assert.Equal("valid " + all.GetArrayLength(), CheckOrSkip(entities));
        Assert.NotEqual("valid 1", CheckOrSkip("[{\"id\":\"urn:x:1\",\"type\":\"WasteContainer\",\"fillingLevel\":93,\"location\":{\"type\":\"Point\",\"coordinates\":[8,49]}}]"));
    }

    [Fact]
    public void Given_the_normalized_form_then_every_attribute_is_a_property_or_relationship_with_the_simplified_value()
    {
        using Workspace workspace = NewFleetWithValues();
        JsonElement simplified = JsonDocument.Parse(FleetExport.Write(workspace, "ngsi-ld-simplified", new PoleFilter(), NightMs)).RootElement;
        JsonElement normalized = JsonDocument.Parse(FleetExport.Write(workspace, "ngsi-ld", new PoleFilter(), NightMs)).RootElement;

        foreach ((JsonElement plain, JsonElement full) in simplified.EnumerateArray().Zip(normalized.EnumerateArray()))
        {
            Assert.Equal(plain.EnumerateObject().Select(attribute => attribute.Name).Append("@context"), full.EnumerateObject().Select(attribute => attribute.Name));
            foreach (JsonProperty attribute in plain.EnumerateObject().Where(attribute => attribute.Name is not ("id" or "type")))
            {
                JsonElement wrapped = full.GetProperty(attribute.Name);
                string type = wrapped.GetProperty("type").GetString()!;
                Assert.Contains(type, (string[])["Property", "GeoProperty", "Relationship"]);
                JsonElement value = wrapped.GetProperty(type == "Relationship" ? "object" : "value");
                bool isOne = type == "Relationship" && attribute.Value.GetArrayLength() == 1;
                Assert.True(JsonElement.DeepEquals(isOne ? attribute.Value[0] : attribute.Value, value), attribute.Name + " " + value.GetRawText());
            }
        }
    }

    [Fact]
    public void Given_values_then_they_are_those_that_the_poles_sent_and_what_is_unknown_is_not_there()
    {
        using Workspace workspace = NewFleetWithValues();
        JsonElement all = JsonDocument.Parse(FleetExport.Write(workspace, "ngsi-ld-simplified", new PoleFilter(), NightMs)).RootElement;
        JsonElement Find(string id) => all.EnumerateArray().Single(entity => entity.GetProperty("id").GetString() == "urn:ngsi-ld:" + id);

        Assert.Equal(("ok", "on", 0.5, 20.0), (
            Find("Streetlight:P-1").GetProperty("status").GetString(), Find("Streetlight:P-1").GetProperty("powerState").GetString(),
            Find("Streetlight:P-1").GetProperty("illuminanceLevel").GetDouble(), Find("Streetlight:P-1").GetProperty("powerConsumption").GetDouble()));
        Assert.Equal("defectiveLamp", Find("Streetlight:P-2").GetProperty("status").GetString());
        Assert.False(Find("Streetlight:P-4").TryGetProperty("powerState", out _));
        Assert.Equal(0.93, Find("WasteContainer:P-1").GetProperty("fillingLevel").GetDouble());
        Assert.Equal((12.5, 0.64), (Find("AirQualityObserved:P-1").GetProperty("pm25").GetDouble(), Find("AirQualityObserved:P-1").GetProperty("relativeHumidity").GetDouble()));
        Assert.False(Find("AirQualityObserved:P-1").TryGetProperty("pm10", out _));
        Assert.Equal(18, Find("TrafficFlowObserved:P-1:cycling").GetProperty("intensity").GetInt32());
        Assert.DoesNotContain("TrafficFlowObserved:P-1:walking", all.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Given_lists_then_another_reader_finds_every_pole_in_csv_and_geojson()
    {
        using Workspace workspace = NewFleetWithValues();
        using CsvReader csv = CsvReader.FromText(FleetExport.Write(workspace, "csv", new PoleFilter(), NightMs), new CsvReaderOptions { Separator = ',', HasHeader = false });
        List<string[]> rows = [];
        while (csv.Read())
        {
            rows.Add(csv.Current.ToArray());
        }

        string Value(int row, string column) => rows[row][Array.IndexOf(rows[0], column)];
        JsonElement features = JsonDocument.Parse(FleetExport.Write(workspace, "geojson", new PoleFilter { Group = "even" }, NightMs)).RootElement.GetProperty("features");

        Assert.Equal(["P-1", "P-2", "P-3", "P-4"], rows.Skip(1).Select(row => row[0]));
        Assert.Equal(("93", "20", "", "dark"), (Value(1, "fillPercent"), Value(1, "powerWatts"), Value(4, "powerWatts"), Value(2, "findings")));
        Assert.Equal(["P-2", "P-4"], features.EnumerateArray().Select(feature => feature.GetProperty("id").GetString()));
        Assert.Equal(8.4, features[0].GetProperty("geometry").GetProperty("coordinates")[0].GetDouble());
    }

    [Fact]
    public void Given_sensor_things_then_every_entity_has_the_properties_that_the_standard_makes_mandatory()
    {
        using Workspace workspace = NewFleetWithValues();

        JsonElement things = JsonDocument.Parse(FleetExport.Write(workspace, "sensorthings", new PoleFilter(), NightMs)).RootElement.GetProperty("value");

        // OGC 18-088, tables 5, 8, 10, 12, 14 and 16, and clause 8.2.4 on encodings and observation types.
        Assert.Equal(4, things.GetArrayLength());
        foreach (JsonElement thing in things.EnumerateArray())
        {
            Has(thing, "name", "description", "Locations", "Datastreams");
            Assert.All(thing.GetProperty("Locations").EnumerateArray(), location => Has(location, "name", "description", "encodingType", "location"));
            foreach (JsonElement stream in thing.GetProperty("Datastreams").EnumerateArray())
            {
                Has(stream, "name", "description", "observationType", "unitOfMeasurement", "ObservedProperty", "Sensor", "Observations");
                Has(stream.GetProperty("unitOfMeasurement"), "name", "symbol", "definition");
                Has(stream.GetProperty("ObservedProperty"), "name", "definition", "description");
                Has(stream.GetProperty("Sensor"), "name", "description", "encodingType", "metadata");
                Assert.True(Uri.IsWellFormedUriString(stream.GetProperty("ObservedProperty").GetProperty("definition").GetString(), UriKind.Absolute));
                Assert.All(stream.GetProperty("Observations").EnumerateArray(), observation =>
                {
                    Has(observation, "phenomenonTime", "resultTime", "result");
                    Assert.Equal(JsonValueKind.Number, observation.GetProperty("result").ValueKind);
                });
            }
        }

        Assert.True(things[0].GetProperty("Datastreams").GetArrayLength() >= 6);
        Assert.Equal(0, things[3].GetProperty("Datastreams").GetArrayLength());
    }

    [Fact]
    public void Given_a_release_then_it_is_of_groups_with_small_counts_withheld_and_the_journal_has_it_first()
    {
        using Workspace workspace = NewFleet(5);
        Take(workspace, [.. Enumerable.Range(1, 4).Select(pole => ChirpStack(DevEui(pole), NightMs, 1, 14, Measurement(
            new TrafficEntry { IntervalSeconds = 900, SmallestCount = 1, ApproachingWalkingCount = 1, ApproachingCyclingCount = 7 }, NightMs)))]);

        JsonElement released = JsonDocument.Parse(FleetExport.Release(workspace, "district", 5, "open data portal", NightMs, false)).RootElement;
        JsonElement streets = JsonDocument.Parse(FleetExport.Release(workspace, "street", null, "again", NightMs, false)).RootElement.GetProperty("groups");

        JsonElement east = Assert.Single(released.GetProperty("groups").EnumerateArray());
        Assert.Equal((5, 28), (east.GetProperty("poles").GetInt32(), east.GetProperty("arrivals").GetProperty("cycling").GetInt32()));
        Assert.Equal(JsonValueKind.Null, east.GetProperty("arrivals").GetProperty("walking").ValueKind);
        Assert.Equal(JsonValueKind.Null, east.GetProperty("meanPowerWatts").ValueKind);

        // Weg 0 has two poles, too few; Weg 1 three, of which two have counted.
        Assert.Equal("Weg 1", Assert.Single(streets.EnumerateArray()).GetProperty("name").GetString());
        Assert.Equal(JsonValueKind.Null, streets[0].GetProperty("arrivals").ValueKind);
        Assert.DoesNotContain("P-1", released.GetRawText(), StringComparison.Ordinal);
        IReadOnlyList<JournalEntry> entries = AuditJournal.Newest(workspace, 2);
        Assert.All(entries, entry => Assert.Equal("export.release", entry.Action));
        Assert.Contains("open data portal", string.Concat(entries.Select(entry => entry.Detail)), StringComparison.Ordinal);
    }

    [Fact]
    public void Given_a_member_who_may_not_release_then_nothing_is_released()
    {
        using Workspace workspace = NewFleet(3);
        workspace.Write(Permission.Administer, false, writer => MemberList.Set(writer, "officer", Roles.SecurityOfficer));
        workspace.Write(Permission.Administer, false, writer => MemberList.Set(writer, "anna", Roles.Engineer));

        Assert.Equal(ProblemKind.NotAuthorised, Assert.Throws<ProblemException>(() => FleetExport.Release(workspace, "district", 5, "x", NightMs, false)).Problems[0].Kind);
        Assert.Throws<ProblemException>(() => FleetExport.Release(workspace, "district", 5, "", NightMs, false));
    }

    private static void Has(JsonElement entity, params string[] names) => Assert.All(names, name => Assert.True(entity.TryGetProperty(name, out _), name + " is missing in " + entity.GetRawText()));

    private static string CheckOrSkip(string entities)
    {
        string folder = RepositoryRoot.PathOf("tests", "third-party", "ajv");
        if (!Directory.Exists(Path.Combine(folder, "node_modules")))
        {
            Assert.Skip("ajv is not installed (.ci/install).");
        }

        ProcessStartInfo start = new("node", [Path.Combine(folder, "check-entities.js"), RepositoryRoot.PathOf("tests", "third-party", "smart-data-models")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        using Process node = Process.Start(start)!;
        node.StandardInput.Write(entities);
        node.StandardInput.Close();
        string output = node.StandardOutput.ReadToEnd();
        node.WaitForExit();
        return output.Trim();
    }

    private Workspace NewFleetWithValues()
    {
        Workspace workspace = NewFleet(4);
        ParticulatesEntry air = new()
        {
            Pm25CorrectedDecimicrogramsPerCubicMetre = 125, Pm10CorrectedQuality = Quality.Humid, Pm10CorrectedDecimicrogramsPerCubicMetre = 300, Pm1Quality = Quality.NotMeasured, Pm4Quality = Quality.NotMeasured,
            Pm1DecimicrogramsPerCubicMetre = -1, Pm4DecimicrogramsPerCubicMetre = -1, HumidityPermille = 640,
        };
        Take(workspace,
            ChirpStack(DevEui(1), NightMs, 1, 10, Status(123_456)),
            ChirpStack(DevEui(1), NightMs, 2, 14, Measurement(new FillLevelEntry { State = LevelState.Red, FillPercent = 93, PingCount = 7, HoursUntilFull = 5 }, NightMs)),
            ChirpStack(DevEui(1), NightMs, 3, 14, Measurement(air, NightMs)),
            ChirpStack(DevEui(1), NightMs, 4, 14, Measurement(new ClimateEntry { HumidityPermille = 640, TemperatureCentidegrees = -120, PressurePascals = 101_300 }, NightMs)),
            ChirpStack(DevEui(1), NightMs, 5, 14, Measurement(new GasEntry { CarbonDioxidePpm = 612, VocIndex = 100, NoxIndex = 1 }, NightMs)),
            ChirpStack(DevEui(1), NightMs, 6, 14, Measurement(new TrafficEntry { IntervalSeconds = 900, SmallestCount = 5, IsWithheld = true, ApproachingCyclingCount = 11, RecedingCyclingCount = 7 }, NightMs)),
            ChirpStack(DevEui(1), NightMs, 7, 14, Measurement(new LuminaireEntry { PowerMilliwatts = 20_000, PowerFactorPermille = 950, VoltageMillivolts = 230_000, EnergyWattHours = 123_456 }, NightMs)),
            ChirpStack(DevEui(2), NightMs, 1, 10, Status(1_000)), ChirpStack(DevEui(2), NightMs, 2, 12, Alarm(AlarmKind.LampFailure, true)),
            ChirpStack(DevEui(3), NightMs, 1, 10, Status(1_000)));
        return workspace;
    }
}
