// A registration plan for people and for programs.
using System.Text.Json.Nodes;
using Polectl.Cli;
using Provisioning.NetworkServers.Registration;

namespace Polectl.Commands;

/// <summary>Writes plans.</summary>
internal static class PlanText
{
    private const int ShownDevices = 50;

    public static IReadOnlyList<string> Lines(Words words, RegistrationPlan plan)
    {
        List<string> lines = [];
        foreach (PlannedProfile profile in plan.Profiles.Where(profile => profile.Action != PlannedAction.Keep))
        {
            string what = profile.Region.Length > 0 ? words.Format("server.profile", profile.Profile.Name) : words["server.codec"];
            lines.Add($"{what}: {words[Key(profile.Action)]}{Fields(words, profile.Differences)}");
        }

        List<PlannedDevice> devices = [.. plan.Devices.Where(device => device.Action != PlannedAction.Keep)];
        lines.AddRange(devices.Take(ShownDevices).Select(device =>
            $"{device.DevEui} {plan.Wanted.Devices.GetValueOrDefault(device.DevEui)?.Device.Name}: {words[Key(device.Action)]}{Fields(words, device.Differences)}"));
        if (devices.Count > ShownDevices)
        {
            lines.Add(words.Format("server.more", $"{devices.Count - ShownDevices}"));
        }

        lines.Add(words.Format(
            "server.plan", $"{plan.Count(PlannedAction.Create)}", $"{plan.Count(PlannedAction.Complete)}", $"{plan.Count(PlannedAction.Change)}",
            $"{plan.Count(PlannedAction.Delete)}", $"{plan.Count(PlannedAction.Keep)}", $"{plan.Foreign.Count}"));
        return lines;
    }

    public static JsonObject ToJson(RegistrationPlan plan) => new()
    {
        ["profiles"] = new JsonArray([.. plan.Profiles.Select(profile => (JsonNode)new JsonObject
        {
            ["region"] = profile.Region, ["name"] = profile.Profile.Name, ["action"] = Word(profile.Action), ["differences"] = ToJson(profile.Differences),
        })]),
        ["counts"] = new JsonObject(Enum.GetValues<PlannedAction>().Select(action => KeyValuePair.Create(Word(action), (JsonNode?)plan.Count(action))))
        {
            ["foreign"] = plan.Foreign.Count,
        },
        ["devices"] = new JsonArray([.. plan.Devices.Where(device => device.Action != PlannedAction.Keep).Select(device => (JsonNode)new JsonObject
        {
            ["devEui"] = device.DevEui, ["action"] = Word(device.Action), ["differences"] = ToJson(device.Differences),
        })]),
        ["foreign"] = new JsonArray([.. plan.Foreign.Select(devEui => (JsonNode)devEui)]),
    };

    private static JsonArray ToJson(IReadOnlyList<FieldDifference> differences) => [.. differences.Select(difference => (JsonNode)new JsonObject
    {
        ["field"] = difference.Field, ["before"] = difference.Before, ["after"] = difference.After,
    })];

    private static string Word(PlannedAction action) => action.ToString().ToLowerInvariant();

    private static string Key(PlannedAction action) => "action." + Word(action);

    // A key that differs is named, and its values are not.
    private static string Fields(Words words, IReadOnlyList<FieldDifference> differences) => differences.Count == 0 ? "" : " (" + string.Join(", ", differences.Select(difference =>
        difference.Before is null ? words.Format("server.differs", difference.Field) : $"{difference.Field} '{difference.Before}' -> '{difference.After}'")) + ")";
}
