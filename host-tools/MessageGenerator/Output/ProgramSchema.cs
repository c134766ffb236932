// The JSON schema of polectl's program files: what people write by hand comes from a template, the sections of the settings from the message schema.
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using MessageSchemas;

namespace MessageGenerator.Output;

/// <summary>Writes the schema of program files.</summary>
public static class ProgramSchema
{
    /// <summary>
    /// Sections that a file cannot set: a position is the pole's own, programs, calendar and holidays have a form of their own in the file, and the key of
    /// neighbours is a secret.
    /// </summary>
    private static readonly HashSet<string> s_elsewhere = new(StringComparer.Ordinal) { "position", "program", "calendar", "holidays", "neighbours" };

    private static readonly JsonSerializerOptions s_options = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Makes it.</summary>
    public static string Write(MessageSchema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("program.schema.json")!;
        JsonObject root = (JsonObject)JsonNode.Parse(stream)!;
        root["properties"]!["settings"] = Settings(schema.Settings);
        return root.ToJsonString(s_options).ReplaceLineEndings("\n") + "\n";
    }

    private static JsonObject Settings(SchemaSettings settings) => new()
    {
        ["type"] = "object",
        ["description"] = "Settings by section, with the names, units and ranges of docs/messages.md. What is not named stays as another file or the controller has it.",
        ["x-german"] = "Einstellungen nach Abschnitten, mit Namen, Einheiten und Bereichen von docs/messages.md. Was nicht genannt ist, bleibt, wie eine andere Datei oder der Controller es hat.",
        ["additionalProperties"] = false,
        ["minProperties"] = 1,
        ["properties"] = new JsonObject(settings.Sections.Where(section => !s_elsewhere.Contains(section.Name)).Select(section => KeyValuePair.Create(section.Name, (JsonNode?)Section(section)))),
    };

    private static JsonObject Section(SchemaSection section)
    {
        JsonObject properties = [];
        foreach (SchemaSectionItem item in section.Items.Where(item => item.CountOf is null))
        {
            if (item.GroupName is { } group)
            {
                properties[group] = Group(item);
            }
            else
            {
                properties[item.Field!.Name] = item.Repeat > 0 ? Repeated(item) : Field(item.Field);
            }
        }

        return new JsonObject { ["type"] = "object", ["description"] = section.Meaning, ["additionalProperties"] = false, ["minProperties"] = 1, ["properties"] = properties };
    }

    private static JsonObject Group(SchemaSectionItem item) => new()
    {
        ["type"] = "array",
        ["description"] = $"The {item.GroupName}, at most {item.Maximum}; the list replaces another file's as a whole.",
        ["x-german"] = $"{item.GroupName}, höchstens {item.Maximum}; die Liste ersetzt die einer anderen Datei ganz.",
        ["maxItems"] = item.Maximum,
        ["items"] = new JsonObject
        {
            ["type"] = "object",
            ["description"] = "An entry.",
            ["x-german"] = "Ein Eintrag.",
            ["additionalProperties"] = false,
            ["properties"] = new JsonObject(item.GroupFields.Select(field => KeyValuePair.Create(field.Name, (JsonNode?)Field(field)))),
            ["required"] = new JsonArray([.. item.GroupFields.Select(field => (JsonNode)field.Name)]),
        },
    };

    private static JsonObject Repeated(SchemaSectionItem item)
    {
        JsonObject one = Field(item.Field!);
        one.Remove("description");
        return new JsonObject { ["type"] = "array", ["description"] = item.Field!.Meaning, ["minItems"] = item.Repeat, ["maxItems"] = item.Repeat, ["items"] = one };
    }

    private static JsonObject Field(SchemaField field)
    {
        JsonObject schema = field.Kind switch
        {
            FieldKind.Flag => new JsonObject { ["type"] = "boolean" },
            FieldKind.Enumeration => new JsonObject { ["type"] = "string", ["enum"] = new JsonArray([.. field.Enum!.Values.Select(value => (JsonNode)value.Name)]) },
            _ => Number(field),
        };
        string unit = field.Unit.Length > 0 ? $" Unit: {field.Unit}." : "";
        schema["description"] = field.Meaning + unit;
        return schema;
    }

    private static JsonObject Number(SchemaField field)
    {
        JsonObject schema = new()
        {
            ["type"] = field.Unknown is null ? "integer" : new JsonArray("integer", "null"),
            ["minimum"] = field.Range.Minimum,
            ["maximum"] = field.Range.Maximum,
        };
        if (field.Scale > 1)
        {
            schema["multipleOf"] = field.Scale;
        }

        return schema;
    }
}
