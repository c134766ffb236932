// Judges requests and answers by the published description, with JsonSchema.Net. Stricter than the description in one point: a field that it does not name is wrong,
// because a server would ignore it without a word. A field that is null counts as absent (protobuf's JSON mapping), which is how gateways tell of empty messages.
using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;

namespace NetworkServers.Interface;

/// <summary>Judges.</summary>
public sealed class ApiValidator(ApiDescription description)
{
    private static readonly EvaluationOptions s_options = new() { OutputFormat = OutputFormat.List };
    private readonly ConcurrentDictionary<JsonObject, JsonSchema> _schemas = new(ReferenceEqualityComparer.Instance as IEqualityComparer<JsonObject>);

    /// <summary>What is wrong with a request; empty when nothing is.</summary>
    public IReadOnlyList<string> Request(ApiOperation operation, IEnumerable<string> query, JsonObject? body)
    {
        List<string> wrong = [.. query.Where(name => !operation.Query.Contains(name)).Select(name => $"{operation.Id}: there is no query parameter {name}")];
        if ((operation.Body is null) != (body is null))
        {
            wrong.Add($"{operation.Id}: a body is {(operation.Body is null ? "not described" : "missing")}");
        }
        else if (body is not null)
        {
            wrong.AddRange(Check(operation.Id + " request", operation.Body!, body));
        }

        return wrong;
    }

    /// <summary>What is wrong with an answer; empty when nothing is.</summary>
    public IReadOnlyList<string> Answer(ApiOperation operation, bool isFailure, JsonObject body) =>
        Check(operation.Id + " answer", isFailure ? operation.Failure : operation.Answer, body);

    private List<string> Check(string where, JsonObject schema, JsonObject body)
    {
        JsonSchema judge = _schemas.GetOrAdd(schema, Make);
        JsonElement element = JsonSerializer.SerializeToElement(WithoutNulls(body));
        EvaluationResults results = judge.Evaluate(element, s_options);
        return results.IsValid ? []
            : [.. (results.Details ?? []).Where(detail => detail.Errors is not null).SelectMany(detail => detail.Errors!.Select(error => $"{where} {detail.InstanceLocation}: {error.Key} {error.Value}"))];
    }

    private JsonSchema Make(JsonObject schema)
    {
        JsonObject definitions = [];
        HashSet<string> needed = [];
        Collect(schema, needed);
        foreach (string name in needed)
        {
            definitions[name] = Strict(description.Document["definitions"]![name]!);
        }

        JsonObject whole = new()
        {
            ["$schema"] = "http://json-schema.org/draft-07/schema#",
            ["allOf"] = new JsonArray(Strict(schema)),
            ["definitions"] = definitions,
        };
        return JsonSchema.FromText(whole.ToJsonString());
    }

    private void Collect(JsonNode? node, HashSet<string> needed)
    {
        if (node is JsonObject json)
        {
            if (json["$ref"] is JsonValue reference && needed.Add(reference.GetValue<string>().Split('/')[^1]))
            {
                Collect(description.Document["definitions"]![reference.GetValue<string>().Split('/')[^1]], needed);
            }

            foreach ((_, JsonNode? child) in json)
            {
                Collect(child, needed);
            }
        }
        else if (node is JsonArray array)
        {
            foreach (JsonNode? child in array)
            {
                Collect(child, needed);
            }
        }
    }

    // Objects with named fields have no others. An object without any description stays open.
    private static JsonNode Strict(JsonNode node)
    {
        JsonNode copy = node.DeepClone();
        Close(copy);
        return copy;
    }

    private static void Close(JsonNode? node)
    {
        if (node is JsonObject json)
        {
            foreach ((_, JsonNode? child) in json.ToList())
            {
                Close(child);
            }

            if (json["properties"] is JsonObject { Count: > 0 } && json["type"] is JsonValue && !json.ContainsKey("additionalProperties"))
            {
                json["additionalProperties"] = false;
            }
        }
        else if (node is JsonArray array)
        {
            foreach (JsonNode? child in array)
            {
                Close(child);
            }
        }
    }

    private static JsonObject WithoutNulls(JsonObject json)
    {
        JsonObject clean = [];
        foreach ((string name, JsonNode? value) in json)
        {
            if (value is not null)
            {
                clean[name] = value switch
                {
                    JsonObject child => WithoutNulls(child),
                    JsonArray array => new JsonArray([.. array.Select(item => item is JsonObject child ? WithoutNulls(child) : item?.DeepClone())]),
                    _ => value.DeepClone(),
                };
            }
        }

        return clean;
    }
}
