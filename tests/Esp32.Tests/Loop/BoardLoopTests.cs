// The loop: an exception from anywhere leaves the lamp at its safe level, an entry in the boot journal and a restart; the watchdog is petted by steps alone; inputs
// wake the pole; a step comes at least every 30 s.
using Esp32.Tests.Bench;
using Esp32.Tests.Storage;
using NanoFrameworkPackages;
using PoleController;
using PoleController.Esp32.Loop;
using PoleController.Journal;

namespace Esp32.Tests.Loop;

public sealed class BoardLoopTests
{
    private readonly SimulatedChip _chip = SimulatedChip.Replace();
    private readonly LittleFiles _files = new();
    private readonly BoardClock _clock;

    public BoardLoopTests() => _clock = new BoardClock(_chip);

    [Theory]
    [InlineData(0)]
    [InlineData(5_000)]
    [InlineData(400_000)]
    public void Given_a_port_that_throws_outside_every_component_When_it_does_Then_light_journal_and_restart_follow(long atMs)
    {
        LoopParts pole = new(_clock, _files);
        pole.Watchdog.ThrowsFromMs = atMs;
        new BoardLoop(_clock).Run(pole.Parts);

        Assert.Equal(1, _clock.Restarts);
        Assert.True(_clock.NowMs >= BoardLoop.ShortestRunMs);
        Assert.Equal((1000, true), (pole.Dimmer.LevelPermille, pole.Relay.IsClosed));
        Assert.All(pole.Watchdog.PetsMs, petMs => Assert.True(petMs < atMs));

        Controller next = NextStart();
        Assert.Equal(RestartCause.Exception, next.Boots.Cause);
        BootEntry entry = new();
        next.Boots.Read(0, entry);
        Assert.Equal((int)ExceptionKind.InvalidOperation, entry.Detail);
    }

    [Fact]
    public void Given_a_wake_source_that_throws_When_the_loop_rests_Then_the_journal_has_it_too()
    {
        LoopParts pole = new(_clock, _files);
        pole.Parts.AddWakeSource(new ThrowingWake());
        new BoardLoop(_clock).Run(pole.Parts);

        Assert.Equal(1, _clock.Restarts);
        Assert.Equal(RestartCause.Exception, NextStart().Boots.Cause);
    }

    [Fact]
    public void Given_a_dimmer_that_throws_as_well_When_the_loop_ends_Then_the_relay_is_closed_and_the_restart_comes_all_the_same()
    {
        LoopParts pole = new(_clock, _files);
        pole.Dimmer.Throws = true;
        pole.Watchdog.ThrowsFromMs = 3000;
        new BoardLoop(_clock).Run(pole.Parts);

        Assert.Equal((true, 1), (pole.Relay.IsClosed, _clock.Restarts));
        Assert.Equal(RestartCause.Exception, NextStart().Boots.Cause);
    }

    [Fact]
    public void Given_a_store_that_refuses_When_the_loop_ends_Then_light_and_restart_follow()
    {
        LoopParts pole = new(_clock, _files);
        _files.Refuses = (_, _) => true;
        pole.Watchdog.ThrowsFromMs = 3000;
        new BoardLoop(_clock).Run(pole.Parts);

        Assert.Equal((1000, true, 1), (pole.Dimmer.LevelPermille, pole.Relay.IsClosed, _clock.Restarts));
    }

    [Fact]
    public void Given_a_restart_that_was_asked_for_When_it_is_due_Then_the_loop_ends_with_its_mark_and_without_another_pet()
    {
        LoopParts pole = new(_clock, _files);
        Controller controller = new(pole.Hardware);
        long askedMs = 60_000;
        _clock.Moved = _ =>
        {
            if (_clock.NowMs >= askedMs)
            {
                askedMs = long.MaxValue;
                controller.Boots.RequestRestart(_clock.NowMs, 2000, RestartReason.Operator);
                pole.Input.IsActive = !pole.Input.IsActive;
            }
        };
        new BoardLoop(_clock).RunSteps(pole.Parts, controller);

        Assert.InRange(_clock.NowMs, 62_000, 62_100);
        Assert.Equal(RestartCause.Requested, NextStart().Boots.Cause);
    }

    [Fact]
    public void Given_a_quiet_pole_When_a_day_passes_Then_the_watchdog_is_petted_at_least_every_30_seconds_and_the_pole_rests()
    {
        LoopParts pole = new(_clock, _files);
        RunUntil(pole, 24 * 3_600_000L);

        List<long> pets = pole.Watchdog.PetsMs;
        Assert.InRange(pets.Count, 24 * 120, 200_000);
        Assert.All(pets.Zip(pets.Skip(1)), pair => Assert.InRange(pair.Second - pair.First, 0, BoardLoop.LongestRestMs + BoardLoop.LookMs));
        Assert.InRange(_clock.RestedMs, 23 * 3_600_000L, 24 * 3_600_000L);
    }

    [Fact]
    public void Given_an_input_that_changes_When_the_loop_rests_Then_a_step_comes_within_two_ticks()
    {
        LoopParts pole = new(_clock, _files);
        List<long> changesMs = [];
        _clock.Moved = _ =>
        {
            if (_clock.NowMs % 7001 < 10 && (changesMs.Count == 0 || _clock.NowMs - changesMs[^1] > 20))
            {
                pole.Input.IsActive = !pole.Input.IsActive;
                changesMs.Add(_clock.NowMs);
            }
        };
        RunUntil(pole, 600_000);

        Assert.InRange(changesMs.Count, 50, 100);
        Assert.All(changesMs.Where(ms => ms > 1000 && ms < 599_000), changeMs =>
            Assert.Contains(pole.Watchdog.PetsMs, petMs => petMs >= changeMs && petMs <= changeMs + (2 * BoardLoop.LookMs)));
    }

    private Controller NextStart()
    {
        LoopParts pole = new(_clock, _files);
        _files.Refuses = (_, _) => false;
        Controller controller = new(pole.Hardware);
        controller.Start(0, true);
        return controller;
    }

    private void RunUntil(LoopParts pole, long endMs)
    {
        _clock.EndMs = endMs;
        Assert.Throws<EndOfRunException>(() => new BoardLoop(_clock).RunSteps(pole.Parts, new Controller(pole.Hardware)));
    }

    private sealed class ThrowingWake : IWakeSource
    {
        public bool HasNews(long nowMs) => throw new InvalidOperationException();
    }
}
