// The pages about scenario files, made from the schema: an index with a whole example, and a page for each key.
using System.Text;
using System.Text.Json;
using SettingsFiles;

namespace Simulation.Scenarios;

/// <summary>Makes docs/scenario.</summary>
public static class ScenarioDocumentation
{
    private const string Notice = "<!-- Made from simulator/scenarios/scenario.schema.json by `polesim docs scenario`. Change the schema, not this page. -->\n\n";

    /// <summary>The pages by file name, in the order of the schema.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Pages() =>
        [KeyValuePair.Create("README.md", Index()), .. ScenarioSchema.Root.Properties.Select(property => KeyValuePair.Create(property.Key + ".md", Page(property.Key, property.Value)))];

    /// <summary>A scenario in which every key occurs, made of the examples of the schema.</summary>
    public static string FullExample() =>
        string.Concat(ScenarioSchema.Root.Properties.Select(property => ExampleYaml.Write(property.Key, property.Value.Examples[0])));

    /// <summary>Writes the pages into a folder, which is made when it is not there.</summary>
    /// <param name="directory">The folder.</param>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    public static void Write(string directory)
    {
        Directory.CreateDirectory(directory);
        foreach ((string name, string text) in Pages())
        {
            File.WriteAllText(Path.Combine(directory, name), text, new UTF8Encoding(false));
        }
    }

    private static string Index()
    {
        StringBuilder text = new("# Scenario files\n\n" + Notice);
        text.Append(ScenarioSchema.Root.Description).Append("\n\n");
        text.Append("`polesim run SCENARIO.yaml` checks the file against `scenario.schema.json` and says everything that is wrong with it at once: ");
        text.Append("file, line, column, key, value and what to do. An editor that knows JSON Schema helps with writing when the file begins with ");
        text.Append("`# yaml-language-server: $schema=scenario.schema.json`.\n\n");
        text.Append("Durations carry their unit (`500ms`, `30s`, `10min`, `24h`), light levels are percent of full light, times are local. ");
        text.Append("Files are named relative to the folder of the scenario.\n\n");
        text.Append("| key | required | what |\n|---|---|---|\n");
        foreach ((string key, SchemaNode property) in ScenarioSchema.Root.Properties)
        {
            text.Append($"| [`{key}`]({key}.md) | {(ScenarioSchema.Root.Required.Contains(key) ? "yes" : "")} | {Cell(property.Description)} |\n");
        }

        text.Append("\n## Every key, once\n\n```yaml\n").Append(FullExample()).Append("```\n");
        return text.ToString();
    }

    private static string Page(string key, SchemaNode schema)
    {
        StringBuilder text = new($"# `{key}`\n\n{Notice}");
        text.Append(schema.Description).Append("\n\n");
        text.Append(ScenarioSchema.Root.Required.Contains(key) ? "Required." : "Optional.");
        text.Append(' ').Append(Upper(Form(schema))).Append('.');
        AppendSimple(text, schema);
        text.Append("\n\n");
        List<string> rows = [];
        AppendRows(rows, schema, "");
        if (rows.Count > 0)
        {
            text.Append("| key | required | form | default | what |\n|---|---|---|---|---|\n").Append(string.Concat(rows)).Append('\n');
        }

        foreach (JsonElement example in schema.Examples)
        {
            text.Append("```yaml\n").Append(ExampleYaml.Write(key, example)).Append("```\n\n");
        }

        text.Append("[All keys](README.md)\n");
        return text.ToString();
    }

    private static void AppendSimple(StringBuilder text, SchemaNode schema)
    {
        string range = SchemaText.Range(schema);
        if (range.Length > 0)
        {
            text.Append(" Allowed: ").Append(range).Append('.');
        }

        if (schema.Default is { } fallback)
        {
            text.Append(" Default: `").Append(Value(fallback)).Append("`.");
        }
    }

    private static void AppendRows(List<string> rows, SchemaNode schema, string path)
    {
        SchemaNode shape = schema.Items ?? schema;
        string prefix = schema.Items is null ? path : path + "[]";
        foreach ((string key, SchemaNode property) in shape.Properties)
        {
            string full = prefix.Length == 0 ? key : $"{prefix}.{key}";
            string fallback = property.Default is { } value ? $"`{Value(value)}`" : "";
            rows.Add($"| `{full}` | {(shape.Required.Contains(key) ? "yes" : "")} | {Cell(Form(property) + RangeSuffix(property))} | {Cell(fallback)} | {Cell(property.Description)} |\n");
            AppendRows(rows, property, full);
            foreach (SchemaNode alternative in property.Alternatives)
            {
                AppendRows(rows, alternative, full);
            }
        }
    }

    private static string RangeSuffix(SchemaNode schema)
    {
        // Without a title the kind of an enumeration is its words already.
        string range = schema.Enum.Count > 0 && schema.Title.Length == 0 ? "" : SchemaText.Range(schema);
        return range.Length == 0 ? "" : (schema.Enum.Count > 0 ? ": " : ", ") + range;
    }

    private static string Form(SchemaNode schema) => schema.Alternatives.Count > 0 && !schema.Alternatives.All(alternative => alternative.IsRequiredOnly)
        ? string.Join(" or ", schema.Alternatives.Select(SchemaText.Kind))
        : SchemaText.Kind(schema).ToString();

    private static string Value(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Object => ExampleYaml.Flow(value),
        _ => value.GetRawText(),
    };

    private static string Upper(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
