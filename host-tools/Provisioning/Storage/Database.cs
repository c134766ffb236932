// A connection to where a workspace is kept: what SQLite and PostgreSQL do differently, and nothing else.
using System.Data.Common;
using Provisioning.Problems;

namespace Provisioning.Storage;

/// <summary>A connection. One at a time writes; a transaction that is not committed leaves nothing.</summary>
internal abstract class Database : IDisposable
{
    public abstract DbConnection Connection { get; }

    /// <summary>Part of the names of migrations that are for this database alone.</summary>
    public abstract string Dialect { get; }

    /// <summary>The user as whom the database knows this connection; null when it knows none (a file).</summary>
    public virtual string? UserName => null;

    /// <summary>Whether there is a workspace (of any version) in it.</summary>
    public abstract bool HasWorkspace();

    /// <summary>Begins a transaction that keeps all other writers out; waits some seconds for one that is there.</summary>
    public abstract OpenTransaction BeginWrite();

    /// <summary>Begins a transaction that sees one state throughout.</summary>
    public abstract OpenTransaction BeginRead();

    /// <summary>Makes a problem of an exception of the driver.</summary>
    public abstract Problem Explain(DbException exception);

    public void Dispose()
    {
        Connection.Dispose();
        GC.SuppressFinalize(this);
    }
}

/// <summary>A transaction; what is not committed is taken back.</summary>
internal abstract class OpenTransaction : IDisposable
{
    public abstract void Commit();

    public abstract void Dispose();
}
