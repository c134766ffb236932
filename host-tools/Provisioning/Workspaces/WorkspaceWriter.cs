// One change of a workspace: a transaction, who makes it, and the journal entries that go with it. Rows are changed by the rooms' tables; every change of a
// row is recorded here in the same transaction, so a row and its journal cannot come apart.
using System.Data.Common;
using System.Text.Json.Nodes;
using Provisioning.Audit;
using Provisioning.Members;
using Provisioning.Problems;

namespace Provisioning.Workspaces;

/// <summary>A change in progress.</summary>
public sealed class WorkspaceWriter
{
    private readonly List<JournalEntry> _entries = [];
    private readonly Member _member;
    private readonly Author _author;
    private readonly long _nowUtcMs;
    private long _sequence;
    private byte[] _hash;

    internal WorkspaceWriter(DbConnection connection, string workspaceIdentifier, Member member, Author author, long nowUtcMs)
    {
        Connection = connection;
        WorkspaceIdentifier = workspaceIdentifier;
        _member = member;
        _author = author;
        _nowUtcMs = nowUtcMs;
        (_sequence, _hash) = JournalTable.Head(connection, workspaceIdentifier);
    }

    internal DbConnection Connection { get; }

    internal string WorkspaceIdentifier { get; }

    /// <summary>Who makes the change.</summary>
    internal string MemberName => _member.Name;

    /// <summary>The moment of the change, milliseconds since 1970 (UTC).</summary>
    internal long NowUtcMs => _nowUtcMs;

    /// <summary>Asks for a permission that only a part of the change needs.</summary>
    /// <exception cref="ProblemException">The member has it not.</exception>
    internal void Require(Permission permission) => Workspace.Require(_member, permission);

    /// <summary>Puts an entry into the journal.</summary>
    /// <param name="action">What was done.</param>
    /// <param name="kind">Kind of the subject.</param>
    /// <param name="id">The subject.</param>
    /// <param name="stateHash">Hash of its row after this; null when the row is gone or was not changed.</param>
    /// <param name="detail">Details; no secret.</param>
    internal void Record(string action, string kind, string id, byte[]? stateHash, JsonObject? detail = null)
    {
        JournalEntry entry = new()
        {
            Sequence = ++_sequence,
            AtUtcMs = _nowUtcMs,
            Member = _member.Name,
            Account = _author.Account,
            Action = action,
            SubjectKind = kind,
            SubjectId = id,
            Detail = detail?.ToJsonString() ?? "{}",
            StateHash = stateHash,
            PreviousHash = _hash,
        };
        _hash = entry.ComputeHash();
        _entries.Add(entry with { Hash = _hash });
    }

    internal void WriteJournal() => JournalTable.Append(Connection, _entries);
}
