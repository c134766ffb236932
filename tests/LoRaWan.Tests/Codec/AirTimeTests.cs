// Time on air against published values, and the region's tables against what RP002 and others print.
using PoleController.LoRaWan;
using Xunit;

namespace LoRaWan.Tests.Codec;

public class AirTimeTests
{
    // Airtimes of 33 bytes, CR 4/5, payload CRC, 125 kHz, as the ns-3 LoRaWAN module and Semtech's calculator give them.
    [Theory]
    [InlineData(7, 71.9)]
    [InlineData(8, 133.6)]
    [InlineData(9, 246.8)]
    [InlineData(10, 452.6)]
    [InlineData(11, 987.1)]
    [InlineData(12, 1810.4)]
    public void Thirty_three_bytes(int spreadingFactor, double publishedMs)
    {
        Assert.Equal(publishedMs, AirTime.FrameUs(spreadingFactor, 125000, 33, true) / 1000.0, 0.1);
    }

    [Fact]
    public void A_downlink_without_crc_is_never_longer_and_250_kHz_halves_the_time()
    {
        for (int length = 0; length <= 255; length++)
        {
            Assert.True(AirTime.FrameUs(7, 125000, length, false) <= AirTime.FrameUs(7, 125000, length, true));
            Assert.Equal(AirTime.FrameUs(7, 125000, length, true), 2 * AirTime.FrameUs(7, 250000, length, true));
        }
    }

    // Sub-bands and duty cycles: ERC/REC 70-03 annex 1, as in The Things Stack's and brocaar's band tables.
    [Theory]
    [InlineData(868100000, 10)]
    [InlineData(868300000, 10)]
    [InlineData(868500000, 10)]
    [InlineData(867100000, 10)]
    [InlineData(868800000, 1)]
    [InlineData(864000000, 1)]
    [InlineData(869525000, 100)]
    [InlineData(869850000, 10)]
    public void Sub_bands(int frequencyHz, int dutyCyclePermille)
    {
        int subBand = Eu868.Region.SubBandOf(frequencyHz);
        Assert.NotEqual(Region.None, subBand);
        Assert.Equal(dutyCyclePermille, Eu868.Region.SubBandDutyCyclePermille[subBand]);
    }

    [Theory]
    [InlineData(868650000)]
    [InlineData(869300000)]
    [InlineData(862900000)]
    [InlineData(870000000)]
    [InlineData(868580000)]
    public void Between_the_sub_bands_and_over_an_edge_there_is_none(int frequencyHz)
    {
        Assert.Equal(Region.None, Eu868.Region.SubBandOf(frequencyHz));
    }

    [Fact]
    public void Powers_and_receive_window_data_rates()
    {
        Assert.Equal([16, 14, 12, 10, 8, 6, 4, 2], Enumerable.Range(0, 8).Select(Eu868.Region.PowerDbm));
        Assert.Equal(2, Eu868.Region.Rx1DataRate(5, 3));
        Assert.Equal(0, Eu868.Region.Rx1DataRate(2, 5));
    }
}
