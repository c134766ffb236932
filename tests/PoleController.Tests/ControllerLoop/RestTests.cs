// Components that rest are passed over, and never for longer than they may be: what they wait for, what concerns everybody, an exception, sensors that were off.
using PoleController.Journal;
using PoleController.Tests.Parts;
using Xunit;

namespace PoleController.Tests.ControllerLoop;

public sealed class RestTests
{
    private readonly ComponentTable _table = new();
    private readonly Sleeper _sleeper = new();

    public RestTests()
    {
        _table.AddSensor(ComponentId.Air, _sleeper);
        _table.StartAt(0, 0, false);
        Step(0);
    }

    [Fact]
    public void Given_a_component_that_rests_Then_it_is_passed_over_until_its_time_and_the_table_wakes_for_it()
    {
        Assert.Equal(1000, Step(1));
        Assert.Equal(1000, Step(999));
        Assert.Equal(1, _sleeper.StepCount);
        Assert.Equal(2000, Step(1000));
        Assert.Equal(2, _sleeper.StepCount);
    }

    [Fact]
    public void Given_a_component_that_rests_When_something_concerns_everybody_Then_it_is_stepped()
    {
        Step(1, isNobodyResting: true);
        Assert.Equal(2, _sleeper.StepCount);
        Step(2);
        Assert.Equal(2, _sleeper.StepCount);
    }

    [Fact]
    public void Given_a_component_that_rests_When_it_gets_something_to_do_Then_it_is_stepped()
    {
        _sleeper.Call(5);
        Step(5);
        Assert.Equal(2, _sleeper.StepCount);
    }

    [Fact]
    public void Given_a_component_that_throws_when_called_from_its_rest_Then_it_is_stepped_when_it_has_been_left_alone()
    {
        _sleeper.Throws = true;
        _table.BeginStep(true);
        InvalidOperationException thrown = Assert.Throws<InvalidOperationException>(() => _table.StepRest(1));
        _table.Isolate(_table.RunningIndex, thrown, 500);
        _table.PassOver(500);
        Assert.Equal(500, _table.StepRest(1));
        _sleeper.Throws = false;
        Step(499);
        Assert.Equal(1, _sleeper.StepCount);
        Step(500);
        Assert.Equal(2, _sleeper.StepCount);
    }

    [Fact]
    public void Given_sensors_that_were_off_Then_they_rest_no_more()
    {
        _table.SwitchSensorsOff();
        Assert.Equal(Wake.Never, Step(1));
        _table.SwitchSensorsOn(2);
        Step(2);
        Assert.Equal(2, _sleeper.StepCount);
    }

    [Fact]
    public void Given_a_whole_pole_with_a_clock_and_settings_that_change_Then_who_rests_follows_in_the_next_step()
    {
        FaultableStore store = new();
        using PoleHarness pole = new(store: store);
        pole.Start().Run(5000);
        pole.Provision(500, 0);
        BootEntry entry = new();
        pole.Controller.Boots.Read(0, entry);
        Assert.NotEqual(0u, entry.UtcSeconds);
    }

    [Fact]
    public void Given_a_start_Then_its_first_mark_is_left_after_half_a_minute()
    {
        FaultableStore store = new();
        using PoleHarness pole = new(store: store);
        pole.Start().Run((BootJournal.FirstMarkSeconds * 1000) + 1);

        using PoleHarness next = new(store: store);
        next.Start();
        BootEntry entry = new();
        next.Controller.Boots.Read(0, entry);
        Assert.Equal((uint)BootJournal.FirstMarkSeconds, entry.UptimeBeforeSeconds);
    }

    private long Step(long nowMs, bool isNobodyResting = false)
    {
        _table.BeginStep(isNobodyResting);
        return _table.StepRest(nowMs);
    }

    private sealed class Sleeper : Component
    {
        public int StepCount { get; private set; }

        public bool Throws { get; set; }

        public void Call(long nowMs) => RestsUntilMs = nowMs;

        public override void Start(long nowMs, bool isPowerReturn) => Health.SetOk();

        public override long Step(long nowMs)
        {
            if (Throws)
            {
                throw new InvalidOperationException("It fell out of bed.");
            }

            StepCount++;
            RestsUntilMs = nowMs + 1000;
            return RestsUntilMs;
        }
    }
}
