// The SGP41 beyond what holds for every sensor: conditioning, compensation, heater, defects.
using PoleController.Drivers;
using PoleController.Hal;
using Simulation.Parts.Sensors;
using Xunit;

namespace Drivers.Tests.Sensors.I2c;

public class Sgp41Tests
{
    private readonly I2cBench _bench = I2cCase.Of("SGP41").CreateBench();

    private Sgp41 Driver => (Sgp41)_bench.Sensor;

    private Sgp41Part Part => (Sgp41Part)_bench.Socket.Part!;

    [Fact]
    public void Given_a_start_When_the_first_sample_is_asked_for_Then_the_part_is_conditioned_for_ten_seconds_and_no_longer()
    {
        long beginMs = _bench.NowMs;
        _bench.Sensor.Request();
        _bench.RunFor(9000);
        Assert.Equal((SensorState.WarmingUp, -1), (Driver.State, Driver.NoxTicks));
        _bench.Sample(3000);
        Assert.InRange(_bench.NowMs - beginMs, 10_000, 10_700);
        Assert.Equal((30_521, 15_233), (Driver.VocTicks, Driver.NoxTicks));
        Assert.Equal(0, Part.OverheatedCount);
        Assert.Equal(0x0581_6ABC, Driver.SerialNumber);
    }

    [Fact]
    public void Given_samples_every_second_When_taken_Then_the_heater_stays_on_and_each_is_there_at_once_measured_since_the_one_before()
    {
        double ticks = 30_000;
        _bench.Socket.Part = new Sgp41Part(_bench.Clock, _ => ticks++, _ => 15_000);
        _bench.Sample(12_000);
        for (int i = 0; i < 100; i++)
        {
            _bench.RunFor(999);
            int before = Driver.VocTicks;
            long beginMs = _bench.NowMs;
            _bench.Sample(100);
            Assert.InRange(_bench.NowMs - beginMs, 0, 1);
            Assert.Equal(before + 1, Driver.VocTicks);
            Assert.True(((Sgp41Part)_bench.Socket.Part).IsHeating);
        }

        Assert.Equal(0, ((Sgp41Part)_bench.Socket.Part).OverheatedCount);
    }

    [Fact]
    public void Given_a_sample_asked_for_right_after_another_When_the_part_still_measures_Then_it_is_waited_for()
    {
        _bench.Sample(12_000);
        long beginMs = _bench.NowMs;
        _bench.Sample(100);
        Assert.InRange(_bench.NowMs - beginMs, 50, 60);
    }

    [Theory]
    [InlineData(Sgp41.AheadMs - 100, 0, 1)]
    [InlineData(Sgp41.AheadMs + 100, 50, 60)]
    public void Given_a_measurement_made_ahead_When_it_is_too_old_Then_another_is_made(int pauseMs, int leastMs, int mostMs)
    {
        _bench.Sample(12_000);
        Driver.SetCompensation(-4500, 1000);
        _bench.RunFor(pauseMs);
        long beginMs = _bench.NowMs;
        _bench.Sample(100);
        Assert.InRange(_bench.NowMs - beginMs, leastMs, mostMs);
    }

    [Fact]
    public void Given_a_part_that_is_gone_while_it_measures_ahead_When_the_next_sample_is_asked_for_Then_it_fails_and_comes_back()
    {
        _bench.Sample(12_000);
        Sgp41Part part = Part;
        _bench.Socket.Part = null;
        _bench.RunFor(5000);
        _bench.RunUntilFailed(10_000);
        Assert.Equal(SensorFaultKind.NoAnswer, Driver.LastFault.Kind);
        _bench.Socket.Part = part;
        part.Restart();
        _bench.Sample(80_000);
    }

    [Fact]
    public void Given_nobody_who_asks_When_a_minute_has_passed_Then_the_heater_is_off_and_the_next_sample_is_conditioned_anew()
    {
        _bench.Sample(12_000);
        _bench.RunFor(Sgp41.IdleMs - 1000);
        Assert.True(Part.IsHeating);
        _bench.RunFor(2000);
        Assert.False(Part.IsHeating);
        Assert.Equal(SensorState.Resting, Driver.State);
        long beginMs = _bench.NowMs;
        _bench.Sample(12_000);
        Assert.InRange(_bench.NowMs - beginMs, 10_000, 10_700);
        Assert.Equal(15_233, Driver.NoxTicks);
        Assert.Equal(0, Part.OverheatedCount);
    }

    // Data sheet, section 3.3: 25 degrees and 50 % are 0x6666 and 0x8000.
    [Fact]
    public void Given_what_the_air_is_like_When_a_sample_is_taken_Then_the_part_is_told()
    {
        _bench.Sample(12_000);
        Assert.Equal((0x8000, 0x6666), (Part.HumidityWord, Part.TemperatureWord));
        Driver.SetCompensation(-4500, 1000);
        _bench.Sample(100);
        Assert.Equal((0xFFFF, 0x0000), (Part.HumidityWord, Part.TemperatureWord));
    }

    [Fact]
    public void Given_an_SGP40_behind_the_address_When_started_Then_it_is_a_wrong_part()
    {
        _bench.Socket.Part = new Sgp41Part(_bench.Clock, _ => 30_000, _ => 15_000, isSgp40: true);
        _bench.RunFor(100);
        _bench.RunUntilFailed(10_000);
        Assert.Equal((SensorFaultKind.WrongPart, Sgp41Command.GetFeatureSet), (Driver.LastFault.Kind, Driver.LastFault.Code));
    }

    [Fact]
    public void Given_a_pixel_that_is_defect_When_started_Then_the_self_test_says_so()
    {
        Part.IsDefect = true;
        _bench.RunUntilFailed(10_000);
        Assert.Equal(
            (SensorFaultKind.PartDefect, Sgp41Command.ExecuteSelfTest, 0xD402), (Driver.LastFault.Kind, Driver.LastFault.Code, Driver.LastFault.Value));
        Part.IsDefect = false;
        _bench.Sample(15_000);
    }
}
