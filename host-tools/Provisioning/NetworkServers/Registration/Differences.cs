// Compares what a server has with what it should have, field by field. Keys and the codec's text are compared and never shown.
using System.Globalization;

namespace Provisioning.NetworkServers.Registration;

/// <summary>Differences.</summary>
internal static class Differences
{
    public static List<FieldDifference> Of(ServerDevice wanted, ServerDevice there)
    {
        List<FieldDifference> differences = [];
        Add(differences, "name", there.Name, wanted.Name);
        Add(differences, "joinEui", there.JoinEui ?? "", wanted.JoinEui ?? "");
        Add(differences, "profile", there.ProfileId ?? "", wanted.ProfileId ?? "");
        Add(differences, "disabled", Word(there.IsDisabled), Word(wanted.IsDisabled));
        foreach ((string tag, string value) in wanted.Tags)
        {
            Add(differences, "tags." + tag, there.Tags.GetValueOrDefault(tag, ""), value);
        }

        if (wanted.Radio is not null)
        {
            AddRadio(differences, there.Radio, wanted.Radio);
        }

        AddSecret(differences, "appKey", there.Keys?.AppKey, wanted.Keys?.AppKey);
        AddSecret(differences, "genAppKey", there.Keys?.GenAppKey, wanted.Keys?.GenAppKey);
        return differences;
    }

    public static List<FieldDifference> Of(ServerProfile wanted, ServerProfile there)
    {
        List<FieldDifference> differences = [];
        if (wanted.Radio is not null)
        {
            AddRadio(differences, there.Radio, wanted.Radio);
            Add(differences, "uplinkIntervalSeconds", Number(there.UplinkIntervalSeconds), Number(wanted.UplinkIntervalSeconds));
            Add(differences, "flushesQueueOnJoin", Word(there.FlushesQueueOnJoin ?? false), Word(wanted.FlushesQueueOnJoin ?? false));
        }

        AddSecret(differences, "codec", Lines(there.Codec), Lines(wanted.Codec));
        return differences;
    }

    private static void AddRadio(List<FieldDifference> differences, RadioSettings? there, RadioSettings wanted)
    {
        Add(differences, "region", there?.Region ?? "", wanted.Region);
        Add(differences, "macVersion", there?.MacVersion ?? "", wanted.MacVersion);
        Add(differences, "regionalParameters", there?.RegionalParameters ?? "", wanted.RegionalParameters);
        Add(differences, "supportsClassC", there is null ? "" : Word(there.SupportsClassC), Word(wanted.SupportsClassC));
        Add(differences, "usesAdr", there is null ? "" : Word(there.UsesAdr), Word(wanted.UsesAdr));
        Add(differences, "frequencyPlan", there?.FrequencyPlan ?? "", wanted.FrequencyPlan);
    }

    private static void Add(List<FieldDifference> differences, string field, string before, string after)
    {
        if (before != after)
        {
            differences.Add(new FieldDifference(field, before, after));
        }
    }

    private static void AddSecret(List<FieldDifference> differences, string field, string? before, string? after)
    {
        if (before != after)
        {
            differences.Add(new FieldDifference(field, null, null));
        }
    }

    // A console in a browser may have changed the ends of lines.
    private static string Lines(string text) => text.ReplaceLineEndings("\n").TrimEnd('\n');

    private static string Word(bool value) => value ? "true" : "false";

    private static string Number(int? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "";
}
