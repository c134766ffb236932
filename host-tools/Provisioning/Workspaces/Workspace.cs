// The workspace: opened, read and changed in transactions, by members with roles. Where it is kept is Storage's business.
using System.Data.Common;
using Provisioning.Members;
using Provisioning.Problems;
using Provisioning.Storage;

namespace Provisioning.Workspaces;

/// <summary>An open workspace.</summary>
public sealed class Workspace : IDisposable
{
    private readonly Database _database;
    private readonly Author _author;
    private readonly TimeProvider _time;

    private Workspace(Database database, WorkspaceAddress address, Author author, TimeProvider time)
    {
        _database = database;
        Address = address;
        _author = author;
        _time = time;
        Identifier = (string)database.Connection.Scalar("SELECT identifier FROM workspace")!;
    }

    /// <summary>Where it is.</summary>
    public WorkspaceAddress Address { get; }

    /// <summary>Its identifier, random, made with it.</summary>
    public string Identifier { get; }

    internal Database Database => _database;

    /// <summary>The time by the workspace's clock, UTC in milliseconds since 1970.</summary>
    internal long NowUtcMs => _time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Opens a workspace.</summary>
    /// <param name="address">Where it is.</param>
    /// <param name="author">Who acts; on a database server its own user acts, whatever name is given.</param>
    /// <param name="time">The clock for the journal; null for this computer's.</param>
    /// <exception cref="ProblemException">There is none, it is of another version, or it cannot be opened.</exception>
    public static Workspace Open(WorkspaceAddress address, Author author, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(address);
        Database database = WorkspaceSetup.Connect(address, mayCreate: false);
        try
        {
            int version = Guard(database, () => Migrations.VersionOf(database));
            if (version != Migrations.Latest)
            {
                string key = version == 0 ? "problem.workspace.none" : version < Migrations.Latest ? "problem.workspace.older" : "problem.workspace.newer";
                throw new ProblemException(new Problem(key, $"{version}", $"{Migrations.Latest}") { Kind = ProblemKind.WrongUse, File = address.Shown });
            }

            return Guard(database, () => new Workspace(database, address, WorkspaceSetup.Identify(database, author), time ?? TimeProvider.System));
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>Reads one state of it.</summary>
    /// <exception cref="ProblemException">The author may not read, or the database failed.</exception>
    public T Read<T>(Func<DbConnection, T> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        return Guard(_database, () =>
        {
            using OpenTransaction transaction = _database.BeginRead();
            Require(FindAuthor(), Permission.Read);
            return work(_database.Connection);
        });
    }

    /// <summary>Changes it: all of it, or nothing when an exception or the end of the process comes in between.</summary>
    /// <param name="permission">What the author must be allowed.</param>
    /// <param name="isDryRun">Whether everything is done and then taken back.</param>
    /// <param name="work">What to do.</param>
    /// <exception cref="ProblemException">The author may not, the work found a problem, or the database failed.</exception>
    public T Write<T>(Permission permission, bool isDryRun, Func<WorkspaceWriter, T> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        return Guard(_database, () =>
        {
            using OpenTransaction transaction = _database.BeginWrite();
            Member member = FindAuthor();
            Require(member, permission);
            WorkspaceWriter writer = new(_database.Connection, Identifier, member, _author, _time.GetUtcNow().ToUnixTimeMilliseconds());
            T result = work(writer);
            writer.WriteJournal();
            if (!isDryRun)
            {
                transaction.Commit();
            }

            return result;
        });
    }

    /// <inheritdoc/>
    public void Dispose() => _database.Dispose();

    internal static void Require(Member member, Permission permission)
    {
        if (!member.Roles.Allow(permission))
        {
            throw new ProblemException(new Problem("problem.permission." + permission, member.Name, RoleNames.ToText(member.Roles)) { Kind = ProblemKind.NotAuthorised });
        }
    }

    /// <summary>Runs work on a database and makes problems of its exceptions.</summary>
    internal static T Guard<T>(Database database, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (DbException exception)
        {
            throw new ProblemException(database.Explain(exception));
        }
    }

    private Member FindAuthor() => MemberTable.Find(_database.Connection, _author.Name)
        ?? throw new ProblemException(new Problem("problem.member.unknown", _author.Name) { Kind = ProblemKind.NotAuthorised });
}
