// Copies of a workspace: a backup is itself a workspace in one file, wherever the workspace is kept. So a backup can be opened and verified like any other,
// and restoring a file into a server's database is how a utility moves from one to the other.
using System.Data.Common;
using System.Text.Json.Nodes;
using Provisioning.Audit;
using Provisioning.Files;
using Provisioning.Members;
using Provisioning.Problems;
using Provisioning.Storage;

namespace Provisioning.Workspaces;

/// <summary>Backup and restore.</summary>
public static class WorkspaceBackup
{
    /// <summary>Writes a backup. The file appears whole or not at all.</summary>
    /// <param name="workspace">The workspace.</param>
    /// <param name="path">The file to make; must not be there yet.</param>
    /// <param name="isDryRun">Whether only to check that it could be made.</param>
    /// <returns>Number and hash of the newest journal entry in it: kept elsewhere, they show whether the journal was cut or rewritten since.</returns>
    public static (long Sequence, byte[] Hash) Make(Workspace workspace, string path, bool isDryRun)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        NewFile.Require(path);
        string draft = path + ".part";
        NewFile.Require(draft);
        if (!isDryRun)
        {
            workspace.Write(Permission.Read, false, writer =>
            {
                writer.Record("workspace.backup", SubjectKind.Workspace, workspace.Identifier, null, new JsonObject { ["file"] = Path.GetFileName(path) });
                return true;
            });
        }

        return workspace.Read(connection =>
        {
            (long, byte[]) head = JournalTable.Head(connection, workspace.Identifier);
            if (isDryRun)
            {
                return head;
            }

            try
            {
                using (SqliteDatabase target = SqliteDatabase.Open(WorkspaceAddress.Parse(draft), mayCreate: true))
                {
                    Workspace.Guard(target, () => FillNew(connection, target));
                }

                File.Move(draft, path);
            }
            finally
            {
                File.Delete(draft);
            }

            return head;
        });
    }

    /// <summary>
    /// Puts a backup into a place: an empty one, or one that has the same workspace. It is verified before. The journal goes on from the backup's, with an entry that
    /// names the end of the journal that is given up.
    /// </summary>
    /// <param name="backupPath">The backup.</param>
    /// <param name="target">Where to.</param>
    /// <param name="author">Who restores; must be allowed to by the members of the workspace that is there, else of the backup.</param>
    /// <param name="isDryRun">Whether to take everything back at the end.</param>
    /// <param name="time">The clock for the journal.</param>
    /// <returns>The journal's newest entry in the backup, and in what was given up (0: nothing was there).</returns>
    public static (long Restored, long GivenUp) Restore(string backupPath, WorkspaceAddress target, Author author, bool isDryRun, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(target);
        using Workspace backup = Workspace.Open(WorkspaceAddress.Parse(backupPath), author, time);
        RequireSound(backup, backupPath);
        bool isNewFile = target.FilePath is { } path && !File.Exists(path);
        try
        {
            using Database database = WorkspaceSetup.Connect(target, mayCreate: true);
            return Workspace.Guard(database, () => RestoreInto(backup, database, WorkspaceSetup.Identify(database, author), isDryRun, time ?? TimeProvider.System));
        }
        finally
        {
            if (isNewFile && File.Exists(target.FilePath) && new FileInfo(target.FilePath).Length == 0)
            {
                File.Delete(target.FilePath);
            }
        }
    }

    private static (long Restored, long GivenUp) RestoreInto(Workspace backup, Database database, Author author, bool isDryRun, TimeProvider time) =>
        backup.Read(source =>
        {
            using OpenTransaction transaction = database.BeginWrite();
            long givenUp = 0;
            byte[] givenUpHash = [];
            DbConnection judge = source;
            if (database.HasWorkspace())
            {
                string there = (string)database.Connection.Scalar("SELECT identifier FROM workspace")!;
                if (there != backup.Identifier)
                {
                    throw new ProblemException(new Problem("problem.restore.other") { Kind = ProblemKind.WrongUse });
                }

                judge = database.Connection;
                (givenUp, givenUpHash) = JournalTable.Head(database.Connection, there);
            }

            Member member = MemberTable.Find(judge, author.Name)
                ?? throw new ProblemException(new Problem("problem.member.unknown", author.Name) { Kind = ProblemKind.NotAuthorised });
            Workspace.Require(member, Permission.Administer);
            WorkspaceTables.Drop(database);
            Fill(source, database);
            (long restored, byte[] _) = JournalTable.Head(source, backup.Identifier);
            WorkspaceWriter writer = new(database.Connection, backup.Identifier, member, author, time.GetUtcNow().ToUnixTimeMilliseconds());
            writer.Record("workspace.restore", SubjectKind.Workspace, backup.Identifier, null, new JsonObject
            {
                ["restoredUpTo"] = restored,
                ["givenUpAt"] = givenUp,
                ["givenUpHash"] = Convert.ToHexStringLower(givenUpHash),
            });
            writer.WriteJournal();
            if (!isDryRun)
            {
                transaction.Commit();
            }

            return (restored, givenUp);
        });

    private static void Fill(DbConnection from, Database target)
    {
        Migrations.Apply(target, 0);
        WorkspaceTables.Copy(from, target.Connection);
    }

    private static bool FillNew(DbConnection from, Database target)
    {
        using OpenTransaction transaction = target.BeginWrite();
        Fill(from, target);
        transaction.Commit();
        return true;
    }

    private static void RequireSound(Workspace backup, string path)
    {
        IReadOnlyList<string> damage = WorkspaceSetup.FindDamage(backup);
        if (damage.Count > 0)
        {
            throw new ProblemException(new Problem("problem.store.damaged", damage[0]) { File = path });
        }

        AuditReport report = AuditVerifier.Verify(backup);
        if (report.Findings.Count > 0)
        {
            throw new ProblemException(report.Findings);
        }
    }
}
