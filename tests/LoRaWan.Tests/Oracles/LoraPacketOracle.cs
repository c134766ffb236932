// Has LoRaWAN frames judged by lora-packet (npm), a third party's code. One Node process for all frames of a call.
// What skips a test is said by NotAvailableReason.
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using RepositoryFiles;

namespace LoRaWan.Tests.Oracles;

/// <summary>A frame to be judged. Keys and frame are hex; fCnt is the whole counter.</summary>
public sealed record LoraPacketQuery(
    [property: JsonPropertyName("frame")] string Frame,
    [property: JsonPropertyName("nwkSKey")] string? NwkSKey = null,
    [property: JsonPropertyName("appSKey")] string? AppSKey = null,
    [property: JsonPropertyName("appKey")] string? AppKey = null,
    [property: JsonPropertyName("fCnt")] uint FCnt = 0);

/// <summary>What lora-packet says. Fields that a kind of frame does not have are null.</summary>
public sealed record LoraPacketVerdict(
    string? Error,
    string? Type,
    string? Direction,
    bool MicValid,
    string? DevAddr,
    int? FCnt,
    int? FPort,
    string? FOpts,
    bool? Adr,
    bool? AdrAckReq,
    bool? Ack,
    bool? FPending,
    string? Payload,
    string? JoinEui,
    string? DevEui,
    int? DevNonce,
    int? JoinNonce,
    int? NetId,
    int? Rx1DrOffset,
    int? Rx2DataRate,
    int? RxDelay,
    string? CfList);

/// <summary>A data frame to be made. Keys, address (as printed) and payload are hex; fCnt is the whole counter.</summary>
public sealed record LoraPacketFrame(
    [property: JsonPropertyName("devAddr")] string DevAddr,
    [property: JsonPropertyName("fCnt")] uint FCnt,
    [property: JsonPropertyName("fPort")] int FPort,
    [property: JsonPropertyName("payload")] string Payload,
    [property: JsonPropertyName("nwkSKey")] string NwkSKey,
    [property: JsonPropertyName("appSKey")] string AppSKey,
    [property: JsonPropertyName("type")] string Type = "Unconfirmed Data Down");

/// <summary>lora-packet in a Node process.</summary>
public static class LoraPacketOracle
{
    private static readonly string Folder = RepositoryRoot.PathOf("tests", "third-party", "lora-packet");
    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web);

    /// <summary>Why the judge cannot be asked, with what to do about it; null when it can.</summary>
    public static string? NotAvailableReason { get; } = FindReason();

    /// <summary>Asks about all frames; the verdicts come in the same order.</summary>
    public static IReadOnlyList<LoraPacketVerdict> Check(IEnumerable<LoraPacketQuery> queries) =>
        [.. Run("check.js", queries.Select(query => JsonSerializer.Serialize(query)))
            .Select(line => JsonSerializer.Deserialize<LoraPacketVerdict>(line, s_options)!)];

    /// <summary>Has frames made; they come in the same order, as hex.</summary>
    public static IReadOnlyList<string> Build(IEnumerable<LoraPacketFrame> frames) =>
        [.. Run("build.js", frames.Select(frame => JsonSerializer.Serialize(frame)))
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("frame").GetString()!)];

    /// <summary>Asks about one frame.</summary>
    public static LoraPacketVerdict Check(LoraPacketQuery query) => Check([query])[0];

    private static string[] Run(string script, IEnumerable<string> lines)
    {
        ProcessStartInfo start = new("node", script)
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using Process node = Process.Start(start)!;
        Task<string> output = node.StandardOutput.ReadToEndAsync();
        foreach (string line in lines)
        {
            node.StandardInput.Write(line + "\n");
        }

        node.StandardInput.Close();
        string[] answers = output.GetAwaiter().GetResult().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        node.WaitForExit();
        return answers;
    }

    private static string? FindReason()
    {
        if (!Directory.Exists(Path.Combine(Folder, "node_modules", "lora-packet")))
        {
            return "lora-packet is not installed: run `npm ci` in tests/third-party/lora-packet.";
        }

        try
        {
            using Process? node = Process.Start(new ProcessStartInfo("node", "--version") { RedirectStandardOutput = true });
            node!.WaitForExit();
            return null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "Node is not installed: install Node 20 or newer, then run `npm ci` in tests/third-party/lora-packet.";
        }
    }
}
