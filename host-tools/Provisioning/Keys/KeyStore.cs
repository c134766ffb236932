// The keys of controllers: shown (and that is recorded), rotated in two steps, erased.
using System.Text.Json.Nodes;
using Provisioning.Audit;
using Provisioning.Controllers;
using Provisioning.Members;
using Provisioning.Problems;
using Provisioning.Workspaces;

namespace Provisioning.Keys;

/// <summary>The keys of a workspace.</summary>
public static class KeyStore
{
    /// <summary>
    /// The keys of a controller in the clear: those that are to come if there are any, else those in force. That somebody has seen them is in the journal before
    /// they are handed out.
    /// </summary>
    /// <param name="writer">The change: seeing is one.</param>
    /// <param name="vault">The open vault.</param>
    /// <param name="devEui">The controller.</param>
    /// <param name="current">Whether those in force are wanted although others are to come.</param>
    public static DeviceKeys Show(WorkspaceWriter writer, KeyVault vault, string devEui, bool current = false)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Require(Permission.Keys);
        return Take(writer, vault, devEui, current, JournalAction.KeysShown);
    }

    /// <summary>
    /// Makes new keys for a controller. Those in force stay until <see cref="Settle"/>: until the new ones are on the controller and at the network server, the old
    /// ones are what it joins with.
    /// </summary>
    /// <exception cref="ProblemException">New ones are waiting already, or the controller is retired.</exception>
    public static void Rotate(WorkspaceWriter writer, KeyVault vault, string devEui)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(vault);
        writer.Require(Permission.Keys);
        List<KeyRow> rows = Rows(writer, devEui);
        if (rows.Any(row => row.State == KeyState.Next))
        {
            throw new ProblemException(new Problem("problem.keys.rotating") { Field = "controller", Value = devEui });
        }

        using DeviceKeys keys = DeviceKeys.Random();
        int generation = rows.Max(row => row.Generation) + 1;
        KeyRow next = new(rows[0].DevEui, generation, KeyState.Next, vault.Close(keys, rows[0].DevEui, generation), vault.Fingerprint(keys));
        KeyTable.InsertAll(writer.Connection, [next]);
        Record(writer, "keys.rotate", next);
    }

    /// <summary>The new keys are on the controller: they are in force, and the old ones are erased.</summary>
    public static void Settle(WorkspaceWriter writer, string devEui)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Require(Permission.Keys);
        List<KeyRow> rows = Rows(writer, devEui);
        KeyRow next = rows.FirstOrDefault(row => row.State == KeyState.Next)
            ?? throw new ProblemException(new Problem("problem.keys.notRotating") { Kind = ProblemKind.WrongUse, Field = "controller", Value = devEui });
        foreach (KeyRow old in rows.Where(row => row.State == KeyState.Current))
        {
            Change(writer, "keys.erase", old with { State = KeyState.Erased, Sealed = null, Fingerprint = null });
        }

        Change(writer, "keys.settle", next with { State = KeyState.Current });
    }

    /// <summary>Erases all keys of a controller that is given up.</summary>
    internal static void Erase(WorkspaceWriter writer, string devEui)
    {
        foreach (KeyRow row in KeyTable.Of(writer.Connection, devEui).Where(row => row.State != KeyState.Erased))
        {
            Change(writer, "keys.erase", row with { State = KeyState.Erased, Sealed = null, Fingerprint = null });
        }
    }

    /// <summary>Opens keys for a purpose, which is recorded.</summary>
    internal static DeviceKeys Take(WorkspaceWriter writer, KeyVault vault, string devEui, bool current, string action)
    {
        List<KeyRow> rows = Rows(writer, devEui);
        KeyRow row = (current ? null : rows.FirstOrDefault(candidate => candidate.State == KeyState.Next)) ?? rows.First(candidate => candidate.State == KeyState.Current);
        DeviceKeys keys = vault.OpenKeys(row);
        writer.Record(action, SubjectKind.Keys, row.SubjectId, null);
        return keys;
    }

    internal static void Record(WorkspaceWriter writer, string action, KeyRow row) =>
        writer.Record(action, SubjectKind.Keys, row.SubjectId, KeyTable.HashOf(row), new JsonObject { ["state"] = row.State.ToString() });

    private static void Change(WorkspaceWriter writer, string action, KeyRow row)
    {
        KeyTable.Update(writer.Connection, row);
        Record(writer, action, row);
    }

    private static List<KeyRow> Rows(WorkspaceWriter writer, string devEui)
    {
        Controller controller = ControllerInventory.Find(writer.Connection, devEui);
        List<KeyRow> rows = KeyTable.Of(writer.Connection, controller.DevEui);
        return rows.Any(row => row.State != KeyState.Erased)
            ? rows
            : throw new ProblemException(new Problem("problem.keys.erased") { Field = "controller", Value = controller.DevEui });
    }
}
