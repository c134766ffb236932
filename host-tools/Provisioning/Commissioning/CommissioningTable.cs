// Commissionings in the database: a row each, the protocol as JSON in it.
using System.Data.Common;
using Provisioning.Audit;
using Provisioning.Storage;

namespace Provisioning.Commissioning;

/// <summary>A row.</summary>
/// <param name="Id">Identifier.</param>
/// <param name="PoleId">The pole.</param>
/// <param name="DevEui">The controller.</param>
/// <param name="State">How it stands.</param>
/// <param name="BegunUtcMs">When it was begun, in milliseconds since 1970 (UTC).</param>
/// <param name="Protocol">The protocol as JSON, without blanks.</param>
internal sealed record CommissioningRow(string Id, string PoleId, string DevEui, string State, long BegunUtcMs, string Protocol);

/// <summary>Rows of commissionings.</summary>
internal static class CommissioningTable
{
    private const string Columns = "commissioning_id, pole_id, dev_eui, state, begun_utc_ms, protocol";
    private static readonly string[] s_columns = Columns.Split(", ");

    public static CommissioningRow? Find(DbConnection connection, string id) =>
        connection.Query($"SELECT {Columns} FROM commissioning WHERE commissioning_id = @id", Read, ("@id", id)).FirstOrDefault();

    public static List<CommissioningRow> OfPole(DbConnection connection, string poleId) =>
        connection.Query($"SELECT {Columns} FROM commissioning WHERE pole_id = @pole ORDER BY begun_utc_ms", Read, ("@pole", poleId));

    public static List<CommissioningRow> All(DbConnection connection) => connection.Query($"SELECT {Columns} FROM commissioning ORDER BY begun_utc_ms", Read);

    public static void Insert(DbConnection connection, CommissioningRow row) => connection.InsertAll("commissioning", s_columns, [Values(row)]);

    public static void Update(DbConnection connection, CommissioningRow row) => connection.Execute(
        "UPDATE commissioning SET state = @state, protocol = @protocol WHERE commissioning_id = @id", ("@state", row.State), ("@protocol", row.Protocol), ("@id", row.Id));

    public static byte[] HashOf(CommissioningRow row) => StateHash.Of(Values(row));

    private static object?[] Values(CommissioningRow row) => [row.Id, row.PoleId, row.DevEui, row.State, row.BegunUtcMs, row.Protocol];

    private static CommissioningRow Read(DbDataReader reader) =>
        new(reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetInt64(4), reader.GetString(5));
}
