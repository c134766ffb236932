// A JSON schema, taken apart once. Understands the keywords that the schema uses and refuses any other, so that none is
// written there in vain.
using System.Text.Json;
using System.Text.RegularExpressions;

namespace SettingsFiles;

/// <summary>A schema (JSON Schema, draft 2020-12) with what it refers to merged in.</summary>
public sealed class SchemaNode
{
    private readonly Dictionary<string, JsonElement> _keywords = new(StringComparer.Ordinal);

    private SchemaNode(JsonElement schema, JsonElement root)
    {
        Merge(schema, root);
        Types = Read("type") switch
        {
            { ValueKind: JsonValueKind.String } one => [one.GetString()!],
            { ValueKind: JsonValueKind.Array } several => [.. several.EnumerateArray().Select(type => type.GetString()!)],
            _ => [],
        };
        Properties = Read("properties") is { } properties
            ? [.. properties.EnumerateObject().Select(property => KeyValuePair.Create(property.Name, new SchemaNode(property.Value, root)))]
            : [];
        Required = Read("required") is { } required ? [.. required.EnumerateArray().Select(name => name.GetString()!)] : [];
        Enum = Read("enum") is { } values ? [.. values.EnumerateArray().Select(value => value.GetString()!)] : [];
        Items = Read("items") is { } items ? new SchemaNode(items, root) : null;
        JsonElement? alternatives = Read("oneOf") ?? Read("anyOf");
        Alternatives = alternatives is { } list ? [.. list.EnumerateArray().Select(alternative => new SchemaNode(alternative, root))] : [];
        // In .NET $ also matches before a line end at the end; in ECMA-262, which JSON Schema means, it does not.
        Pattern = Text("pattern") is { } pattern
            ? new Regex(pattern.EndsWith('$') ? pattern[..^1] + @"\z" : pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1))
            : null;
    }

    /// <summary>Names of the JSON types that a value may have; empty for any.</summary>
    public IReadOnlyList<string> Types { get; }

    /// <summary>Keys of a map, in their order.</summary>
    public IReadOnlyList<KeyValuePair<string, SchemaNode>> Properties { get; }

    /// <summary>Keys that have to be there.</summary>
    public IReadOnlyList<string> Required { get; }

    /// <summary>Words that a text may be; empty for any.</summary>
    public IReadOnlyList<string> Enum { get; }

    /// <summary>Schema of the entries of a list.</summary>
    public SchemaNode? Items { get; }

    /// <summary>Of oneOf or anyOf.</summary>
    public IReadOnlyList<SchemaNode> Alternatives { get; }

    /// <summary>What a text has to match.</summary>
    public Regex? Pattern { get; }

    /// <summary>Name of the kind of value.</summary>
    public string Title => Text("title") ?? "";

    /// <summary>What it is, in English.</summary>
    public string Description => Text("description") ?? "";

    /// <summary>Annotation of ours: the description in German.</summary>
    public string? GermanDescription => Text("x-german");

    /// <summary>What holds when it is not there.</summary>
    public JsonElement? Default => Read("default");

    /// <summary>Examples.</summary>
    public IReadOnlyList<JsonElement> Examples => Read("examples") is { } examples ? [.. examples.EnumerateArray()] : [];

    /// <summary>Smallest number.</summary>
    public double? Minimum => Number("minimum");

    /// <summary>Largest number.</summary>
    public double? Maximum => Number("maximum");

    /// <summary>What a number has to be a multiple of.</summary>
    public double? MultipleOf => Number("multipleOf");

    /// <summary>Shortest text, in characters.</summary>
    public int? MinimumLength => (int?)Number("minLength");

    /// <summary>Longest text.</summary>
    public int? MaximumLength => (int?)Number("maxLength");

    /// <summary>Fewest entries.</summary>
    public int? MinimumItems => (int?)Number("minItems");

    /// <summary>Most entries.</summary>
    public int? MaximumItems => (int?)Number("maxItems");

    /// <summary>Whether no entry may stand twice.</summary>
    public bool HasUniqueItems => Read("uniqueItems") is { ValueKind: JsonValueKind.True };

    /// <summary>Fewest keys.</summary>
    public int? MinimumProperties => (int?)Number("minProperties");

    /// <summary>Most keys.</summary>
    public int? MaximumProperties => (int?)Number("maxProperties");

    /// <summary>Annotation of ours: shortest duration.</summary>
    public string? MinimumDuration => Text("x-minimum");

    /// <summary>Annotation of ours: longest duration.</summary>
    public string? MaximumDuration => Text("x-maximum");

    /// <summary>Annotation of ours: a duration has to be a multiple of this.</summary>
    public string? DurationStep => Text("x-multipleOf");

    /// <summary>Whether this says only which keys are there: an alternative of "exactly one of these".</summary>
    public bool IsRequiredOnly => _keywords.Count == 1 && Required.Count > 0;

    /// <summary>Takes a schema apart.</summary>
    public static SchemaNode Parse(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        JsonElement root = document.RootElement.Clone();
        return new SchemaNode(root, root);
    }

    /// <summary>The schema of a key; null when there is none.</summary>
    public SchemaNode? Property(string name) => Properties.FirstOrDefault(property => property.Key == name).Value;

    private void Merge(JsonElement schema, JsonElement root)
    {
        if (schema.TryGetProperty("$ref", out JsonElement reference))
        {
            string name = reference.GetString()!["#/$defs/".Length..];
            Merge(root.GetProperty("$defs").GetProperty(name), root);
        }

        foreach (JsonProperty keyword in schema.EnumerateObject())
        {
            switch (keyword.Name)
            {
                case "$schema" or "$id" or "$defs" or "$ref":
                    break;
                case "type" or "properties" or "required" or "additionalProperties" or "enum" or "items" or "oneOf" or "anyOf" or "pattern"
                    or "title" or "description" or "default" or "examples" or "minimum" or "maximum" or "minLength" or "maxLength" or "minItems"
                    or "maxItems" or "uniqueItems" or "minProperties" or "maxProperties" or "x-minimum" or "x-maximum" or "x-multipleOf" or "x-german" or "multipleOf":
                    _keywords[keyword.Name] = keyword.Value;
                    break;
                default:
                    throw new InvalidDataException($"the schema uses the keyword {keyword.Name}, which SchemaValidator does not know");
            }
        }
    }

    private JsonElement? Read(string keyword) => _keywords.TryGetValue(keyword, out JsonElement value) ? value : null;

    private string? Text(string keyword) => Read(keyword)?.GetString();

    private double? Number(string keyword) => Read(keyword)?.GetDouble();
}
