// What the arrivals at poles have to be: as many as were counted, the same travellers along a street, and always the same.
using System.Diagnostics;
using FsCheck;
using FsCheck.Fluent;
using Simulation.Scenarios;
using Simulation.World;
using Xunit;

namespace Simulation.Tests.World;

public class TrafficModelTests
{
    private const double MetresPerDegree = 6_371_008.8 * Math.PI / 180;

    private static readonly TravellerMix Mix = new()
    {
        Pedestrian = new TravellerClass { Percent = 50, SpeedMetresPerSecond = 1.4 },
        Bicycle = new TravellerClass { Percent = 30, SpeedMetresPerSecond = 5 },
        Vehicle = new TravellerClass { Percent = 20, SpeedMetresPerSecond = 13.9 },
    };

    private static Scenario Day(int days = 1) => new()
    {
        Name = "test",
        StartLocal = new DateTime(2026, 6, 20, 12, 0, 0),
        StartUtcMs = new TimeZoneRule().ToUtcMs(new DateTime(2026, 6, 20, 12, 0, 0)),
        DurationMs = days * 86_400_000L,
        Lamps = new LampSource { FilePath = "" },
    };

    // A straight street northwards from 51 degrees: lamp i stands at i * 30 m.
    private static Lamp[] Street(int count, string? name = "s") =>
        [.. Enumerable.Range(0, count).Select(i => new Lamp { Id = $"L{i}", Latitude = 51 + (i * 30 / MetresPerDegree), Longitude = 9, Street = name })];

    private static double[] Counts(double perBin) => [.. Enumerable.Repeat(perBin, 96)];

    private static List<(long EnterUs, long LeaveUs, TravellerKind Kind, bool IsForward)> All(TrafficModel model, int pole)
    {
        ArrivalSequence sequence = model.OpenSequence(pole);
        List<(long, long, TravellerKind, bool)> all = [];
        while (sequence.MoveNext())
        {
            all.Add((sequence.EnterUs, sequence.LeaveUs, sequence.Kind, sequence.IsForward));
        }

        return all;
    }

    [Fact]
    public void A_day_brings_as_many_travellers_as_were_counted_at_the_hours_at_which_they_were_counted()
    {
        double[] counts = Counts(0);
        counts[17 * 4] = 400;
        counts[(17 * 4) + 1] = 200;
        counts[3 * 4] = 40;
        TrafficModel model = TrafficModel.Create(counts, new TrafficSource { Mix = Mix, Share = 2 }, Day(), Street(1), 1, []);
        double[] hours = new double[24];
        foreach ((long enterUs, long leaveUs, _, _) in All(model, 0))
        {
            hours[(12 + (int)((enterUs + leaveUs) / 2 / 3_600_000_000)) % 24]++;
        }

        // Five standard deviations of a Poisson number.
        Assert.InRange(hours[17], 1200 - (5 * Math.Sqrt(1200)), 1200 + (5 * Math.Sqrt(1200)));
        Assert.InRange(hours[3], 80 - (5 * Math.Sqrt(80)), 80 + (5 * Math.Sqrt(80)));
        Assert.Equal(hours.Sum(), hours[17] + hours[3]);
    }

    [Fact]
    public void Numbers_of_arrivals_vary_as_a_Poisson_process_does()
    {
        // 400 lamps that are streets of their own, 24 expected each: mean and variance of the numbers are equal.
        TrafficModel model = TrafficModel.Create(Counts(0.25), new TrafficSource { Mix = Mix }, Day(), Street(400, null), 7, []);
        double[] numbers = [.. Enumerable.Range(0, 400).Select(pole => (double)All(model, pole).Count)];
        double mean = numbers.Average();
        double variance = numbers.Sum(number => (number - mean) * (number - mean)) / 399;

        Assert.InRange(mean, 24 - 1.25, 24 + 1.25);
        Assert.InRange(variance / mean, 0.7, 1.4);
    }

    [Fact]
    public void Everybody_passes_the_whole_street_in_order_at_the_speed_of_the_class()
    {
        TrafficModel model = TrafficModel.Create(Counts(3), new TrafficSource { Mix = Mix }, Day(), Street(5), 3, []);
        double[] speeds = [1.4, 5, 13.9];
        List<(long EnterUs, long LeaveUs, TravellerKind Kind, bool IsForward)>[] poles = [.. Enumerable.Range(0, 5).Select(pole => All(model, pole))];
        Assert.Equal(6, poles[0].Select(arrival => (arrival.Kind, arrival.IsForward)).Distinct().Count());
        foreach ((TravellerKind kind, bool isForward) in poles[0].Select(arrival => (arrival.Kind, arrival.IsForward)).Distinct())
        {
            double speed = speeds[(int)kind];
            long[][] passes = [.. poles.Select(pole => pole.Where(arrival => arrival.Kind == kind && arrival.IsForward == isForward).Select(arrival => arrival.EnterUs).ToArray())];

            // From an hour on everybody has come in by the end of the street; two hours before the end everybody goes through.
            long[] firstPole = isForward ? passes[0] : passes[4];
            foreach (long enterUs in firstPole.Where(us => us is > 3_600_000_000 and < 79_200_000_000))
            {
                for (int i = 1; i < 5; i++)
                {
                    long expectedUs = enterUs + (long)(30 * i / speed * 1e6);
                    long[] there = isForward ? passes[i] : passes[4 - i];
                    Assert.Contains(there, us => Math.Abs(us - expectedUs) < 1000);
                }
            }
        }

        Assert.All(poles[2], arrival => Assert.Equal(12 / speeds[(int)arrival.Kind], (arrival.LeaveUs - arrival.EnterUs) / 1e6, 3));
    }

    [Fact]
    public void Arrivals_are_in_order_within_the_run_and_the_same_however_calls_are_interleaved()
    {
        Prop.ForAll(Gen.Choose(1, 1000).Two().ToArbitrary(), pair =>
        {
            (int seed, int order) = pair;
            TrafficModel model = TrafficModel.Create(Counts(1), new TrafficSource { Mix = Mix }, Day(), Street(4), seed, []);
            List<long>[] alone = [.. Enumerable.Range(0, 4).Select(pole => All(model, pole).Select(arrival => arrival.EnterUs).ToList())];
            ArrivalSequence[] together = [.. Enumerable.Range(0, 4).Select(model.OpenSequence)];
            List<long>[] found = [[], [], [], []];
            Random random = new(order);
            for (int running = 4; running > 0;)
            {
                int pole = random.Next(4);
                if (together[pole].MoveNext())
                {
                    found[pole].Add(together[pole].EnterUs);
                }
                else if (together[pole].EnterUs == long.MaxValue)
                {
                    running = found.Select((list, i) => list.Count == alone[i].Count ? 0 : 1).Sum();
                }
            }

            return Enumerable.Range(0, 4).All(pole => found[pole].SequenceEqual(alone[pole]) && found[pole].Order().SequenceEqual(found[pole]) && found[pole].All(us => us >= 0));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20));
    }

    [Fact]
    public void Streets_and_seeds_have_travellers_of_their_own()
    {
        Lamp[] lamps = [.. Street(2, "a"), .. Street(2, "b")];
        TrafficModel one = TrafficModel.Create(Counts(3), new TrafficSource { Mix = Mix }, Day(), lamps, 1, []);
        TrafficModel two = TrafficModel.Create(Counts(3), new TrafficSource { Mix = Mix }, Day(), lamps, 2, []);

        Assert.NotEqual(All(one, 0).Take(5), All(one, 2).Take(5));
        Assert.NotEqual(All(one, 0).Take(5), All(two, 0).Take(5));
        Assert.Equal(All(one, 0), All(TrafficModel.Create(Counts(3), new TrafficSource { Mix = Mix }, Day(), lamps, 1, []), 0));
    }

    [Fact]
    public void Counts_follow_local_time_over_the_end_of_daylight_saving()
    {
        double[] counts = Counts(0);
        counts[12 * 4] = 1000;
        Scenario scenario = Day(2) with { StartLocal = new DateTime(2026, 10, 24, 0, 0, 0), StartUtcMs = new TimeZoneRule().ToUtcMs(new DateTime(2026, 10, 24, 0, 0, 0)) };
        TrafficModel model = TrafficModel.Create(counts, new TrafficSource { Mix = Mix }, scenario, Street(1), 1, []);

        // The 25th has 25 hours: its noon is 37 hours after the start.
        int[] hours = [.. All(model, 0).Select(arrival => (int)((arrival.EnterUs + arrival.LeaveUs) / 2 / 3_600_000_000)).Distinct().Order()];
        Assert.Equal([12, 37], hours);
    }

    [Fact]
    public void Nobody_comes_where_there_is_no_traffic()
    {
        ArrivalSequence sequence = TrafficModel.Create(Day(), Street(3), 1).OpenSequence(1);

        Assert.False(sequence.MoveNext());
        Assert.Equal(long.MaxValue, sequence.EnterUs);
        Assert.False(sequence.MoveNext());
    }

    [Theory]
    [InlineData(SyntheticTrafficKind.Residential, 8, 17)]
    [InlineData(SyntheticTrafficKind.Arterial, 7, 16)]
    [InlineData(SyntheticTrafficKind.Park, 16, 18)]
    public void A_synthetic_day_has_its_number_and_its_peak_by_day(SyntheticTrafficKind kind, int earliestPeakHour, int latestPeakHour)
    {
        double[] day = SyntheticDay.Make(new SyntheticTraffic { Kind = kind, TravellersPerDay = 500 });

        Assert.Equal(500, day.Sum(), 6);
        Assert.InRange(Array.IndexOf(day, day.Max()) / 4, earliestPeakHour, latestPeakHour);
        Assert.True(day[3 * 4] < day[17 * 4] / 5);
    }

    [Fact]
    public void An_arrival_allocates_nothing_and_a_pole_keeps_at_most_512_bytes()
    {
        TrafficModel model = TrafficModel.Create(Counts(50), new TrafficSource { Mix = Mix }, Day(10), Street(1000), 1, []);
        ArrivalSequence[] sequences = new ArrivalSequence[1000];
        model.OpenSequence(0).MoveNext();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < sequences.Length; i++)
        {
            sequences[i] = model.OpenSequence(i);
        }

        long perPole = (GC.GetAllocatedBytesForCurrentThread() - before) / sequences.Length;
        Assert.InRange(perPole, 1, 512);

        Stopwatch stopwatch = Stopwatch.StartNew();
        int arrivals = 0;
        long leastBytes = long.MaxValue;
        for (int part = 0; part < 4; part++)
        {
            // In parts: the runtime itself may allocate once, when it makes better code of a method; an arrival that allocates does so in each.
            before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 5_000 && sequences[0].MoveNext(); i++)
            {
                arrivals++;
            }

            leastBytes = Math.Min(leastBytes, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, leastBytes);
        Assert.Equal(20_000, arrivals);
        TestContext.Current.TestOutputHelper?.WriteLine($"{perPole} bytes a pole, {stopwatch.Elapsed.TotalNanoseconds / arrivals:0} ns an arrival");
    }
}
