// All tables of the schema, for copying a workspace from one database to another: backup, restore, moving to a server.
using System.Data.Common;

namespace Provisioning.Storage;

/// <summary>The tables of a workspace.</summary>
internal static class WorkspaceTables
{
    /// <summary>Names, in an order in which they can be filled.</summary>
    public static readonly string[] Names = ["workspace", "member", "pole", "controller", "device_keys", "unlock_way", "commissioning", "network_server", "journal",
        "sender", "uplink", "intake_total", "fleet_state", "latest_message", "pole_hour", "alarm",
        "alarm_acknowledgement", "retention", "pole_day", "recipient", "alarm_delivery",
        "program_file", "program_file_version", "program_assignment", "downlink_order", "downlink_part", "known_settings", "command_sequence",
        "multicast_group", "multicast_use", "multicast_member", "multicast_delivery", "multicast_frame"];

    private const int Portion = 5_000;

    /// <summary>Fills an empty schema with all rows of another database. Both are in transactions of the caller.</summary>
    public static void Copy(DbConnection from, DbConnection to)
    {
        foreach (string table in Names)
        {
            string[]? columns = null;
            List<object?[]> rows = [];
            from.Each("SELECT * FROM " + table, reader =>
            {
                columns ??= [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)];
                object?[] row = new object?[columns.Length];
                for (int i = 0; i < row.Length; i++)
                {
                    row[i] = reader.IsDBNull(i) ? null : reader.GetValue(i);
                }

                rows.Add(row);
                if (rows.Count == Portion)
                {
                    to.InsertAll(table, columns, rows);
                    rows.Clear();
                }
            });
            if (columns is not null)
            {
                to.InsertAll(table, columns, rows);
            }
        }
    }

    /// <summary>Takes the schema out of a database, whatever version it has.</summary>
    public static void Drop(Database database)
    {
        foreach (string table in Names.Reverse())
        {
            database.Connection.Execute("DROP TABLE IF EXISTS " + table);
        }

        if (database is PostgresDatabase)
        {
            database.Connection.Execute("DROP FUNCTION IF EXISTS journal_is_append_only()");
        }
    }
}
