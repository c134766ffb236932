// A workspace in a PostgreSQL database, for a team. The database's own users are the members: who is connected is who acts.
using System.Data;
using System.Data.Common;
using System.Net.Sockets;
using Npgsql;
using Provisioning.Problems;

namespace Provisioning.Storage;

/// <summary>PostgreSQL.</summary>
internal sealed class PostgresDatabase : Database
{
    // Any number that nobody else takes: "polectl" as ASCII.
    private const long WriterLock = 0x706F_6C65_6374_6C;

    private readonly NpgsqlConnection _connection;
    private readonly string _shown;
    private string? _userName;

    private PostgresDatabase(NpgsqlConnection connection, string shown)
    {
        _connection = connection;
        _shown = shown;
    }

    public override DbConnection Connection => _connection;

    public override string Dialect => "postgres";

    public override string? UserName => _userName;

    public static PostgresDatabase Open(WorkspaceAddress address)
    {
        NpgsqlConnection connection = new(address.ConnectionString);
        PostgresDatabase database = new(connection, address.Shown);
        try
        {
            connection.Open();
            connection.Execute("SET lock_timeout = '30s'; SET client_min_messages = 'warning'");
            database._userName = (string?)connection.Scalar("SELECT session_user::text");
            return database;
        }
        catch (Exception exception) when (exception is NpgsqlException or SocketException or TimeoutException)
        {
            database.Dispose();
            throw new ProblemException(exception is NpgsqlException known
                ? database.Explain(known)
                : new Problem("problem.server.unreachable", exception.Message) { File = address.Shown });
        }
    }

    public override bool HasWorkspace() => Connection.Scalar("SELECT to_regclass('workspace')::text") is not null;

    public override OpenTransaction BeginWrite()
    {
        PostgresOpenTransaction transaction = new(_connection.BeginTransaction(IsolationLevel.ReadCommitted));

        // One writer at a time, as with SQLite: the journal is one chain. It ends with the transaction, however that ends.
        try
        {
            _connection.Execute("SELECT pg_advisory_xact_lock(@key)", ("@key", WriterLock));
            return transaction;
        }
        catch
        {
            transaction.Dispose();
            throw;
        }
    }

    public override OpenTransaction BeginRead() => new PostgresOpenTransaction(_connection.BeginTransaction(IsolationLevel.RepeatableRead));

    public override Problem Explain(DbException exception)
    {
        // https://www.postgresql.org/docs/current/errcodes-appendix.html
        string state = exception.SqlState ?? "";
        (string key, ProblemKind kind) = state switch
        {
            "28P01" or "28000" => ("problem.server.refused", ProblemKind.NotAuthorised),
            "42501" => ("problem.server.noRight", ProblemKind.NotAuthorised),
            "3D000" => ("problem.server.noDatabase", ProblemKind.WrongUse),
            "53100" => ("problem.store.full", ProblemKind.Failed),
            "55P03" or "40P01" or "40001" => ("problem.store.busy", ProblemKind.Failed),
            "" => ("problem.server.unreachable", ProblemKind.Failed),
            _ => ("problem.store.failed", ProblemKind.Failed),
        };
        return new Problem(key, exception is PostgresException known ? known.MessageText : exception.Message) { File = _shown, Kind = kind };
    }
}

/// <summary>A transaction of the driver.</summary>
internal sealed class PostgresOpenTransaction(NpgsqlTransaction transaction) : OpenTransaction
{
    public override void Commit() => transaction.Commit();

    public override void Dispose() => transaction.Dispose();
}
