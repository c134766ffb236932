// Reads provisioning files back, with the controller's own code, and compares them with the workspace. Nothing secret comes out.
using System.Text;
using PoleController.LoRaWan;
using PoleController.Settings;
using Provisioning.Controllers;
using Provisioning.Keys;
using Provisioning.Members;
using Provisioning.Poles;
using Provisioning.Problems;
using Provisioning.Programs;
using Provisioning.Workspaces;

namespace Provisioning.Files;

/// <summary>What a controller's files say, without the keys.</summary>
public sealed record ProvisioningContent
{
    /// <summary>DevEUI.</summary>
    public required string DevEui { get; init; }

    /// <summary>JoinEUI.</summary>
    public required string JoinEui { get; init; }

    /// <summary>Region.</summary>
    public required string Region { get; init; }

    /// <summary>Whether there is a GenAppKey.</summary>
    public required bool HasGenAppKey { get; init; }

    /// <summary>Whether there is a key of the service port.</summary>
    public required bool HasServiceKey { get; init; }

    /// <summary>Board and what is fitted.</summary>
    public required string Board { get; init; }

    /// <summary>Latitude in millionths of a degree; null without position.</summary>
    public required int? LatitudeMicrodegrees { get; init; }

    /// <summary>Longitude in millionths of a degree; null without position.</summary>
    public required int? LongitudeMicrodegrees { get; init; }

    /// <summary>What the luminaire draws at full light, in milliwatts; 0 when not known.</summary>
    public required int FullPowerMilliwatts { get; init; }

    /// <summary>The hash of the settings that the pole will report.</summary>
    public required uint SettingsHash { get; init; }
}

/// <summary>Reads provisioning files.</summary>
public static class ProvisioningReader
{
    private const int LongestBoardFile = 256;

    /// <summary>Reads a controller's folder.</summary>
    /// <exception cref="ProblemException">A file is missing or is not whole.</exception>
    public static ProvisioningContent Read(string folder)
    {
        LoRaWanIdentity identity = ReadIdentity(folder);
        ProvisioningFolder.Wipe(identity);
        return Content(folder, identity);
    }

    /// <summary>Compares the folders in a folder with the workspace.</summary>
    /// <returns>How many are right, and what is wrong with the others.</returns>
    /// <exception cref="ProblemException">There is no such folder, or the member may not.</exception>
    public static (int Right, IReadOnlyList<Problem> Problems) Check(Workspace workspace, KeyVault vault, string folder)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        ArgumentNullException.ThrowIfNull(vault);
        IReadOnlyList<string> found = ProvisioningWiper.Find(folder);

        // Nothing is changed; it is asked for as a change because only members who may write these files may try what is in them.
        return workspace.Write(Permission.Plan, true, writer =>
        {
            int right = 0;
            List<Problem> problems = [];
            WantedSettings wanted = WantedSettings.Load(writer.Connection);
            foreach (string devEui in found)
            {
                string path = Path.Combine(folder, devEui);
                try
                {
                    List<Problem> differences = Compare(writer, vault, wanted, path, devEui);
                    right += differences.Count == 0 ? 1 : 0;
                    problems.AddRange(differences.Select(problem => problem with { File = path }));
                }
                catch (ProblemException exception)
                {
                    problems.AddRange(exception.Problems);
                }
            }

            return (right, problems);
        });
    }

    private static List<Problem> Compare(WorkspaceWriter writer, KeyVault vault, WantedSettings wanted, string path, string devEui)
    {
        if (ControllerTable.Find(writer.Connection, devEui) is not { } controller)
        {
            return [new Problem("problem.provisioning.unknown") { Field = "controller", Value = devEui }];
        }

        LoRaWanIdentity identity = ReadIdentity(path);
        ProvisioningContent content = Content(path, identity);
        using DeviceKeys keys = new([.. identity.AppKey, .. identity.GenAppKey, .. identity.ServiceKey]);
        ProvisioningFolder.Wipe(identity);
        List<Problem> problems = [];
        void Expect(string field, string expected, string found)
        {
            if (expected != found)
            {
                problems.Add(new Problem("problem.provisioning.field", expected) { Field = field, Value = found });
            }
        }

        Expect("DevEUI", controller.DevEui, content.DevEui);
        Expect("JoinEUI", controller.JoinEui, content.JoinEui);
        Expect("region", controller.Region, content.Region);
        Expect("board", controller.Board, content.Board);
        Pole? pole = controller.PoleId is null ? null : PoleTable.Find(writer.Connection, controller.PoleId);
        if (pole is not null)
        {
            Expect("latitude", $"{FirstSettings.Microdegrees(pole.Latitude)}", $"{content.LatitudeMicrodegrees}");
            Expect("longitude", $"{FirstSettings.Microdegrees(pole.Longitude)}", $"{content.LongitudeMicrodegrees}");
            if (pole.FullPowerWatts is not null)
            {
                Expect("watts", $"{FirstSettings.Milliwatts(pole)}", $"{content.FullPowerMilliwatts}");
            }

            // Without an assigned local time the files have what was told when they were written.
            PoleSettings settings = wanted.For(pole);
            if (settings.HasLocalTime)
            {
                Expect("settings", $"{settings.LongHash:x8}", $"{content.SettingsHash:x8}");
            }
        }

        KeyRow? row = KeyTable.Of(writer.Connection, devEui).LastOrDefault(candidate => candidate.State != KeyState.Erased);
        if (row is null || !IsSame(vault, row, keys))
        {
            problems.Add(new Problem("problem.provisioning.keys") { Field = "controller", Value = devEui });
        }

        return problems;
    }

    private static bool IsSame(KeyVault vault, KeyRow row, DeviceKeys keys)
    {
        using DeviceKeys kept = vault.OpenKeys(row);
        return kept.All.SequenceEqual(keys.All);
    }

    private static LoRaWanIdentity ReadIdentity(string folder)
    {
        byte[] record = ReadFile(folder, ProvisioningFolder.IdentityFile, IdentityStore.RecordLength);
        LoRaWanIdentity identity = new();
        bool isRead = IdentityStore.TryDecode(record, record.Length, identity);
        Array.Clear(record);
        return isRead ? identity : throw Damaged(folder, ProvisioningFolder.IdentityFile);
    }

    private static ProvisioningContent Content(string folder, LoRaWanIdentity identity)
    {
        byte[] record = ReadFile(folder, ProvisioningFolder.SettingsFile, SettingsCodec.MaximumLength);
        ControllerSettings settings = new();
        if (!SettingsCodec.TryDecode(record, record.Length, settings))
        {
            throw Damaged(folder, ProvisioningFolder.SettingsFile);
        }

        return new ProvisioningContent
        {
            DevEui = Convert.ToHexStringLower(identity.DevEui),
            JoinEui = Convert.ToHexStringLower(identity.JoinEui),
            Region = RegionNames.NameOf(identity.Region),
            HasGenAppKey = identity.HasGenAppKey,
            HasServiceKey = identity.HasServiceKey,
            Board = Encoding.ASCII.GetString(ReadFile(folder, ProvisioningFolder.BoardFile, LongestBoardFile)).Trim(),
            LatitudeMicrodegrees = settings.HasPosition ? settings.LatitudeMicrodegrees : null,
            LongitudeMicrodegrees = settings.HasPosition ? settings.LongitudeMicrodegrees : null,
            FullPowerMilliwatts = settings.LuminaireFullPowerMilliwatts,
            SettingsHash = SettingsCodec.Hash(settings),
        };
    }

    private static byte[] ReadFile(string folder, string name, int longest)
    {
        string path = Path.Combine(folder, name);
        try
        {
            return !File.Exists(path) ? throw new ProblemException(new Problem("problem.file.absent") { File = path })
                : new FileInfo(path).Length > longest ? throw Damaged(folder, name)
                : File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ProblemException(new Problem("problem.file.unreadable", exception.Message) { File = path });
        }
    }

    private static ProblemException Damaged(string folder, string name) => new(new Problem("problem.provisioning.damaged") { File = Path.Combine(folder, name) });
}
