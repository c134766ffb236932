// Program files in the workspace: imported in versions, assigned, taken out. Every change is refused that would leave a pole with settings that its controller
// refuses, or two files of one scope that decide the same thing.
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Provisioning.Audit;
using Provisioning.Poles;
using Provisioning.Problems;
using Provisioning.Workspaces;

namespace Provisioning.Programs;

/// <summary>The program files of a workspace.</summary>
public static class ProgramStore
{
    private const int LongestName = 60;

    /// <summary>All files by name.</summary>
    public static IReadOnlyList<StoredProgram> List(Workspace workspace)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        return [.. workspace.Read(ProgramTable.All).OrderBy(program => program.Name, StringComparer.Ordinal)];
    }

    /// <summary>All assignments, from the widest scope to the narrowest.</summary>
    public static IReadOnlyList<Assignment> Assignments(Workspace workspace)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        return [.. Ordered(workspace.Read(ProgramTable.Assignments))];
    }

    /// <summary>A file, in a version.</summary>
    /// <param name="workspace">The workspace.</param>
    /// <param name="name">Its name.</param>
    /// <param name="version">The version; null for the one in force.</param>
    /// <exception cref="ProblemException">There is none.</exception>
    public static StoredProgram Get(Workspace workspace, string name, int? version = null)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        return workspace.Read(connection => version is null
            ? ProgramTable.Find(connection, name)
            : ProgramTable.Versions(connection, name).FirstOrDefault(candidate => candidate.Version == version)) ?? throw Absent(name);
    }

    /// <summary>What happened to a file, oldest first.</summary>
    public static IReadOnlyList<JournalEntry> History(Workspace workspace, string name)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        return workspace.Read(connection => ProgramTable.Versions(connection, name).Count == 0 ? throw Absent(name) : JournalTable.About(connection, SubjectKind.Program, name));
    }

    /// <summary>Takes a file into the workspace, or a new version of one that is there.</summary>
    /// <param name="writer">The change.</param>
    /// <param name="name">Its name: 1 to 60 letters, digits, dots, dashes and underscores.</param>
    /// <param name="bytes">The file.</param>
    /// <param name="file">Its path, for problems.</param>
    /// <returns>The file; with the version from before when nothing is different.</returns>
    /// <exception cref="ProblemException">The file is wrong, or a pole's settings would be.</exception>
    public static StoredProgram Import(WorkspaceWriter writer, string name, byte[] bytes, string file)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(bytes);
        CheckName(name);
        ProgramFileReader.Read(bytes, file);
        string content = new UTF8Encoding(false, true).GetString(bytes).TrimStart('\uFEFF');
        StoredProgram? before = ProgramTable.Find(writer.Connection, name);
        if (before?.Content == content)
        {
            return before;
        }

        // A name that was taken out and comes again goes on with its versions.
        int last = ProgramTable.Versions(writer.Connection, name).Select(version => version.Version).DefaultIfEmpty(0).Max();
        StoredProgram after = new(name, last + 1, content, writer.NowUtcMs);
        if (before is null)
        {
            ProgramTable.Insert(writer.Connection, after);
        }
        else
        {
            ProgramTable.Update(writer.Connection, after);
        }

        ProgramTable.InsertVersion(writer.Connection, after);
        writer.Record("program.import", SubjectKind.Program, name, ProgramTable.HashOf(after), new JsonObject { ["version"] = after.Version });
        writer.Record("program.version", SubjectKind.ProgramVersion, ProgramTable.VersionId(after), ProgramTable.HashOf(after));
        CheckAll(writer);
        return after;
    }

    /// <summary>Takes a file out. Its versions stay.</summary>
    /// <exception cref="ProblemException">There is none, or it is assigned.</exception>
    public static void Remove(WorkspaceWriter writer, string name)
    {
        ArgumentNullException.ThrowIfNull(writer);
        StoredProgram program = ProgramTable.Find(writer.Connection, name) ?? throw Absent(name);
        if (ProgramTable.Assignments(writer.Connection).Find(assignment => assignment.Program == name) is { } assigned)
        {
            throw new ProblemException(new Problem("problem.program.assigned", assigned.Scope.Text) { Kind = ProblemKind.WrongUse, Field = "program", Value = name });
        }

        ProgramTable.Delete(writer.Connection, name);
        writer.Record("program.remove", SubjectKind.Program, name, null, new JsonObject { ["version"] = program.Version });
    }

    /// <summary>Assigns a file to a scope.</summary>
    /// <returns>False when it was assigned already.</returns>
    /// <exception cref="ProblemException">There is no such file, no pole is in the scope, or a pole's settings would be wrong.</exception>
    public static bool Assign(WorkspaceWriter writer, string name, Scope scope)
    {
        ArgumentNullException.ThrowIfNull(writer);
        _ = ProgramTable.Find(writer.Connection, name) ?? throw Absent(name);
        if (!PoleTable.All(writer.Connection).Exists(pole => pole.State == PoleState.InService && scope.Contains(pole)))
        {
            throw new ProblemException(new Problem("problem.program.noPole") { Kind = ProblemKind.WrongUse, Field = scope.KindText, Value = scope.Target });
        }

        if (ProgramTable.Assignments(writer.Connection).Exists(assignment => assignment.Program == name && assignment.Scope == scope))
        {
            return false;
        }

        Assignment made = new(scope, name, writer.NowUtcMs);
        ProgramTable.Insert(writer.Connection, made);
        writer.Record("program.assign", SubjectKind.Assignment, ProgramTable.AssignmentId(made), ProgramTable.HashOf(made));
        CheckAll(writer);
        return true;
    }

    /// <summary>Ends an assignment.</summary>
    /// <exception cref="ProblemException">There is none, or a pole's settings would be wrong without.</exception>
    public static void Unassign(WorkspaceWriter writer, string name, Scope scope)
    {
        ArgumentNullException.ThrowIfNull(writer);
        Assignment assignment = ProgramTable.Assignments(writer.Connection).Find(candidate => candidate.Program == name && candidate.Scope == scope)
            ?? throw new ProblemException(new Problem("problem.program.notAssigned", scope.Text) { Kind = ProblemKind.WrongUse, Field = "program", Value = name });
        ProgramTable.Delete(writer.Connection, assignment);
        writer.Record("program.unassign", SubjectKind.Assignment, ProgramTable.AssignmentId(assignment), null);
        CheckAll(writer);
    }

    internal static IEnumerable<Assignment> Ordered(IEnumerable<Assignment> assignments) => assignments
        .OrderBy(assignment => assignment.Scope.Kind).ThenBy(assignment => assignment.Scope.Target, StringComparer.Ordinal).ThenBy(assignment => assignment.Program, StringComparer.Ordinal);

    private static void CheckAll(WorkspaceWriter writer)
    {
        WantedSettings wanted = WantedSettings.Load(writer.Connection);
        wanted.RefuseConflicts();
        foreach (Pole pole in PoleTable.All(writer.Connection).Where(pole => pole.State == PoleState.InService))
        {
            _ = wanted.For(pole);
        }
    }

    private static void CheckName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        bool isRight = name.Length is > 0 and <= LongestName && name.All(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '-' or '_');
        if (!isRight)
        {
            throw new ProblemException(
                new Problem("problem.program.name", LongestName.ToString(CultureInfo.InvariantCulture)) { Kind = ProblemKind.WrongUse, Field = "program", Value = name });
        }
    }

    private static ProblemException Absent(string name) => new(new Problem("problem.program.absent") { Kind = ProblemKind.WrongUse, Field = "program", Value = name });
}
