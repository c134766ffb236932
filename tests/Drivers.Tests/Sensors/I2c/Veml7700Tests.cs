// The VEML7700 beyond what holds for every sensor: its ranges from moonlight to the sun, changes of light, saturation.
using PoleController.Drivers;
using Simulation.Parts.Sensors;
using Xunit;

namespace Drivers.Tests.Sensors.I2c;

public class Veml7700Tests
{
    private readonly I2cBench _bench;
    private int _millilux = 25_000;

    public Veml7700Tests() =>
        _bench = new I2cBench(clock => new Veml7700Part(clock, _ => _millilux), device => new Veml7700(device));

    private Veml7700 Driver => (Veml7700)_bench.Sensor;

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(3_000)]
    [InlineData(20_000)]
    [InlineData(41_000)]
    [InlineData(700_000)]
    [InlineData(999_000)]
    [InlineData(5_000_000)]
    [InlineData(30_000_000)]
    [InlineData(110_000_000)]
    public void Given_any_light_When_a_sample_is_taken_Then_the_range_is_found_within_two_seconds(int millilux)
    {
        _millilux = millilux;
        _bench.Sample(2000);
        AssertClose(millilux);

        // From then on the range is the right one, and a sample comes at once.
        _bench.RunFor(5000);
        long beginMs = _bench.NowMs;
        _bench.Sample(10);
        Assert.Equal(beginMs, _bench.NowMs);
        AssertClose(millilux);
    }

    [Fact]
    public void Given_a_lamp_that_flashes_from_dark_to_bright_and_back_When_sampled_Then_each_sample_is_right()
    {
        for (int i = 0; i < 20; i++)
        {
            _millilux = i % 2 == 0 ? 500 : 80_000_000;
            _bench.Sample(3000);
            AssertClose(_millilux);
            _bench.RunFor(5000);
        }
    }

    [Fact]
    public void Given_light_between_two_ranges_When_sampled_Then_the_range_is_not_changed_for_ever()
    {
        for (int millilux = 10; millilux < 130_000_000; millilux += 1 + (millilux / 50))
        {
            _millilux = millilux;
            _bench.Sample(3000);
            int transfers = _bench.Socket.TransferCount;
            _bench.Sample(3000);
            Assert.Equal(2, _bench.Socket.TransferCount - transfers);
        }
    }

    [Fact]
    public void Given_more_light_than_the_part_can_measure_When_sampled_Then_it_says_the_most_it_can()
    {
        _millilux = 190_000_000;
        _bench.Sample(2000);
        Assert.Equal(Veml7700Range.MaximumMillilux, Driver.IlluminanceMillilux);
    }

    // One count at the dark end; one percent at the bright end; 7.5 % where the application note's correction begins, because it begins with a step.
    private void AssertClose(int millilux)
    {
        double toleranceMillilux = Math.Max(9, millilux * (millilux is > 900_000 and < 1_100_000 ? 0.08 : 0.01));
        Assert.InRange(Driver.IlluminanceMillilux, millilux - toleranceMillilux, millilux + toleranceMillilux);
    }
}
