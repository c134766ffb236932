// A folder with a small scenario, for runs that take a moment: 20 lamps on a street, three hours around dusk.
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Polesim.Tests.Cli;

/// <summary>A folder that is gone after the test.</summary>
internal sealed class ScenarioFolder : IDisposable
{
    public const string ScenarioFile = "small.yaml";
    public const string LampFile = "lamps.csv";

    public const string Scenario =
        """
        name: Small street
        seed: 7
        start: 2026-06-20T21:00
        duration: 3h
        timeZone: { utcOffsetMinutes: 60, daylightSaving: europeanUnion }
        lamps:
          file: lamps.csv
          columns: { id: id, latitude: latitude, longitude: longitude, street: street }
        programs:
          - name: adaptive
            points:
              - { at: civilDusk, offset: -10min, level: 40, occupancyLevel: 100 }
              - { at: civilDawn, level: 0 }
        traffic:
          synthetic: { kind: arterial, travellersPerDay: 2000 }
        checks:
          noLampDark: {}
          occupancyResponse: { within: 1s, minimumPercent: 100 }
          allJoined: { within: 30min }
          statusDelivery: { minimumPercent: 90 }

        """;

    public ScenarioFolder(string? scenario = null, string? lamps = null)
    {
        Directory = System.IO.Directory.CreateTempSubdirectory("polesim-cli-").FullName;
        Write(ScenarioFile, scenario ?? Scenario);
        Write(LampFile, lamps ?? Lamps());
    }

    public string Directory { get; }

    /// <summary>The lamps, 30 m apart on a street.</summary>
    public static string Lamps()
    {
        StringBuilder text = new("id,latitude,longitude,street\n");
        for (int i = 0; i < 20; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"L-{i + 1:00},{51 + (i * 0.00027):0.00000},9.00000,Main Street\n");
        }

        return text.ToString();
    }

    public string PathOf(params string[] names) => Path.Combine([Directory, .. names]);

    public void Write(string name, string text) => File.WriteAllText(PathOf(name), text);

    public byte[] Report(string reportFolder) => File.ReadAllBytes(PathOf(reportFolder, "report.json"));

    public JsonElement ReportJson(string reportFolder) => JsonDocument.Parse(Report(reportFolder)).RootElement;

    public void Dispose() => System.IO.Directory.Delete(Directory, recursive: true);
}
