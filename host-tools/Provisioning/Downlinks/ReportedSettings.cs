// What poles say of their settings: the hash in their status messages and answers, as the uplinks in the workspace have it.
using System.Data.Common;
using System.Globalization;
using PoleController.Messages;
using Provisioning.Storage;

namespace Provisioning.Downlinks;

/// <summary>What a pole said last of its settings.</summary>
/// <param name="Hash">The hash, 0 to 65,535.</param>
/// <param name="Revision">Low 16 bits of the revision: the pole counts its changes.</param>
/// <param name="AtUtcMs">When it was heard, UTC in milliseconds since 1970.</param>
public sealed record ReportedSettings(int Hash, int Revision, long AtUtcMs);

/// <summary>Reads what poles reported.</summary>
internal static class ReportedSettingsTable
{
    /// <summary>The newest report of each controller that was ever heard with one.</summary>
    public static Dictionary<string, ReportedSettings> All(DbConnection connection) =>
        Read(connection, "SELECT dev_eui, kind, received_at_utc_ms, payload FROM latest_message WHERE kind IN (10, 11)");

    /// <summary>The newest report of a controller; null when there is none.</summary>
    public static ReportedSettings? Of(DbConnection connection, string devEui) =>
        Read(connection, "SELECT dev_eui, kind, received_at_utc_ms, payload FROM latest_message WHERE kind IN (10, 11) AND dev_eui = @eui", ("@eui", devEui)).GetValueOrDefault(devEui);

    /// <summary>What a message says; null when it is none that says it.</summary>
    internal static ReportedSettings? Decode(int port, byte[] payload, long atUtcMs)
    {
        if (port == MessagePort.Status)
        {
            StatusMessage status = new();
            return status.Decode(payload, payload.Length) == CommandError.Ok ? new ReportedSettings(status.SettingsHash, status.SettingsRevision, atUtcMs) : null;
        }

        CommandAnswer answer = new();
        return port == MessagePort.Command && answer.Decode(payload, payload.Length) == CommandError.Ok
            ? new ReportedSettings(answer.SettingsHash, answer.SettingsRevision, atUtcMs)
            : null;
    }

    private static Dictionary<string, ReportedSettings> Read(DbConnection connection, string sql, params (string, object?)[] parameters)
    {
        Dictionary<string, ReportedSettings> newest = new(StringComparer.Ordinal);
        connection.Each(
            sql,
            reader =>
            {
                string devEui = reader.GetString(0);
                long atUtcMs = Convert.ToInt64(reader.GetValue(2), CultureInfo.InvariantCulture);
                if (Decode(reader.GetInt32(1), reader.GetBlob(3)!, atUtcMs) is { } reported && (!newest.TryGetValue(devEui, out ReportedSettings? other) || other.AtUtcMs <= atUtcMs))
                {
                    newest[devEui] = reported;
                }
            },
            parameters);
        return newest;
    }
}
