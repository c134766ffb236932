// Whoever holds everything a pole has sent learns no count of arrivals below the smallest that the operator publishes: not from one message, and not by
// adding and subtracting what several say.
using System.Text.Json.Nodes;
using PoleController.Settings;
using PoleController.Tests.Parts;
using Xunit;

namespace MessageGenerator.Tests.Controller;

public sealed class SmallestCountTests
{
    private const int CellCount = 12;
    private const long MinuteMs = 60_000;

    public static TheoryData<int, bool> Cases()
    {
        TheoryData<int, bool> cases = [];
        for (int seed = 1; seed <= 12; seed++)
        {
            cases.Add(seed, false);
            cases.Add(seed, true);
        }

        return cases;
    }

    /// <summary>
    /// Each count that was sent is none or large enough, and all of them together are never more than had passed by then: they count disjoint sets of arrivals, because
    /// any arrival that two of them counted would be told twice. So no sum and no difference of them counts fewer than the smallest of these sets. In the end
    /// nothing is missing but what is still withheld: they were not made safe by leaving arrivals out.
    /// </summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void Given_any_arrivals_intervals_and_outages_Then_what_was_sent_counts_each_arrival_once_at_most_and_never_fewer_than_the_smallest_count(int seed, bool hasRadar)
    {
        Random random = new(seed);
        SimulatedRadar radar = new();
        PoleBench bench = new(seed) { Fit = hardware => hardware.Presence = hasRadar ? radar : null };
        ControllerSettings settings = new() { StatusIntervalSeconds = random.Next(60, 900) };
        settings.Traffic.SmallestCount = random.Next(1, 9);
        settings.Measurements.IntervalSeconds[MeasurementKind.Traffic - MeasurementSettings.FirstKind] = random.Next(60, 5400);
        settings.Measurements.IsConfirmed = true;
        settings.IsStatusConfirmed = true;
        Assert.True(new SettingsStore(bench.Store).TrySave(settings));
        bench.Start().RunUntil(() => bench.Statuses.Count > 0);

        List<long> arrivals = [];
        long endMs = bench.NowMs + (10 * 60 * MinuteMs);
        (long downMs, long upMs) = (bench.NowMs + random.NextInt64(4 * 60 * MinuteMs), bench.NowMs + random.NextInt64(5 * 60 * MinuteMs));
        int meanGapSeconds = random.Next(60, 1200);
        while (bench.NowMs < endMs)
        {
            bench.Operator.IsDown = bench.NowMs >= downMs && bench.NowMs < upMs;
            long enterMs = bench.NowMs;
            int metresPerSecond = random.Next(1, 12);
            bool isApproaching = random.Next(2) == 0;
            radar.Mover = ms => ms - enterMs < 500 / metresPerSecond * 10 ? (int)((isApproaching ? 500 : 0) + ((isApproaching ? -1 : 1) * metresPerSecond * (ms - enterMs) / 10)) : -1;
            arrivals.Add(enterMs);
            bench.Pass();
            bench.Run(12_000 + random.NextInt64(2 * meanGapSeconds * 1000));
        }

        bench.Operator.IsDown = false;
        bench.Run(4 * 60 * MinuteMs);

        List<(long TimeMs, long Count)> told = [.. Told(bench).OrderBy(item => item.TimeMs)];
        Assert.NotEmpty(told);
        Assert.All(told, item => Assert.True(item.Count == 0 || item.Count >= settings.Traffic.SmallestCount, $"{item.Count} is told, the smallest is {settings.Traffic.SmallestCount}"));
        long sum = 0;
        foreach ((long timeMs, long count) in told)
        {
            sum += count;
            Assert.InRange(sum, 0, arrivals.Count(arrivalMs => arrivalMs <= timeMs + 1000));
        }

        int series = hasRadar ? CellCount : 1;
        Assert.InRange(sum, arrivals.Count - (series * (settings.Traffic.SmallestCount - 1)), arrivals.Count);
    }

    [Fact]
    public void Given_fewer_than_the_smallest_count_Then_status_and_journal_tell_none_and_the_arrivals_come_with_those_that_make_them_enough()
    {
        PoleBench bench = new PoleBench().Start();
        bench.RunUntil(() => bench.Statuses.Count > 0);
        for (int i = 0; i < 4; i++)
        {
            bench.Pass();
            bench.Run(30 * MinuteMs);
        }

        Assert.All(bench.Statuses, status => Assert.Equal(0, status.Get<long>("occupancyCount")));
        bench.Pass();
        bench.Run(30 * MinuteMs);
        Assert.Equal(5, bench.Statuses.Sum(status => status.Get<long>("occupancyCount")));
        Assert.Single(bench.Statuses, status => status.Get<long>("occupancyCount") > 0);
    }

    [Fact]
    public void Given_somebody_for_whom_the_light_is_not_raised_Then_the_status_does_not_say_that_somebody_is_there()
    {
        // Without a position the light is full already.
        PoleBench bench = new();
        Assert.True(new SettingsStore(bench.Store).TrySave(new ControllerSettings { StatusIntervalSeconds = 60, HoldTimeMs = 300_000 }));
        bench.Start().RunUntil(() => bench.Statuses.Count > 1);
        bench.Pass();
        int before = bench.Statuses.Count;
        bench.Run(4 * MinuteMs);
        Assert.True(bench.Pole.Occupancy.IsOccupied);
        Assert.InRange(bench.Statuses.Count - before, 3, 5);
        Assert.All(bench.Statuses.Skip(before), status => Assert.False(status.Get<bool>("isOccupied")));
    }

    // Every count that was sent, once, with the time at which it was made: by status, by the journal and by measurements. A count that came twice says no more than once.
    private static IEnumerable<(long TimeMs, long Count)> Told(PoleBench bench)
    {
        foreach (Heard status in bench.Statuses)
        {
            yield return (status.SentMs, status.Get<long>("occupancyCount"));
        }

        HashSet<(string Kind, long Sequence)> seen = [];
        foreach (Heard message in bench.Journals)
        {
            int index = 0;
            foreach (JsonNode? node in (JsonArray)message.Values["entries"]!)
            {
                JsonObject entry = (JsonObject)node!;
                string kind = entry["entry"]!.GetValue<string>();
                long atMs = HappenedMs(message.Get<long>("firstSeconds") + entry["afterSeconds"]!.GetValue<long>());
                if (seen.Add((message.Get<string>("entryClass"), message.Get<long>("firstSequence") + index++))
                    && !(kind == "interval" && entry["wasSent"]!.GetValue<bool>() && bench.Statuses.Any(status => Math.Abs(status.SentMs - atMs) < 30_000)))
                {
                    foreach (long count in Counts(entry))
                    {
                        yield return (atMs, count);
                    }
                }
            }
        }

        foreach (Heard message in bench.Operator.Uplinks.Where(uplink => uplink.FPort == PoleController.Messages.MessagePort.Measurement).DistinctBy(uplink => uplink.Get<long>("seconds")))
        {
            foreach (JsonNode? entry in (JsonArray)message.Values["entries"]!)
            {
                foreach (long count in Counts((JsonObject)entry!))
                {
                    yield return (HappenedMs(message.Get<long>("seconds")), count);
                }
            }
        }
    }

    private static IEnumerable<long> Counts(JsonObject entry) => entry["entry"]!.GetValue<string>() switch
    {
        "interval" => [entry["occupancyCount"]!.GetValue<long>()],
        "traffic" => entry.Where(field => field.Key.EndsWith("Count", StringComparison.Ordinal) && field.Key != "smallestCount").Select(field => field.Value!.GetValue<long>()),
        _ => [],
    };

    private static long HappenedMs(long seconds) => (seconds - OperatorNetwork.Epoch.ToUnixTimeSeconds()) * 1000;
}
