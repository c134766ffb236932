// JSON from strangers: parsed, and looked through for names that are no text. The parser takes those (half a character, escaped) and fails only when a
// name is looked for, with an exception that is none of its own.
using System.Text.Json;

namespace Simulation.Forwarding;

/// <summary>Parses JSON that may be anything.</summary>
public static class ForeignJson
{
    /// <summary>Parses a document.</summary>
    /// <param name="json">UTF-8.</param>
    /// <param name="options">How strictly, and how deep.</param>
    /// <exception cref="JsonException">It is no JSON, or a name in it is no text.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> json, JsonDocumentOptions options = default) => Checked(JsonDocument.Parse(json, options));

    /// <summary>Parses a document.</summary>
    /// <param name="json">The text.</param>
    /// <exception cref="JsonException">It is no JSON, or a name in it is no text.</exception>
    public static JsonDocument Parse(string json) => Checked(JsonDocument.Parse(json));

    private static JsonDocument Checked(JsonDocument document)
    {
        try
        {
            CheckNames(document.RootElement);
            return document;
        }
        catch (InvalidOperationException notText)
        {
            document.Dispose();
            throw new JsonException("A name in it is no text.", notText);
        }
    }

    // As deep as the parser's limit at most.
    private static void CheckNames(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty member in element.EnumerateObject())
            {
                _ = member.Name;
                CheckNames(member.Value);
            }
        }
        else if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement item in element.EnumerateArray())
            {
                CheckNames(item);
            }
        }
    }
}
