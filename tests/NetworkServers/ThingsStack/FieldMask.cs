// Field masks as The Things Stack takes them: which fields are set, which are told, and which are allowed at all (pkg/ttnpb/field_mask_validation.go).
using System.Reflection;
using System.Text.Json.Nodes;

namespace NetworkServers.ThingsStack;

/// <summary>Field masks.</summary>
internal static class FieldMask
{
    private static readonly JsonObject s_allowed = Load();

    /// <summary>The first path that an operation does not allow; null when all are allowed.</summary>
    public static string? NotAllowed(string operationId, IEnumerable<string> paths) =>
        s_allowed[operationId.TrimEnd('2')] is JsonArray allowed ? paths.FirstOrDefault(path => !allowed.Any(known => known!.GetValue<string>() == path)) : null;

    /// <summary>Copies the fields of a mask from one object to another; those that are absent are taken away.</summary>
    public static void Copy(JsonObject from, JsonObject to, IEnumerable<string> paths)
    {
        foreach (string path in paths)
        {
            // A oneof has a name in paths and none in JSON.
            CopyOne(from, to, path.Replace("adr.mode", "adr", StringComparison.Ordinal).Split('.'));
        }
    }

    private static void CopyOne(JsonObject from, JsonObject to, string[] path)
    {
        JsonObject? source = from;
        JsonObject target = to;
        foreach (string step in path[..^1])
        {
            source = source?[step] as JsonObject;
            if (target[step] is not JsonObject next)
            {
                if (source is null)
                {
                    return;
                }

                target[step] = next = [];
            }

            target = next;
        }

        if (source?[path[^1]] is { } value)
        {
            target[path[^1]] = value.DeepClone();
        }
        else
        {
            target.Remove(path[^1]);
        }
    }

    private static JsonObject Load()
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("descriptions/things-stack.field-masks.json")!;
        return JsonNode.Parse(stream)!["allowed"]!.AsObject();
    }
}
