// Commissionings in the workspace: begun, gone on with, ended. Every step is kept as soon as it has a result, so whatever interrupts a visit, nothing of it is lost and
// nothing is half done. The end is signed by the journal: its entry has the hash of the protocol, and who and when.
using System.Data.Common;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Provisioning.Audit;
using Provisioning.Controllers;
using Provisioning.Members;
using Provisioning.Poles;
using Provisioning.Problems;
using Provisioning.ServicePort;
using Provisioning.Workspaces;

namespace Provisioning.Commissioning;

/// <summary>Who signed a protocol, as the journal has it.</summary>
/// <param name="ProtocolHash">SHA-256 of the protocol.</param>
/// <param name="Entry">Number of the journal's entry.</param>
/// <param name="EntryHash">Hash of that entry.</param>
/// <param name="Member">Who.</param>
/// <param name="Account">The account of the computer that was used.</param>
/// <param name="AtUtcMs">When, in milliseconds since 1970 (UTC).</param>
public sealed record CommissioningSignature(byte[] ProtocolHash, long Entry, byte[] EntryHash, string Member, string Account, long AtUtcMs);

/// <summary>The commissionings of a workspace.</summary>
public static class CommissioningStore
{
    /// <summary>After this time an interrupted one is not gone on with: what was measured then says little of now. In hours.</summary>
    public const int LongestPauseHours = 24;

    private const string FinishAction = "commissioning.finish";
    private const int IdBytes = 8;

    /// <summary>All of a pole, the oldest first.</summary>
    /// <exception cref="ProblemException">There is no such pole.</exception>
    public static IReadOnlyList<CommissioningProtocol> OfPole(Workspace workspace, string poleId)
    {
        PoleInventory.Get(workspace, poleId);
        return [.. workspace.Read(connection => CommissioningTable.OfPole(connection, poleId)).Select(row => CommissioningProtocol.Parse(row.Protocol))];
    }

    /// <summary>All, the oldest first.</summary>
    public static IReadOnlyList<CommissioningProtocol> List(Workspace workspace)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        return [.. workspace.Read(CommissioningTable.All).Select(row => CommissioningProtocol.Parse(row.Protocol))];
    }

    /// <summary>One, by its identifier.</summary>
    /// <exception cref="ProblemException">There is none.</exception>
    public static CommissioningProtocol Get(Workspace workspace, string id)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        return CommissioningProtocol.Parse(workspace.Read(connection => Find(connection, id)).Protocol);
    }

    /// <summary>The signature of one that has ended; null while it is open.</summary>
    public static CommissioningSignature? SignatureOf(Workspace workspace, string id)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        return workspace.Read(connection =>
        {
            CommissioningRow row = Find(connection, id);
            JournalEntry? entry = JournalTable.About(connection, SubjectKind.Commissioning, id).LastOrDefault(candidate => candidate.Action == FinishAction);
            return entry is null ? null : new CommissioningSignature(
                CommissioningProtocol.Hash(JsonNode.Parse(row.Protocol)!), entry.Sequence, entry.Hash, entry.Member, entry.Account, entry.AtUtcMs);
        });
    }

    /// <summary>The hash of the protocol that the journal has for one that has ended; null when there is none.</summary>
    internal static string? SignedHash(DbConnection connection, string id)
    {
        JournalEntry? entry = JournalTable.About(connection, SubjectKind.Commissioning, id).LastOrDefault(candidate => candidate.Action == FinishAction);
        return entry is null ? null : JsonNode.Parse(entry.Detail)?["protocol"]?.GetValue<string>();
    }

    /// <summary>Begins one, or goes on with one of the same pole and controller that was interrupted.</summary>
    /// <param name="workspace">The workspace.</param>
    /// <param name="poleId">The pole; null for the one in which the controller hangs.</param>
    /// <param name="identity">Who the controller at the port says that it is.</param>
    /// <param name="isAnew">Whether an interrupted one is given up.</param>
    /// <returns>The protocol so far.</returns>
    /// <exception cref="ProblemException">There is no such pole or controller, or the member may not.</exception>
    internal static CommissioningProtocol Begin(Workspace workspace, string? poleId, ServiceIdentity identity, bool isAnew) => workspace.Write(Permission.Service, isDryRun: false, writer =>
    {
        (Pole pole, Controller controller) = Resolve(writer.Connection, poleId, identity.DevEui);
        long oldestUtcMs = writer.NowUtcMs - (LongestPauseHours * 3_600_000L);
        CommissioningProtocol? interrupted = null;

        // One of another controller that was begun today is left alone: the cable may be in the wrong pole.
        foreach (CommissioningRow row in CommissioningTable.OfPole(writer.Connection, pole.Id).Where(row => row.State == nameof(CommissioningState.Open)))
        {
            bool isFresh = row.BegunUtcMs >= oldestUtcMs;
            if (!isAnew && row.DevEui == controller.DevEui && isFresh && interrupted is null)
            {
                interrupted = CommissioningProtocol.Parse(row.Protocol);
            }
            else if (row.DevEui == controller.DevEui || !isFresh)
            {
                CommissioningProtocol open = CommissioningProtocol.Parse(row.Protocol);
                Put(writer, "commissioning.abandon", open, open with { State = CommissioningState.Abandoned, FinishedUtcMs = writer.NowUtcMs });
            }
        }

        return interrupted ?? Insert(writer, pole, controller, identity);
    });

    /// <summary>The pole and the controller that are meant, for looking before anything is begun.</summary>
    /// <exception cref="ProblemException">There is no such pole or controller, or the controller hangs in no pole and none was named.</exception>
    internal static (Pole Pole, Controller Controller) Resolve(DbConnection connection, string? poleId, string devEui)
    {
        Controller controller = ControllerInventory.Find(connection, devEui);
        string id = poleId ?? controller.PoleId
            ?? throw new ProblemException(new Problem("problem.commissioning.noPole") { Kind = ProblemKind.WrongUse, Field = "controller", Value = devEui });
        return (PoleTable.Find(connection, id) ?? throw PoleInventory.Absent(id), controller);
    }

    /// <summary>Keeps the result of a step.</summary>
    internal static CommissioningProtocol Save(Workspace workspace, CommissioningProtocol protocol, CommissioningStep step) =>
        workspace.Write(Permission.Service, isDryRun: false, writer => Put(writer, "commissioning.step", protocol, protocol.With(step with { AtUtcMs = writer.NowUtcMs }), step));

    /// <summary>Ends one, and signs it.</summary>
    internal static CommissioningProtocol Finish(Workspace workspace, CommissioningProtocol protocol) => workspace.Write(Permission.Service, isDryRun: false, writer =>
    {
        CommissioningState state = protocol.Count(StepResult.Failed) > 0 ? CommissioningState.Failed : CommissioningState.Passed;
        CommissioningProtocol ended = Put(writer, FinishAction, protocol, protocol with { State = state, FinishedUtcMs = writer.NowUtcMs });
        writer.Record(JournalAction.PoleCommissioned, SubjectKind.Pole, ended.PoleId, null, new JsonObject
        {
            ["commissioning"] = ended.Id, ["controller"] = ended.DevEui, ["state"] = CommissioningProtocol.Word(state),
        });
        return ended;
    });

    private static CommissioningRow Find(DbConnection connection, string id) => CommissioningTable.Find(connection, id)
        ?? throw new ProblemException(new Problem("problem.commissioning.absent") { Kind = ProblemKind.WrongUse, Field = "commissioning", Value = id });

    private static CommissioningProtocol Insert(WorkspaceWriter writer, Pole pole, Controller controller, ServiceIdentity identity)
    {
        CommissioningProtocol protocol = new()
        {
            Id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes)),
            Workspace = writer.WorkspaceIdentifier,
            PoleId = pole.Id,
            Street = pole.Street ?? "",
            Luminaire = pole.Luminaire ?? "",
            FullPowerWatts = pole.FullPowerWatts,
            Latitude = pole.Latitude,
            Longitude = pole.Longitude,
            DevEui = controller.DevEui,
            Board = identity.Board,
            Firmware = identity.Firmware,
            Member = writer.MemberName,
            BegunUtcMs = writer.NowUtcMs,
        };
        CommissioningRow row = RowOf(protocol);
        CommissioningTable.Insert(writer.Connection, row);
        writer.Record("commissioning.begin", SubjectKind.Commissioning, row.Id, CommissioningTable.HashOf(row), new JsonObject { ["pole"] = pole.Id, ["controller"] = controller.DevEui });
        return protocol;
    }

    // Two visits to one controller at once would overwrite each other's steps. One port is taken by one of them, so these are two computers, or two ports with the same
    // identity: the one that went on first stays, the other one is told.
    private static CommissioningProtocol Put(WorkspaceWriter writer, string action, CommissioningProtocol seen, CommissioningProtocol protocol, CommissioningStep? step = null)
    {
        CommissioningRow before = Find(writer.Connection, protocol.Id);
        if (before.State != nameof(CommissioningState.Open))
        {
            throw new ProblemException(new Problem("problem.commissioning.ended") { Field = "commissioning", Value = protocol.Id });
        }

        if (before.Protocol != RowOf(seen).Protocol)
        {
            throw new ProblemException(new Problem("problem.commissioning.changed", before.PoleId) { Field = "commissioning", Value = protocol.Id });
        }

        CommissioningRow row = RowOf(protocol);
        CommissioningTable.Update(writer.Connection, row);
        JsonObject detail = step is null
            ? new JsonObject { ["state"] = CommissioningProtocol.Word(protocol.State), ["protocol"] = Convert.ToHexStringLower(CommissioningProtocol.Hash(protocol.ToJson())) }
            : new JsonObject { ["step"] = step.Key, ["result"] = CommissioningProtocol.Word(step.Result) };
        writer.Record(action, SubjectKind.Commissioning, row.Id, CommissioningTable.HashOf(row), detail);
        return protocol;
    }

    private static CommissioningRow RowOf(CommissioningProtocol protocol) =>
        new(protocol.Id, protocol.PoleId, protocol.DevEui, protocol.State.ToString(), protocol.BegunUtcMs, protocol.ToJson().ToJsonString());
}
