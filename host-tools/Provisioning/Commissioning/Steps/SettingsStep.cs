// What the controller has to know of its place: position (sun times) and the luminaire's full power (supervision). What differs from the workspace is set.
using System.Globalization;
using Provisioning.Files;
using Provisioning.ServicePort;

namespace Provisioning.Commissioning.Steps;

/// <summary>Compares settings with the workspace, and sets them.</summary>
internal static class SettingsStep
{
    public static IEnumerable<CommissioningStep> Run(CommissioningVisit visit)
    {
        yield return Hold(visit, "position", ("latitudeMicrodegrees", FirstSettings.Microdegrees(visit.Pole.Latitude)), ("longitudeMicrodegrees", FirstSettings.Microdegrees(visit.Pole.Longitude)));
        yield return visit.Pole.FullPowerWatts is null
            ? CommissioningStep.Skipped(StepNames.Settings, "luminaire", StepReasons.NotAskedFor)
            : Hold(visit, "luminaire", ("luminaireFullPowerMilliwatts", FirstSettings.Milliwatts(visit.Pole)));
    }

    private static CommissioningStep Hold(CommissioningVisit visit, string section, params (string Field, int Value)[] expected)
    {
        ServiceAnswer before = visit.Session.Require("settings get " + section);
        string? Found(string field) => before.Lines.FirstOrDefault(record => record.Find("field") == field)?.Find("value");
        List<MeasuredValue> measured = [.. expected.Select(pair => new MeasuredValue(pair.Field, Text(pair.Value)))];
        if (expected.All(pair => Found(pair.Field) == Text(pair.Value)))
        {
            return CommissioningStep.Passed(StepNames.Settings, section, [.. measured, new("wasSet", "0")]);
        }

        measured.AddRange(expected.Select(pair => new MeasuredValue(pair.Field + "Before", Found(pair.Field) ?? "unknown")));
        ServiceAnswer answer = visit.Session.Ask($"settings set {section} {string.Join(' ', expected.Select(pair => $"{pair.Field}={Text(pair.Value)}"))}");
        return answer.ErrorCode is { } code
            ? CommissioningStep.Failed(StepNames.Settings, section, code, measured)
            : CommissioningStep.Passed(StepNames.Settings, section, [.. measured, new("wasSet", "1")]);
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
