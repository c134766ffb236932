// What a city may publish of its traffic: counts by direction and speed class where the radar can tell, never few, never anybody.
using System.Reflection;
using FsCheck;
using FsCheck.Fluent;
using PoleController.Sensing;
using PoleController.Settings;
using PoleController.Tests.Parts;
using Xunit;

namespace PoleController.Tests.Sensing;

public sealed class TrafficTests
{
    private const int ReachCentimetres = 600;
    private readonly SimulatedInput _pin = new();
    private readonly SimulatedRadar _radar = new();
    private readonly ControllerSettings _settings = new();
    private readonly List<(long AtMs, long LeavesMs, Func<double, double> Centimetres)> _travellers = [];

    public TrafficTests()
    {
        _settings.Traffic.SmallestCount = 1;
        _radar.Mover = DistanceAt;
    }

    [Theory]
    [InlineData(1.4, SpeedClass.Walking)]
    [InlineData(2.0, SpeedClass.Walking)]
    [InlineData(4.5, SpeedClass.Cycling)]
    [InlineData(6.0, SpeedClass.Cycling)]
    [InlineData(11.0, SpeedClass.Driving)]
    [InlineData(13.9, SpeedClass.Driving)]
    public void Given_somebody_who_comes_along_the_radars_axis_Then_direction_and_class_are_told(double metresPerSecond, SpeedClass expected)
    {
        for (int i = 0; i < 20; i++)
        {
            // Each at another moment between two reports.
            Come(10000 + (i * 60037L), metresPerSecond);
            Go(40000 + (i * 60037L), metresPerSecond);
        }

        TrafficCounter counter = Run(1300000);
        Assert.InRange(counter.Count(TravelDirection.Approaching, expected), 19, 20);
        Assert.InRange(counter.Count(TravelDirection.Receding, expected), 19, 20);
        Assert.Equal(40, Total(counter));
        Assert.Equal(Quality.Ok, counter.Quality);
    }

    [Fact]
    public void Given_somebody_who_passes_by_Then_the_class_is_told_and_the_direction_is_not()
    {
        for (int i = 0; i < 10; i++)
        {
            long atMs = 10000 + (i * 60011L);
            _travellers.Add((atMs, atMs + 8000, s => Math.Sqrt(Math.Pow(100 * 1.4 * (s - 4), 2) + (100 * 100))));
        }

        TrafficCounter counter = Run(700000);
        Assert.Equal(10, counter.Count(TravelDirection.Unknown, SpeedClass.Walking));
    }

    [Fact]
    public void Given_a_radar_high_on_the_pole_Then_slant_distances_do_not_make_cyclists_walk()
    {
        _settings.Traffic.SensorHeightCentimetres = 400;
        for (int i = 0; i < 10; i++)
        {
            long atMs = 10000 + (i * 60011L);
            _travellers.Add((atMs, atMs + 890, s => Math.Sqrt(Math.Pow(445 - (500 * s), 2) + (400 * 400))));
        }

        TrafficCounter counter = Run(700000);
        Assert.InRange(counter.Count(TravelDirection.Approaching, SpeedClass.Cycling), 9, 10);
    }

    [Fact]
    public void Given_somebody_who_stands_Then_it_is_one_and_nothing_more_is_known()
    {
        _travellers.Add((10000, 40000, s => 300 + (10 * Math.Sin(s))));
        TrafficCounter counter = Run(100000);
        Assert.Equal(1, counter.Count(TravelDirection.Unknown, SpeedClass.Unknown));
        Assert.Equal(1, Total(counter));
    }

    [Fact]
    public void Given_no_radar_Then_arrivals_are_counted_and_the_rest_is_said_not_to_be_known()
    {
        Come(10000, 1.4);
        Come(40000, 1.4);
        TrafficCounter counter = Run(100000, hasRadar: false);
        Assert.Equal(2, counter.Count(TravelDirection.Unknown, SpeedClass.Unknown));
        Assert.Equal(Quality.Substituted, counter.Quality);
    }

    [Fact]
    public void Given_a_radar_that_dies_Then_arrivals_are_still_counted()
    {
        _radar.IsDead = true;
        Come(10000, 1.4);
        Come(40000, 1.4);
        TrafficCounter counter = Run(100000);
        Assert.Equal(2, Total(counter));
        Assert.Equal(0, counter.Count(TravelDirection.Approaching, SpeedClass.Walking));
    }

    [Fact]
    public void Given_any_traffic_and_any_smallest_count_Then_nothing_smaller_is_published_nothing_is_lost_and_nothing_is_published_twice()
    {
        Gen<(int Smallest, int[] Hours)> cases = from smallest in Gen.Choose(1, 12) from hours in Gen.Choose(0, 9).ArrayOf(12) select (smallest, hours);
        Prop.ForAll(cases.ToArbitrary(), c =>
        {
            SimulatedInput pin = new();
            ControllerSettings settings = new() { OccupancyDebounceMs = 0 };
            settings.Traffic.SmallestCount = c.Smallest;
            OccupancySensor occupancy = new(pin, null, settings);
            TrafficCounter counter = new(null, occupancy, settings);
            long nowMs = 0;
            occupancy.Start(0, false);
            counter.Start(0, false);
            int arrived = 0;
            int published = 0;
            foreach (int arrivals in c.Hours)
            {
                for (int i = 0; i < arrivals * 2; i++)
                {
                    pin.Toggle();
                    nowMs += 10000;
                    occupancy.Step(nowMs);
                    counter.Step(nowMs);
                    counter.Step(nowMs + 1);
                }

                arrived += arrivals;
                counter.CloseInterval(nowMs + 3600000);
                int count = Total(counter);
                published += count;
                Assert.True(count == 0 || count >= c.Smallest);
                Assert.InRange(arrived - published, 0, c.Smallest - 1);
                Assert.Equal(c.Smallest > 1, counter.IsWithheld);
            }
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Given_it_is_switched_off_Then_nothing_is_counted_and_what_was_withheld_is_forgotten()
    {
        _settings.Traffic.SmallestCount = 5;
        Come(10000, 1.4);
        _settings.Measurements.IntervalSeconds[MeasurementKind.Traffic - MeasurementSettings.FirstKind] = 0;
        _settings.Revision++;
        TrafficCounter counter = Run(100000);
        _settings.Traffic.SmallestCount = 1;
        counter.CloseInterval(200000);
        Assert.Equal(0, Total(counter));
        Assert.Equal(Quality.NotMeasured, counter.Quality);
    }

    /// <summary>What the counter can remember between two passages, by reflection: counts, and no field that holds a time or a distance of one that is over.</summary>
    [Fact]
    public void Given_passages_that_are_over_Then_another_order_and_other_times_of_them_leave_the_same_memory()
    {
        string first = MemoryAfter([1.4, 5.0, 12.0], 1000);
        string second = MemoryAfter([12.0, 1.4, 5.0], 7777);
        Assert.Equal(first, second);
    }

    private static string MemoryAfter(double[] speeds, long offsetMs)
    {
        TrafficTests test = new();
        test._settings.Traffic.SmallestCount = 5;
        for (int i = 0; i < speeds.Length; i++)
        {
            test.Come(10000 + offsetMs + (i * 30000L), speeds[i]);
        }

        TrafficCounter counter = test.Run(200000);
        return string.Join(' ', Fields(counter, "_waiting", "_published", "_track", "_openedMs", "_closeMs", "_isOpen"));

        static IEnumerable<string> Fields(TrafficCounter counter, params string[] names)
        {
            foreach (string name in names)
            {
                object value = typeof(TrafficCounter).GetField(name, BindingFlags.NonPublic | BindingFlags.Instance)!.GetValue(counter)!;
                yield return value is ushort[] counts ? string.Join(',', counts)
                    : value.GetType().IsPrimitive ? value.ToString()!
                    : string.Join(',', value.GetType().GetFields(BindingFlags.NonPublic | BindingFlags.Instance).Select(field => field.Name + "=" + field.GetValue(value)));
            }
        }
    }

    private static int Total(TrafficCounter counter) =>
        Enum.GetValues<TravelDirection>().Sum(direction => Enum.GetValues<SpeedClass>().Sum(speed => counter.Count(direction, speed)));

    private void Come(long atMs, double metresPerSecond) =>
        _travellers.Add((atMs, atMs + (long)(ReachCentimetres / metresPerSecond * 10), s => ReachCentimetres - (100 * metresPerSecond * s)));

    private void Go(long atMs, double metresPerSecond) =>
        _travellers.Add((atMs, atMs + (long)(ReachCentimetres / metresPerSecond * 10), s => 100 * metresPerSecond * s));

    private int DistanceAt(long atMs)
    {
        foreach ((long fromMs, long leavesMs, Func<double, double> centimetres) in _travellers)
        {
            if (atMs >= fromMs && atMs < leavesMs)
            {
                return (int)centimetres((atMs - fromMs) / 1000.0);
            }
        }

        return -1;
    }

    /// <summary>Runs occupancy and counter as the controller does; the pin is the radar's output, held for two seconds after the last movement.</summary>
    private TrafficCounter Run(long durationMs, bool hasRadar = true)
    {
        OccupancySensor occupancy = new(_pin, hasRadar ? _radar : null, _settings);
        TrafficCounter counter = new(hasRadar ? _radar : null, occupancy, _settings);
        occupancy.Start(0, false);
        counter.Start(0, false);
        for (long nowMs = 0; nowMs < durationMs; nowMs += 50)
        {
            _pin.IsActive = _travellers.Exists(t => nowMs >= t.AtMs && nowMs < t.LeavesMs + 2000);
            occupancy.Step(nowMs);
            counter.Step(nowMs);
        }

        counter.CloseInterval(durationMs);
        return counter;
    }
}
