// A workspace in a file. Rollback journal, not WAL: one file that can be copied, also on a network drive, and no files beside it when nobody writes.
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Provisioning.Problems;
using SQLitePCL;

namespace Provisioning.Storage;

/// <summary>SQLite.</summary>
internal sealed class SqliteDatabase : Database
{
    private const int WaitSeconds = 30;

    // https://www.sqlite.org/rescode.html
    private const int Busy = 5;
    private const int Locked = 6;
    private const int ReadOnly = 8;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int NotADatabase = 26;

    private readonly SqliteConnection _connection;
    private readonly string _shown;

    private SqliteDatabase(SqliteConnection connection, string shown)
    {
        _connection = connection;
        _shown = shown;
    }

    public override DbConnection Connection => _connection;

    public override string Dialect => "sqlite";

    /// <summary>Opens a file.</summary>
    /// <param name="address">Where it is.</param>
    /// <param name="mayCreate">Whether it is made when it is not there.</param>
    public static SqliteDatabase Open(WorkspaceAddress address, bool mayCreate)
    {
        Batteries_V2.Init();
        SqliteConnectionStringBuilder builder = new()
        {
            DataSource = address.FilePath,
            Mode = mayCreate ? SqliteOpenMode.ReadWriteCreate : SqliteOpenMode.ReadWrite,
            Pooling = false,
            DefaultTimeout = WaitSeconds,
        };
        SqliteConnection connection = new(builder.ConnectionString);
        SqliteDatabase database = new(connection, address.Shown);
        try
        {
            connection.Open();

            // 64 MiB of pages at most: uplinks of a whole city touch many. Erased keys must not stay in free pages; a schema from elsewhere must not run functions.
            connection.Execute("PRAGMA secure_delete = ON; PRAGMA trusted_schema = OFF; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA cache_size = -65536;");
            return database;
        }
        catch (SqliteException exception)
        {
            database.Dispose();
            throw new ProblemException(database.Explain(exception));
        }
    }

    public override bool HasWorkspace() =>
        Connection.Scalar("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'workspace'") is not null;

    public override OpenTransaction BeginWrite() => new SqliteOpenTransaction(_connection, "BEGIN IMMEDIATE");

    public override OpenTransaction BeginRead() => new SqliteOpenTransaction(_connection, "BEGIN");

    /// <summary>Copies all of it, as one state, into a new file.</summary>
    public void CopyTo(string path) => Connection.Execute("VACUUM INTO @path", ("@path", path));

    /// <summary>What SQLite itself finds wrong with the file; empty when nothing is.</summary>
    public IReadOnlyList<string> FindDamage()
    {
        List<string> found = Connection.Query("PRAGMA integrity_check(20)", reader => reader.GetString(0));
        return found is ["ok"] ? [] : found;
    }

    public override Problem Explain(DbException exception)
    {
        int code = exception is SqliteException sqlite ? sqlite.SqliteErrorCode : 0;
        string key = code switch
        {
            Busy or Locked => "problem.store.busy",
            ReadOnly => "problem.store.readOnly",
            Corrupt or NotADatabase => "problem.store.damaged",
            Full => "problem.store.full",
            CannotOpen => "problem.store.cannotOpen",
            _ => "problem.store.failed",
        };
        return new Problem(key, exception.Message) { File = _shown };
    }
}

/// <summary>
/// A transaction by SQL. The driver's own class would try to roll back what SQLite has rolled back by itself when a commit met a full disk, and leave the
/// connection unusable.
/// </summary>
internal sealed class SqliteOpenTransaction : OpenTransaction
{
    private readonly SqliteConnection _connection;

    public SqliteOpenTransaction(SqliteConnection connection, string begin)
    {
        _connection = connection;
        connection.Execute(begin);
    }

    public override void Commit() => _connection.Execute("COMMIT");

    public override void Dispose()
    {
        bool isOpen = raw.sqlite3_get_autocommit(_connection.Handle) == 0;
        if (isOpen)
        {
            _connection.Execute("ROLLBACK");
        }
    }
}
