// What a server configures a gateway with: the message "router_config" of the LNS protocol (lorabasics/basicstation, src/s2e.c). Any JSON:
// what cannot be used is refused with a reason.
using System.Globalization;
using System.Text.Json;

namespace Simulation.Forwarding.Station;

/// <summary>A data rate of the server's table.</summary>
/// <param name="SpreadingFactor">7 to 12.</param>
/// <param name="BandwidthHz">Bandwidth.</param>
public readonly record struct StationDataRate(int SpreadingFactor, int BandwidthHz);

/// <summary>A gateway's configuration.</summary>
public sealed class RouterConfig
{
    private const int DataRateCount = 16;
    private const int MaximumRanges = 1024;

    private readonly StationDataRate?[] _up = new StationDataRate?[DataRateCount];
    private readonly StationDataRate?[] _down = new StationDataRate?[DataRateCount];
    private readonly List<(ulong From, ulong To)> _joinEuis = [];
    private readonly HashSet<int> _channelsHz = [];
    private readonly ulong[] _networkIds = [ulong.MaxValue, ulong.MaxValue];
    private long _minimumHz;
    private long _maximumHz = int.MaxValue;

    private RouterConfig()
    {
    }

    /// <summary>The region's name, as the server says it.</summary>
    public string Region { get; private set; } = "";

    /// <summary>Whether the gateway does not watch its duty cycle (nodc).</summary>
    public bool HasNoDutyCycle { get; private set; }

    /// <summary>Greatest radiated power in dBm that the server allows; null when it does not say.</summary>
    public int? MaximumPowerDbm { get; private set; }

    /// <summary>How many uplink channels it configured; 0 when it did not say, then the gateway hears them all.</summary>
    public int ChannelCount => _channelsHz.Count;

    /// <summary>Reads a configuration.</summary>
    /// <param name="message">The whole message.</param>
    /// <param name="config">The configuration; null when it cannot be used.</param>
    /// <returns>What is wrong; null when nothing is.</returns>
    public static string? Read(JsonElement message, out RouterConfig? config)
    {
        RouterConfig read = new();
        JsonFields fields = new(message);
        read.Region = fields.Text("region", "");
        if (fields.Text("hwspec").Length == 0)
        {
            fields.Refuse("\"hwspec\" is missing");
        }

        read.HasNoDutyCycle = fields.Flag("nodc", false);
        read.MaximumPowerDbm = fields.Has("max_eirp") ? (int)Math.Floor(fields.Number("max_eirp", -100, 100)) : null;
        read.ReadRange(fields);
        read.ReadDataRates(fields);
        read.ReadFilters(fields);
        read.ReadChannels(fields);
        config = fields.Problem is null ? read : null;
        return fields.Problem;
    }

    /// <summary>The number of a received frame's data rate.</summary>
    /// <param name="spreadingFactor">7 to 12.</param>
    /// <param name="bandwidthHz">Bandwidth.</param>
    /// <param name="dataRate">The number.</param>
    public bool TryFindUplink(int spreadingFactor, int bandwidthHz, out int dataRate)
    {
        dataRate = Array.IndexOf(_up, new StationDataRate(spreadingFactor, bandwidthHz));
        return dataRate >= 0;
    }

    /// <summary>A downlink's data rate.</summary>
    /// <param name="dataRate">Its number, 0 to 15.</param>
    public StationDataRate? Downlink(int dataRate) => dataRate is >= 0 and < DataRateCount ? _down[dataRate] : null;

    /// <summary>Whether the server allows a frequency (freq_range).</summary>
    /// <param name="frequencyHz">The frequency.</param>
    public bool IsInRange(long frequencyHz) => frequencyHz >= _minimumHz && frequencyHz <= _maximumHz;

    /// <summary>Whether the gateway listens on a frequency.</summary>
    /// <param name="frequencyHz">The frequency.</param>
    public bool IsChannel(int frequencyHz) => _channelsHz.Count == 0 || _channelsHz.Contains(frequencyHz);

    /// <summary>Whether join-requests for a JoinEUI are wanted.</summary>
    /// <param name="joinEui">The JoinEUI.</param>
    public bool IsJoinEuiWanted(ulong joinEui) => _joinEuis.Count == 0 || _joinEuis.Exists(range => joinEui >= range.From && joinEui <= range.To);

    /// <summary>Whether frames of an address are wanted: by its seven highest bits, the type and NwkID of a NetID.</summary>
    /// <param name="devAddr">The address.</param>
    public bool IsDevAddrWanted(uint devAddr) => (_networkIds[devAddr >> 31] & (1UL << (int)((devAddr >> 25) & 63))) != 0;

    private void ReadRange(JsonFields fields)
    {
        if (fields.Part("freq_range", JsonValueKind.Array, isOptional: true) is not JsonElement range)
        {
            return;
        }

        if (range.GetArrayLength() != 2 || !TryWhole(range[0], out _minimumHz) || !TryWhole(range[1], out _maximumHz) || _maximumHz < _minimumHz)
        {
            fields.Refuse("\"freq_range\" has to be two frequencies in Hz");
        }
    }

    private void ReadDataRates(JsonFields fields)
    {
        // A table for both directions, or one for each where a region's differ (US915, AU915).
        bool isSplit = fields.Has("DRs_up") || fields.Has("DRs_dn");
        ReadDataRates(fields, isSplit ? "DRs_up" : "DRs", _up, isUplink: true);
        ReadDataRates(fields, isSplit ? "DRs_dn" : "DRs", _down, isUplink: false);
    }

    private static void ReadDataRates(JsonFields fields, string name, StationDataRate?[] table, bool isUplink)
    {
        if (fields.Part(name, JsonValueKind.Array, isOptional: false) is not JsonElement list)
        {
            return;
        }

        int at = 0;
        foreach (JsonElement entry in list.EnumerateArray())
        {
            if (at == DataRateCount || entry.ValueKind != JsonValueKind.Array || entry.GetArrayLength() != 3
                || !TryWhole(entry[0], out long spreadingFactor) || !TryWhole(entry[1], out long kilohertz) || !TryWhole(entry[2], out long downlinkOnly))
            {
                fields.Refuse($"\"{name}\" has to be up to 16 times [spreading factor, kHz, downlink only]");
                return;
            }

            // -1 is no data rate, 0 is FSK, which these gateways have not.
            bool isLoRa = spreadingFactor is >= 7 and <= 12 && kilohertz is 125 or 250 or 500;
            table[at] = isLoRa && (!isUplink || downlinkOnly == 0) ? new StationDataRate((int)spreadingFactor, (int)kilohertz * 1000) : null;
            at++;
        }

        if (Array.TrueForAll(table, static entry => entry is null))
        {
            fields.Refuse($"\"{name}\" has no LoRa data rate");
        }
    }

    private void ReadFilters(JsonFields fields)
    {
        if (fields.Part("JoinEui", JsonValueKind.Array, isOptional: true) is JsonElement ranges)
        {
            foreach (JsonElement range in ranges.EnumerateArray())
            {
                if (range.ValueKind != JsonValueKind.Array || range.GetArrayLength() != 2 || !TryEui(range[0], out ulong from) || !TryEui(range[1], out ulong to)
                    || _joinEuis.Count == MaximumRanges)
                {
                    fields.Refuse("\"JoinEui\" has to be a list of ranges [from, to]");
                    return;
                }

                _joinEuis.Add((from, to));
            }
        }

        if (fields.Part("NetID", JsonValueKind.Array, isOptional: true) is JsonElement networks)
        {
            Array.Clear(_networkIds);
            foreach (JsonElement network in networks.EnumerateArray())
            {
                if (!TryWhole(network, out long netId) || netId is < 0 or > 0xFFFFFF)
                {
                    fields.Refuse("\"NetID\" has to be a list of NetIDs");
                    return;
                }

                _networkIds[(netId >> 6) & 1] |= 1UL << (int)(netId & 63);
            }
        }
    }

    private void ReadChannels(JsonFields fields)
    {
        if (fields.Part("upchannels", JsonValueKind.Array, isOptional: true) is JsonElement channels)
        {
            foreach (JsonElement channel in channels.EnumerateArray())
            {
                if (channel.ValueKind != JsonValueKind.Array || channel.GetArrayLength() != 3 || !TryWhole(channel[0], out long frequencyHz)
                    || !TryWhole(channel[1], out long minimum) || !TryWhole(channel[2], out long maximum)
                    || !IsInRange(frequencyHz) || minimum < 0 || maximum > 15 || minimum > maximum)
                {
                    fields.Refuse("\"upchannels\" has to be a list of [frequency within freq_range in Hz, least data rate, greatest data rate]");
                    return;
                }

                _channelsHz.Add((int)frequencyHz);
            }
        }

        foreach (string name in (string[])["sx1301_conf", "SX1301_conf", "sx1302_conf", "SX1302_conf", "radio_conf"])
        {
            if (fields.Has(name) && fields.Part(name, JsonValueKind.Array, isOptional: true) is JsonElement chips)
            {
                foreach (JsonElement chip in chips.EnumerateArray())
                {
                    ReadChip(fields, name, chip);
                }
            }
        }
    }

    // A concentrator's channels: two radios, each with channels at offsets from its frequency (SX1301's "if").
    private void ReadChip(JsonFields fields, string name, JsonElement chip)
    {
        if (chip.ValueKind != JsonValueKind.Object)
        {
            fields.Refuse($"\"{name}\" has to be a list of objects");
            return;
        }

        foreach (JsonProperty channel in chip.EnumerateObject())
        {
            bool isChannel = channel.Name.StartsWith("chan_multiSF_", StringComparison.Ordinal) || channel.Name == "chan_Lora_std";
            if (!isChannel || channel.Value.ValueKind != JsonValueKind.Object)
            {
                continue;
            }

            JsonFields part = new(channel.Value);
            long radio = part.Whole("radio", 0, 1, 0);
            long offsetHz = part.Whole("if", -2_000_000, 2_000_000, 0);
            if (part.Flag("enable", false) && part.Problem is null
                && chip.TryGetProperty(radio == 0 ? "radio_0" : "radio_1", out JsonElement chain) && chain.ValueKind == JsonValueKind.Object)
            {
                long frequencyHz = new JsonFields(chain).Whole("freq", 0, int.MaxValue, 0) + offsetHz;
                _channelsHz.Add((int)Math.Clamp(frequencyHz, 0, int.MaxValue));
            }
        }
    }

    private static bool TryWhole(JsonElement value, out long whole)
    {
        whole = 0;
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out whole);
    }

    // A number, as station reads it, or a text of hexadecimal digits with or without hyphens, as some servers send.
    private static bool TryEui(JsonElement value, out ulong eui)
    {
        eui = 0;
        if (value.ValueKind == JsonValueKind.Number)
        {
            if (value.TryGetUInt64(out eui))
            {
                return true;
            }

            bool isNegative = value.TryGetInt64(out long signed);
            eui = unchecked((ulong)signed);
            return isNegative;
        }

        return value.ValueKind == JsonValueKind.String && value.GetRawText().Length <= 25
            && ulong.TryParse(value.GetRawText().Trim('"').Replace("-", "", StringComparison.Ordinal), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out eui);
    }
}
