// The protocol of a commissioning: which controller at which pole, by whom, when, and every step. Its JSON is described by commissioning-protocol.schema.json.
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Provisioning.Language;

namespace Provisioning.Commissioning;

/// <summary>How a commissioning stands. The words stand in workspaces and never change.</summary>
public enum CommissioningState
{
    /// <summary>It was begun, or interrupted, and can go on.</summary>
    Open,

    /// <summary>It has ended, and no step failed.</summary>
    Passed,

    /// <summary>It has ended, and a step failed.</summary>
    Failed,

    /// <summary>It was begun anew in another one.</summary>
    Abandoned,
}

/// <summary>A protocol.</summary>
public sealed record CommissioningProtocol
{
    /// <summary>Version of the JSON.</summary>
    public const int FormatVersion = 1;

    /// <summary>Its identifier, random.</summary>
    public required string Id { get; init; }

    /// <summary>Identifier of the workspace.</summary>
    public required string Workspace { get; init; }

    /// <summary>The pole.</summary>
    public required string PoleId { get; init; }

    /// <summary>Street of the pole; empty when not known.</summary>
    public string Street { get; init; } = "";

    /// <summary>Type of its luminaire; empty when not known.</summary>
    public string Luminaire { get; init; } = "";

    /// <summary>What the luminaire draws at full light, in watts; null when not known.</summary>
    public double? FullPowerWatts { get; init; }

    /// <summary>Planned latitude in degrees (WGS 84).</summary>
    public required double Latitude { get; init; }

    /// <summary>Planned longitude in degrees (WGS 84).</summary>
    public required double Longitude { get; init; }

    /// <summary>DevEUI of the controller.</summary>
    public required string DevEui { get; init; }

    /// <summary>Board, as the controller says.</summary>
    public required string Board { get; init; }

    /// <summary>Version of its firmware.</summary>
    public required string Firmware { get; init; }

    /// <summary>Who does it: member of the workspace.</summary>
    public required string Member { get; init; }

    /// <summary>When it was begun, in milliseconds since 1970 (UTC).</summary>
    public required long BegunUtcMs { get; init; }

    /// <summary>When it ended; null while it is open.</summary>
    public long? FinishedUtcMs { get; init; }

    /// <summary>How it stands.</summary>
    public CommissioningState State { get; init; }

    /// <summary>The steps so far.</summary>
    public IReadOnlyList<CommissioningStep> Steps { get; init; } = [];

    /// <summary>How many steps came to a result.</summary>
    public int Count(StepResult result) => Steps.Count(step => step.Result == result);

    /// <summary>The protocol with a step more, or with another result of a step that it has.</summary>
    public CommissioningProtocol With(CommissioningStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        List<CommissioningStep> steps = [.. Steps];
        int index = steps.FindIndex(known => known.Key == step.Key);
        if (index >= 0)
        {
            steps[index] = step;
        }
        else
        {
            steps.Add(step);
        }

        return this with { Steps = steps };
    }

    /// <summary>The protocol as JSON.</summary>
    public JsonObject ToJson() => new()
    {
        ["version"] = FormatVersion,
        ["id"] = Id,
        ["workspace"] = Workspace,
        ["pole"] = new JsonObject
        {
            ["id"] = PoleId, ["street"] = Street, ["luminaire"] = Luminaire, ["fullPowerWatts"] = FullPowerWatts, ["latitude"] = Latitude, ["longitude"] = Longitude,
        },
        ["controller"] = new JsonObject { ["devEui"] = DevEui, ["board"] = Board, ["firmware"] = Firmware },
        ["member"] = Member,
        ["begunAt"] = UtcText.Milliseconds(BegunUtcMs),
        ["finishedAt"] = FinishedUtcMs is { } finished ? UtcText.Milliseconds(finished) : null,
        ["state"] = Word(State),
        ["steps"] = new JsonArray([.. Steps.Select(step => (JsonNode)new JsonObject
        {
            ["name"] = step.Name,
            ["part"] = step.Part,
            ["result"] = Word(step.Result),
            ["reason"] = step.Reason,
            ["at"] = UtcText.Milliseconds(step.AtUtcMs),
            ["measured"] = ToJson(step.Measured),
        })]),
    };

    /// <summary>Reads a protocol that <see cref="ToJson()"/> wrote.</summary>
    public static CommissioningProtocol Parse(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        JsonElement root = document.RootElement;
        JsonElement pole = root.GetProperty("pole");
        JsonElement controller = root.GetProperty("controller");
        return new CommissioningProtocol
        {
            Id = Text(root, "id"),
            Workspace = Text(root, "workspace"),
            PoleId = Text(pole, "id"),
            Street = Text(pole, "street"),
            Luminaire = Text(pole, "luminaire"),
            FullPowerWatts = pole.GetProperty("fullPowerWatts") is { ValueKind: JsonValueKind.Number } watts ? watts.GetDouble() : null,
            Latitude = pole.GetProperty("latitude").GetDouble(),
            Longitude = pole.GetProperty("longitude").GetDouble(),
            DevEui = Text(controller, "devEui"),
            Board = Text(controller, "board"),
            Firmware = Text(controller, "firmware"),
            Member = Text(root, "member"),
            BegunUtcMs = Time(root.GetProperty("begunAt"))!.Value,
            FinishedUtcMs = Time(root.GetProperty("finishedAt")),
            State = Enum.Parse<CommissioningState>(Text(root, "state"), ignoreCase: true),
            Steps = [.. root.GetProperty("steps").EnumerateArray().Select(ReadStep)],
        };
    }

    /// <summary>SHA-256 of a protocol: of its JSON without blanks, as this library writes it, in UTF-8.</summary>
    public static byte[] Hash(JsonNode protocol)
    {
        ArgumentNullException.ThrowIfNull(protocol);
        return SHA256.HashData(Encoding.UTF8.GetBytes(protocol.ToJsonString()));
    }

    /// <summary>The word of a result or state.</summary>
    public static string Word<T>(T value)
        where T : struct, Enum => value.ToString()!.ToLowerInvariant();

    private static JsonObject ToJson(IReadOnlyList<MeasuredValue> measured)
    {
        JsonObject values = [];
        foreach (MeasuredValue value in measured)
        {
            bool isNumber = long.TryParse(value.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
                && number.ToString(CultureInfo.InvariantCulture) == value.Value;
            values[value.Name] = isNumber ? number : value.Value;
        }

        return values;
    }

    private static CommissioningStep ReadStep(JsonElement step) => new(
        Text(step, "name"), Text(step, "part"), Enum.Parse<StepResult>(Text(step, "result"), ignoreCase: true), Text(step, "reason"))
    {
        AtUtcMs = Time(step.GetProperty("at"))!.Value,
        Measured = [.. step.GetProperty("measured").EnumerateObject().Select(property => new MeasuredValue(property.Name, property.Value.ToString()))],
    };

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString() ?? "";

    private static long? Time(JsonElement element) => element.ValueKind == JsonValueKind.String
        ? DateTimeOffset.Parse(element.GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind).ToUnixTimeMilliseconds()
        : null;
}
