// Checks the journal's chain, and that every row is what the journal says it is: a change made behind the journal's back shows, in a row or in the journal.
// Who can write the database can also compute a whole new chain; against that only a head that is kept elsewhere helps.
using System.Data.Common;
using System.Globalization;
using Provisioning.Alarms;
using Provisioning.Commissioning;
using Provisioning.Controllers;
using Provisioning.Downlinks.Multicast;
using Provisioning.Keys;
using Provisioning.Members;
using Provisioning.NetworkServers.Settings;
using Provisioning.Poles;
using Provisioning.Problems;
using Provisioning.Programs;
using Provisioning.Uplinks;
using Provisioning.Workspaces;

namespace Provisioning.Audit;

/// <summary>What verifying found.</summary>
/// <param name="EntryCount">Entries of the journal.</param>
/// <param name="HeadHash">Hash of the newest.</param>
/// <param name="Findings">What is wrong; empty when nothing is.</param>
public sealed record AuditReport(long EntryCount, byte[] HeadHash, IReadOnlyList<Problem> Findings);

/// <summary>Verifies a workspace's journal.</summary>
public static class AuditVerifier
{
    private const int MostFindings = 100;

    /// <summary>Verifies.</summary>
    /// <param name="workspace">The workspace.</param>
    /// <param name="knownHead">Number and hash of an entry as noted before, elsewhere; null when there is none.</param>
    public static AuditReport Verify(Workspace workspace, (long Sequence, byte[] Hash)? knownHead = null)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        return workspace.Read(connection =>
        {
            List<Problem> findings = [];
            Dictionary<(string Kind, string Id), byte[]?> states = [];
            (long count, byte[] head) = CheckChain(connection, workspace.Identifier, knownHead, states, findings);
            CheckRows(connection, states, findings);
            return new AuditReport(count, head, [.. findings.Take(MostFindings)]);
        });
    }

    private static (long Count, byte[] Head) CheckChain(
        DbConnection connection, string identifier, (long Sequence, byte[] Hash)? known, Dictionary<(string, string), byte[]?> states, List<Problem> findings)
    {
        byte[] previous = JournalEntry.Origin(identifier);
        long sequence = 0;
        bool isKnownSeen = known is null;
        JournalTable.Each(connection, entry =>
        {
            if (entry.Sequence != sequence + 1)
            {
                findings.Add(Finding("problem.audit.missing", Text(sequence + 1), Text(entry.Sequence - 1)));
            }

            if (!entry.PreviousHash.AsSpan().SequenceEqual(previous) || !entry.Hash.AsSpan().SequenceEqual(entry.ComputeHash()))
            {
                findings.Add(Finding("problem.audit.changed", Text(entry.Sequence), entry.Action));
            }

            if (known is { } head && head.Sequence == entry.Sequence)
            {
                isKnownSeen = head.Hash.AsSpan().SequenceEqual(entry.Hash);
            }

            sequence = entry.Sequence;
            previous = entry.Hash;

            // An entry that only tells of something (a key was shown) leaves the state as it was.
            if (!JournalAction.TellsOnly(entry.Action))
            {
                states[(entry.SubjectKind, entry.SubjectId)] = entry.StateHash;
            }
        });
        if (!isKnownSeen)
        {
            findings.Add(Finding("problem.audit.head", Text(known!.Value.Sequence)));
        }

        return (sequence, previous);
    }

    private static void CheckRows(DbConnection connection, Dictionary<(string Kind, string Id), byte[]?> states, List<Problem> findings)
    {
        foreach ((string kind, string id, byte[] hash) in Rows(connection))
        {
            if (!states.Remove((kind, id), out byte[]? expected) || expected is null)
            {
                findings.Add(Finding("problem.audit.added", kind, id));
            }
            else if (!expected.AsSpan().SequenceEqual(hash))
            {
                findings.Add(Finding("problem.audit.row", kind, id));
            }
        }

        // What is left must have no row.
        findings.AddRange(states.Where(state => state.Value is not null).Select(state => Finding("problem.audit.removed", state.Key.Kind, state.Key.Id)));
    }

    private static List<(string Kind, string Id, byte[] Hash)> Rows(DbConnection connection)
    {
        List<(string, string, byte[])> rows = [];
        rows.AddRange(MemberTable.All(connection).Select(member => (SubjectKind.Member, member.Name, MemberTable.HashOf(member))));
        rows.AddRange(PoleTable.All(connection).Select(pole => (SubjectKind.Pole, pole.Id, PoleTable.HashOf(pole))));
        rows.AddRange(ControllerTable.All(connection).Select(controller => (SubjectKind.Controller, controller.DevEui, ControllerTable.HashOf(controller))));
        rows.AddRange(KeyTable.All(connection).Select(keys => (SubjectKind.Keys, keys.SubjectId, KeyTable.HashOf(keys))));
        rows.AddRange(CommissioningTable.All(connection).Select(row => (SubjectKind.Commissioning, row.Id, CommissioningTable.HashOf(row))));
        rows.AddRange(UnlockTable.All(connection).Select(way => (SubjectKind.Unlock, way.Name, UnlockTable.HashOf(way))));
        rows.AddRange(SenderTable.All(connection).Select(sender => (SubjectKind.Sender, sender.Name, SenderTable.HashOf(sender))));
        rows.AddRange(ServerTable.All(connection).Select(server => (SubjectKind.Server, server.Settings.Name, ServerTable.HashOf(server))));
        rows.AddRange(AcknowledgementTable.All(connection).Select(one => (SubjectKind.Acknowledgement, Text(one.AlarmNumber), AcknowledgementTable.HashOf(one))));
        rows.AddRange(RecipientTable.All(connection).Select(recipient => (SubjectKind.Recipient, recipient.Name, RecipientTable.HashOf(recipient))));
        if (RetentionTable.Find(connection) is { } times)
        {
            rows.Add((SubjectKind.Retention, "retention", RetentionTable.HashOf(times)));
        }

        rows.AddRange(ProgramTable.All(connection).Select(program => (SubjectKind.Program, program.Name, ProgramTable.HashOf(program))));
        rows.AddRange(ProgramTable.AllVersions(connection).Select(version => (SubjectKind.ProgramVersion, ProgramTable.VersionId(version), ProgramTable.HashOf(version))));
        rows.AddRange(ProgramTable.Assignments(connection).Select(made => (SubjectKind.Assignment, ProgramTable.AssignmentId(made), ProgramTable.HashOf(made))));
        rows.AddRange(GroupTable.All(connection).Select(group => (SubjectKind.MulticastGroup, Text(group.Number), GroupTable.HashOf(group))));
        return rows;
    }

    private static Problem Finding(string key, params string[] arguments) => new(key, arguments);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
