// What traffic counting and the light rely on from the LD2410 beyond what holds for every UART sensor.
using PoleController.Drivers;
using PoleController.Hal;
using Simulation.Parts.Sensors;
using Xunit;

namespace Drivers.Tests.Sensors.Uart;

public class RadarTests
{
    private const int ArrivalMs = 60_000;

    [Theory]
    [InlineData(256)]
    [InlineData(512)]
    public void Given_somebody_who_walks_by_Then_every_distance_comes_with_its_time(int bufferLength)
    {
        // From 6 m to the pole and away again at 1.5 m/s.
        UartBench bench = Bench(out Ld2410 radar, timeUs => Walk(timeUs), null, bufferLength);
        List<(long Ms, int Centimetres)> reports = Collect(bench, radar, ArrivalMs - 1000, ArrivalMs + 12_000);
        List<(long Ms, int Centimetres)> seen = [.. reports.Where(report => report.Centimetres >= 0)];
        Assert.InRange(seen.Count, 60, 81);
        foreach ((long ms, int centimetres) in seen)
        {
            // A time is right to a report's distance, and 100 ms at 1.5 m/s are 15 cm.
            Assert.Equal(TrueCentimetres(ms), centimetres, 20.0);
        }

        Assert.Equal(seen.OrderBy(report => report.Ms), seen);
    }

    [Theory]
    [InlineData(256, 7, 11)]
    [InlineData(512, 4, 7)]
    public void Given_somebody_is_there_Then_the_radar_is_read_as_seldom_as_the_buffer_allows_and_not_at_all_afterwards(int bufferLength, int fewest, int most)
    {
        UartBench bench = Bench(out Ld2410 radar, timeUs => Walk(timeUs), null, bufferLength);
        Collect(bench, radar, ArrivalMs, ArrivalMs + 8_000);
        Assert.InRange(radar.SampleCount, fewest, most);
        Collect(bench, radar, ArrivalMs + 8_000, ArrivalMs + 20_000);
        int samples = radar.SampleCount;
        int polls = bench.PollCount;
        bench.RunFor(3_000_000);
        Assert.Equal(samples, radar.SampleCount);
        Assert.InRange(bench.PollCount - polls, 1, 3);
    }

    [Theory]
    [InlineData(256)]
    [InlineData(512)]
    public void Given_steps_that_come_late_Then_times_are_still_right(int bufferLength)
    {
        UartBench bench = Bench(out Ld2410 radar, timeUs => Walk(timeUs), null, bufferLength);
        bench.NextPollMs = (nowMs, askedMs) => Math.Max(nowMs + 1, askedMs) + 400;
        List<(long Ms, int Centimetres)> seen = [.. Collect(bench, radar, ArrivalMs - 1000, ArrivalMs + 9_000).Where(report => report.Centimetres >= 0)];
        Assert.NotEmpty(seen);
        foreach ((long ms, int centimetres) in seen)
        {
            Assert.Equal(TrueCentimetres(ms), centimetres, 60.0);
        }
    }

    [Fact]
    public void Given_a_radar_with_other_settings_When_it_starts_Then_it_gets_those_wanted_once()
    {
        UartBench bench = Bench(out _, _ => RadarView.Empty, new Ld2410Settings
        {
            MovingGate = 6, StillGate = 4, NoOneSeconds = 3, MovingSensitivity = 33, StillSensitivity = 44,
        });
        Ld2410Part part = (Ld2410Part)bench.Port.Part!;
        bench.RunFor(2000);
        Assert.Equal((6, 4, 3), (part.MovingGate, part.StillGate, part.NoOneSeconds));
        Assert.All(part.MovingSensitivities, value => Assert.Equal(33, value));
        Assert.All(part.StillSensitivities.Skip(2), value => Assert.Equal(44, value));
        Assert.Equal(2, part.WriteCount);

        // Its flash is not worn: a day of hourly looks writes nothing.
        bench.RunFor(86_400_000);
        Assert.Equal(2, part.WriteCount);
        Assert.Equal(SensorFaultKind.None, bench.Sensor.LastFault.Kind);
    }

    [Fact]
    public void Given_a_radar_that_was_exchanged_for_a_new_one_Then_it_gets_its_settings_within_the_hour()
    {
        UartBench bench = Bench(out _, _ => RadarView.Empty, new Ld2410Settings { MovingGate = 6 });
        bench.RunFor(5_000);
        Ld2410Part fresh = new(bench.Clock, _ => RadarView.Empty);
        bench.Port.Plug(fresh);
        bench.RunFor(Ld2410.CheckIntervalMs + 5_000);
        Assert.Equal(6, fresh.MovingGate);
    }

    [Fact]
    public void Given_a_radar_that_died_while_nobody_came_by_Then_it_shows_within_the_hour_and_passes()
    {
        UartBench bench = Bench(out _, _ => RadarView.Empty);
        bench.RunFor(5_000);
        bench.Port.Part!.IsSupplied = false;
        bench.RunFor(Ld2410.CheckIntervalMs + 60_000);
        Assert.Equal((SensorState.Failed, SensorFaultKind.NoAnswer), (bench.Sensor.State, bench.Sensor.LastFault.Kind));
        bench.Port.Part!.IsSupplied = true;
        bench.RunFor(90_000);
        Assert.Equal(SensorState.Measuring, bench.Sensor.State);
    }

    [Fact]
    public void Given_a_radar_that_refuses_a_command_Then_that_is_the_fault()
    {
        UartBench bench = Bench(out _, _ => RadarView.Empty);
        ((Ld2410Part)bench.Port.Part!).RefusesCommands = true;
        bench.RunUntilFailed(5_000);
        Assert.Equal((SensorFaultKind.CommandRefused, Ld2410.EnableCommand), (bench.Sensor.LastFault.Kind, bench.Sensor.LastFault.Code));
    }

    private static UartBench Bench(
        out Ld2410 radar, Func<long, RadarView> view, Ld2410Settings? settings = null, int bufferLength = UartPort.BufferLength)
    {
        Ld2410Part? part = null;
        UartBench bench = new(clock => part = new Ld2410Part(clock, view), uart => new Ld2410(uart, part, settings ?? new Ld2410Settings()), bufferLength);
        radar = (Ld2410)bench.Sensor;
        return bench;
    }

    // Runs as the pole does: OUT wakes it, so it is polled every 50 ms here.
    private static List<(long Ms, int Centimetres)> Collect(UartBench bench, Ld2410 radar, long fromMs, long untilMs)
    {
        List<(long Ms, int Centimetres)> reports = [];
        Func<long, long, long> next = bench.NextPollMs;
        bench.RunFor(fromMs - bench.NowMs);
        bench.NextPollMs = (nowMs, askedMs) => Math.Min(next(nowMs, askedMs), nowMs + 50);
        int samples = radar.SampleCount;
        while (bench.NowMs < untilMs)
        {
            bench.RunFor(1);
            if (radar.SampleCount != samples)
            {
                samples = radar.SampleCount;
                for (int i = 0; i < radar.ReportCount; i++)
                {
                    reports.Add((radar.ReportMs(i), radar.ReportMovingDistanceCentimetres(i)));
                }
            }
        }

        bench.NextPollMs = next;
        return reports;
    }

    private static double TrueCentimetres(long ms) => Walk(Math.Clamp(ms, ArrivalMs, ArrivalMs + 8_000) * 1000).MovingCentimetres;

    private static RadarView Walk(long timeUs)
    {
        double seconds = (timeUs - (ArrivalMs * 1000L)) / 1e6;
        double metres = Math.Abs(6 - (1.5 * seconds));
        return seconds is < 0 or > 8 ? RadarView.Empty : new RadarView((int)(metres * 100), 80, -1, 0);
    }
}
