// What an air station relies on from the PMS5003 and the SDS011 beyond what holds for every UART sensor: settling, rest, identity.
using PoleController.Drivers;
using PoleController.Hal;
using Simulation.Parts.Sensors;
using Xunit;

namespace Drivers.Tests.Sensors.Uart;

public class ParticulateTests
{
    private static readonly DustyAir Air = new(80, 130, 210);

    [Theory]
    [InlineData("PMS5003")]
    [InlineData("SDS011")]
    public void Given_a_sample_is_asked_for_Then_it_comes_after_thirty_seconds_of_warming_up_and_the_part_rests(string name)
    {
        UartBench bench = new(UartCase.Of(name));
        bench.Clock.NowUs = 20_000;
        bench.RunFor(100);
        bench.Sensor.Request();
        bench.RunFor(15_000);
        Assert.Equal((SensorState.WarmingUp, 0), (bench.Sensor.State, bench.Sensor.SampleCount));
        bench.RunFor(14_000);
        Assert.Equal((SensorState.WarmingUp, 0), (bench.Sensor.State, bench.Sensor.SampleCount));
        bench.RunFor(4_000);
        Assert.Equal((SensorState.Resting, 1), (bench.Sensor.State, bench.Sensor.SampleCount));
        Assert.True(IsAsleep(bench.Port.Part!));
    }

    [Theory]
    [InlineData("PMS5003")]
    [InlineData("SDS011")]
    public void Given_a_sample_every_ten_minutes_Then_the_laser_lasts_for_more_than_fifteen_years(string name)
    {
        UartBench bench = new(UartCase.Of(name));
        const int Samples = 144;
        for (int i = 0; i < Samples; i++)
        {
            bench.Sample(40_000);
            bench.RunFor(600_000 - (bench.NowMs % 600_000));
        }

        double share = LaserUs(bench.Port.Part!) / (double)bench.Clock.NowUs;
        Assert.InRange(8000 / (share * 8766), 15, 25);
    }

    [Fact]
    public void Given_a_part_of_the_family_with_longer_frames_Then_it_is_the_wrong_one()
    {
        UartBench bench = new(clock => new Pms5003Part(clock, _ => Air, 36), uart => new Pms5003(uart));
        bench.RunUntilFailed(10_000);
        Assert.Equal((SensorFaultKind.WrongPart, 36), (bench.Sensor.LastFault.Kind, bench.Sensor.LastFault.Value));
    }

    [Theory]
    [InlineData("PMS5003", 20_000, 10_000)]
    [InlineData("SDS011", 20_000, 9_999)]
    public void Given_more_than_the_part_can_measure_Then_it_says_its_maximum(string name, int true10, int shown)
    {
        DustyAir air = new(true10, true10, true10);
        UartBench bench = name == "PMS5003"
            ? new(clock => new Pms5003Part(clock, _ => air), uart => new Pms5003(uart))
            : new(clock => new Sds011Part(clock, _ => air, 1), uart => new Sds011(uart));
        bench.Sample(40_000);
        Assert.Equal(shown, ((IParticulateSensor)bench.Sensor).Pm10DecimicrogramsPerCubicMetre);
        Assert.Equal(shown, ((IParticulateSensor)bench.Sensor).MaximumDecimicrogramsPerCubicMetre);
    }

    [Fact]
    public void Given_another_SDS011_between_two_samples_Then_it_is_noticed_and_started_anew()
    {
        UartBench bench = new(UartCase.Of("SDS011"));
        bench.Sample(40_000);
        bench.RunFor(5_000);
        Sds011 sensor = (Sds011)bench.Sensor;
        Assert.Equal((0xA160, 0), (sensor.PartNumber, sensor.ReplacementCount));
        Sds011Part other = new(bench.Clock, _ => Air, 0xBEEF);
        bench.Port.Plug(other);
        bench.Sample(80_000);
        Assert.Equal((0xBEEF, 1), (sensor.PartNumber, sensor.ReplacementCount));
        Assert.Equal(SensorFaultKind.StateLost, sensor.LastFault.Kind);
        Assert.True(other.IsQuerying);
        bench.RunFor(1_000);
        Assert.True(other.IsAsleep);
    }

    [Fact]
    public void Given_another_SDS011_while_the_first_one_settles_Then_its_first_values_do_not_count()
    {
        UartBench bench = new(UartCase.Of("SDS011"));
        bench.Sensor.Request();
        bench.RunFor(25_000);
        bench.Port.Plug(new Sds011Part(bench.Clock, _ => Air, 0xBEEF));
        bench.Sample(80_000);
        bench.Case!.AssertTrue(bench.Sensor);
        Assert.True(bench.NowMs > 55_000);
    }

    [Fact]
    public void Given_an_SDS011_that_is_told_its_mode_Then_its_memory_is_written_once()
    {
        UartBench bench = new(UartCase.Of("SDS011"));
        for (int i = 0; i < 5; i++)
        {
            bench.Sample(40_000);
            bench.RunFor(60_000);
        }

        Assert.Equal(1, ((Sds011Part)bench.Port.Part!).ModeWriteCount);
    }

    [Theory]
    [InlineData("PMS5003")]
    [InlineData("SDS011")]
    public void Given_a_part_that_falls_silent_while_it_is_awake_When_it_is_back_Then_it_is_put_to_rest(string name)
    {
        UartBench bench = new(UartCase.Of(name));
        bench.Sensor.Request();
        bench.RunFor(20_000);
        bench.Port.Trouble.IsSilent = true;
        bench.RunFor(120_000);
        Assert.Equal(SensorState.Failed, bench.Sensor.State);
        bench.Port.Trouble.IsSilent = false;
        bench.RunFor(120_000);
        Assert.Equal(1, bench.Sensor.SampleCount);
        Assert.True(IsAsleep(bench.Port.Part!));
    }

    private static bool IsAsleep(UartPart part) => part is Pms5003Part pms ? pms.IsAsleep : ((Sds011Part)part).IsAsleep;

    private static long LaserUs(UartPart part) => part is Pms5003Part pms ? pms.LaserUs : ((Sds011Part)part).LaserUs;
}
