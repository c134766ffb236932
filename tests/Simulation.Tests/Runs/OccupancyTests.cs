// Travellers at the poles: what the controller counts against what its sensor showed, and how fast the light comes, measured at the lamp.
using Simulation.Reports;
using Simulation.Scenarios;
using Xunit;

namespace Simulation.Tests.Runs;

public class OccupancyTests
{
    [Theory]
    [InlineData(200)]
    [InlineData(5000)]
    public void Given_travellers_When_the_sensor_s_output_rises_Then_the_controller_counts_every_edge_and_nothing_else(double perDay)
    {
        using StreetRun run = Street.From("2026-12-10T17:00", 1.5).Poles(5).Constant(300, 1000).Travellers(perDay).Build();
        int[] edges = new int[5];
        bool[] wasActive = new bool[5];
        run.Watch(90, 0.25, _ => CountEdges(run, edges, wasActive));
        for (int pole = 0; pole < 5; pole++)
        {
            // A pulse is two seconds at least, so looking four times a second misses no pulse; gaps shorter than that may be missed, no more.
            long counted = run.Controller(pole).Occupancy.ArrivalCount;
            int arrivals = run.Pole(pole).Parts.Pir!.ArrivalCount;
            Assert.InRange(counted, edges[pole], edges[pole] + (edges[pole] / 20) + 1);
            Assert.InRange(counted, 1, arrivals);
        }
    }

    [Fact]
    public void Given_few_travellers_When_none_follows_another_closely_Then_everybody_is_counted()
    {
        using StreetRun run = Street.From("2026-12-10T17:00", 3).Poles(1).Constant(300, 1000).Travellers(100).Build();
        RunReport report = run.Finish();
        Assert.InRange(report.Poles[0].Arrivals, 5, 60);
        Assert.InRange(report.Poles[0].Counted, report.Poles[0].Arrivals - 1, report.Poles[0].Arrivals);
    }

    [Theory]
    [InlineData(50, 500)]
    [InlineData(0, 0)]
    [InlineData(200, 2000)]
    public void Given_debounce_and_fade_When_somebody_comes_Then_the_light_is_up_after_both_and_a_step(int debounceMs, int fadeMs)
    {
        using StreetRun run = Street.AtNight(1).Poles(5).Constant(300, 1000).Travellers(1500)
            .Settings(new PoleSettings { OccupancyDebounceMs = debounceMs, OccupancyFadeUpMs = fadeMs }).Build();
        RunReport report = run.Finish();
        Assert.True(report.Poles.Sum(pole => pole.Responses) > 20, "hardly anybody came");
        foreach (PoleReport pole in report.Poles.Where(pole => pole.Responses > 0))
        {
            Assert.InRange(pole.WorstResponseMs!.Value, debounceMs + (fadeMs * 0.9) - 1, debounceMs + fadeMs + 20);
        }
    }

    [Fact]
    public void Given_somebody_who_has_gone_When_the_hold_time_is_over_Then_the_light_goes_down_again()
    {
        using StreetRun run = Street.AtNight(1).Poles(1).Constant(300, 1000).Travellers(400)
            .Settings(new PoleSettings { HoldTimeMs = 60_000, OccupancyFadeDownMs = 10_000 }).Build();
        double fellSeconds = -1;
        int checkedCount = 0;
        run.RunTo(5);
        run.Watch(60, 0.5, seconds =>
        {
            if (run.Pole(0).Parts.Pir!.IsActive)
            {
                fellSeconds = seconds;
            }
            else if (fellSeconds > 0 && seconds - fellSeconds is > 1 and < 59)
            {
                Assert.Equal(1000, run.Light(0));
            }
            else if (fellSeconds > 0 && seconds - fellSeconds > 71.5)
            {
                Assert.Equal(300, run.Light(0));
                checkedCount++;
            }
        });
        Assert.True(checkedCount > 0, "nobody came");
    }

    private static void CountEdges(StreetRun run, int[] edges, bool[] wasActive)
    {
        for (int pole = 0; pole < edges.Length; pole++)
        {
            bool isActive = run.Pole(pole).Parts.Pir!.IsActive;
            edges[pole] += isActive && !wasActive[pole] ? 1 : 0;
            wasActive[pole] = isActive;
        }
    }
}
