// A server's published description of its HTTP interface (OpenAPI 2.0), cut to what is stood in for: finds the operation of a request.
using System.Reflection;
using System.Text.Json.Nodes;

namespace NetworkServers.Interface;

/// <summary>An operation.</summary>
/// <param name="Id">Its operationId.</param>
/// <param name="Method">Method, in upper case.</param>
/// <param name="Segments">The path's segments; those in braces are parameters.</param>
/// <param name="Query">Names of the parameters in the query.</param>
/// <param name="Body">Schema of the body; null when it has none.</param>
/// <param name="Answer">Schema of the answer.</param>
/// <param name="Failure">Schema of an answer that tells of a failure.</param>
public sealed record ApiOperation(string Id, string Method, string[] Segments, IReadOnlySet<string> Query, JsonObject? Body, JsonObject Answer, JsonObject Failure);

/// <summary>A description.</summary>
public sealed class ApiDescription
{
    private readonly List<ApiOperation> _operations = [];
    private readonly string _basePath;

    private ApiDescription(JsonObject document)
    {
        Document = document;
        _basePath = document["basePath"]!.GetValue<string>().TrimEnd('/');
        foreach ((string path, JsonNode? operations) in document["paths"]!.AsObject())
        {
            foreach ((string method, JsonNode? operation) in operations!.AsObject())
            {
                _operations.Add(Read(path, method, operation!.AsObject()));
            }
        }
    }

    /// <summary>The document itself.</summary>
    public JsonObject Document { get; }

    /// <summary>All operations.</summary>
    public IReadOnlyList<ApiOperation> Operations => _operations;

    /// <summary>Reads a description that is embedded here: chirpstack or things-stack.</summary>
    public static ApiDescription Load(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"descriptions/{name}.swagger.json")!;
        return new ApiDescription(JsonNode.Parse(stream)!.AsObject());
    }

    /// <summary>The operation of a request and the values in its path; null when the interface has none. A path without parameters wins.</summary>
    public (ApiOperation Operation, IReadOnlyDictionary<string, string> Path)? Find(string method, string path)
    {
        if (!path.StartsWith(_basePath, StringComparison.Ordinal))
        {
            return null;
        }

        string[] segments = path[_basePath.Length..].Trim('/').Split('/');
        ApiOperation? found = _operations.Where(operation => operation.Method == method && Fits(operation.Segments, segments)).MinBy(operation => operation.Segments.Count(IsParameter));
        if (found is null)
        {
            return null;
        }

        Dictionary<string, string> values = [];
        for (int i = 0; i < segments.Length; i++)
        {
            if (IsParameter(found.Segments[i]))
            {
                values[found.Segments[i][1..^1]] = Uri.UnescapeDataString(segments[i]);
            }
        }

        return (found, values);
    }

    private static bool Fits(string[] template, string[] segments) =>
        template.Length == segments.Length && template.Zip(segments).All(pair => IsParameter(pair.First) ? pair.Second.Length > 0 : pair.First == pair.Second);

    private static bool IsParameter(string segment) => segment.StartsWith('{');

    private static ApiOperation Read(string path, string method, JsonObject operation)
    {
        JsonArray parameters = operation["parameters"]?.AsArray() ?? [];
        JsonObject? body = parameters.FirstOrDefault(parameter => parameter!["in"]!.GetValue<string>() == "body")?["schema"]!.AsObject();
        JsonObject responses = operation["responses"]!.AsObject();
        return new ApiOperation(
            operation["operationId"]!.GetValue<string>(), method.ToUpperInvariant(), path.Trim('/').Split('/'),
            parameters.Where(parameter => parameter!["in"]!.GetValue<string>() == "query").Select(parameter => parameter!["name"]!.GetValue<string>()).ToHashSet(),
            body, responses["200"]!["schema"]!.AsObject(), responses["default"]!["schema"]!.AsObject());
    }
}
