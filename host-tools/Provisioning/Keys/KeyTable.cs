// Sealed keys in the database, by controller and generation.
using System.Data.Common;
using System.Globalization;
using Provisioning.Audit;
using Provisioning.Storage;

namespace Provisioning.Keys;

/// <summary>Where a generation of keys is in its life. The words stand in workspaces and never change.</summary>
internal enum KeyState
{
    /// <summary>In force on the controller, or to be put on it for the first time.</summary>
    Current,

    /// <summary>Made to replace the current ones, and not confirmed to be on the controller yet.</summary>
    Next,

    /// <summary>Erased.</summary>
    Erased,
}

/// <summary>A generation of keys of a controller.</summary>
internal sealed record KeyRow(string DevEui, int Generation, KeyState State, byte[]? Sealed, byte[]? Fingerprint)
{
    public string SubjectId => string.Create(CultureInfo.InvariantCulture, $"{DevEui}/{Generation}");
}

/// <summary>Rows of keys.</summary>
internal static class KeyTable
{
    private const string Columns = "dev_eui, generation, state, sealed, fingerprint";
    private static readonly string[] s_columns = Columns.Split(", ");

    public static List<KeyRow> All(DbConnection connection) => connection.Query($"SELECT {Columns} FROM device_keys", Read);

    public static List<KeyRow> Of(DbConnection connection, string devEui) =>
        connection.Query($"SELECT {Columns} FROM device_keys WHERE dev_eui = @eui ORDER BY generation", Read, ("@eui", devEui));

    public static void InsertAll(DbConnection connection, IReadOnlyList<KeyRow> rows) => connection.InsertAll("device_keys", s_columns, [.. rows.Select(Values)]);

    public static void Update(DbConnection connection, KeyRow row) => connection.Execute(
        "UPDATE device_keys SET state = @state, sealed = @sealed, fingerprint = @fingerprint WHERE dev_eui = @eui AND generation = @generation",
        ("@state", row.State.ToString()), ("@sealed", row.Sealed), ("@fingerprint", row.Fingerprint), ("@eui", row.DevEui), ("@generation", row.Generation));

    public static byte[] HashOf(KeyRow row) => StateHash.Of(Values(row));

    private static object?[] Values(KeyRow row) => [row.DevEui, row.Generation, row.State.ToString(), row.Sealed, row.Fingerprint];

    private static KeyRow Read(DbDataReader reader) => new(
        reader.GetString(0),
        reader.GetInt32(1),
        Enum.TryParse(reader.GetString(2), out KeyState state) ? state : KeyState.Erased,
        reader.GetBlob(3),
        reader.GetBlob(4));
}
