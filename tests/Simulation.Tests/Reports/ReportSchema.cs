// Makes the JSON Schema of report.json from the model and its documentation comments, so that neither can say something else.
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Simulation.Reports;

namespace Simulation.Tests.Reports;

/// <summary>The schema that docs/report.schema.json has to be.</summary>
internal static partial class ReportSchema
{
    private static readonly Dictionary<string, string> Summaries = LoadSummaries();

    /// <summary>The schema as text, with LF.</summary>
    public static string Create()
    {
        JsonSchemaExporterOptions exporter = new() { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Transform };
        JsonObject model = ReportJson.Indented.GetJsonSchemaAsNode(typeof(RunReport), exporter).AsObject();
        JsonObject schema = new()
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "Report of a polesim run (report.json)",
        };
        foreach ((string name, JsonNode? value) in model.ToArray())
        {
            model.Remove(name);
            schema[name] = value;
        }

        JsonSerializerOptions options = new()
        {
            WriteIndented = true,
            NewLine = "\n",
            Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        return schema.ToJsonString(options) + "\n";
    }

    private static JsonNode Transform(JsonSchemaExporterContext context, JsonNode node)
    {
        Type type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        bool isNullable = type != context.TypeInfo.Type;
        JsonObject schema = node as JsonObject ?? [];
        JsonObject described = [];
        if (Description(context) is string description)
        {
            described["description"] = description;
        }

        if (type == typeof(double))
        {
            schema = new JsonObject { ["type"] = isNullable ? new JsonArray("number", "null") : "number" };
        }
        else if (type == typeof(DateTime))
        {
            schema = new JsonObject { ["type"] = "string", ["pattern"] = "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}Z$" };
        }
        else if (type == typeof(byte[]))
        {
            schema = new JsonObject { ["type"] = "string", ["contentEncoding"] = "base64" };
        }
        else if (type == typeof(string))
        {
            // The model has no text that can be null; the exporter cannot know that of a property without a setter.
            schema["type"] = "string";
        }
        else if (context.TypeInfo.Kind == JsonTypeInfoKind.Object)
        {
            schema["required"] = new JsonArray([.. context.TypeInfo.Properties.Select(property => JsonValue.Create(property.Name))]);
        }
        else if (type.IsEnum)
        {
            // Written as names; the exporter leaves the type open.
            schema["type"] = "string";
        }
        else if (type == typeof(int) || type == typeof(long))
        {
            schema = new JsonObject { ["type"] = isNullable ? new JsonArray("integer", "null") : "integer" };
        }

        Bound(context.PropertyInfo?.Name, type, schema);
        foreach ((string name, JsonNode? value) in schema.ToArray())
        {
            schema.Remove(name);
            described[name] = value;
        }

        return described;
    }

    /// <summary>The ranges that the documentation comments state.</summary>
    private static void Bound(string? property, Type type, JsonObject schema)
    {
        (int? minimum, int? maximum) = property switch
        {
            "formatVersion" => (1, 1),
            "latitude" => (-90, 90),
            "longitude" => (-180, 180),
            "spreadingFactor" => (0, 12),
            "levelPermille" => (0, 1000),
            "seed" => (null, null),
            "utcOffsetMinutes" => (-24 * 60, 24 * 60),
            "seriesBinSeconds" => (1, null),
            _ when property is not null && (type == typeof(int) || type == typeof(long)) => (0, null),
            _ => ((int?)null, (int?)null),
        };
        if (minimum is not null)
        {
            schema["minimum"] = minimum;
        }

        if (maximum is not null)
        {
            schema["maximum"] = maximum;
        }
    }

    private static string? Description(JsonSchemaExporterContext context)
    {
        string? key = context.PropertyInfo?.AttributeProvider is PropertyInfo property
            ? "P:" + property.DeclaringType!.FullName + "." + property.Name
            : "T:" + context.TypeInfo.Type.FullName;
        return Summaries.GetValueOrDefault(key);
    }

    private static Dictionary<string, string> LoadSummaries()
    {
        string path = Path.ChangeExtension(typeof(RunReport).Assembly.Location, ".xml");
        return XDocument.Load(path).Descendants("member")
            .Where(member => member.Element("summary") is not null && member.Attribute("name")!.Value.Contains("Simulation.Reports.", StringComparison.Ordinal))
            .ToDictionary(member => member.Attribute("name")!.Value, member => PlainText(member.Element("summary")!), StringComparer.Ordinal);
    }

    /// <summary>The comment's text with references as the names that stand in the JSON.</summary>
    private static string PlainText(XElement summary)
    {
        foreach (XElement reference in summary.Descendants("see").ToArray())
        {
            string name = reference.Attribute("cref")!.Value.Split('(')[0].Split('.')[^1];
            reference.ReplaceWith(reference.Attribute("cref")!.Value.StartsWith("P:", StringComparison.Ordinal)
                ? char.ToLower(name[0], CultureInfo.InvariantCulture) + name[1..]
                : name);
        }

        return WhiteSpace().Replace(summary.Value, " ").Trim();
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();
}
