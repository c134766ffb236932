// Making a workspace, bringing it to the present version, and finding damage: what is done to a workspace as a whole. Copies are WorkspaceBackup's.
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Provisioning.Audit;
using Provisioning.Members;
using Provisioning.Problems;
using Provisioning.Storage;

namespace Provisioning.Workspaces;

/// <summary>Workspaces as wholes.</summary>
public static class WorkspaceSetup
{
    /// <summary>Makes a workspace; the author becomes its first member, with all roles.</summary>
    /// <exception cref="ProblemException">There is one already, or it cannot be made.</exception>
    public static void Create(WorkspaceAddress address, Author author, bool isDryRun, TimeProvider? time = null) =>
        CreateAt(address, author, isDryRun, time, Migrations.Latest);

    /// <summary>Brings a workspace to the present version. A file is copied beside itself before.</summary>
    /// <returns>The version it had, and the copy (null when none was made).</returns>
    public static (int From, string? Copy) Migrate(WorkspaceAddress address, Author author, bool isDryRun, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(address);
        using Database database = Connect(address, mayCreate: false);
        return Workspace.Guard(database, () =>
        {
            int version = Migrations.VersionOf(database);
            if (version is 0 or > Migrations.Latest)
            {
                string key = version == 0 ? "problem.workspace.none" : "problem.workspace.newer";
                throw new ProblemException(new Problem(key, $"{version}", $"{Migrations.Latest}") { Kind = ProblemKind.WrongUse, File = address.Shown });
            }

            Author identified = Identify(database, author);
            Member member = MemberTable.Find(database.Connection, identified.Name)
                ?? throw new ProblemException(new Problem("problem.member.unknown", identified.Name) { Kind = ProblemKind.NotAuthorised });
            Workspace.Require(member, Permission.Administer);
            string? copy = null;
            if (version < Migrations.Latest && !isDryRun && database is SqliteDatabase file)
            {
                copy = FreeName($"{address.FilePath}.version-{version}");
                file.CopyTo(copy);
            }

            using OpenTransaction transaction = database.BeginWrite();
            int present = Migrations.VersionOf(database);
            if (present < Migrations.Latest)
            {
                Migrations.Apply(database, present);
                string identifier = (string)database.Connection.Scalar("SELECT identifier FROM workspace")!;
                WorkspaceWriter writer = new(database.Connection, identifier, member, identified, (time ?? TimeProvider.System).GetUtcNow().ToUnixTimeMilliseconds());
                writer.Record("workspace.migrate", SubjectKind.Workspace, identifier, null, new JsonObject { ["version"] = new JsonArray(present, Migrations.Latest) });
                writer.WriteJournal();
            }

            End(transaction, isDryRun);
            return (version, copy);
        });
    }

    /// <summary>What the database itself finds damaged; empty when nothing is. PostgreSQL checks pages as it reads them, and has nothing to add.</summary>
    public static IReadOnlyList<string> FindDamage(Workspace workspace)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        return workspace.Database is SqliteDatabase file ? Workspace.Guard(file, file.FindDamage) : [];
    }

    internal static Database Connect(WorkspaceAddress address, bool mayCreate)
    {
        if (address.FilePath is not { } path)
        {
            return PostgresDatabase.Open(address);
        }

        if (Directory.Exists(path) || (!mayCreate && !File.Exists(path)))
        {
            throw new ProblemException(new Problem("problem.workspace.none", "0", "0") { Kind = ProblemKind.WrongUse, File = address.Shown });
        }

        return SqliteDatabase.Open(address, mayCreate);
    }

    // On a server nobody acts under another name than the one that the server has checked.
    internal static Author Identify(Database database, Author author) => database.UserName is { } name ? author with { Name = name } : author;

    internal static void CreateAt(WorkspaceAddress address, Author author, bool isDryRun, TimeProvider? time, int version)
    {
        ArgumentNullException.ThrowIfNull(address);
        bool isNewFile = address.FilePath is { } path && !File.Exists(path);
        try
        {
            using Database database = Connect(address, mayCreate: true);
            Workspace.Guard(database, () => CreateIn(database, address, Identify(database, author), isDryRun, time ?? TimeProvider.System, version));
        }
        catch when (isNewFile)
        {
            DeleteQuietly(address.FilePath!);
            throw;
        }

        if (isNewFile && isDryRun)
        {
            DeleteQuietly(address.FilePath!);
        }
    }

    private static bool CreateIn(Database database, WorkspaceAddress address, Author author, bool isDryRun, TimeProvider time, int version)
    {
        using OpenTransaction transaction = database.BeginWrite();
        if (database.HasWorkspace())
        {
            throw new ProblemException(new Problem("problem.workspace.exists") { Kind = ProblemKind.WrongUse, File = address.Shown });
        }

        Migrations.Apply(database, 0, version);
        string identifier = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        database.Connection.Execute("INSERT INTO workspace (only_row, identifier, schema_version) VALUES (1, @identifier, @version)",
            ("@identifier", identifier), ("@version", version));
        Member first = new(author.Name, Roles.Reader | Roles.Technician | Roles.Engineer | Roles.SecurityOfficer, 1);
        MemberTable.Insert(database.Connection, first);
        WorkspaceWriter writer = new(database.Connection, identifier, first, author, time.GetUtcNow().ToUnixTimeMilliseconds());
        writer.Record("workspace.create", SubjectKind.Workspace, identifier, null, new JsonObject { ["version"] = version.ToString(CultureInfo.InvariantCulture) });
        writer.Record("member.add", SubjectKind.Member, first.Name, MemberTable.HashOf(first), new JsonObject { ["roles"] = new JsonArray("", RoleNames.ToText(first.Roles)) });
        writer.WriteJournal();
        End(transaction, isDryRun);
        return true;
    }

    private static void End(OpenTransaction transaction, bool isDryRun)
    {
        if (!isDryRun)
        {
            transaction.Commit();
        }
    }

    private static string FreeName(string path)
    {
        string free = path;
        for (int number = 2; Path.Exists(free); number++)
        {
            free = string.Create(CultureInfo.InvariantCulture, $"{path}-{number}");
        }

        return free;
    }

    private static void DeleteQuietly(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // What is left is an empty file, and the problem that is on its way says why.
        }
    }
}
