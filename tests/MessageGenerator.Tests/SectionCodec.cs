// The pole's own reading and writing of a section of the settings, by the schema's names: a setting that is not called in C# as in the schema is found here.
using System.Reflection;
using System.Text.Json.Nodes;
using MessageSchemas;
using PoleController.Messages;
using PoleController.Settings;

namespace MessageGenerator.Tests;

internal static class SectionCodec
{
    // Groups that C# does not call as the schema does.
    private static readonly Dictionary<string, string> Prefixes = new() { ["exceptionDays"] = "Exception" };

    /// <summary>Has the pole's code read and judge a setSettings.</summary>
    public static Decoded Decode(byte[] payload)
    {
        ControllerSettings settings = new();
        CommandError error = SettingsCommand.Read(payload, payload.Length, settings, out int _);
        if (error != CommandError.Ok)
        {
            return new Decoded(ControllerCodec.CamelCase(error.ToString()), null, null);
        }

        SchemaSection section = Repository.Schema.Settings.Sections.Single(item => item.Number == payload[2]);
        JsonObject values = new()
        {
            ["sequence"] = (long)payload[1],
            [SchemaSettings.SectionKey] = section.Name,
            [SchemaSettings.ValuesKey] = Values(section, settings, payload[3]),
        };
        return new Decoded("ok", null, values);
    }

    /// <summary>The values of a section as the pole's settings hold them.</summary>
    /// <param name="section">The section.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="item">Where there are several, which one.</param>
    public static JsonObject Values(SchemaSection section, ControllerSettings settings, int item)
    {
        SettingsPart part = settings.Find(section.Number, item)!;
        object target = TargetOf(settings, part);
        JsonObject values = [];
        foreach (SchemaSectionItem described in section.Items)
        {
            if (described.GroupName is string group)
            {
                int count = Convert.ToInt32(FieldOf(target, Singular(group) + "Count").GetValue(target), null);
                values[group] = new JsonArray([.. Enumerable.Range(0, count).Select(i => Item(target, group, described.GroupFields, i))]);
            }
            else if (described.Repeat > 0)
            {
                Array array = (Array)FieldOf(target, described.Field!.Name).GetValue(target)!;
                values[described.Field.Name] = new JsonArray([.. array.Cast<object>().Select(value => ToJson(described.Field, value))]);
            }
            else if (described.CountOf is null)
            {
                SchemaField field = described.Field!;
                values[field.Name] = part.Item != SettingsPart.NoItem && values.Count == 0
                    ? JsonValue.Create((long)part.Item)
                    : ToJson(field, FieldOf(target, field.Name).GetValue(target)!);
            }
        }

        return values;
    }

    // Sections of their own hold their values; the first ones are plain fields of the settings, a program, the calendar.
    private static object TargetOf(ControllerSettings settings, SettingsPart part) => part.Section switch
    {
        SettingsSection.Program => settings.Programs[part.Item],
        SettingsSection.Calendar => settings.Calendar,
        _ => part.GetType().GetFields(BindingFlags.Public | BindingFlags.Instance).Length > 0 ? part : settings,
    };

    private static JsonObject Item(object target, string group, IReadOnlyList<SchemaField> fields, int index) =>
        new(fields.Select(field => KeyValuePair.Create(field.Name, ToJson(field, ArrayOf(target, group, field.Name).GetValue(index)!))));

    // "points" with "percent" is PointPercent, or, in a class that holds nothing else, Percent.
    private static Array ArrayOf(object target, string group, string name)
    {
        FieldInfo? field = target.GetType().GetField(Prefix(group) + Pascal(name)) ?? target.GetType().GetField(Pascal(name));
        return (Array)(field ?? throw new InvalidOperationException($"{target.GetType().Name} has neither {Prefix(group)}{Pascal(name)} nor {Pascal(name)}")).GetValue(target)!;
    }

    private static string Prefix(string group) => Prefixes.TryGetValue(group, out string? prefix) ? prefix : Singular(group);

    private static string Singular(string group) => Pascal(group)[..^1];

    private static FieldInfo FieldOf(object target, string name) =>
        target.GetType().GetField(Pascal(name)) ?? throw new InvalidOperationException($"{target.GetType().Name} has no field {Pascal(name)}, but the schema has {name}");

    private static JsonNode? ToJson(SchemaField field, object value)
    {
        if (value is byte[] bytes && field.Kind == FieldKind.Bytes)
        {
            return JsonValue.Create(Convert.ToHexStringLower(bytes));
        }

        if (value is bool flag)
        {
            return JsonValue.Create(flag);
        }

        long number = Convert.ToInt64(value, null);
        if (field.Unknown is long unknown && number == unknown * field.Scale)
        {
            return null;
        }

        if (field.Kind == FieldKind.Flag)
        {
            return JsonValue.Create(number == 1);
        }

        return field.Enum is null ? JsonValue.Create(number) : JsonValue.Create(field.Enum.Values.Single(item => item.Number == number).Name);
    }

    private static string Pascal(string name) => char.ToUpperInvariant(name[0]) + name[1..];
}
