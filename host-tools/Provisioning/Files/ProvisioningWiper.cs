// Takes provisioning files away when their controllers are flashed: overwritten, then deleted. On flash memory and on file systems with snapshots an old copy may
// stay; an encrypted disk is what helps there.
using System.Text.RegularExpressions;
using Provisioning.Audit;
using Provisioning.Controllers;
using Provisioning.Keys;
using Provisioning.Members;
using Provisioning.Problems;
using Provisioning.Workspaces;

namespace Provisioning.Files;

/// <summary>Wipes provisioning files.</summary>
public static partial class ProvisioningWiper
{
    /// <summary>Wipes every controller's folder in a folder; what else is there stays. It is recorded for the controllers that the workspace knows.</summary>
    /// <returns>DevEUIs whose folders were wiped.</returns>
    /// <exception cref="ProblemException">There is no such folder, or a file cannot be wiped.</exception>
    public static IReadOnlyList<string> Wipe(Workspace workspace, string folder, bool isDryRun)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        IReadOnlyList<string> found = Find(folder);
        workspace.Write(Permission.Service, isDryRun, writer =>
        {
            HashSet<string> known = [.. ControllerTable.All(writer.Connection).Select(controller => controller.DevEui)];
            foreach (string devEui in found.Where(known.Contains))
            {
                KeyRow? row = KeyTable.Of(writer.Connection, devEui).LastOrDefault();
                if (row is not null)
                {
                    writer.Record(JournalAction.FilesWiped, SubjectKind.Keys, row.SubjectId, null);
                }
            }

            return true;
        });
        if (!isDryRun)
        {
            WipeFolders([.. found.SelectMany(devEui => (string[])[Path.Combine(folder, devEui), Path.Combine(folder, devEui + ".part")])]);
        }

        return found;
    }

    /// <summary>DevEUIs of the controllers' folders in a folder, those that were not finished included.</summary>
    /// <exception cref="ProblemException">There is no such folder.</exception>
    internal static IReadOnlyList<string> Find(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new ProblemException(new Problem("problem.folder.absent") { Kind = ProblemKind.WrongUse, File = folder });
        }

        return [.. Directory.EnumerateDirectories(folder).Select(path => Path.GetFileName(path)!).Where(name => FolderName().IsMatch(name))
            .Select(name => name[..Eui.Digits]).Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>Overwrites what holds keys and deletes the files that a controller's folder has, and the folder when nothing else is in it.</summary>
    internal static void WipeFolder(string path)
    {
        if (Overwrite(path) is { } identity)
        {
            DiskFlush.Files([identity]);
        }

        Delete(path);
    }

    // All are overwritten, then all of that is brought to the disk at once, then they are deleted: what is deleted before it was flushed is never overwritten there.
    private static void WipeFolders(IReadOnlyList<string> paths)
    {
        List<string> overwritten = [];
        foreach (string path in paths)
        {
            AtPath(path, () =>
            {
                if (Overwrite(path) is { } identity)
                {
                    overwritten.Add(identity);
                }
            });
        }

        if (overwritten.Count > 0)
        {
            AtPath(overwritten[0], () => DiskFlush.Files(overwritten));
        }

        foreach (string path in paths)
        {
            AtPath(path, () => Delete(path));
        }
    }

    private static void AtPath(string path, Action work)
    {
        try
        {
            work();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ProblemException(new Problem("problem.file.unwritable", exception.Message) { File = path });
        }
    }

    // Returns the file that was overwritten; null when there is none.
    private static string? Overwrite(string path)
    {
        string identity = Path.Combine(path, ProvisioningFolder.IdentityFile);
        if (!File.Exists(identity))
        {
            return null;
        }

        using FileStream stream = new(identity, FileMode.Open, FileAccess.Write);
        stream.Write(new byte[stream.Length]);
        return identity;
    }

    private static void Delete(string path)
    {
        if (!Directory.Exists(path))
        {
            return;
        }

        foreach (string name in ProvisioningFolder.Names)
        {
            File.Delete(Path.Combine(path, name));
        }

        if (!Directory.EnumerateFileSystemEntries(path).Any())
        {
            Directory.Delete(path);
        }
    }

    [GeneratedRegex("^[0-9a-f]{16}(\\.part)?$")]
    private static partial Regex FolderName();
}
