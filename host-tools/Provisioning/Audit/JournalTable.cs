// The journal in the database: appending within a transaction, reading.
using System.Data.Common;
using System.Globalization;
using Provisioning.Storage;

namespace Provisioning.Audit;

/// <summary>Rows of the journal.</summary>
internal static class JournalTable
{
    private const string Columns = "sequence, at_utc_ms, member, account, action, subject_kind, subject_id, detail, state_hash, previous_hash, hash";
    private static readonly string[] s_columns = Columns.Split(", ");

    /// <summary>Number and hash of the newest entry; number 0 and the origin when there is none.</summary>
    public static (long Sequence, byte[] Hash) Head(DbConnection connection, string workspaceIdentifier)
    {
        List<(long, byte[])> rows = connection.Query("SELECT sequence, hash FROM journal ORDER BY sequence DESC LIMIT 1", reader => (reader.GetInt64(0), reader.GetBlob(1)!));
        return rows.Count > 0 ? rows[0] : (0, JournalEntry.Origin(workspaceIdentifier));
    }

    public static void Append(DbConnection connection, IReadOnlyList<JournalEntry> entries) => connection.InsertAll("journal", s_columns,
        [.. entries.Select(entry => (object?[])
        [
            entry.Sequence, entry.AtUtcMs, entry.Member, entry.Account, entry.Action, entry.SubjectKind, entry.SubjectId, entry.Detail, entry.StateHash,
            entry.PreviousHash, entry.Hash,
        ])]);

    /// <summary>Reads all entries in their order, one by one.</summary>
    public static void Each(DbConnection connection, Action<JournalEntry> read) =>
        connection.Each($"SELECT {Columns} FROM journal ORDER BY sequence", reader => read(Read(reader)));

    /// <summary>The newest entries, newest first.</summary>
    public static List<JournalEntry> Newest(DbConnection connection, int count) =>
        connection.Query($"SELECT {Columns} FROM journal ORDER BY sequence DESC LIMIT @count", Read, ("@count", (long)count));

    /// <summary>The entries about a subject, oldest first.</summary>
    public static List<JournalEntry> About(DbConnection connection, string kind, string id) =>
        connection.Query($"SELECT {Columns} FROM journal WHERE subject_kind = @kind AND subject_id = @id ORDER BY sequence", Read, ("@kind", kind), ("@id", id));

    /// <summary>The newest entry about a subject; null when there is none.</summary>
    public static JournalEntry? LastAbout(DbConnection connection, string kind, string id) =>
        connection.Query($"SELECT {Columns} FROM journal WHERE subject_kind = @kind AND subject_id = @id ORDER BY sequence DESC LIMIT 1", Read, ("@kind", kind), ("@id", id))
            .FirstOrDefault();

    private static JournalEntry Read(DbDataReader reader) => new()
    {
        Sequence = Convert.ToInt64(reader.GetValue(0), CultureInfo.InvariantCulture),
        AtUtcMs = Convert.ToInt64(reader.GetValue(1), CultureInfo.InvariantCulture),
        Member = reader.GetText(2) ?? "",
        Account = reader.GetText(3) ?? "",
        Action = reader.GetText(4) ?? "",
        SubjectKind = reader.GetText(5) ?? "",
        SubjectId = reader.GetText(6) ?? "",
        Detail = reader.GetText(7) ?? "",
        StateHash = reader.GetBlob(8),
        PreviousHash = reader.GetBlob(9) ?? [],
        Hash = reader.GetBlob(10) ?? [],
    };
}
