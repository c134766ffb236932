// The ways to unlock the keys, in the database.
using System.Data.Common;
using System.Globalization;
using Provisioning.Audit;
using Provisioning.Storage;

namespace Provisioning.Keys;

/// <summary>A way to unlock: the data key, sealed with what is derived from a passphrase or with a key file.</summary>
internal sealed record UnlockRow(string Name, string Kind, byte[] Salt, int Iterations, byte[] Sealed)
{
    public const string Passphrase = "passphrase";
    public const string KeyFile = "key-file";
}

/// <summary>Rows of ways.</summary>
internal static class UnlockTable
{
    private const string Columns = "name, kind, salt, iterations, sealed";
    private static readonly string[] s_columns = Columns.Split(", ");

    public static List<UnlockRow> All(DbConnection connection) => connection.Query(
        $"SELECT {Columns} FROM unlock_way ORDER BY name",
        reader => new UnlockRow(
            reader.GetString(0), reader.GetString(1), reader.GetBlob(2) ?? [], Convert.ToInt32(reader.GetValue(3), CultureInfo.InvariantCulture), reader.GetBlob(4) ?? []));

    public static void Insert(DbConnection connection, UnlockRow row) => connection.InsertAll("unlock_way", s_columns, [Values(row)]);

    public static void Delete(DbConnection connection, string name) => connection.Execute("DELETE FROM unlock_way WHERE name = @name", ("@name", name));

    public static byte[] HashOf(UnlockRow row) => StateHash.Of(Values(row));

    private static object?[] Values(UnlockRow row) => [row.Name, row.Kind, row.Salt, row.Iterations, row.Sealed];
}
