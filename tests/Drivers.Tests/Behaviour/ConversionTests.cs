// Conversions between the port's units and the chips', against values that others have published.
using PoleController.Drivers;
using Xunit;

namespace Drivers.Tests.Behaviour;

public class ConversionTests
{
    // lora-rs/lora-rs, commit 0cc577548ef36547d7b0b610e6f85497fc4dfe31, lora-phy/src/sx126x/test/mod.rs, test_get_packet_status: what Semtech's
    // decoder makes of these bytes.
    [Fact]
    public void Given_the_packet_status_of_an_SX1262_When_decoded_Then_it_is_what_Semtech_s_driver_makes_of_it()
    {
        Assert.Equal(-80, Sx1262Conversion.RssiDbm(160));
        Assert.Equal(20, Sx1262Conversion.SnrQuarterDecibel(20));
        Assert.Equal(-8, Sx1262Conversion.SnrQuarterDecibel(0xF8));
    }

    // The same source, test_calibrate_image (data sheet table 9-2).
    [Theory]
    [InlineData(903_900_000, 0xE1E9)]
    [InlineData(868_100_000, 0xD7DB)]
    [InlineData(780_000_000, 0xC1C5)]
    [InlineData(490_000_000, 0x7581)]
    [InlineData(433_000_000, 0x6B6F)]
    public void Given_a_frequency_When_its_band_is_looked_up_Then_it_is_the_data_sheet_s(int frequencyHz, int band) =>
        Assert.Equal(band, Sx1262Conversion.ImageBand(frequencyHz));

    // Data sheet SX1276, section 5.5.5: -157 + 16/15 x value in the upper band, -164 in the lower; value and SNR added when the SNR is negative.
    [Theory]
    [InlineData(60, 20, 868_100_000, -93)]
    [InlineData(60, 20, 433_175_000, -100)]
    [InlineData(30, -40, 868_100_000, -137)]
    [InlineData(0, -80, 868_100_000, -177)]
    public void Given_the_packet_strength_of_an_SX1276_When_decoded_Then_it_is_the_data_sheet_s(int raw, int snr, int frequencyHz, int rssiDbm) =>
        Assert.Equal(rssiDbm, Sx1276Conversion.RssiDbm(raw, snr, frequencyHz));

    // Data sheet SX1262, table 13-35.
    [Theory]
    [InlineData(1600, 0)]
    [InlineData(1700, 1)]
    [InlineData(1800, 2)]
    [InlineData(2200, 3)]
    [InlineData(2400, 4)]
    [InlineData(2700, 5)]
    [InlineData(3000, 6)]
    [InlineData(3300, 7)]
    [InlineData(1750, 1)]
    public void Given_the_voltage_of_a_TCXO_When_coded_Then_it_is_never_exceeded(int millivolts, int code) =>
        Assert.Equal(code, Sx1262Conversion.TcxoVoltageCode(millivolts));
}
