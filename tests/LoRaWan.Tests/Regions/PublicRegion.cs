// A region as lorawan-stack has it (tests/golden/regions): where a network that uses its tables answers, and which channels it knows.
using System.Text.Json;
using LoRaWan.Tests.Bench;
using PoleController.LoRaWan;
using RepositoryFiles;

namespace LoRaWan.Tests.Regions;

internal sealed class PublicRegion
{
    private readonly int[][] _uplinkChannels;
    private readonly int[][] _downlinkChannels;
    private readonly int[] _rx1Channels;
    private readonly int[][] _rx1DataRates;
    private readonly Dictionary<int, (int SpreadingFactor, int BandwidthHz)> _dataRates = [];

    public PublicRegion(RegionId id)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(RepositoryRoot.PathOf("tests", "golden", "regions", "lorawan-stack.json")));
        JsonElement region = document.RootElement.GetProperty("regions").GetProperty(id.ToString());
        _uplinkChannels = Rows(region.GetProperty("uplinkChannels"));
        _downlinkChannels = Rows(region.GetProperty("downlinkChannels"));
        _rx1Channels = [.. region.GetProperty("rx1Channels").EnumerateArray().Select(value => value.GetInt32())];
        _rx1DataRates = Rows(region.GetProperty("rx1DataRates"));
        foreach (JsonElement dataRate in region.GetProperty("dataRates").EnumerateArray())
        {
            _dataRates[dataRate.GetProperty("dataRate").GetInt32()] =
                (dataRate.GetProperty("spreadingFactor").GetInt32(), dataRate.GetProperty("bandwidthHz").GetInt32());
        }
    }

    /// <summary>The channel and data rate of a frame; fails when the region has no such channel or it does not allow the data rate.</summary>
    public (int Channel, int DataRate) Find(Transmission sent)
    {
        for (int channel = 0; channel < _uplinkChannels.Length; channel++)
        {
            for (int dataRate = _uplinkChannels[channel][1]; dataRate <= _uplinkChannels[channel][2]; dataRate++)
            {
                if (_uplinkChannels[channel][0] == sent.FrequencyHz
                    && _dataRates.TryGetValue(dataRate, out (int SpreadingFactor, int BandwidthHz) rate)
                    && rate == (sent.SpreadingFactor, sent.BandwidthHz))
                {
                    return (channel, dataRate);
                }
            }
        }

        throw new InvalidOperationException($"No channel at {sent.FrequencyHz} Hz takes SF{sent.SpreadingFactor} at {sent.BandwidthHz} Hz.");
    }

    /// <summary>RX1 after a frame with RX1DROffset 0.</summary>
    public Rx1 Rx1Of(Transmission sent, bool hasDwellTime)
    {
        (int channel, int dataRate) = Find(sent);
        int[] row = _rx1DataRates.Single(r => r[0] == dataRate && r[1] == 0 && r[2] == (hasDwellTime ? 1 : 0));
        return new Rx1(_downlinkChannels[_rx1Channels[channel]][0], _dataRates[row[3]].SpreadingFactor, _dataRates[row[3]].BandwidthHz);
    }

    private static int[][] Rows(JsonElement rows) => [.. rows.EnumerateArray().Select(row => row.EnumerateArray().Select(value => value.GetInt32()).ToArray())];
}
