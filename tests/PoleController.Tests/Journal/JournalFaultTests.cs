// The journal over a store whose power is cut at any byte of any write, whose records are damaged, that refuses or throws.
using FsCheck;
using FsCheck.Fluent;
using PoleController.Journal;
using PoleController.Tests.Settings;
using Xunit;

namespace PoleController.Tests.Journal;

public sealed class JournalFaultTests
{
    private const JournalClass Measurement = JournalClass.Measurement;
    private static readonly JournalClass[] Classes = [JournalClass.Event, Measurement];

    public static TheoryData<Torn> AllTorn => [.. Enum.GetValues<Torn>()];

    // A life of a journal as numbers: what is done in each step. Small segments' worth, so that every kind of write occurs.
    [Theory]
    [MemberData(nameof(AllTorn))]
    public void Given_a_power_cut_at_any_write_Then_at_most_the_entry_being_written_is_lost(Torn torn)
    {
        Gen<int[]> lives = Gen.ArrayOf(Gen.Choose(0, 9999)).Where(life => life.Length is > 0 and < 60);
        Prop.ForAll(lives.ToArbitrary(), (int[] life) => LiveThroughEveryCut(life, torn)).Check(Config.QuickThrowOnFailure.WithMaxTest(12));
    }

    [Theory]
    [MemberData(nameof(AllTorn))]
    public void Given_a_full_journal_and_a_power_cut_at_any_byte_Then_the_rest_is_whole_and_the_count_is_right(Torn torn)
    {
        for (int cut = 0; cut <= 240; cut += 7)
        {
            foreach (int extra in new[] { 0, 1, 5, 10, 11 })
            {
                JournalBench bench = new();
                int count = 264 + extra;
                for (int i = 0; i < count; i++)
                {
                    bench.Add(Measurement, i);
                }

                List<int> before = bench.Numbers(Measurement);
                bench.Store.Torn = torn;
                bench.CutAfterBytes = cut;
                bench.CutAtWrite = bench.WriteCount + 1;
                bench.Add(Measurement, count);
                Assert.True(bench.IsPowerGone);
                List<int> after = bench.Restart().Numbers(Measurement);
                Assert.Equal(bench.Journal.FirstSequence(Measurement), bench.Journal.LostCount(Measurement));
                Assert.True(after.SequenceEqual(before) || (after[^1] == count && before.Append(count).TakeLast(after.Count).SequenceEqual(after)), $"cut {cut}, {extra} more");
            }
        }
    }

    [Fact]
    public void Given_any_record_damaged_Then_only_its_entries_are_lost_and_they_are_counted()
    {
        for (int damaged = 0; damaged < 10; damaged++)
        {
            JournalBench bench = new();
            for (int i = 0; i < 100; i++)
            {
                bench.Add(Measurement, i);
            }

            // The records in the order of their first entry: eleven entries each, the newest has one.
            byte[] record = bench.Store.Records.Values.Where(data => data.Length > 30).OrderBy(data => BitConverter.ToUInt32(data, 4))
                .GroupBy(data => BitConverter.ToUInt32(data, 4)).Select(group => group.MaxBy(data => data[3])!).ElementAt(damaged);
            record[25] ^= 0x40;
            List<int> left = bench.Restart().Numbers(Measurement);
            Assert.Equal(Enumerable.Range(0, 100).Where(i => i / 11 != damaged || (damaged == 9 && i < 99)), left);
            if (damaged < 9)
            {
                left.ForEach(number => bench.Journal.MarkSent(Measurement, (uint)number));
                Assert.Equal(11u, bench.Journal.LostCount(Measurement));
            }

            Assert.Equal(1, bench.Journal.DamagedRecordCount);
        }
    }

    [Fact]
    public void Given_a_store_full_of_anything_Then_the_journal_starts_and_works()
    {
        Random random = new(3);
        for (int round = 0; round < 200; round++)
        {
            JournalBench bench = new();
            for (int i = 0; i < 29; i++)
            {
                byte[] data = new byte[random.Next(300)];
                random.NextBytes(data);
                if (data.Length > 0)
                {
                    data[0] = 1;
                }

                bench.Store.Records[$"journal-{i:00}"] = data;
            }

            bench.Restart();
            Assert.False(bench.Journal.IsAnyWaiting);
            Assert.True(bench.Add(Measurement, 1));
            Assert.Equal([1], bench.Restart().Numbers(Measurement));
        }
    }

    [Fact]
    public void Given_a_store_that_refuses_for_a_time_Then_what_could_not_be_kept_is_counted_and_the_rest_is_there()
    {
        JournalBench bench = new();
        bench.Add(Measurement, 0);
        bench.Store.IsRefusing = true;
        Assert.False(bench.Add(Measurement, 1));
        Assert.False(bench.Add(Measurement, 2));
        bench.Store.IsRefusing = false;
        Assert.True(bench.Add(Measurement, 3));
        Assert.Equal([0, 3], bench.Numbers(Measurement));
        bench.Journal.MarkSent(Measurement, 0);
        Assert.Equal(3u, bench.Journal.FirstSequence(Measurement));
        Assert.Equal(2u, bench.Journal.LostCount(Measurement));
        bench.Restart();
        bench.Journal.MarkSent(Measurement, 0);
        Assert.Equal([3], bench.Numbers(Measurement));
        Assert.Equal(2u, bench.Journal.LostCount(Measurement));
    }

    [Fact]
    public void Given_a_store_that_throws_at_the_start_Then_nothing_is_written_over_and_all_is_there_when_it_is_back()
    {
        JournalBench bench = new();
        for (int i = 0; i < 20; i++)
        {
            bench.Add(Measurement, i);
        }

        bench.Store.IsThrowing = true;
        bench.Restart();
        Assert.False(bench.Add(Measurement, 20));
        bench.Store.IsThrowing = false;
        Assert.True(bench.Add(Measurement, 21));
        Assert.Equal([.. Enumerable.Range(0, 20), 21], bench.Numbers(Measurement));
    }

    private static void LiveThroughEveryCut(int[] life, Torn torn)
    {
        JournalBench whole = new();
        Array.ForEach(life, step => Do(whole, step));
        for (int write = 1; write <= whole.WriteCount; write++)
        {
            JournalBench bench = new() { CutAtWrite = write, CutAfterBytes = life[0] * 31 % 241 };
            bench.Store.Torn = torn;
            List<int>[] before = [[], []];
            List<int>[] added = [[], []];
            foreach (int step in life)
            {
                before = [.. Classes.Select(bench.Numbers)];
                Do(bench, step);
                added = [.. Classes.Select(bench.Numbers)];
                if (bench.IsPowerGone)
                {
                    break;
                }
            }

            Assert.True(bench.IsPowerGone);
            bench.Restart();
            foreach (JournalClass entryClass in Classes)
            {
                Judge(bench, entryClass, before[(int)entryClass], added[(int)entryClass]);
            }
        }
    }

    // Nothing that still had to be sent is missing; what comes again is what was sent before it; then life goes on.
    private static void Judge(JournalBench bench, JournalClass entryClass, List<int> before, List<int> unsent)
    {
        List<int> after = bench.Numbers(entryClass);
        List<int> expected = [.. before.Where(number => unsent.Contains(number))];
        Assert.True(after.Where(expected.Contains).SequenceEqual(expected), $"{entryClass}: {string.Join(' ', expected)} became {string.Join(' ', after)}");
        Assert.Equal(0u, bench.Journal.LostCount(entryClass));
        Assert.Equal(after.Order(), after);
        uint next = bench.Journal.FirstSequence(entryClass) + (uint)bench.Journal.WaitingCount(entryClass);
        Assert.True(bench.Add(entryClass, 100_000));
        Assert.Equal(next, bench.Waiting(entryClass)[^1].Sequence);
        Assert.Equal([.. after, 100_000], bench.Restart().Numbers(entryClass));
    }

    private static void Do(JournalBench bench, int step)
    {
        JournalClass entryClass = Classes[step % 2];
        long waiting = bench.Journal.WaitingCount(entryClass);
        if (step % 5 == 0 && waiting > 0)
        {
            bench.Journal.MarkSent(entryClass, bench.Journal.FirstSequence(entryClass) + (uint)(step % waiting));
        }
        else if (step % 23 == 0)
        {
            int cutAtWrite = bench.CutAtWrite;
            bench.Restart();
            bench.CutAtWrite = cutAtWrite;
        }
        else
        {
            // Rising numbers, as long as the life is.
            bench.Add(entryClass, (bench.WriteCount * 10) + (step % 10), 4 + (step % 9));
        }
    }
}
