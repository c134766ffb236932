// The LIS3DH beyond what holds for every sensor: impacts, their size, the threshold, the interrupt's pin.
using PoleController.Drivers;
using PoleController.Hal;
using Simulation.Parts;
using Simulation.Parts.Sensors;
using Xunit;

namespace Drivers.Tests.Sensors.I2c;

public class Lis3dhTests
{
    private readonly I2cBench _bench;
    private Lis3dhPart _part = null!;

    public Lis3dhTests() => _bench = new I2cBench(Create, device => new Lis3dh(device, _part));

    private Lis3dh Driver => (Lis3dh)_bench.Sensor;

    [Fact]
    public void Given_a_part_that_nobody_asks_When_polled_Then_it_watches_for_impacts_all_the_same()
    {
        _bench.RunFor(1000);
        Assert.Equal(SensorState.Measuring, Driver.State);
        Assert.Equal(long.MaxValue, _bench.Poll());
        Knock(new Acceleration(2500, 0, 0));
        _bench.RunFor(500);
        Assert.Equal(1, Driver.ImpactCount);
        Assert.Equal(long.MaxValue, _bench.Poll());
    }

    [Theory]
    [InlineData(1500, 0, 0, 1500)]
    [InlineData(0, -3000, 0, 3000)]
    [InlineData(2000, 2000, 1000, 3000)]
    [InlineData(0, 0, 6500, 6500)]
    public void Given_an_impact_When_it_is_over_Then_its_size_is_what_it_was_beside_gravity(int x, int y, int z, int size)
    {
        _bench.Sample(400);
        Knock(new Acceleration(x, y, z));
        _bench.RunFor(500);
        Assert.Equal(1, Driver.ImpactCount);

        // 200 samples a second may miss the top of the first swing by 5 ms; for this one (20 Hz, gone in 40 ms) that is 29 %.
        Assert.InRange(Driver.ImpactMilligravities, size * 0.7, (size * 1.01) + 20);

        // What is at rest is not what it was during the impact.
        _bench.RunFor(2000);
        _bench.Sample(400);
        Assert.InRange(Driver.XMilligravities, 98, 102);
        Assert.Equal(1, Driver.ImpactCount);
    }

    [Theory]
    [InlineData(100, 124)]
    [InlineData(1000, 992)]
    [InlineData(8000, 7874)]
    public void Given_a_threshold_When_knocked_below_and_above_Then_only_the_latter_is_an_impact(int threshold, int effective)
    {
        Driver.SetImpactThreshold(threshold);
        _bench.RunFor(1000);
        Knock(new Acceleration(0, effective - 10, 0));
        _bench.RunFor(500);
        Assert.Equal(0, Driver.ImpactCount);
        Knock(new Acceleration(0, effective + 10, 0));
        _bench.RunFor(500);
        Assert.Equal(1, Driver.ImpactCount);

        // It can be changed while the part works.
        Driver.SetImpactThreshold(3000);
        _bench.RunFor(500);
        Knock(new Acceleration(0, 2000, 0));
        _bench.RunFor(500);
        Assert.Equal(1, Driver.ImpactCount);
    }

    [Fact]
    public void Given_several_impacts_When_each_is_over_Then_each_is_counted()
    {
        for (int i = 1; i <= 20; i++)
        {
            _bench.RunFor(3000);
            Knock(new Acceleration(1200 + (100 * i), 0, 0));
            _bench.RunFor(500);
            Assert.Equal(i, Driver.ImpactCount);
        }
    }

    [Fact]
    public void Given_no_wire_from_INT1_When_a_sample_is_taken_Then_the_impact_before_it_is_noticed()
    {
        I2cBench bench = new(Create, device => new Lis3dh(device, null));
        bench.Sample(400);
        _part.Knock(new Acceleration(2500, 0, 0));
        bench.RunFor(60_000);
        Assert.Equal(0, ((Lis3dh)bench.Sensor).ImpactCount);
        bench.Sample(1000);
        Assert.Equal(1, ((Lis3dh)bench.Sensor).ImpactCount);
        Assert.InRange(((Lis3dh)bench.Sensor).XMilligravities, 98, 102);
    }

    [Fact]
    public void Given_a_wire_of_INT1_that_hangs_When_time_passes_Then_the_part_is_not_asked_without_an_end_and_samples_come()
    {
        _bench.RunFor(1000);
        _part.IsLineStuck = true;
        int before = _bench.Socket.TransferCount;
        _bench.RunFor(600_000);
        Assert.InRange(_bench.Socket.TransferCount - before, 1, 100);
        Assert.Equal(0, Driver.ImpactCount);
        _bench.Sample(1000);
        Assert.InRange(Driver.ZMilligravities, 990, 994);
    }

    [Fact]
    public void Given_a_part_that_restarts_When_a_sample_is_asked_for_Then_it_is_noticed_and_impacts_are_seen_again()
    {
        _bench.Sample(400);
        _part.Restart();
        _bench.Sample(5000);
        Assert.Equal(SensorFaultKind.StateLost, Driver.LastFault.Kind);
        Knock(new Acceleration(2500, 0, 0));
        _bench.RunFor(500);
        Assert.Equal(1, Driver.ImpactCount);
    }

    private Lis3dhPart Create(PartClock clock)
    {
        _part = new Lis3dhPart(clock, _ => new Acceleration(100, -52, 992));
        return _part;
    }

    private void Knock(Acceleration peak) => _part.Knock(peak);
}
