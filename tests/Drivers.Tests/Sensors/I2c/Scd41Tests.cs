// The SCD41 beyond what holds for every sensor: pressure, the first measurement, a part that measures already.
using PoleController.Drivers;
using PoleController.Hal;
using Simulation.Parts.Sensors;
using Xunit;

namespace Drivers.Tests.Sensors.I2c;

public class Scd41Tests
{
    private readonly I2cBench _bench = I2cCase.Of("SCD41").CreateBench();

    private Scd41 Driver => (Scd41)_bench.Sensor;

    private Scd41Part Part => (Scd41Part)_bench.Socket.Part!;

    [Fact]
    public void Given_a_start_When_the_first_sample_is_asked_for_Then_the_first_measurement_is_thrown_away_and_the_part_is_known()
    {
        _bench.Sensor.Request();
        _bench.RunFor(6000);
        Assert.Equal((SensorState.WarmingUp, 0), (Driver.State, Driver.SampleCount));
        _bench.Sample(6000);
        Assert.InRange(Driver.CarbonDioxidePpm, 611, 613);
        Assert.Equal(0xF896_9F07_3BBE, Driver.SerialNumber);

        // From then on a sample is one measurement of 5 s.
        long beginMs = _bench.NowMs;
        _bench.Sample(6000);
        Assert.InRange(_bench.NowMs - beginMs, 5000, 5100);
    }

    [Theory]
    [InlineData(96_040, 960)]
    [InlineData(101_300, 1014)]
    [InlineData(10, 700)]
    [InlineData(500_000, 1200)]
    public void Given_the_air_pressure_When_a_sample_is_taken_Then_the_part_knows_it_and_the_value_is_right(int pascals, int hectopascals)
    {
        Part.PressurePascals = hectopascals * 100;
        Driver.SetPressure(pascals);
        _bench.Sample(12_000);
        Assert.Equal(hectopascals, Part.SetHectopascals);
        Assert.InRange(Driver.CarbonDioxidePpm, 611, 613);

        // A change reaches the part with the next sample.
        Part.PressurePascals = 98_000;
        Driver.SetPressure(98_000);
        _bench.Sample(12_000);
        Assert.Equal(980, Part.SetHectopascals);
        Assert.InRange(Driver.CarbonDioxidePpm, 611, 613);
    }

    [Fact]
    public void Given_a_part_that_measures_periodically_since_before_the_controller_s_restart_When_started_Then_it_is_stopped_first()
    {
        byte[] start = [0x21, 0xB1];
        Assert.Equal(I2cResult.Ok, _bench.Socket.Write(start, 2));
        Assert.True(Part.IsPeriodic);
        _bench.Sample(12_000);
        Assert.False(Part.IsPeriodic);
        Assert.Equal(0, Driver.LastFault.Count);
    }

    [Fact]
    public void Given_a_part_that_sleeps_When_a_sample_is_asked_for_Then_it_is_woken()
    {
        byte[] powerDown = [0x36, 0xE0];
        Assert.Equal(I2cResult.Ok, _bench.Socket.Write(powerDown, 2));
        _bench.Sample(12_000);
        Assert.Equal(0, Driver.LastFault.Count);
    }

    [Fact]
    public void Given_an_SCD40_behind_the_address_When_started_Then_it_is_a_wrong_part_and_its_variant_is_named()
    {
        _bench.Socket.Part = new Scd41Part(_bench.Clock, _ => 500, _ => 20, _ => 50, isScd40: true);
        _bench.RunFor(100);
        _bench.RunUntilFailed(10_000);
        Assert.Equal(
            (SensorFaultKind.WrongPart, Scd41Command.GetSensorVariant, 0x0440), (Driver.LastFault.Kind, Driver.LastFault.Code, Driver.LastFault.Value));
    }

    [Fact]
    public void Given_a_part_that_has_restarted_at_rest_When_a_sample_is_asked_for_Then_its_first_measurement_is_thrown_away_again()
    {
        _bench.Sample(12_000);
        Part.Restart();
        _bench.RunFor(60_000);
        _bench.Sample(20_000);
        Assert.Equal(SensorFaultKind.StateLost, Driver.LastFault.Kind);
        Assert.InRange(Driver.CarbonDioxidePpm, 611, 613);
    }
}
