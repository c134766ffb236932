// Statements with named parameters over any ADO.NET provider. The SQL of this project is what SQLite and PostgreSQL have in common.
using System.Data.Common;
using System.Globalization;
using System.Text;

namespace Provisioning.Storage;

/// <summary>Short forms of the ADO.NET calls.</summary>
internal static class Sql
{
    // SQLite takes 32,766 parameters a statement, PostgreSQL 65,535; past some hundreds nothing is gained.
    private const int MostParameters = 600;

    public static int Execute(this DbConnection connection, string sql, params (string Name, object? Value)[] parameters)
    {
        using DbCommand command = Make(connection, sql, parameters);
        return command.ExecuteNonQuery();
    }

    public static object? Scalar(this DbConnection connection, string sql, params (string Name, object? Value)[] parameters)
    {
        using DbCommand command = Make(connection, sql, parameters);
        object? value = command.ExecuteScalar();
        return value is DBNull ? null : value;
    }

    public static List<T> Query<T>(this DbConnection connection, string sql, Func<DbDataReader, T> read, params (string Name, object? Value)[] parameters)
    {
        using DbCommand command = Make(connection, sql, parameters);
        using DbDataReader reader = command.ExecuteReader();
        List<T> rows = [];
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    /// <summary>Reads row by row, for tables that are not wanted in memory.</summary>
    public static void Each(this DbConnection connection, string sql, Action<DbDataReader> read, params (string Name, object? Value)[] parameters)
    {
        using DbCommand command = Make(connection, sql, parameters);
        using DbDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
            read(reader);
        }
    }

    /// <summary>Inserts many rows, many to a statement.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="table">The table.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="rows">Values in the order of the columns.</param>
    /// <param name="ending">What stands behind the values: ON CONFLICT ...; empty for nothing.</param>
    public static void InsertAll(this DbConnection connection, string table, string[] columns, IReadOnlyList<object?[]> rows, string ending = "") =>
        InPortions(connection, table, columns, rows, ending, command => command.ExecuteNonQuery());

    /// <summary>Inserts those of many rows that are not there yet.</summary>
    /// <returns>The first column, a whole number, of each row that was inserted.</returns>
    public static HashSet<long> InsertNew(this DbConnection connection, string table, string[] columns, IReadOnlyList<object?[]> rows)
    {
        HashSet<long> inserted = [];
        InPortions(connection, table, columns, rows, " ON CONFLICT DO NOTHING RETURNING " + columns[0], command =>
        {
            using DbDataReader reader = command.ExecuteReader();
            while (reader.Read())
            {
                inserted.Add(reader.GetInt64(0));
            }
        });
        return inserted;
    }

    /// <summary>Reads the rows of many keys, many to a statement; <c>{keys}</c> in the statement becomes their list.</summary>
    public static void EachOf(this DbConnection connection, string sql, IReadOnlyList<string> keys, Action<DbDataReader> read)
    {
        for (int done = 0; done < keys.Count; done += MostParameters)
        {
            (string Name, object? Value)[] parameters =
                [.. keys.Skip(done).Take(MostParameters).Select((key, index) => (string.Create(CultureInfo.InvariantCulture, $"@k{index}"), (object?)key))];
            connection.Each(sql.Replace("{keys}", string.Join(", ", parameters.Select(parameter => parameter.Name)), StringComparison.Ordinal), read, parameters);
        }
    }

    private static void InPortions(DbConnection connection, string table, string[] columns, IReadOnlyList<object?[]> rows, string ending, Action<DbCommand> carryOut)
    {
        int perStatement = Math.Max(1, MostParameters / columns.Length);
        int done = 0;
        while (done < rows.Count)
        {
            int count = Math.Min(perStatement, rows.Count - done);
            using DbCommand command = MakeInsert(connection, table, columns, count, ending);

            // The statement is made once for all full portions.
            do
            {
                Fill(command, rows, done, count);
                carryOut(command);
                done += count;
            }
            while (count == perStatement && rows.Count - done >= count);
        }
    }

    public static string? GetText(this DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    public static double? GetNumber(this DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetDouble(column);

    public static byte[]? GetBlob(this DbDataReader reader, int column) => reader.IsDBNull(column) ? null : (byte[])reader.GetValue(column);

    private static DbCommand Make(DbConnection connection, string sql, (string Name, object? Value)[] parameters)
    {
        DbCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // Every statement is a constant of this library; values are parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach ((string name, object? value) in parameters)
        {
            Add(command, name, value);
        }

        return command;
    }

    private static DbCommand MakeInsert(DbConnection connection, string table, string[] columns, int rowCount, string ending)
    {
        StringBuilder sql = new($"INSERT INTO {table} ({string.Join(", ", columns)}) VALUES ");
        DbCommand command = connection.CreateCommand();
        for (int row = 0; row < rowCount; row++)
        {
            sql.Append(row == 0 ? "(" : ", (");
            for (int column = 0; column < columns.Length; column++)
            {
                string name = string.Create(CultureInfo.InvariantCulture, $"@p{(row * columns.Length) + column}");
                sql.Append(column == 0 ? "" : ", ").Append(name);
                Add(command, name, null);
            }

            sql.Append(')');
        }

#pragma warning disable CA2100 // Names of tables and columns are constants of this library.
        command.CommandText = sql.Append(ending).ToString();
#pragma warning restore CA2100
        return command;
    }

    private static void Fill(DbCommand command, IReadOnlyList<object?[]> rows, int first, int count)
    {
        int parameter = 0;
        for (int row = first; row < first + count; row++)
        {
            foreach (object? value in rows[row])
            {
                command.Parameters[parameter++].Value = value ?? DBNull.Value;
            }
        }
    }

    private static void Add(DbCommand command, string name, object? value)
    {
        DbParameter parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value ?? DBNull.Value;
        command.Parameters.Add(parameter);
    }
}
