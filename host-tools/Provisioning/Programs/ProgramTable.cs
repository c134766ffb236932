// Program files, their versions and assignments in the database.
using System.Data.Common;
using System.Globalization;
using Provisioning.Audit;
using Provisioning.Storage;

namespace Provisioning.Programs;

/// <summary>A program file in the workspace.</summary>
/// <param name="Name">Name, unique.</param>
/// <param name="Version">Counts changes, from 1.</param>
/// <param name="Content">The file as it was imported.</param>
/// <param name="ChangedUtcMs">When this version came, UTC in milliseconds since 1970.</param>
public sealed record StoredProgram(string Name, int Version, string Content, long ChangedUtcMs);

/// <summary>Rows of program files and assignments.</summary>
internal static class ProgramTable
{
    private const string Columns = "name, version, content, changed_utc_ms";

    public static StoredProgram? Find(DbConnection connection, string name) =>
        connection.Query($"SELECT {Columns} FROM program_file WHERE name = @name", Read, ("@name", name)).FirstOrDefault();

    public static List<StoredProgram> All(DbConnection connection) => connection.Query($"SELECT {Columns} FROM program_file ORDER BY name", Read);

    public static List<StoredProgram> Versions(DbConnection connection, string name) =>
        connection.Query($"SELECT {Columns} FROM program_file_version WHERE name = @name ORDER BY version", Read, ("@name", name));

    public static List<StoredProgram> AllVersions(DbConnection connection) => connection.Query($"SELECT {Columns} FROM program_file_version ORDER BY name, version", Read);

    public static void Insert(DbConnection connection, StoredProgram program) =>
        connection.InsertAll("program_file", Columns.Split(", "), [[program.Name, program.Version, program.Content, program.ChangedUtcMs]]);

    public static void InsertVersion(DbConnection connection, StoredProgram program) =>
        connection.InsertAll("program_file_version", Columns.Split(", "), [[program.Name, program.Version, program.Content, program.ChangedUtcMs]]);

    public static void Update(DbConnection connection, StoredProgram program) => connection.Execute(
        "UPDATE program_file SET version = @version, content = @content, changed_utc_ms = @changed WHERE name = @name",
        ("@version", program.Version), ("@content", program.Content), ("@changed", program.ChangedUtcMs), ("@name", program.Name));

    public static void Delete(DbConnection connection, string name) => connection.Execute("DELETE FROM program_file WHERE name = @name", ("@name", name));

    public static List<Assignment> Assignments(DbConnection connection) =>
        connection.Query("SELECT scope, target, program_name, assigned_utc_ms FROM program_assignment ORDER BY scope, target, program_name", ReadAssignment);

    public static void Insert(DbConnection connection, Assignment assignment) => connection.InsertAll(
        "program_assignment", ["scope", "target", "program_name", "assigned_utc_ms"],
        [[assignment.Scope.KindText, assignment.Scope.Target, assignment.Program, assignment.AssignedUtcMs]]);

    public static void Delete(DbConnection connection, Assignment assignment) => connection.Execute(
        "DELETE FROM program_assignment WHERE scope = @scope AND target = @target AND program_name = @name",
        ("@scope", assignment.Scope.KindText), ("@target", assignment.Scope.Target), ("@name", assignment.Program));

    public static byte[] HashOf(StoredProgram program) => StateHash.Of(program.Name, program.Version, program.Content, program.ChangedUtcMs);

    public static byte[] HashOf(Assignment assignment) =>
        StateHash.Of(assignment.Scope.KindText, assignment.Scope.Target, assignment.Program, assignment.AssignedUtcMs);

    /// <summary>How the journal names a version of a file.</summary>
    public static string VersionId(StoredProgram program) => $"{program.Name}#{program.Version.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>How the journal names an assignment.</summary>
    public static string AssignmentId(Assignment assignment) => $"{assignment.Scope.Text} {assignment.Program}";

    private static StoredProgram Read(DbDataReader reader) =>
        new(reader.GetString(0), reader.GetInt32(1), reader.GetString(2), Convert.ToInt64(reader.GetValue(3), CultureInfo.InvariantCulture));

    // A kind that this program does not know assigns nothing; the audit shows that the row was changed.
    private static Assignment ReadAssignment(DbDataReader reader) => new(
        new Scope(Enum.TryParse(reader.GetString(0), ignoreCase: true, out ScopeKind kind) ? kind : (ScopeKind)(-1), reader.GetString(1)),
        reader.GetString(2),
        Convert.ToInt64(reader.GetValue(3), CultureInfo.InvariantCulture));
}
