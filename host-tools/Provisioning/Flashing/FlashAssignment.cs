// Which controller a chip becomes. The workspace has the chip of each controller, unique, and it is written before the first file leaves: so a run that was interrupted
// finds the same controller again, two runs never give one identity to two boards, and a board that is plugged in twice stays who it is.
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Provisioning.Audit;
using Provisioning.Controllers;
using Provisioning.Files;
using Provisioning.Members;
using Provisioning.Problems;
using Provisioning.Workspaces;

namespace Provisioning.Flashing;

/// <summary>Assigns chips, and knows what has been flashed.</summary>
internal static class FlashAssignment
{
    /// <summary>The controller that a chip is to be; from now on the workspace knows it.</summary>
    /// <param name="workspace">The workspace.</param>
    /// <param name="request">The run.</param>
    /// <param name="chipMac">MAC of the chip.</param>
    /// <exception cref="ProblemException">There is none left, the named one has another chip, or the member may not.</exception>
    public static Controller Assign(Workspace workspace, FlashRequest request, string chipMac) => workspace.Write(Permission.Service, isDryRun: false, writer =>
    {
        List<Controller> all = ControllerTable.All(writer.Connection);
        Controller? owner = all.FirstOrDefault(controller => controller.ChipMac == chipMac);
        if (request.DevEui is { } named)
        {
            Controller wanted = ControllerInventory.Find(writer.Connection, named);
            if (owner is not null && owner.DevEui != wanted.DevEui)
            {
                throw new ProblemException(new Problem("problem.flash.chipTaken", owner.DevEui) { Field = "MAC", Value = chipMac });
            }

            return wanted.ChipMac == chipMac ? wanted
                : wanted.ChipMac is null || request.HasNewChip ? Claim(writer, wanted, chipMac)
                : throw new ProblemException(new Problem("problem.flash.otherChip", wanted.ChipMac, chipMac) { Field = "controller", Value = wanted.DevEui });
        }

        if (owner is not null)
        {
            return owner.State == ControllerState.Retired ? throw new ProblemException(new Problem("problem.flash.retired") { Field = "controller", Value = owner.DevEui }) : owner;
        }

        Dictionary<string, Controller> known = all.ToDictionary(controller => controller.DevEui, StringComparer.Ordinal);
        Controller? free = ProvisioningWiper.Find(request.Folder).Select(known.GetValueOrDefault)
            .FirstOrDefault(controller => controller is { ChipMac: null, State: ControllerState.Spare or ControllerState.Mounted });
        return free is not null ? Claim(writer, free, chipMac) : throw new ProblemException(new Problem("problem.flash.noneLeft") { File = request.Folder });
    });

    /// <summary>Records that a controller was flashed and has answered.</summary>
    public static void Record(Workspace workspace, string devEui, string fingerprint, string firmware, string port) => workspace.Write(Permission.Service, isDryRun: false, writer =>
    {
        writer.Record(JournalAction.Flashed, SubjectKind.Controller, devEui, null, new JsonObject { ["files"] = fingerprint, ["firmware"] = firmware, ["port"] = port });
        return true;
    });

    /// <summary>Whether the files that a folder has are those that were put on the controller last.</summary>
    public static bool IsFlashed(Workspace workspace, string devEui, string fingerprint) => workspace.Read(connection =>
    {
        JournalEntry? last = JournalTable.About(connection, SubjectKind.Controller, devEui).LastOrDefault(entry => entry.Action == JournalAction.Flashed);
        return last is not null && JsonNode.Parse(last.Detail)?["files"]?.GetValue<string>() == fingerprint;
    });

    /// <summary>A fingerprint of a controller's files: SHA-256 over them. Keys of 128 random bits cannot be found from it.</summary>
    /// <exception cref="ProblemException">A file is missing.</exception>
    public static string Fingerprint(string folder)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string name in ProvisioningFolder.Names)
        {
            string path = Path.Combine(folder, name);
            try
            {
                hash.AppendData(SHA256.HashData(File.ReadAllBytes(path)));
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw new ProblemException(new Problem("problem.flash.files", exception.Message) { File = path });
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static Controller Claim(WorkspaceWriter writer, Controller before, string chipMac)
    {
        Controller after = before with { ChipMac = chipMac, Version = before.Version + 1 };
        if (!ControllerTable.TryUpdate(writer.Connection, after, before.Version))
        {
            throw new ProblemException(new Problem("problem.flash.chipTaken", before.DevEui) { Field = "MAC", Value = chipMac });
        }

        writer.Record("controller.chip", SubjectKind.Controller, before.DevEui, ControllerTable.HashOf(after), new JsonObject { ["mac"] = new JsonArray(before.ChipMac ?? "", chipMac) });
        return after;
    }
}
