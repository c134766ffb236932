// polectl status: how the fleet is, in numbers and pole by pole.
using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Polectl.Cli;
using Provisioning.Alarms;
using Provisioning.FleetState;
using Provisioning.Language;
using Provisioning.Poles;
using Provisioning.Workspaces;

namespace Polectl.Commands;

/// <summary>The noun status.</summary>
internal static class StatusCommands
{
    private const string Noun = "status";

    public static Command Create(CommandMaker make)
    {
        FilterOptions summaryFilter = new(make);
        FilterOptions listFilter = new(make);
        Option<long?> summaryAt = make.Moment("at");
        Option<long?> listAt = make.Moment("at");
        Option<string[]> finding = make.Texts("finding", "finding");
        finding.AcceptOnlyFromAmong([.. FleetStatus.Words.Select(pair => pair.Word)]);
        return make.NounWithFirst(
            Noun,
            make.Reading(Noun, "show", [.. summaryFilter.Chosen, summaryAt], run => Show(run, Read(run, summaryFilter.Read(run), run.Get(summaryAt)))),
            make.Reading(Noun, "list", [finding, .. listFilter.Chosen, listAt], run => List(run, Read(run, listFilter.Read(run), run.Get(listAt)), run.Get(finding))));
    }

    /// <summary>A time that went by, as people say it.</summary>
    public static string Duration(long milliseconds)
    {
        TimeSpan span = TimeSpan.FromMilliseconds(milliseconds);
        return span.TotalDays >= 2 ? string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalDays} d {span.Hours} h")
            : span.TotalHours >= 1 ? string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalHours} h {span.Minutes} min")
            : string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalMinutes} min");
    }

    private static IReadOnlyList<PoleStatus> Read(Run run, PoleFilter filter, long? atUtcMs)
    {
        using Workspace workspace = run.Open();
        return FleetStatus.Read(workspace, filter, Now(run, atUtcMs));
    }

    private static long Now(Run run, long? atUtcMs) => atUtcMs ?? run.Surroundings.Time.GetUtcNow().ToUnixTimeMilliseconds();

    private static Outcome Show(Run run, IReadOnlyList<PoleStatus> poles)
    {
        List<(string Word, int Count)> counts = [.. FleetStatus.Words.Select(pair => (pair.Word, poles.Count(pole => (pole.Findings & pair.Finding) != 0)))];
        int fine = poles.Count(pole => pole.Findings == PoleFindings.None);
        return new Outcome
        {
            Lines =
            [
                run.Words.Format("status.poles", $"{poles.Count}", $"{fine}"),
                .. Table.Lines(
                    [run.Words["field.finding"], run.Words["field.poles"], run.Words["field.firstPoles"]],
                    counts.Where(pair => pair.Count > 0).Select(pair => (IReadOnlyList<string>)[run.Words["finding." + pair.Word], $"{pair.Count}", First(poles, pair.Word)])),
            ],
            Result = new JsonObject
            {
                ["poles"] = poles.Count,
                ["withoutFinding"] = fine,
                ["findings"] = new JsonObject(counts.Select(pair => KeyValuePair.Create(pair.Word, (JsonNode?)pair.Count))),
            },
        };
    }

    private static string First(IReadOnlyList<PoleStatus> poles, string word)
    {
        PoleFindings finding = FleetStatus.Words.First(pair => pair.Word == word).Finding;
        List<string> found = [.. poles.Where(pole => (pole.Findings & finding) != 0).Take(6).Select(pole => pole.Pole.Id)];
        return string.Join(", ", found.Take(5)) + (found.Count > 5 ? ", ..." : "");
    }

    private static Outcome List(Run run, IReadOnlyList<PoleStatus> poles, string[] findings)
    {
        List<PoleStatus> chosen = [.. poles.Where(pole => findings.Length == 0 || FleetStatus.Words.Any(pair => findings.Contains(pair.Word) && (pole.Findings & pair.Finding) != 0))];
        return new Outcome
        {
            Lines =
            [
                .. Table.Lines(
                    [run.Words["field.pole"], run.Words["field.finding"], run.Words["field.lastHeard"], run.Words["field.missed"], run.Words["field.lightLevel"], "W", run.Words["field.fill"], "RSSI"],
                    chosen.Select(pole => (IReadOnlyList<string>)
                    [
                        pole.Pole.Id,
                        string.Join(", ", WordsOf(pole.Findings).Select(word => run.Words["finding." + word])),
                        pole.LastHeardUtcMs is { } heard ? UtcText.Shown(heard) : "",
                        pole.MissedReports > 0 ? $"{pole.MissedReports}" : "",
                        pole.Status is { } status ? $"{status.LevelPermille / 10} %" : "",
                        pole.Status is { PowerMilliwatts: >= 0 } powered ? (powered.PowerMilliwatts / 1000.0).ToString("0.0", CultureInfo.InvariantCulture) : "",
                        pole.FillPercent is { } fill ? $"{fill} %" : "",
                        $"{pole.RssiDbm}",
                    ])),
                run.Words.Format("pole.count", $"{chosen.Count}"),
            ],
            Result = new JsonObject { ["poles"] = new JsonArray([.. chosen.Select(ToJson)]) },
        };
    }

    private static IEnumerable<string> WordsOf(PoleFindings findings) => FleetStatus.Words.Where(pair => (findings & pair.Finding) != 0).Select(pair => pair.Word);

    private static JsonNode ToJson(PoleStatus pole) => new JsonObject
    {
        ["pole"] = pole.Pole.Id,
        ["devEui"] = pole.DevEui,
        ["findings"] = new JsonArray([.. WordsOf(pole.Findings).Select(word => (JsonNode)word)]),
        ["lastHeard"] = pole.LastHeardUtcMs is { } heard ? UtcText.Milliseconds(heard) : null,
        ["reportIntervalSeconds"] = pole.IntervalMs / 1000,
        ["missedReports"] = pole.MissedReports,
        ["rssiDbm"] = pole.RssiDbm,
        ["status"] = pole.Status is { } status
            ? new JsonObject
            {
                ["at"] = UtcText.Milliseconds(pole.StatusAtUtcMs),
                ["levelPermille"] = status.LevelPermille,
                ["cause"] = SchemaWord.Of(status.Cause),
                ["powerMilliwatts"] = status.PowerMilliwatts < 0 ? null : status.PowerMilliwatts,
                ["energyWattHours"] = status.EnergyWattHours,
                ["lampOnHours"] = status.LampOnHours,
                ["settingsHash"] = status.SettingsHash,
                ["uptimeHours"] = status.UptimeHours,
            }
            : null,
        ["fillPercent"] = pole.FillPercent,
        ["tiltDecidegrees"] = pole.TiltDecidegrees,
        ["openAlarms"] = new JsonArray([.. pole.OpenAlarms.Select(alarm => (JsonNode)AlarmKinds.Word(alarm.Kind))]),
    };
}
