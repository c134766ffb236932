// The journal over a good store: order, sequence numbers, times, what gives way when it is full, and what it costs in writes.
using PoleController.Journal;
using PoleController.Tests.Settings;
using PoleController.Time;
using Xunit;

namespace PoleController.Tests.Journal;

public sealed class PoleJournalTests
{
    private const JournalClass Event = JournalClass.Event;
    private const JournalClass Measurement = JournalClass.Measurement;

    [Fact]
    public void Given_entries_When_the_pole_restarts_Then_they_are_there_in_order_with_their_times_and_numbers()
    {
        JournalBench bench = new();
        for (int i = 0; i < 100; i++)
        {
            Assert.True(bench.Add(i % 10 == 0 ? Event : Measurement, i));
        }

        List<Noted> before = [.. bench.Waiting(Event), .. bench.Waiting(Measurement)];
        bench.Restart();
        Assert.Equal(before, [.. bench.Waiting(Event), .. bench.Waiting(Measurement)]);
        Assert.Equal(Enumerable.Range(0, 10).Select(i => 10 * i), bench.Numbers(Event));
        Assert.Equal(Enumerable.Range(0, 100).Where(i => i % 10 != 0), bench.Numbers(Measurement));
        Assert.Equal(Enumerable.Range(0, 90).Select(i => (uint)i), bench.Waiting(Measurement).Select(entry => entry.Sequence));
        Assert.All(bench.Waiting(Event), entry => Assert.Equal((JournalBench.UtcStartMs / 1000) + 1 + (10 * entry.Sequence), entry.Seconds));
    }

    [Fact]
    public void Given_more_entries_than_fit_Then_the_oldest_are_lost_and_the_count_is_what_is_missing_also_after_restarts()
    {
        JournalBench bench = new();
        for (int i = 0; i < 1000; i++)
        {
            bench.Add(Measurement, i);
            if (i % 97 == 0)
            {
                bench.Restart();
            }

            List<int> waiting = i % 50 == 49 ? bench.Numbers(Measurement) : [];
            if (waiting.Count > 0)
            {
                Assert.Equal(Enumerable.Range(i + 1 - waiting.Count, waiting.Count), waiting);
                Assert.Equal(i + 1, waiting.Count + bench.Journal.LostCount(Measurement));
            }
        }

        // A day and a half of ten-minute intervals at the least, and no event gave way to a measurement.
        Assert.InRange(bench.Journal.WaitingCount(Measurement), 240, 300);
        bench.Add(Event, 7);
        Assert.Equal(0u, bench.Journal.LostCount(Event));
        Assert.Equal([7], bench.Numbers(Event));
    }

    [Fact]
    public void Given_a_full_journal_of_measurements_Then_events_still_have_their_place_and_the_other_way_round()
    {
        JournalBench bench = new();
        for (int i = 0; i < 500; i++)
        {
            bench.Add(Measurement, i);
            bench.Add(Event, i, 6);
        }

        Assert.InRange(bench.Journal.WaitingCount(Event), 26, 40);
        Assert.InRange(bench.Journal.WaitingCount(Measurement), 240, 300);
        Assert.Equal(500, bench.Journal.LostCount(Event) + bench.Journal.WaitingCount(Event));
    }

    [Fact]
    public void Given_entries_that_were_sent_When_the_pole_restarts_Then_less_than_a_segment_of_them_comes_again_and_nothing_unsent_is_missing()
    {
        JournalBench bench = new();
        int sent = 0;
        int added = 0;
        Random random = new(5);
        for (int round = 0; round < 200; round++)
        {
            for (int i = random.Next(12); i > 0; i--)
            {
                bench.Add(Measurement, added++);
            }

            for (int i = random.Next(5); i > 0 && sent < added; i--)
            {
                uint upTo = bench.Journal.FirstSequence(Measurement) + (uint)random.Next((int)bench.Journal.WaitingCount(Measurement));
                bench.Journal.MarkSent(Measurement, upTo);
                sent = (int)upTo + 1;
                Assert.Equal(Enumerable.Range(sent, added - sent), bench.Numbers(Measurement));
            }

            if (random.Next(3) == 0)
            {
                bench.Restart();
                int first = (int)bench.Journal.FirstSequence(Measurement);
                Assert.InRange(first, sent - 11, sent);
                Assert.Equal(Enumerable.Range(first, added - first), bench.Numbers(Measurement));
                sent = first;
            }
        }

        Assert.Equal(0u, bench.Journal.LostCount(Measurement));
    }

    [Fact]
    public void Given_an_emptied_journal_When_the_pole_restarts_Then_the_numbers_go_on_where_they_were()
    {
        JournalBench bench = new();
        for (int i = 0; i < 5; i++)
        {
            bench.Add(Event, i);
        }

        bench.Journal.MarkSent(Event, 4);
        Assert.False(bench.Journal.IsAnyWaiting);
        bench.Restart();
        Assert.False(bench.Journal.IsAnyWaiting);
        bench.Add(Event, 9);
        Assert.Equal(5u, Assert.Single(bench.Waiting(Event)).Sequence);
    }

    [Fact]
    public void Given_no_clock_When_it_becomes_known_Then_the_entries_of_this_start_have_their_time_and_keep_it_over_a_restart()
    {
        JournalBench bench = new JournalBench().Restart(isClockKnown: false);
        for (int i = 0; i < 30; i++)
        {
            bench.Add(Measurement, i);
        }

        Assert.All(bench.Waiting(Measurement), entry => Assert.False(entry.IsUtc));
        Assert.Equal(Enumerable.Range(1, 30).Select(i => (long)i), bench.Waiting(Measurement).Select(entry => entry.Seconds));
        bench.NowMs = 3_600_000;
        bench.Clock.Set(bench.NowMs, JournalBench.UtcStartMs + bench.NowMs, 700);
        List<Noted> resolved = bench.Waiting(Measurement);
        Assert.All(resolved, entry => Assert.True(entry.IsUtc));
        Assert.Equal(Enumerable.Range(1, 30).Select(i => (JournalBench.UtcStartMs / 1000) + i), resolved.Select(entry => entry.Seconds));

        int writesBefore = bench.WriteCount;
        for (int i = 0; i < 10; i++, bench.NowMs += 1000)
        {
            bench.Journal.Step(bench.NowMs);
        }

        Assert.Equal(3, bench.WriteCount - writesBefore);
        Assert.Equal(resolved, bench.Restart(isClockKnown: false).Waiting(Measurement));
    }

    [Fact]
    public void Given_a_clock_that_was_never_known_in_a_start_Then_its_entries_say_so_and_differ_from_those_of_other_starts()
    {
        JournalBench bench = new JournalBench().Restart(isClockKnown: false);
        bench.Add(Measurement, 1);
        bench.Restart(isClockKnown: false);
        bench.Add(Measurement, 2);
        bench.Restart(isClockKnown: true);
        bench.Add(Measurement, 3);
        bench.Journal.Step(5000);
        JournalEntry entry = new();
        int[] starts = [.. new uint[] { 0, 1, 2 }.Select(sequence =>
        {
            Assert.True(bench.Journal.TryRead(5000, Measurement, sequence, entry));
            return entry.StartNumber;
        })];
        Assert.Equal(3, starts.Distinct().Count());
        Assert.Equal([false, false, true], bench.Waiting(Measurement).Select(found => found.IsUtc));
    }

    // The figures of the folder's README.
    [Fact]
    public void Given_a_year_without_a_network_Then_the_flash_takes_a_write_an_entry_of_at_most_a_segment()
    {
        JournalBench bench = new();
        for (int i = 0; i < 52_560; i++)
        {
            bench.Add(Measurement, i);
        }

        Assert.Equal(52_560, bench.WriteCount);
        Assert.InRange(bench.WrittenBytes, 6_000_000, 8_000_000);
    }

    [Fact]
    public void Given_entries_that_are_sent_Then_freeing_them_costs_a_write_a_segment()
    {
        JournalBench bench = new();
        for (int i = 0; i < 110; i++)
        {
            bench.Add(Measurement, i);
        }

        int writesBefore = bench.WriteCount;
        while (bench.Journal.IsAnyWaiting)
        {
            bench.Journal.MarkSent(Measurement, bench.Journal.FirstSequence(Measurement) + 2);
            bench.Journal.MarkSent(Measurement, bench.Journal.FirstSequence(Measurement));
        }

        Assert.InRange(bench.WriteCount - writesBefore, 9, 11);
        Assert.False(bench.Restart().Journal.IsAnyWaiting);
    }

    [Fact]
    public void Given_a_filled_journal_Then_nothing_in_it_allocates()
    {
        JournalBench bench = new();
        JournalEntry entry = new();
        for (int i = 0; i < 400; i++)
        {
            bench.Add(Measurement, i);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 200; i++)
        {
            bench.Journal.TryRead(bench.NowMs, Measurement, bench.Journal.FirstSequence(Measurement) + (uint)i, entry);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Given_a_pole_with_nothing_to_tell_Then_its_journal_takes_less_than_a_kilobyte()
    {
        FaultyStore store = new();
        PoleClock clock = new();
        _ = new PoleJournal(store, clock);
        long before = GC.GetAllocatedBytesForCurrentThread();
        PoleJournal journal = new(store, clock);
        long after = GC.GetAllocatedBytesForCurrentThread();
        GC.KeepAlive(journal);
        Assert.InRange(after - before, 1, 999);
    }
}
