// The life of controllers: mounted, taken out, replaced, repaired, retired. Making them is IdentityFactory's, because a controller begins with its identity.
using System.Data.Common;
using System.Text.Json.Nodes;
using Provisioning.Audit;
using Provisioning.Keys;
using Provisioning.Members;
using Provisioning.Poles;
using Provisioning.Problems;
using Provisioning.Workspaces;

namespace Provisioning.Controllers;

/// <summary>The controllers of a workspace.</summary>
public static class ControllerInventory
{
    /// <summary>All controllers by DevEUI.</summary>
    public static IReadOnlyList<Controller> List(Workspace workspace)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        List<Controller> controllers = workspace.Read(ControllerTable.All);
        controllers.Sort((left, right) => string.CompareOrdinal(left.DevEui, right.DevEui));
        return controllers;
    }

    /// <summary>A controller.</summary>
    /// <exception cref="ProblemException">There is none.</exception>
    public static Controller Get(Workspace workspace, string devEui)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        return workspace.Read(connection => Find(connection, devEui));
    }

    /// <summary>What happened to a controller and its keys, oldest first.</summary>
    public static IReadOnlyList<JournalEntry> History(Workspace workspace, string devEui)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        return workspace.Read(connection =>
        {
            Controller controller = Find(connection, devEui);
            List<JournalEntry> entries = JournalTable.About(connection, SubjectKind.Controller, controller.DevEui);
            foreach (KeyRow keys in KeyTable.Of(connection, controller.DevEui))
            {
                entries.AddRange(JournalTable.About(connection, SubjectKind.Keys, keys.SubjectId));
            }

            entries.Sort((left, right) => left.Sequence.CompareTo(right.Sequence));
            return entries;
        });
    }

    /// <summary>Hangs a spare controller into a pole that has none.</summary>
    /// <exception cref="ProblemException">Either is not so.</exception>
    public static Controller Mount(WorkspaceWriter writer, string devEui, string poleId)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Require(Permission.Service);
        Controller before = InState(writer, devEui, ControllerState.Spare);
        PoleInventory.Standing(writer, poleId, null);
        if (ControllerTable.InPole(writer.Connection, poleId) is { } there)
        {
            throw new ProblemException(new Problem("problem.controller.poleTaken", there.DevEui) { Field = "pole", Value = poleId });
        }

        return Move(writer, "controller.mount", before, ControllerState.Mounted, poleId);
    }

    /// <summary>Takes a controller out of its pole.</summary>
    /// <param name="writer">The change.</param>
    /// <param name="devEui">The controller.</param>
    /// <param name="isDefective">Whether something is wrong with it; else it is a spare again.</param>
    public static Controller Unmount(WorkspaceWriter writer, string devEui, bool isDefective)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Require(Permission.Service);
        Controller before = InState(writer, devEui, ControllerState.Mounted);
        return Move(writer, "controller.unmount", before, isDefective ? ControllerState.Defective : ControllerState.Spare, null);
    }

    /// <summary>Takes the controller of a pole out and hangs a spare one in, in one step.</summary>
    public static Controller Replace(WorkspaceWriter writer, string poleId, string devEui, bool isDefective)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Require(Permission.Service);
        Controller old = ControllerTable.InPole(writer.Connection, poleId)
            ?? throw new ProblemException(new Problem("problem.controller.poleEmpty") { Kind = ProblemKind.WrongUse, Field = "pole", Value = poleId });
        Unmount(writer, old.DevEui, isDefective);
        return Mount(writer, devEui, poleId);
    }

    /// <summary>A defective controller was repaired: it is a spare.</summary>
    public static Controller Repair(WorkspaceWriter writer, string devEui)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Require(Permission.Service);
        return Move(writer, "controller.repair", InState(writer, devEui, ControllerState.Defective), ControllerState.Spare, null);
    }

    /// <summary>Gives a controller up: it leaves its pole, and all its keys are erased. There is no way back but a backup.</summary>
    public static Controller Retire(WorkspaceWriter writer, string devEui)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Require(Permission.Plan);
        Controller before = Find(writer.Connection, devEui);
        if (before.State == ControllerState.Retired)
        {
            throw WrongState(before);
        }

        KeyStore.Erase(writer, before.DevEui);
        return Move(writer, "controller.retire", before, ControllerState.Retired, null);
    }

    internal static Controller Find(DbConnection connection, string devEui) => (Eui.Parse(devEui) is { } eui ? ControllerTable.Find(connection, eui) : null)
        ?? throw new ProblemException(new Problem("problem.controller.absent") { Kind = ProblemKind.WrongUse, Field = "controller", Value = devEui });

    private static Controller Move(WorkspaceWriter writer, string action, Controller before, ControllerState state, string? poleId)
    {
        Controller after = before with { State = state, PoleId = poleId, Version = before.Version + 1 };
        if (!ControllerTable.TryUpdate(writer.Connection, after, before.Version))
        {
            throw WrongState(before);
        }

        JsonObject detail = new() { ["state"] = new JsonArray(before.State.ToString(), state.ToString()) };
        if (before.PoleId != poleId)
        {
            detail["pole"] = new JsonArray(before.PoleId ?? "", poleId ?? "");
        }

        writer.Record(action, SubjectKind.Controller, before.DevEui, ControllerTable.HashOf(after), detail);
        TellPole(writer, JournalAction.PoleUnmounted, before.PoleId, before.DevEui, before.PoleId != poleId);
        TellPole(writer, JournalAction.PoleMounted, poleId, before.DevEui, before.PoleId != poleId);
        return after;
    }

    internal static void TellPole(WorkspaceWriter writer, string action, string? poleId, string devEui, bool isMoved = true)
    {
        if (isMoved && poleId is not null)
        {
            writer.Record(action, SubjectKind.Pole, poleId, null, new JsonObject { ["controller"] = devEui });
        }
    }

    private static Controller InState(WorkspaceWriter writer, string devEui, ControllerState state)
    {
        Controller controller = Find(writer.Connection, devEui);
        return controller.State == state ? controller : throw WrongState(controller);
    }

    private static ProblemException WrongState(Controller controller) =>
        new(new Problem("problem.controller.state." + controller.State, controller.PoleId ?? "") { Field = "controller", Value = controller.DevEui });
}
