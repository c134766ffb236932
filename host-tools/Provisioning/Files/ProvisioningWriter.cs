// Writes the folders of controllers. That keys leave the workspace is in the journal before the first file is there; each folder appears whole or not at all,
// and one that is there already and the same is left alone, so a run that was interrupted is simply run again.
using PoleController.Messages;
using PoleController.Settings;
using Provisioning.Audit;
using Provisioning.Controllers;
using Provisioning.Downlinks;
using Provisioning.Keys;
using Provisioning.Members;
using Provisioning.Poles;
using Provisioning.Problems;
using Provisioning.Programs;
using Provisioning.Workspaces;

namespace Provisioning.Files;

/// <summary>What to write.</summary>
public sealed record ProvisioningRequest
{
    /// <summary>The folder that gets a folder for each controller; made when it is not there.</summary>
    public required string Folder { get; init; }

    /// <summary>Local time of the city, where no program file that is assigned to a pole says it; null when none is told.</summary>
    public required CityTime? Time { get; init; }

    /// <summary>The controllers; null for all mounted and spare ones.</summary>
    public IReadOnlyList<string>? Controllers { get; init; }

    /// <summary>Whether folders with other content are replaced; else they are refused.</summary>
    public bool Replaces { get; init; }
}

/// <summary>What was written.</summary>
/// <param name="Written">Folders that are new or replaced.</param>
/// <param name="Unchanged">Folders that were there just so.</param>
/// <param name="Problems">Folders that could not be written.</param>
public sealed record ProvisioningResult(int Written, int Unchanged, IReadOnlyList<Problem> Problems);

/// <summary>Writes provisioning files.</summary>
public static class ProvisioningWriter
{
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerFolder = OwnerFile | UnixFileMode.UserExecute;

    /// <summary>Writes the folders.</summary>
    /// <exception cref="ProblemException">A controller cannot be provisioned, or the member may not; nothing was written.</exception>
    public static ProvisioningResult Write(Workspace workspace, KeyVault vault, ProvisioningRequest request, bool isDryRun)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        ArgumentNullException.ThrowIfNull(vault);
        ArgumentNullException.ThrowIfNull(request);
        if (File.Exists(request.Folder))
        {
            throw new ProblemException(new Problem("problem.folder.isFile") { Kind = ProblemKind.WrongUse, File = request.Folder });
        }

        List<(string DevEui, ProvisioningFolder Folder)> folders = workspace.Write(Permission.Plan, isDryRun, writer => Collect(writer, vault, request));
        int written = 0;
        int unchanged = 0;
        List<Problem> problems = [];
        foreach ((string devEui, ProvisioningFolder folder) in folders)
        {
            using (folder)
            {
                string path = Path.Combine(request.Folder, devEui);
                try
                {
                    bool isThere = Directory.Exists(path);
                    if (isThere && IsSame(path, folder))
                    {
                        unchanged++;
                        continue;
                    }

                    if (isThere && !request.Replaces)
                    {
                        problems.Add(new Problem("problem.provisioning.differs") { File = path });
                        continue;
                    }

                    if (!isDryRun)
                    {
                        Put(path, folder);
                    }

                    written++;
                }
                catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
                {
                    problems.Add(new Problem("problem.file.unwritable", exception.Message) { File = path });
                }
            }
        }

        return new ProvisioningResult(written, unchanged, problems);
    }

    private static List<(string DevEui, ProvisioningFolder Folder)> Collect(WorkspaceWriter writer, KeyVault vault, ProvisioningRequest request)
    {
        Dictionary<string, Pole> poles = PoleTable.All(writer.Connection).ToDictionary(pole => pole.Id, StringComparer.Ordinal);
        Dictionary<string, KeyRow> rows = KeyTable.All(writer.Connection).Where(row => row.State != KeyState.Erased)
            .GroupBy(row => row.DevEui, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.MaxBy(row => row.Generation)!, StringComparer.Ordinal);
        WantedSettings wanted = WantedSettings.Load(writer.Connection);
        List<(string, ProvisioningFolder)> folders = [];
        foreach (Controller controller in Chosen(writer, request))
        {
            KeyRow row = rows.GetValueOrDefault(controller.DevEui)
                ?? throw new ProblemException(new Problem("problem.keys.erased") { Field = "controller", Value = controller.DevEui });
            using DeviceKeys keys = vault.OpenKeys(row);
            Pole? pole = controller.PoleId is null ? null : poles.GetValueOrDefault(controller.PoleId);
            ControllerSettings settings = FirstSettings.Make(pole, request.Time, pole is null ? null : wanted.For(pole));
            ProvisioningFolder folder = ProvisioningFolder.Make(controller, keys, settings);
            folders.Add((controller.DevEui, folder));
            OrderTable.SetKnown(writer.Connection, controller.DevEui, new KnownSettings(new SettingsHash().Compute(settings), folder.Settings), writer.NowUtcMs);
            writer.Record(JournalAction.KeysWritten, SubjectKind.Keys, row.SubjectId, null);
        }

        return folders;
    }

    private static IEnumerable<Controller> Chosen(WorkspaceWriter writer, ProvisioningRequest request) => request.Controllers is { } named
        ? named.Select(devEui => ControllerInventory.Find(writer.Connection, devEui)).DistinctBy(controller => controller.DevEui)
        : ControllerTable.All(writer.Connection).Where(controller => controller.State is ControllerState.Mounted or ControllerState.Spare)
            .OrderBy(controller => controller.DevEui, StringComparer.Ordinal);

    private static bool IsSame(string path, ProvisioningFolder folder) =>
        folder.Files().All(file => Path.Combine(path, file.Name) is { } name && File.Exists(name) && File.ReadAllBytes(name).AsSpan().SequenceEqual(file.Bytes));

    private static void Put(string path, ProvisioningFolder folder)
    {
        string draft = path + ".part";
        ProvisioningWiper.WipeFolder(draft);
        MakeFolder(draft);
        foreach ((string name, byte[] bytes) in folder.Files())
        {
            FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = OwnerFile;
            }

            using FileStream stream = new(Path.Combine(draft, name), options);
            stream.Write(bytes);
        }

        ProvisioningWiper.WipeFolder(path);
        Directory.Move(draft, path);
    }

    private static void MakeFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, OwnerFolder);
        }
    }
}
