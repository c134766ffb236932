// The newest message of each kind from each controller, read with the controller's own code.
using System.Data.Common;
using PoleController.Messages;
using PoleController.Messages.Entries;
using Provisioning.Storage;

namespace Provisioning.FleetState;

/// <summary>A message and when it is of.</summary>
/// <param name="AtUtcMs">When its values were taken, milliseconds since 1970 (UTC).</param>
/// <param name="Message">The message.</param>
internal sealed record Latest<T>(long AtUtcMs, T Message);

/// <summary>The newest messages of all controllers.</summary>
internal sealed class LatestMessages
{
    private readonly Dictionary<(string DevEui, int Kind), (long AtUtcMs, byte[] Payload)> _messages = [];

    /// <summary>Reads those of some kinds.</summary>
    public static LatestMessages Read(DbConnection connection, params IReadOnlyList<int> kinds)
    {
        LatestMessages latest = new();
        (string, object?)[] parameters = [.. kinds.Select((kind, index) => ($"@k{index}", (object?)kind))];
        connection.Each(
            $"SELECT dev_eui, kind, at_utc_ms, payload FROM latest_message WHERE kind IN ({string.Join(", ", parameters.Select(parameter => parameter.Item1))})",
            reader => latest._messages[(reader.GetString(0), reader.GetInt32(1))] = (reader.GetInt64(2), reader.GetBlob(3) ?? []),
            parameters);
        return latest;
    }

    public Latest<StatusMessage>? Status(string devEui)
    {
        StatusMessage status = new();
        return _messages.TryGetValue((devEui, MessageKind.Status), out (long AtUtcMs, byte[] Payload) found) && status.Decode(found.Payload, found.Payload.Length) == CommandError.Ok
            ? new Latest<StatusMessage>(found.AtUtcMs, status)
            : null;
    }

    /// <summary>An entry of measurement.</summary>
    public Latest<T>? Entry<T>(string devEui)
        where T : MeasurementEntry, new()
    {
        T entry = new();
        return _messages.TryGetValue((devEui, (int)entry.Kind), out (long AtUtcMs, byte[] Payload) found) && found.Payload.Length == entry.Length && entry.TryDecode(found.Payload, 0)
            ? new Latest<T>(found.AtUtcMs, entry)
            : null;
    }
}
