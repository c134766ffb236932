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

    // TheThingsNetwork/lorawan-stack, pkg/toa/toa_test.go (0edca01): CR 4/5, payload CRC, in microseconds.
    [Theory]
    [InlineData(7, 125_000, 10, 41_216)]
    [InlineData(8, 125_000, 10, 72_192)]
    [InlineData(9, 125_000, 10, 144_384)]
    [InlineData(10, 125_000, 10, 288_768)]
    [InlineData(11, 125_000, 10, 577_536)]
    [InlineData(12, 125_000, 10, 991_232)]
    [InlineData(7, 250_000, 10, 20_608)]
    [InlineData(7, 500_000, 10, 10_304)]
    [InlineData(7, 125_000, 13, 46_336)]
    [InlineData(7, 125_000, 15, 46_336)]
    [InlineData(7, 125_000, 16, 51_456)]
    [InlineData(7, 125_000, 19, 51_456)]
    public void Given_frames_that_a_network_server_has_timed_When_timed_Then_they_last_as_long(
        int spreadingFactor, int bandwidthHz, int length, int publishedUs)
    {
        Assert.Equal(publishedUs, AirTime.FrameUs(spreadingFactor, bandwidthHz, length, true));
    }

    // jgromes/RadioLib, extras/test/unit/tests/TestCalculateTimeOnAir.cpp (187ef24), values of Semtech's calculator for the SX127x: SF12 at 125 kHz, explicit
    // header, CRC, low data rate optimisation as it must be there, but CR 4/7. The number of code words does not depend on the coding rate: each is seven symbols
    // there and five here. (The table's other rows have an implicit header, or the optimisation where LoRaWAN has none.)
    [Theory]
    [InlineData(1, 892.93)]
    [InlineData(24, 1810.43)]
    [InlineData(64, 3645.50)]
    [InlineData(128, 6627.59)]
    public void Given_frames_of_Semtechs_calculator_at_another_coding_rate_When_timed_Then_they_have_as_many_code_words(int length, double publishedMs)
    {
        const double SymbolMs = 32.768;
        const double SymbolsBefore = 12.25 + 8;
        double publishedCodeWords = ((publishedMs / SymbolMs) - SymbolsBefore) / 7;

        Assert.Equal(publishedCodeWords, ((AirTime.FrameUs(12, 125_000, length, true) / 1000.0 / SymbolMs) - SymbolsBefore) / 5, 0.01);
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
        int subBand = new Region(RegionId.Eu868).SubBandOf(frequencyHz);
        Assert.NotEqual(Region.None, subBand);
        Assert.Equal(dutyCyclePermille, new Region(RegionId.Eu868).SubBandDutyCyclePermille[subBand]);
    }

    [Theory]
    [InlineData(868650000)]
    [InlineData(869300000)]
    [InlineData(862900000)]
    [InlineData(870000000)]
    [InlineData(868580000)]
    public void Between_the_sub_bands_and_over_an_edge_there_is_none(int frequencyHz)
    {
        Assert.Equal(Region.None, new Region(RegionId.Eu868).SubBandOf(frequencyHz));
    }

    [Fact]
    public void Powers_and_receive_window_data_rates()
    {
        Assert.Equal([16, 14, 12, 10, 8, 6, 4, 2], Enumerable.Range(0, 8).Select(new Region(RegionId.Eu868).PowerDbm));
        Assert.Equal(2, new Region(RegionId.Eu868).Rx1DataRate(5, 3));
        Assert.Equal(0, new Region(RegionId.Eu868).Rx1DataRate(2, 5));
    }
}
