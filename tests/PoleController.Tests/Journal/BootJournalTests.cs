// The boot journal says why the controller restarted, over power cuts at any write, and gets a pole out of a loop of restarts.
using PoleController.Alarms;
using PoleController.Journal;
using PoleController.Tests.Parts;
using Xunit;

namespace PoleController.Tests.Journal;

public sealed class BootJournalTests
{
    private const long UtcMs = 1_782_079_200_000; // 2026-06-21T22:00:00Z

    [Fact]
    public void Given_an_empty_store_Then_it_is_the_first_start_and_no_alarm()
    {
        Start start = new(new FaultableStore());
        Assert.Equal(RestartCause.FirstStart, start.Boots.Cause);
        Assert.Equal(1u, start.Boots.StartCount);
        Assert.Equal(0, start.Alarms.ChangeCount);
    }

    [Fact]
    public void Given_a_restart_that_was_asked_for_Then_the_next_start_says_so_and_who()
    {
        FaultableStore store = new();
        Start first = new(store);
        first.Run(100_000);
        first.Boots.RequestRestart(first.NowMs, 15_000, RestartReason.Operator);
        first.Run(14_999);
        Assert.False(first.Boots.IsRestartDue);
        first.Run(1);
        Assert.True(first.Boots.IsRestartDue);

        Start second = new(store);
        BootEntry entry = second.Entry(0);
        Assert.Equal(RestartCause.Requested, entry.Cause);
        Assert.Equal((int)RestartReason.Operator, entry.Detail);
        Assert.Equal(115u, entry.UptimeBeforeSeconds);
        Assert.Equal(2u, entry.Number);
        Assert.Equal((int)RestartCause.Requested, second.Alarms.Value(AlarmKind.Restarted));
        Assert.Equal(1, second.Alarms.Changes(AlarmKind.Restarted));
    }

    [Theory]
    [InlineData(true, false, RestartCause.Watchdog)]
    [InlineData(false, false, RestartCause.Unknown)]
    [InlineData(false, true, RestartCause.SupplyLoss)]
    public void Given_no_mark_Then_the_cause_is_what_can_be_known(bool isSupplyMeasured, bool isPowerReturn, RestartCause expected)
    {
        FaultableStore store = new();
        new Start(store).Run(7_000_000);
        Start second = new(store, isSupplyMeasured, isPowerReturn);
        Assert.Equal(expected, second.Boots.Cause);
        Assert.Equal(3840u, second.Entry(0).UptimeBeforeSeconds);
        Assert.Equal(expected != RestartCause.SupplyLoss, second.Alarms.IsRaised(AlarmKind.Restarted));
    }

    [Fact]
    public void Given_the_supply_was_seen_falling_Then_it_is_a_supply_loss_with_its_voltage_and_uptime()
    {
        FaultableStore store = new();
        Start first = new(store);
        first.Run(100_000);
        int writes = store.WriteCount;
        first.Boots.OnSupplyFalling(first.NowMs, 9_870);
        first.Boots.OnSupplyFalling(first.NowMs, 9_100);
        Assert.Equal(writes + 1, store.WriteCount);

        BootEntry entry = new Start(store).Entry(0);
        Assert.Equal(RestartCause.SupplyLoss, entry.Cause);
        Assert.Equal(98, entry.Detail);
        Assert.Equal(100u, entry.UptimeBeforeSeconds);
    }

    [Fact]
    public void Given_the_supply_fell_and_came_back_Then_a_later_hang_is_a_hang()
    {
        FaultableStore store = new();
        Start first = new(store);
        first.Run(100_000);
        first.Boots.OnSupplyFalling(first.NowMs, 9_870);
        first.Run(BootJournal.SupplyMarkIntervalMs);
        Assert.Equal(RestartCause.Watchdog, new Start(store).Boots.Cause);
    }

    [Fact]
    public void Given_an_exception_nobody_caught_Then_the_next_start_names_place_and_kind()
    {
        FaultableStore store = new();
        Start first = new(store);
        first.Boots.OnUnhandledException(first.NowMs, ComponentId.Air, new ArgumentNullException());
        BootEntry entry = new Start(store).Entry(0);
        Assert.Equal(RestartCause.Exception, entry.Cause);
        Assert.Equal(ComponentId.Air, entry.Place);
        Assert.Equal((int)ExceptionKind.Argument, entry.Detail);
    }

    [Fact]
    public void Given_the_mark_of_a_start_Then_it_is_not_taken_for_that_of_the_next()
    {
        FaultableStore store = new();
        Start first = new(store);
        first.Boots.OnUnhandledException(first.NowMs, ComponentId.Air, new ArgumentNullException());
        _ = new Start(store);
        BootEntry entry = new Start(store).Entry(0);
        Assert.Equal(RestartCause.Watchdog, entry.Cause);
        Assert.Equal(0u, entry.UptimeBeforeSeconds);
    }

    [Fact]
    public void Given_twenty_starts_Then_the_last_sixteen_are_kept_in_order()
    {
        FaultableStore store = new();
        for (int i = 0; i < 19; i++)
        {
            Start start = new(store);
            start.Run(i * 40_000);
            start.Boots.RequestRestart(start.NowMs, 0, RestartReason.Technician);
            start.Run(1);
        }

        Start last = new(store);
        Assert.Equal(20u, last.Boots.StartCount);
        Assert.Equal(16, last.Boots.EntryCount);
        for (int i = 0; i < 16; i++)
        {
            Assert.Equal((uint)(20 - i), last.Entry(i).Number);
            Assert.Equal((uint)((18 - i) * 40), last.Entry(i).UptimeBeforeSeconds);
        }
    }

    [Fact]
    public void Given_the_clock_becomes_known_later_Then_the_start_gets_its_time()
    {
        FaultableStore store = new();
        Start first = new(store);
        first.Run(50_000);
        Assert.Equal(0u, first.Entry(0).UtcSeconds);
        first.Clock.Set(first.NowMs, UtcMs, 0);
        first.Run(1);
        Assert.Equal((uint)((UtcMs / 1000) - 50), first.Entry(0).UtcSeconds);
        Assert.Equal((uint)((UtcMs / 1000) - 50), new Start(store).Entry(1).UtcSeconds);
    }

    [Fact]
    public void Given_a_year_without_a_restart_Then_the_wear_is_what_the_page_says()
    {
        FaultableStore store = new();
        Start first = new(store);
        first.Run(365L * 86_400_000);
        Assert.InRange(store.WriteCount, 8_700, 8_770);
    }

    [Fact]
    public void Given_five_restarts_within_ten_minutes_Then_the_sensors_stay_off_for_an_hour()
    {
        FaultableStore store = new();
        new Start(store).Run(86_400_000);
        for (int i = 0; i < 4; i++)
        {
            Start start = new(store);
            Assert.False(start.Boots.IsReduced);
            start.Run(140_000);
        }

        Start fifth = new(store);
        Assert.True(fifth.Boots.IsReduced);
        Assert.Equal(HealthReason.RestartedTooOften, fifth.Alarms.Reason(AlarmKind.Restarted));
        fifth.Run(BootJournal.ReducedMs - 1);
        Assert.True(fifth.Boots.IsReduced);
        fifth.Run(1);
        Assert.False(fifth.Boots.IsReduced);
        Assert.False(fifth.Alarms.IsRaised(AlarmKind.Restarted));
    }

    [Theory]
    [InlineData(350_000, false)]
    [InlineData(1_000, true)]
    public void Given_five_restarts_Then_it_is_their_pace_that_decides(int runMs, bool isLoop)
    {
        FaultableStore store = new();
        for (int i = 0; i < 5; i++)
        {
            new Start(store).Run(runMs);
        }

        Assert.Equal(isLoop, new Start(store).Boots.IsReduced);
    }

    [Fact]
    public void Given_restarts_that_were_asked_for_Then_they_are_no_loop()
    {
        FaultableStore store = new();
        for (int i = 0; i < 9; i++)
        {
            Start start = new(store);
            Assert.False(start.Boots.IsReduced);
            start.Boots.RequestRestart(start.NowMs, 0, RestartReason.Technician);
            start.Run(1);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Given_a_store_that_fails_at_the_start_Then_nothing_is_lost_and_it_is_written_later(bool throws)
    {
        FaultableStore store = new();
        new Start(store).Run(100_000);
        store.Throws = throws;
        store.Refuses = !throws;
        Start second = new(store);
        Assert.Equal(HealthReason.StoreFailed, second.Boots.Health.Reason);
        store.Throws = false;
        store.Refuses = false;
        second.Run(120_000);
        Assert.Equal(HealthState.Ok, second.Boots.Health.State);
        Assert.Equal(RestartCause.Watchdog, second.Boots.Cause);
        Assert.Equal(2u, new Start(store).Entry(1).Number);
        Assert.Equal(4u, new Start(store).Boots.StartCount);
    }

    [Fact]
    public void Given_a_cut_at_any_write_after_any_byte_Then_at_most_that_start_or_mark_is_missing()
    {
        int writes = WritesOfALife(-1, 0, out _);
        for (int write = 0; write < writes; write++)
        {
            for (int bytes = 0; bytes <= 60; bytes += 3)
            {
                WritesOfALife(write, bytes, out FaultableStore store);
                Start after = new(store, isSupplyMeasured: true, isPowerReturn: true);
                Assert.InRange(after.Boots.StartCount, 1u, 4u);
                for (int i = 0; i < after.Boots.EntryCount; i++)
                {
                    Assert.True(Enum.IsDefined(after.Entry(i).Cause));
                    Assert.Equal(after.Boots.StartCount - (uint)i, after.Entry(i).Number);
                }

                Assert.Equal(after.Boots.StartCount, (uint)after.Boots.EntryCount);
                Assert.Equal(HealthState.Ok, after.Boots.Health.State);
                Assert.Equal(after.Boots.StartCount + 1, new Start(store).Boots.StartCount);
            }
        }
    }

    // Three starts with marks; the power goes for good during one of the writes.
    private static int WritesOfALife(int cutWrite, int cutBytes, out FaultableStore store)
    {
        store = new FaultableStore();
        int writes = 0;
        for (int i = 0; i < 3; i++)
        {
            FaultableStore current = store;
            bool isCut = false;
            Start start = new(new CountingStore(store, () =>
            {
                current.TearAfterBytes = writes == cutWrite ? cutBytes : -1;
                isCut |= writes == cutWrite;
                writes++;
            }));
            for (int second = 0; second < 70 && !isCut; second++)
            {
                start.Run(1000);
            }

            store.TearAfterBytes = -1;
            if (isCut)
            {
                return writes;
            }
        }

        return writes;
    }

    private sealed class CountingStore(FaultableStore store, Action beforeWrite) : Hal.IStore
    {
        private bool _isOff;

        public int Read(string record, byte[] buffer) => store.Read(record, buffer);

        public bool TryWrite(string record, byte[] data, int length)
        {
            if (_isOff)
            {
                return false;
            }

            beforeWrite();
            _isOff = store.TearAfterBytes >= 0;
            return store.TryWrite(record, data, length);
        }
    }

    /// <summary>One start of a boot journal over a store.</summary>
    private sealed class Start
    {
        public Start(Hal.IStore store, bool isSupplyMeasured = true, bool isPowerReturn = false)
        {
            Boots = new BootJournal(store, Clock, Alarms, isSupplyMeasured);
            Boots.Load(0, isPowerReturn);
            Boots.Start(0, isPowerReturn);
            Boots.Step(0);
        }

        public PoleController.Time.PoleClock Clock { get; } = new();

        public AlarmBoard Alarms { get; } = new();

        public BootJournal Boots { get; }

        public long NowMs { get; private set; }

        public BootEntry Entry(int index)
        {
            BootEntry entry = new();
            Boots.Read(index, entry);
            return entry;
        }

        public void Run(long durationMs)
        {
            long endMs = NowMs + durationMs;
            long wakeMs = Boots.Step(NowMs);
            while (NowMs < endMs)
            {
                Assert.True(wakeMs > NowMs);
                NowMs = Math.Min(wakeMs, endMs);
                wakeMs = Boots.Step(NowMs);
            }
        }
    }
}
