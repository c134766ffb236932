// The result of flashing as a file: a line of JSON objects for each place, replaced whole with every step, so that it is right whenever somebody looks or the power goes.
// Its form is docs/flash-result.schema.json.
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Provisioning.Language;
using Provisioning.Problems;

namespace Provisioning.Flashing;

/// <summary>Writes the result file.</summary>
public sealed class FlashResultFile
{
    private static readonly JsonSerializerOptions s_options = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Lock _lock = new();
    private readonly string _path;
    private readonly SortedDictionary<string, FlashEntry> _entries = new(StringComparer.Ordinal);

    /// <summary>Begins it; what the runs before wrote of the same controllers stays, until it is flashed anew.</summary>
    /// <exception cref="ProblemException">There is something else of this name.</exception>
    public FlashResultFile(string path)
    {
        _path = path;
        foreach (FlashEntry entry in ReadBefore(path))
        {
            _entries[KeyOf(entry)] = entry;
        }
    }

    /// <summary>Keeps how it stands at a place.</summary>
    public void Put(FlashEntry entry)
    {
        lock (_lock)
        {
            // Until the controller is known an entry is its port's; then it is the controller's.
            _entries.Remove(entry.Port);
            _entries[KeyOf(entry)] = entry;
            Write();
        }
    }

    /// <summary>Entries as JSON.</summary>
    public static JsonObject ToJson(IEnumerable<FlashEntry> entries) => new()
    {
        ["version"] = 1,
        ["entries"] = new JsonArray([.. entries.Select(entry => (JsonNode)new JsonObject
        {
            ["port"] = entry.Port,
            ["state"] = JsonNamingPolicy.CamelCase.ConvertName(entry.State.ToString()),
            ["step"] = entry.Step,
            ["devEui"] = entry.DevEui,
            ["chipMac"] = entry.ChipMac,
            ["reason"] = entry.Reason,
            ["firmware"] = entry.Firmware,
            ["at"] = UtcText.Milliseconds(entry.AtUtcMs),
        })]),
    };

    private static string KeyOf(FlashEntry entry) => entry.DevEui.Length > 0 ? entry.DevEui : entry.Port;

    private static List<FlashEntry> ReadBefore(string path)
    {
        if (!File.Exists(path))
        {
            return [];
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllText(path));
            return [.. document.RootElement.GetProperty("entries").EnumerateArray().Select(Read)];
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException or FormatException)
        {
            throw new ProblemException(new Problem("problem.flash.result") { Kind = ProblemKind.WrongUse, File = path });
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ProblemException(new Problem("problem.file.unreadable", exception.Message) { File = path });
        }
    }

    private static FlashEntry Read(JsonElement element)
    {
        string Text(string name) => element.GetProperty(name).GetString() ?? "";
        return new FlashEntry(Text("port"), Enum.Parse<FlashState>(Text("state"), ignoreCase: true), Text("step"))
        {
            DevEui = Text("devEui"),
            ChipMac = Text("chipMac"),
            Reason = Text("reason"),
            Firmware = Text("firmware"),
            AtUtcMs = DateTimeOffset.Parse(Text("at"), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind).ToUnixTimeMilliseconds(),
        };
    }

    private void Write()
    {
        string draft = _path + ".part";
        File.WriteAllText(draft, ToJson(_entries.Values).ToJsonString(s_options) + "\n");
        File.Move(draft, _path, overwrite: true);
    }
}
