// A call as a stand-in gets it, and what it answers.
using System.Text.Json.Nodes;
using NetworkServers.Interface;

namespace NetworkServers.Hosting;

/// <summary>A call.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="Path">Values in the path, by their full names in the description.</param>
/// <param name="Query">Values in the query.</param>
/// <param name="Body">The body; empty when it has none.</param>
public sealed record ApiCall(ApiOperation Operation, IReadOnlyDictionary<string, string> Path, IReadOnlyDictionary<string, string> Query, JsonObject Body)
{
    /// <summary>The value in the path whose name ends so.</summary>
    public string InPath(string ending) => Path.First(pair => pair.Key == ending || pair.Key.EndsWith("." + ending, StringComparison.Ordinal)).Value;

    /// <summary>A whole number in the query.</summary>
    public int Number(string name, int usual) => Query.TryGetValue(name, out string? text) && int.TryParse(text, out int number) ? number : usual;
}

/// <summary>An answer.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The body.</param>
public sealed record ApiAnswer(int Status, JsonObject Body)
{
    /// <summary>Total for the header X-Total-Count; null for none.</summary>
    public int? Total { get; init; }

    /// <summary>Seconds for the header Retry-After; null for none.</summary>
    public int? RetryAfterSeconds { get; init; }

    /// <summary>A success.</summary>
    public static ApiAnswer Ok(JsonObject? body = null) => new(200, body ?? []);

    /// <summary>A failure as gRPC gateways tell it: the code of google.rpc.Code and its HTTP status.</summary>
    public static ApiAnswer Fail(int status, string message) => new(status, new JsonObject
    {
        ["code"] = status switch { 400 => 3, 401 => 16, 403 => 7, 404 => 5, 409 => 6, 429 => 8, 501 => 12, 503 => 14, _ => 13 },
        ["message"] = message,
        ["details"] = new JsonArray(),
    });
}
