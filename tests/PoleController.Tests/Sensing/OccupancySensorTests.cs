// What the light and the counts rely on from the occupancy sensor.
using FsCheck;
using FsCheck.Fluent;
using PoleController.Sensing;
using PoleController.Settings;
using PoleController.Tests.Parts;
using Xunit;

namespace PoleController.Tests.Sensing;

public sealed class OccupancySensorTests
{
    private const int DebounceMs = 50;
    private const int HoldTimeMs = 30000;
    private readonly SimulatedInput _input = new();
    private readonly ControllerSettings _settings = new() { OccupancyDebounceMs = DebounceMs, HoldTimeMs = HoldTimeMs };
    private readonly OccupancySensor _sensor;

    public OccupancySensorTests()
    {
        _sensor = new OccupancySensor(_input, null, _settings);
        _sensor.Start(0, false);
    }

    [Fact]
    public void Given_nobody_Then_it_sleeps_until_the_input_wakes_it()
    {
        Assert.Equal(Wake.Never, _sensor.Step(10));
        Assert.False(_sensor.IsOccupied);
        Assert.Equal(HealthState.Ok, _sensor.Health.State);
    }

    [Fact]
    public void Given_an_arrival_Then_it_is_believed_exactly_after_the_debounce_time()
    {
        Assert.Equal(1000 + DebounceMs, At(1000, true));
        At(1000 + DebounceMs - 1, true);
        Assert.False(_sensor.IsOccupied);
        At(1000 + DebounceMs, true);
        Assert.True(_sensor.IsOccupied);
        Assert.Equal(1, _sensor.Count);
    }

    [Fact]
    public void Given_a_glitch_shorter_than_the_debounce_time_Then_nothing_happened()
    {
        At(1000, true);
        At(1000 + DebounceMs - 1, false);
        At(5000, false);
        Assert.False(_sensor.IsOccupied);
        Assert.Equal(0, _sensor.Count);
    }

    [Fact]
    public void Given_a_late_step_after_an_arrival_Then_the_arrival_is_not_lost()
    {
        At(1000, true);
        At(3000, false);
        Assert.Equal(1, _sensor.Count);
        Assert.True(_sensor.IsOccupied);
    }

    [Fact]
    public void Given_a_bouncing_release_Then_it_is_one_arrival()
    {
        At(1000, true);
        At(2000, false);
        At(2020, true);
        At(2040, false);
        At(2060, true);
        At(9000, true);
        Assert.Equal(1, _sensor.Count);
    }

    [Fact]
    public void Given_a_release_Then_it_holds_from_the_last_activity_to_the_millisecond()
    {
        At(1000, true);
        At(5000, false);
        long wakeMs = At(5000 + DebounceMs, false);
        Assert.Equal(5000 + HoldTimeMs, wakeMs);
        At(wakeMs - 1, false);
        Assert.True(_sensor.IsOccupied);
        Assert.Equal(Wake.Never, At(wakeMs, false));
        Assert.False(_sensor.IsOccupied);
    }

    [Fact]
    public void Given_a_second_arrival_within_the_hold_time_Then_it_counts_and_the_hold_time_starts_anew()
    {
        At(1000, true);
        At(2000, false);
        At(20000, true);
        At(21000, false);
        At(21000 + HoldTimeMs - 1, false);
        Assert.True(_sensor.IsOccupied);
        Assert.Equal(2, _sensor.Count);
        At(21000 + HoldTimeMs, false);
        Assert.False(_sensor.IsOccupied);
    }

    [Fact]
    public void Given_an_input_stuck_active_Then_after_half_an_hour_it_raises_the_light_no_more_until_it_releases()
    {
        At(1000, true);
        long stuckMs = At(2000, true);
        Assert.Equal(1000 + OccupancySensor.StuckAfterMs, stuckMs);
        At(stuckMs - 1, true);
        Assert.True(_sensor.IsOccupied);
        Assert.Equal(Wake.Never, At(stuckMs, true));
        Assert.False(_sensor.IsOccupied);
        Assert.Equal(HealthState.Degraded, _sensor.Health.State);
        Assert.Equal(HealthReason.Implausible, _sensor.Health.Reason);

        At(stuckMs + 1000, false);
        At(stuckMs + 2000, false);
        Assert.False(_sensor.IsOccupied);
        Assert.Equal(HealthState.Ok, _sensor.Health.State);
        Assert.Equal(1, _sensor.Count);

        At(stuckMs + 9000, true);
        At(stuckMs + 10000, true);
        Assert.True(_sensor.IsOccupied);
        Assert.Equal(2, _sensor.Count);
    }

    [Fact]
    public void Given_a_step_that_comes_after_half_an_hour_with_the_release_Then_the_stuck_input_is_not_held()
    {
        _settings.OccupancyDebounceMs = 0;
        At(1000, true);
        At(1000 + OccupancySensor.StuckAfterMs + 5, false);
        Assert.False(_sensor.IsOccupied);
    }

    [Fact]
    public void Given_nobody_takes_the_count_Then_it_stays_at_its_maximum()
    {
        _settings.OccupancyDebounceMs = 0;
        for (int i = 0; i <= OccupancySensor.MaximumCount; i++)
        {
            At(10 + (2 * i), true);
            At(11 + (2 * i), false);
        }

        Assert.Equal(OccupancySensor.MaximumCount, _sensor.Count);
        Assert.Equal(OccupancySensor.MaximumCount + 1, _sensor.ArrivalCount);
        Assert.Equal(OccupancySensor.MaximumCount, _sensor.TakeCount());
        Assert.Equal(0, _sensor.Count);
    }

    [Fact]
    public void Given_no_sensor_Then_nobody_is_there_and_that_is_no_fault()
    {
        OccupancySensor none = new(null, null, _settings);
        none.Start(0, true);
        Assert.Equal(Wake.Never, none.Step(5));
        Assert.False(none.IsOccupied);
        Assert.Equal(HealthState.Ok, none.Health.State);
        Assert.Equal(HealthReason.NotFitted, none.Health.Reason);
    }

    [Fact]
    public void Given_an_input_that_throws_Then_the_light_is_let_down_and_it_is_tried_again()
    {
        At(1000, true);
        At(2000, true);
        _input.Throws = true;
        Run(2001, 2001 + DebounceMs + HoldTimeMs);
        Assert.False(_sensor.IsOccupied);
        Assert.Equal(HealthState.Failed, _sensor.Health.State);

        _input.Throws = false;
        Run(40000, 42000);
        Assert.True(_sensor.IsOccupied);
        Assert.Equal(HealthState.Ok, _sensor.Health.State);
    }

    [Fact]
    public void Any_train_of_edges_gives_the_arrivals_and_the_hold_of_its_definition_however_it_is_stepped()
    {
        Gen<int[]> trains = Gen.Choose(1, 400).ArrayOf(40);
        Prop.ForAll(trains.ToArbitrary(), (int[] lengths) =>
        {
            long[] edges = new long[lengths.Length];
            long timeMs = 100;
            for (int i = 0; i < edges.Length; i++)
            {
                timeMs += lengths[i] * (i % 3 == 0 ? 1 : 3);
                edges[i] = timeMs;
            }

            foreach (bool isBeat in new[] { false, true })
            {
                AssertDefinition(edges, isBeat);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));
    }

    /// <summary>Walks millisecond by millisecond through the definition: a state is believed once the input has had it for the debounce time.</summary>
    private static void AssertDefinition(long[] edges, bool isBeat)
    {
        SimulatedInput input = new();
        ControllerSettings settings = new() { OccupancyDebounceMs = DebounceMs, HoldTimeMs = 1000 };
        OccupancySensor sensor = new(input, null, settings);
        sensor.Start(0, false);
        long wakeMs = sensor.Step(0);
        bool believed = false;
        int steadyMs = 0;
        int arrivals = 0;
        long lastActiveMs = long.MinValue / 2;
        int edge = 0;
        for (long nowMs = 1; nowMs < edges[^1] + 1500; nowMs++)
        {
            bool before = input.IsActive;
            if (edge < edges.Length && nowMs == edges[edge])
            {
                input.IsActive = !input.IsActive;
                edge++;
            }

            // The state up to this millisecond is what was seen at the one before.
            steadyMs++;
            if (before != believed && steadyMs >= DebounceMs)
            {
                believed = before;
                arrivals += believed ? 1 : 0;
            }

            if (input.IsActive != before)
            {
                steadyMs = 0;
                lastActiveMs = before && believed ? nowMs : lastActiveMs;
            }

            if (isBeat || nowMs >= wakeMs || input.IsActive != before)
            {
                wakeMs = sensor.Step(nowMs);
            }

            Assert.Equal(arrivals, sensor.Count);
            Assert.Equal(believed || nowMs - lastActiveMs < 1000, sensor.IsOccupied);
        }
    }

    private long At(long nowMs, bool isActive)
    {
        _input.IsActive = isActive;
        return _sensor.Step(nowMs);
    }

    private void Run(long fromMs, long toMs)
    {
        for (long nowMs = fromMs; nowMs <= toMs;)
        {
            long wakeMs = _sensor.Step(nowMs);
            nowMs = Math.Max(nowMs + 1, Math.Min(wakeMs, toMs));
            if (nowMs == toMs)
            {
                _sensor.Step(nowMs);
                return;
            }
        }
    }
}
