// A folder that "polectl provisioning write" made (docs/provisioning-files.md): a folder for each controller, read with the controller's own code. Exactly
// these controllers are the run's poles, so a folder that is not whole stops it; only a spare, which has no place, is left out.
using PoleController.Boards;
using PoleController.LoRaWan;
using PoleController.Settings;
using SettingsFiles;
using Simulation.Parts;
using Simulation.Scenarios;
using Simulation.World;

namespace Simulation.ProvisioningFiles;

/// <summary>Reads folders of provisioning files.</summary>
internal static class ProvisioningFolder
{
    /// <summary>Most controllers in a folder.</summary>
    public const int MaximumControllers = 100_000;

    private const string KeyPath = "lamps.provisioning";
    private const string Again = "Write it anew: polectl provisioning write.";
    private const int EuiDigits = 16;
    private const double Micro = 1e6;
    private const double Milli = 1e3;

    /// <summary>Reads the controllers of a folder; they are called by their DevEUI and come in its order.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="shared">What every pole of the scenario has besides what its board says.</param>
    /// <param name="region">The scenario's region, which has to be that of the controllers.</param>
    /// <exception cref="ScenarioException">There is no such folder, something in it is no controller's, or a controller's files are missing or damaged: every one.</exception>
    public static LampRows Read(string folder, ControllerModel shared, RegionId region)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(shared);
        List<ScenarioProblem> problems = [];
        LampRows rows = new(false);
        int number = 0;
        foreach (string path in Entries(folder))
        {
            number++;
            if (problems.Count >= SchemaValidator.MaximumProblems)
            {
                break;
            }

            try
            {
                Take(path, number, shared, region, rows);
            }
            catch (ScenarioException wrong)
            {
                problems.AddRange(wrong.Problems);
            }
        }

        return problems.Count > 0 ? throw new ScenarioException(problems) : rows;
    }

    private static string[] Entries(string folder)
    {
        try
        {
            string[] entries = [.. Directory.GetFileSystemEntries(folder).Order(StringComparer.Ordinal)];
            return entries.Length == 0 ? throw TextFile.Fail(folder, KeyPath, "the folder is empty", "Name a folder that polectl provisioning write made.")
                : entries.Length > MaximumControllers ? throw TextFile.Fail(folder, KeyPath, $"the folder has more than {MaximumControllers} controllers", "Cut the district into several runs.")
                : entries;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw TextFile.Fail(folder, KeyPath, "the folder cannot be read: " + exception.Message, "Check the path and its permissions.");
        }
    }

    private static void Take(string path, int number, ControllerModel shared, RegionId region, LampRows rows)
    {
        string name = Path.GetFileName(path);
        if (!Directory.Exists(path) || name.Length != EuiDigits || !name.All(char.IsAsciiHexDigitLower))
        {
            throw TextFile.Fail(path, KeyPath, "this is no controller's folder, whose name is a DevEUI of 16 digits", "Take it away, or name another folder.");
        }

        byte[] identityRecord = ReadFile(path, IdentityStore.RecordName, IdentityStore.RecordLength);
        byte[] settingsRecord = ReadFile(path, SettingsStore.SlotA, SettingsCodec.MaximumLength);
        byte[] boardRecord = ReadFile(path, BoardFitting.RecordName, BoardFitting.MaximumLength);
        MemoryStore store = new();
        store.TryWrite(BoardFitting.RecordName, boardRecord, boardRecord.Length);
        BoardFitting board = BoardFitting.Read(store);
        PoleFitting fitting = BoardParts.Fit(board, shared) ?? throw TextFile.Fail(
            Path.Combine(path, BoardFitting.RecordName), KeyPath, $"no board '{SchemaText.Shorten(board.BoardName, 40)}' is simulated", $"Simulated are {string.Join(" and ", BoardParts.Boards)}.");
        ControllerFiles files = new(identityRecord, settingsRecord, boardRecord, board.BoardName, fitting);
        CheckIdentity(path, name, identityRecord, files.Identity, region);
        ControllerSettings settings = new();
        if (!SettingsCodec.TryDecode(settingsRecord, settingsRecord.Length, settings))
        {
            throw Damaged(path, SettingsStore.SlotA);
        }

        Remark(board, number, name, rows);
        if (!settings.HasPosition)
        {
            rows.Rejected.Add(new LampRemark(number, name, "the controller has no place: it is a spare until it is mounted"));
            return;
        }

        rows.Lamps.Add(new Lamp
        {
            Id = name,
            Latitude = settings.LatitudeMicrodegrees / Micro,
            Longitude = settings.LongitudeMicrodegrees / Micro,
            FullPowerWatts = settings.LuminaireFullPowerMilliwatts > 0 ? settings.LuminaireFullPowerMilliwatts / Milli : null,
            Line = number,
            Files = files,
        });
    }

    private static void CheckIdentity(string path, string name, byte[] record, LoRaWanIdentity identity, RegionId region)
    {
        if (!IdentityStore.TryDecode(record, record.Length, identity))
        {
            throw Damaged(path, IdentityStore.RecordName);
        }

        if (Convert.ToHexStringLower(identity.DevEui) != name)
        {
            throw TextFile.Fail(Path.Combine(path, IdentityStore.RecordName), KeyPath, "the identity is another controller's than the folder's name says", Again);
        }

        if (identity.Region != region)
        {
            throw TextFile.Fail(
                Path.Combine(path, IdentityStore.RecordName), KeyPath, $"the controller is for {identity.Region}, the scenario's network for {region}", "Set network.region to the controllers' region.");
        }
    }

    // What the firmware would go on without.
    private static void Remark(BoardFitting board, int number, string name, LampRows rows)
    {
        foreach (string word in BoardParts.NotSimulated(board).Where(board.Has))
        {
            rows.Warnings.Add(new LampRemark(number, name, $"the part '{word}' is not simulated for a controller that is given by its files"));
        }

        if (board.UnknownWord.Length > 0)
        {
            rows.Warnings.Add(new LampRemark(number, name, $"the board has no part '{SchemaText.Shorten(board.UnknownWord, 40)}': the firmware goes on without"));
        }
    }

    private static byte[] ReadFile(string folder, string name, int longest)
    {
        string path = Path.Combine(folder, name);
        try
        {
            FileInfo file = new(path);
            return !file.Exists ? throw TextFile.Fail(path, KeyPath, "the file is missing", Again)
                : file.Length > longest ? throw Damaged(folder, name)
                : File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw TextFile.Fail(path, KeyPath, "the file cannot be read: " + exception.Message, "Check its permissions: it is readable by its owner alone.");
        }
    }

    private static ScenarioException Damaged(string folder, string name) =>
        TextFile.Fail(Path.Combine(folder, name), KeyPath, "the file is damaged, or of another version of the firmware", Again);
}
