// Load shedding: what it limits, how it ends, and what is told of it.
using PoleController.Alarms;
using PoleController.Lighting;
using PoleController.Tests.Parts;
using Xunit;

namespace PoleController.Tests.Lighting;

public sealed class LoadSheddingTests
{
    private const int Minute = 60000;

    private readonly LampHarness _lamp = new LampHarness(hasRelay: true).WithProgram(900, 1000).Start();

    private LoadShedding Shedding => _lamp.Lighting.Reasons.Shedding;

    private (bool IsRaised, int Value, int Changes) Alarm =>
        (_lamp.Alarms.IsRaised(AlarmKind.LoadShedding), _lamp.Alarms.Value(AlarmKind.LoadShedding), _lamp.Alarms.Changes(AlarmKind.LoadShedding));

    [Fact]
    public void Given_a_step_When_it_begins_changes_and_times_out_Then_each_is_told_with_its_size()
    {
        Assert.Equal((false, 0, 0), Alarm);
        Shed(1, 60);
        Assert.Equal((true, 1, 1), Alarm);
        Assert.Equal(700, Level());
        Shed(3, 60);
        Assert.Equal((true, 3, 2), Alarm);
        Assert.Equal(300, Level());
        _lamp.Run(59 * Minute);
        Assert.True(Alarm.IsRaised);
        _lamp.Run(2 * Minute);
        Assert.Equal((false, 3), (Alarm.IsRaised, Alarm.Changes));
        Assert.Equal(900, Level());
    }

    [Theory]
    [InlineData(0, 60)]
    [InlineData(2, 0)]
    public void Given_a_step_When_step_zero_or_no_time_comes_Then_it_ends_and_that_is_told(int step, int minutes)
    {
        Shed(2, 60);
        Assert.Equal(500, Level());
        Shed(step, minutes);
        Assert.Equal((false, 2), (Alarm.IsRaised, Alarm.Changes));
        Assert.Equal(900, Level());
    }

    [Fact]
    public void Given_nothing_to_end_When_it_is_ended_Then_nothing_is_told()
    {
        Shed(0, 0);
        Assert.Equal((false, 0, 0), Alarm);
    }

    [Fact]
    public void Given_a_longer_time_than_the_settings_allow_Then_it_ends_at_their_limit()
    {
        _lamp.Settings.LoadShedding.MaximumMinutes = 30;
        Shed(2, 1440);
        _lamp.Run(29 * Minute);
        Assert.True(Alarm.IsRaised);
        _lamp.Run(2 * Minute);
        Assert.False(Alarm.IsRaised);
    }

    [Fact]
    public void Given_a_command_or_an_emergency_Then_the_one_is_cut_to_the_floor_at_most_and_the_other_not_at_all()
    {
        _lamp.Settings.LoadShedding.FloorPermille = 400;
        Shed(3, 60);
        _lamp.Override(1000, 0, 30 * Minute);
        Assert.Equal((400, LevelCause.LoadShedding), (Level(), _lamp.Lighting.Cause));
        _lamp.Lighting.Reasons.Emergency.Call(_lamp.NowMs, EmergencyKind.Emergency, 10);
        _lamp.Step();
        Assert.Equal((1000, LevelCause.Emergency), (Level(), _lamp.Lighting.Cause));
        Assert.True(Alarm.IsRaised);
    }

    private void Shed(int step, int minutes)
    {
        Shedding.Shed(_lamp.NowMs, step, minutes);
        _lamp.Step();
    }

    private int Level()
    {
        _lamp.Run(LoadShedding.MaximumFadeMs + 1000);
        return _lamp.Dimmer.LevelPermille;
    }
}
