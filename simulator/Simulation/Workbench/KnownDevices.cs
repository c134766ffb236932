// The devices whose keys somebody has: a CSV or JSON file with devEui, joinEui and appKey, as polesim devices prints them. A key is in no message.
using System.Globalization;
using System.Text.Json;
using Simulation.Forwarding;
using Simulation.World;

namespace Simulation.Workbench;

/// <summary>A device whose key is known.</summary>
/// <param name="DevEui">8 bytes, as printed.</param>
/// <param name="JoinEui">8 bytes, as printed.</param>
/// <param name="AppKey">16 bytes.</param>
/// <param name="Name">What people call it; may be empty.</param>
public sealed record KnownDevice(byte[] DevEui, byte[] JoinEui, byte[] AppKey, string Name);

/// <summary>A file of keys cannot be used.</summary>
/// <param name="message">Where and why, without any key.</param>
public sealed class KnownDevicesException(string message) : Exception(message);

/// <summary>Reads files of keys.</summary>
public static class KnownDevices
{
    /// <summary>A file may have so many bytes, and so many devices.</summary>
    public const int MaximumLength = 16 * 1024 * 1024;

    private const int MaximumDevices = 100_000;

    /// <summary>Reads a file.</summary>
    /// <param name="path">Its path; JSON when its first character is a bracket, CSV otherwise.</param>
    /// <exception cref="KnownDevicesException">It cannot be used; says line or entry.</exception>
    public static IReadOnlyList<KnownDevice> Read(string path)
    {
        string text;
        try
        {
            FileInfo file = new(path);
            text = file.Exists && file.Length > MaximumLength ? throw new KnownDevicesException($"{path}: more than 16 MB are no list of keys") : File.ReadAllText(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new KnownDevicesException($"{path}: {failure.Message}");
        }

        List<KnownDevice> devices = text.TrimStart().StartsWith('{') || text.TrimStart().StartsWith('[') ? ReadJson(path, text) : ReadCsv(path, text);
        HashSet<string> known = [];
        foreach (KnownDevice device in devices)
        {
            string devEui = Convert.ToHexStringLower(device.DevEui);
            if (!known.Add(devEui))
            {
                throw new KnownDevicesException($"{path}: DevEUI {devEui} stands there twice");
            }
        }

        return devices;
    }

    private static List<KnownDevice> ReadCsv(string path, string text)
    {
        CsvRows rows = CsvRows.Parse(text, separator: null);
        int devEui = rows.Find("devEui");
        int joinEui = rows.Find("joinEui");
        int appKey = rows.Find("appKey");
        int name = rows.Find("name");
        if (devEui < 0 || joinEui < 0 || appKey < 0)
        {
            throw new KnownDevicesException($"{path}:1: the first line has to name the columns devEui, joinEui and appKey (and name, if there are names)");
        }

        List<KnownDevice> devices = [];
        foreach (CsvRow row in rows.Rows)
        {
            string where = string.Create(CultureInfo.InvariantCulture, $"{path}:{row.Line}");
            devices.Add(Make(where, row.Value(devEui), row.Value(joinEui), row.Value(appKey), row.Value(name)));
            CheckCount(path, devices.Count);
        }

        return devices;
    }

    private static List<KnownDevice> ReadJson(string path, string text)
    {
        List<KnownDevice> devices = [];
        try
        {
            using JsonDocument document = ForeignJson.Parse(text);
            JsonElement list = document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("devices", out JsonElement inner)
                ? inner
                : document.RootElement;
            if (list.ValueKind != JsonValueKind.Array)
            {
                throw new KnownDevicesException($"{path}: there is no list of devices");
            }

            foreach (JsonElement entry in list.EnumerateArray())
            {
                string where = string.Create(CultureInfo.InvariantCulture, $"{path}: device {devices.Count + 1}");
                devices.Add(Make(where, Text(entry, "devEui"), Text(entry, "joinEui"), Text(entry, "appKey"), Text(entry, "name")));
                CheckCount(path, devices.Count);
            }
        }
        catch (JsonException wrong)
        {
            throw new KnownDevicesException(string.Create(CultureInfo.InvariantCulture, $"{path}:{wrong.LineNumber + 1}: this is not JSON"));
        }

        return devices;
    }

    private static string? Text(JsonElement entry, string name) =>
        entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static KnownDevice Make(string where, string? devEui, string? joinEui, string? appKey, string? name) => new(
        Bytes(where, "devEui", devEui, 8), Bytes(where, "joinEui", joinEui, 8), Bytes(where, "appKey", appKey, 16), name ?? "");

    private static byte[] Bytes(string where, string field, string? text, int length)
    {
        string digits = (text ?? "").Replace("-", "", StringComparison.Ordinal).Replace(":", "", StringComparison.Ordinal);
        return digits.Length == 2 * length && digits.All(char.IsAsciiHexDigit)
            ? Convert.FromHexString(digits)
            : throw new KnownDevicesException($"{where}: {field} has to be {2 * length} hexadecimal digits");
    }

    private static void CheckCount(string path, int count)
    {
        if (count > MaximumDevices)
        {
            throw new KnownDevicesException($"{path}: more than {MaximumDevices} devices");
        }
    }
}
