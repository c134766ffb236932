// The BME280 beyond what holds for every sensor: types behind its address, another part's calibration, the edges of its range.
using PoleController.Drivers;
using PoleController.Hal;
using Simulation.Parts.Sensors;
using Xunit;

namespace Drivers.Tests.Sensors.I2c;

public class Bme280Tests
{
    private readonly I2cBench _bench = I2cCase.Of("BME280").CreateBench();

    private Bme280 Driver => (Bme280)_bench.Sensor;

    [Fact]
    public void Given_a_BMP280_behind_the_address_When_started_Then_it_is_a_wrong_part_and_its_identity_is_named()
    {
        _bench.Socket.Part = new Bme280Part(_bench.Clock, _ => 20, _ => 50, _ => 100_000, isBmp280: true);
        _bench.RunFor(10);
        _bench.RunUntilFailed(1000);
        Assert.Equal(
            (SensorFaultKind.WrongPart, Bme280Register.Identity, 0x58), (Driver.LastFault.Kind, Driver.LastFault.Code, Driver.LastFault.Value));
    }

    [Fact]
    public void Given_another_BME280_put_in_When_a_sample_is_asked_for_Then_it_is_noticed_and_its_own_calibration_is_used()
    {
        _bench.Sample(200);
        _bench.Socket.Part = new Bme280Part(_bench.Clock, _ => 21.37, _ => 48.2, _ => 98_765, Bme280Trimming.Other);
        _bench.RunFor(10);
        _bench.Sample(3000);
        Assert.Equal(SensorFaultKind.StateLost, Driver.LastFault.Kind);
        I2cCase.Of("BME280").AssertTrue(Driver);
    }

    [Theory]
    [InlineData(-39.0, 5, 108_000)]
    [InlineData(-10.0, 99, 90_000)]
    [InlineData(0.0, 100, 101_325)]
    [InlineData(35.5, 0, 95_000)]
    [InlineData(60.0, 20, 99_999)]
    public void Given_any_weather_When_sampled_Then_it_is_that(double celsius, double percent, double pascals)
    {
        I2cBench bench = new(clock => new Bme280Part(clock, _ => celsius, _ => percent, _ => pascals), device => new Bme280(device));
        bench.Sample(200);
        Bme280 driver = (Bme280)bench.Sensor;
        Assert.InRange(driver.TemperatureCentidegrees - (celsius * 100), -1.5, 1.5);
        Assert.InRange(driver.HumidityPermille - (percent * 10), -1.5, 1.5);
        Assert.InRange(driver.PressurePascals - pascals, -2, 2);
    }

    [Fact]
    public void Given_a_measurement_that_does_not_end_When_waited_for_Then_the_part_is_given_up_and_comes_back()
    {
        _bench.Sample(200);
        ((Bme280Part)_bench.Socket.Part!).IsHanging = true;
        _bench.RunUntilFailed(2000);
        Assert.Equal((SensorFaultKind.TimedOut, Bme280Register.Status), (Driver.LastFault.Kind, Driver.LastFault.Code));
        ((Bme280Part)_bench.Socket.Part!).IsHanging = false;
        _bench.Sample(3000);
    }

    [Fact]
    public void Given_the_very_values_that_stand_for_not_measured_When_they_are_measured_Then_they_are_values()
    {
        // BST-BME280-DS002, sections 5.4.3 and 5.4.5: what is left out reads 0x80000, humidity 0x8000; nothing keeps air from reading the same.
        Bme280Trimming trimming = Bme280Trimming.Example;
        double celsius = trimming.Celsius(0x80000);
        double percent = trimming.Percent(0x8000, trimming.Fine(0x80000));
        Assert.InRange(celsius, 20, 30);
        Assert.InRange(percent, 20, 80);
        foreach ((double temperature, double humidity) in new[] { (celsius, 40.0), (20.0, trimming.Percent(0x8000, trimming.Fine(trimming.RawTemperature(20)))), (celsius, percent) })
        {
            I2cBench bench = new(clock => new Bme280Part(clock, _ => temperature, _ => humidity, _ => 100_000), device => new Bme280(device));
            for (int i = 0; i < 5; i++)
            {
                bench.Sample(200);
            }

            Bme280 driver = (Bme280)bench.Sensor;
            Assert.Equal((0, 0), (driver.LastFault.Count, driver.RepeatCount));
            Assert.InRange(driver.TemperatureCentidegrees - (temperature * 100), -1.5, 1.5);
            Assert.InRange(driver.HumidityPermille - (humidity * 10), -1.5, 1.5);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Given_a_part_that_restarts_before_any_transfer_of_a_sample_Then_what_was_not_measured_is_never_a_value(int transfer)
    {
        _bench.Sample(200);
        _bench.Sensor.Request();
        int count = 0;
        _bench.Socket.Trouble.BeforeTransfer = _ =>
        {
            if (++count == transfer)
            {
                _bench.Socket.Part!.Restart();
            }
        };
        _bench.Sample(5000);
        I2cCase.Of("BME280").AssertTrue(Driver);
    }

    [Fact]
    public void Given_air_outside_of_the_part_s_range_When_sampled_Then_no_value_is_made_of_it()
    {
        I2cBench bench = new(clock => new Bme280Part(clock, _ => 20, _ => 50, _ => 118_000), device => new Bme280(device));
        bench.RunUntilFailed(5000);
        Assert.Equal(SensorFaultKind.Implausible, bench.Sensor.LastFault.Kind);
        Assert.Equal(-1, ((Bme280)bench.Sensor).PressurePascals);
    }
}
