// One document of any network server, from bytes that may be anything.
using System.Text.Json;

namespace Provisioning.Uplinks;

/// <summary>Reads documents.</summary>
public static class NetworkEventReader
{
    /// <summary>
    /// Largest document in bytes. An uplink with the receptions of twenty gateways and what a payload codec made of it has some 20 kilobytes.
    /// </summary>
    public const int LargestDocument = 256 * 1024;

    // Documents are eight deep at most; what nests deeper wants to do harm.
    private static readonly JsonDocumentOptions s_options = new() { MaxDepth = 32 };

    /// <summary>Reads a document.</summary>
    /// <param name="json">Its bytes, UTF-8.</param>
    /// <param name="chirpStackKind">Kind of event, where ChirpStack named it beside the document; else null.</param>
    /// <exception cref="NetworkEventException">It is no document of a network server, or a field is not what it should be.</exception>
    public static NetworkEvent Read(ReadOnlyMemory<byte> json, string? chirpStackKind = null)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, s_options);
            return Read(document.RootElement, chirpStackKind);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a text with half a surrogate pair cannot be read as text.
            throw new NetworkEventException("", "");
        }
    }

    internal static NetworkEvent Read(JsonElement root, string? chirpStackKind)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new NetworkEventException("", "");
        }

        return ChirpStackEvents.Recognises(root) ? ChirpStackEvents.Read(root, chirpStackKind)
            : ThingsStackEvents.Recognises(root) ? ThingsStackEvents.Read(root)
            : throw new NetworkEventException("", "");
    }
}
