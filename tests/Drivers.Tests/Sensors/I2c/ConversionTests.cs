// Conversions between the parts' bytes and the port's units, against what others have published.
using PoleController.Drivers;
using Simulation.Engine;
using Simulation.Parts.Sensors;
using Xunit;

namespace Drivers.Tests.Sensors.I2c;

public class ConversionTests
{
    // The example of the data sheets of SCD4x (section 3.11), SGP41 and SPS30, and the words of the SCD4x's examples (section 3.5.2).
    [Theory]
    [InlineData(0xBEEF, 0x92)]
    [InlineData(0x01F4, 0x33)]
    [InlineData(0x6667, 0xA2)]
    [InlineData(0x5EB9, 0x3C)]
    [InlineData(0x8000, 0xA2)]
    [InlineData(0x6666, 0x93)]
    public void Given_a_word_When_its_checksum_is_made_Then_it_is_Sensirion_s(int word, int crc)
    {
        byte[] bytes = new byte[3];
        SensirionWord.Put(bytes, 0, word);
        Assert.Equal([(byte)(word >> 8), (byte)word, (byte)crc], bytes);
        Assert.True(SensirionWord.IsRight(bytes, 0));
        Assert.Equal(word, SensirionWord.Get(bytes, 0));
    }

    // Data sheet SCD4x, section 3.5.2: 0x6667 is 25 degrees, 0x5EB9 is 37 %. Data sheet SGP41, section 3.3: 0x8000 is 50 %, 0x6666 is 25 degrees.
    [Fact]
    public void Given_the_words_of_the_data_sheets_When_converted_Then_they_are_theirs()
    {
        Assert.Equal(2500, SensirionConversion.TemperatureCentidegrees(0x6667));
        Assert.Equal(370, SensirionConversion.HumidityPermille(0x5EB9));
        Assert.Equal(0x8000, SensirionConversion.HumidityWord(500));
        Assert.Equal(0x6666, SensirionConversion.TemperatureWord(2500));
        Assert.Equal((0, 65535), (SensirionConversion.TemperatureWord(-9000), SensirionConversion.TemperatureWord(20_000)));
        Assert.Equal((0, 65535), (SensirionConversion.HumidityWord(-1), SensirionConversion.HumidityWord(1001)));
    }

    [Fact]
    public void Given_any_single_precision_number_When_read_Then_it_is_what_the_processor_makes_of_it()
    {
        RandomStream random = new(1, "single", 0);
        for (int i = 0; i < 200_000; i++)
        {
            uint bits = (uint)random.NextBits();
            float value = BitConverter.UInt32BitsToSingle(bits);
            int tenths = SinglePrecision.Tenths((int)(bits >> 16), (int)(bits & 0xFFFF));
            if (float.IsNaN(value) || value < 0 || value >= 67_108_864f)
            {
                Assert.Equal(-1, tenths);
            }
            else
            {
                Assert.InRange(tenths - (value * 10.0), -0.51, 0.51);
            }
        }

        Assert.Equal(0, SinglePrecision.Tenths(0x8000, 0));
        Assert.Equal(-1, SinglePrecision.Tenths(0x7F80, 0));
    }

    // Bosch's worked example for this formula: BST-BMP280-DS001, section 3.12: 25.08 degrees, 100653 Pa.
    [Fact]
    public void Given_Bosch_s_worked_example_When_compensated_Then_it_is_theirs()
    {
        Bme280Compensation compensation = new();
        compensation.SetMain(Bme280Trimming.Example.Main);
        compensation.SetHumidity(Bme280Trimming.Example.Humidity);
        Assert.True(compensation.IsPlausible);
        Assert.True(compensation.TryConvert(519_888, 415_148, 30_000));
        Assert.Equal((2508, 100_653), (compensation.TemperatureCentidegrees, compensation.PressurePascals));
    }

    // The data sheet gives the formula twice: with integers (the driver's) and in floating point (section 8.1, the simulated part's).
    [Fact]
    public void Given_any_weather_When_compensated_with_integers_Then_it_is_what_the_floating_point_formulas_say()
    {
        RandomStream random = new(1, "weather", 0);
        Bme280Trimming[] parts = [Bme280Trimming.Example, Bme280Trimming.Other];
        for (int i = 0; i < 20_000; i++)
        {
            Bme280Trimming part = parts[i % 2];
            Bme280Compensation compensation = new();
            compensation.SetMain(part.Main);
            compensation.SetHumidity(part.Humidity);
            int temperature = part.RawTemperature(-35 + (random.NextDouble() * 100));
            double fine = part.Fine(temperature);
            int pressure = part.RawPressure(60_000 + (random.NextDouble() * 48_000), fine);
            int humidity = 20_000 + random.Next(12_000);
            Assert.True(compensation.TryConvert(temperature, pressure, humidity));
            Assert.InRange(compensation.TemperatureCentidegrees - (100 * part.Celsius(temperature)), -1, 1);
            Assert.InRange(compensation.PressurePascals - part.Pascals(pressure, fine), -1.5, 1.5);
            Assert.InRange(compensation.HumidityPermille - (10 * part.Percent(humidity, fine)), -1, 1);
        }
    }

    [Fact]
    public void Given_any_guess_When_a_raw_value_is_looked_for_Then_it_is_the_first_that_is_not_too_low()
    {
        RandomStream random = new(2, "guess", 0);
        Bme280Trimming part = Bme280Trimming.Example;
        for (int i = 0; i < 5_000; i++)
        {
            double celsius = -60 + (random.NextDouble() * 200);
            int guess = i % 5 == 0 ? (1 << 20) - 1 : random.Next(1 << 20);
            int raw = part.RawTemperature(celsius, guess);
            Assert.True(raw == (1 << 20) - 1 || part.Celsius(raw) >= celsius);
            Assert.True(raw == 0 || part.Celsius(raw - 1) < celsius);
            Assert.Equal(raw, part.RawTemperature(celsius, raw));
            double fine = part.Fine(raw);
            double pascals = 20_000 + (random.NextDouble() * 120_000);
            Assert.Equal(part.RawPressure(pascals, fine), part.RawPressure(pascals, fine, guess));
        }
    }

    // Application note 84323: lux a count at gain and integration time, and the polynomial above 1,000 lx.
    [Theory]
    [InlineData(3, 1000, 0.0084)]
    [InlineData(2, 1000, 0.0672)]
    [InlineData(1, 1000, 0.5376)]
    [InlineData(0, 400, 2.1504)]
    public void Given_counts_below_1000_lux_When_converted_Then_the_resolution_is_the_application_note_s(int range, int counts, double luxPerCount) =>
        Assert.InRange(Veml7700Range.IlluminanceMillilux(range, counts) - (counts * luxPerCount * 1000), -1, 1);

    [Theory]
    [InlineData(1, 10_000)]
    [InlineData(1, 39_000)]
    [InlineData(0, 2_000)]
    [InlineData(0, 11_000)]
    public void Given_counts_above_1000_lux_When_converted_Then_the_application_note_s_correction_is_applied(int range, int counts)
    {
        double lux = counts * (range == 0 ? 2.1504 : 0.5376);
        double corrected = (6.0135e-13 * Math.Pow(lux, 4)) - (9.3924e-9 * Math.Pow(lux, 3)) + (8.1488e-5 * Math.Pow(lux, 2)) + (1.0023 * lux);
        Assert.InRange(Veml7700Range.IlluminanceMillilux(range, counts) / 1000.0 / Math.Min(corrected, 140_000), 0.999999, 1.000001);
    }

    [Fact]
    public void Given_rising_counts_When_converted_Then_illuminance_never_falls_and_ends_at_the_part_s_end()
    {
        for (int range = 0; range < Veml7700Range.Count; range++)
        {
            int before = 0;
            for (int counts = 0; counts < 65_536; counts++)
            {
                int millilux = Veml7700Range.IlluminanceMillilux(range, counts);
                Assert.InRange(millilux, before, Veml7700Range.MaximumMillilux);
                before = millilux;
            }
        }

        Assert.Equal(Veml7700Range.MaximumMillilux, Veml7700Range.IlluminanceMillilux(0, 65_535));
    }
}
