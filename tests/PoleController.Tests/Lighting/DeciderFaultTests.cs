// Every reason for a level breaks in turn, from within: the lamp goes on with what is left, says that something is wrong, and is as before when it is whole
// again. What a reason relies on is taken from it, so the exception comes from its own code.
using System.Reflection;
using PoleController.Lighting;
using PoleController.Tests.Parts;
using Xunit;

namespace PoleController.Tests.Lighting;

public sealed class DeciderFaultTests : IDisposable
{
    private const int Minute = 60000;

    private readonly PoleHarness _pole = new();

    private LightingControl Lighting => _pole.Controller.Lighting;

    private LightingReasons Reasons => Lighting.Reasons;

    public void Dispose() => _pole.Dispose();

    [Theory]
    [InlineData("Emergency", LevelCause.Emergency, 1000)]
    [InlineData("Identify", LevelCause.Identify, 1000)]
    [InlineData("Commanded", LevelCause.Override, 250)]
    public void Given_a_reason_before_the_program_that_throws_Then_the_program_decides_until_it_is_whole_again(string reason, LevelCause cause, int levelPermille)
    {
        _pole.Start().Provision(600, 0);
        switch (reason)
        {
            case "Emergency":
                Reasons.Emergency.Call(_pole.NowMs, EmergencyKind.Emergency, 60);
                break;
            case "Identify":
                Reasons.Identify.Begin(_pole.NowMs, 600);
                break;
            default:
                Lighting.SetOverride(_pole.NowMs, 250, 0, 60 * Minute);
                break;
        }

        _pole.Step();
        Assert.Equal((cause, levelPermille), (Lighting.Cause, _pole.Dimmer.LevelPermille));

        int index = Array.FindIndex(Deciders, decider => decider.GetType().Name.StartsWith(reason, StringComparison.Ordinal));
        LightingDecider whole = Deciders[index];
        Deciders[index] = new Broken();
        AssertGoesOn(600, LevelCause.Program);

        Deciders[index] = whole;
        _pole.Step();
        Assert.Equal(cause, Lighting.Cause);
        AssertWhole();
    }

    [Fact]
    public void Given_the_emergency_profile_loses_its_settings_Then_the_program_decides()
    {
        _pole.Start().Provision(600, 0);
        Reasons.Emergency.Call(_pole.NowMs, EmergencyKind.Emergency, 60);
        Break(Reasons.Emergency, "_settings", () => AssertGoesOn(600, LevelCause.Program));
        Assert.Equal(LevelCause.Emergency, Lighting.Cause);
    }

    [Fact]
    public void Given_all_reasons_before_the_program_throw_at_once_Then_the_program_decides_and_obeys_its_points()
    {
        _pole.Start().Provision(600, 1000);
        for (int i = 0; i < 3; i++)
        {
            Deciders[i] = new Broken();
        }

        AssertGoesOn(600, LevelCause.Program);
        _pole.Sense(true).Run(2000);
        Assert.Equal((LevelCause.Occupancy, 1000), (Lighting.Cause, _pole.Dimmer.LevelPermille));
    }

    [Fact]
    public void Given_the_dark_sky_profile_throws_Then_the_light_is_the_programs_and_no_less()
    {
        _pole.Start();
        _pole.Controller.Settings.DarkSky.IdleLevelPermille = 200;
        _pole.Provision(600, 0).Run(10000);
        Assert.Equal((LevelCause.DarkSky, 200), (Lighting.Cause, _pole.Dimmer.LevelPermille));
        Break(Field(Reasons, "_darkSky"), "_window", () => AssertGoesOn(600, LevelCause.Program));
        Assert.Equal(LevelCause.DarkSky, Lighting.Cause);
        AssertWhole();
    }

    [Fact]
    public void Given_the_boost_throws_Then_the_light_is_the_programs()
    {
        _pole.Start();
        _pole.Controller.Settings.Groups.BoostPermille = 200;
        _pole.Controller.Settings.Groups.BoostWeekdayMask = 127;
        _pole.Provision(600, 0).Run(10000);
        Assert.Equal((LevelCause.Boost, 800), (Lighting.Cause, _pole.Dimmer.LevelPermille));
        Break(Reasons.Boost, "_window", () => AssertGoesOn(600, LevelCause.Program));
        Assert.Equal(LevelCause.Boost, Lighting.Cause);
        AssertWhole();
    }

    [Fact]
    public void Given_the_photocell_beside_the_program_throws_Then_the_program_is_as_dark_as_it_says_and_somebody_who_comes_has_light()
    {
        _pole.Photocell.IlluminanceLux = 1;
        _pole.Start();
        _pole.Controller.Settings.Daylight.MaximumLaterMinutes = 60;
        _pole.Provision(0, 700).Run(10000);
        Break(Field(Field(Reasons, "_deciders", 3), "_daylight"), "_schedule", () =>
        {
            AssertGoesOn(0, LevelCause.Program);
            _pole.Sense(true).Run(2000);
            Assert.Equal((LevelCause.Occupancy, 700), (Lighting.Cause, _pole.Dimmer.LevelPermille));
        });
    }

    [Fact]
    public void Given_the_neighbours_throw_Then_nobody_is_on_the_way_and_who_is_here_has_light()
    {
        _pole.Start().Provision(300, 1000);
        INeighbourPresence? whole = Reasons.Neighbours;
        Reasons.Neighbours = new BrokenNeighbours();
        AssertGoesOn(300, LevelCause.Program);
        _pole.Sense(true).Run(2000);
        Assert.Equal((LevelCause.Occupancy, 1000), (Lighting.Cause, _pole.Dimmer.LevelPermille));
        Reasons.Neighbours = whole;
        _pole.Step();
        AssertWhole();
    }

    [Fact]
    public void Given_load_shedding_throws_Then_there_is_more_light_than_the_grid_asked_for_and_not_less()
    {
        _pole.Start().Provision(900, 0);
        Reasons.Shedding.Shed(_pole.NowMs, 2, 60);
        _pole.Step().Run(LoadShedding.MaximumFadeMs);
        Assert.Equal((LevelCause.LoadShedding, 500), (Lighting.Cause, _pole.Dimmer.LevelPermille));
        Break(Reasons.Shedding, "_settings", () => AssertGoesOn(900, LevelCause.Program));
        Assert.Equal(LevelCause.LoadShedding, Lighting.Cause);
        AssertWhole();
    }

    [Fact]
    public void Given_the_program_itself_throws_Then_the_light_is_full_and_a_minute_after_it_is_whole_the_program_is_back()
    {
        _pole.Start().Provision(300, 0).Run(10000);
        Break(Deciders[3], "_schedule", () =>
        {
            // A decision that stands is made anew when something is new.
            _pole.Controller.Schedule.Invalidate();
            _pole.Step();
            Assert.Equal((LevelCause.Failure, 1000), (Lighting.Cause, _pole.Dimmer.LevelPermille));
            _pole.Check = () => Assert.Equal(1000, _pole.Dimmer.LevelPermille);
            _pole.Run(10 * Minute);
            _pole.Check = null;
        });
        _pole.Run(2 * Controller.RetryAfterExceptionMs);
        Assert.Equal((LevelCause.Program, 300), (Lighting.Cause, _pole.Dimmer.LevelPermille));
    }

    [Fact]
    public void Given_no_time_and_the_photocells_reason_throws_Then_the_light_is_full()
    {
        _pole.Photocell.IlluminanceLux = 5000;
        _pole.Start().Run(10 * Minute);
        Assert.Equal((LevelCause.Photocell, 0), (Lighting.Cause, Lighting.LevelPermille));
        Break(Deciders[4], "_photocell", () =>
        {
            _pole.Controller.Schedule.Invalidate();
            _pole.Step();
            Assert.True(_pole.IsLit);
            Assert.Equal((LevelCause.Failure, 1000), (Lighting.Cause, _pole.Dimmer.LevelPermille));
            _pole.Run(5 * Minute);
            Assert.True(_pole.IsLit);
        });
        _pole.Run(10 * Minute);
        Assert.Equal((LevelCause.Photocell, 0), (Lighting.Cause, Lighting.LevelPermille));
    }

    /// <summary>The lamp has this level and cause, also after minutes of exceptions; the component was not isolated for it, and the health says so.</summary>
    private void AssertGoesOn(int levelPermille, LevelCause cause)
    {
        int isolated = _pole.Controller.ExceptionCount;
        int caught = Reasons.ExceptionCount;
        _pole.Controller.Schedule.Invalidate();
        _pole.Step().Run(15000);
        Assert.Equal((cause, levelPermille), (Lighting.Cause, Lighting.LevelPermille));
        Assert.Equal((HealthState.Degraded, HealthReason.Exception), (Lighting.Health.State, Lighting.Health.Reason));
        _pole.Check = () => Assert.Equal(cause, Lighting.Cause);
        _pole.Run(5 * Minute);
        _pole.Check = null;
        Assert.Equal(isolated, _pole.Controller.ExceptionCount);
        Assert.True(Reasons.ExceptionCount > caught);
    }

    private void AssertWhole()
    {
        _pole.Controller.Schedule.Invalidate();
        _pole.Step();
        Assert.Equal(HealthState.Ok, Lighting.Health.State);
    }

    /// <summary>Takes from an object what it relies on, for as long as something is looked at.</summary>
    private void Break(object owner, string field, Action look)
    {
        FieldInfo info = Info(owner, field);
        object? whole = info.GetValue(owner);
        info.SetValue(owner, null);
        look();
        info.SetValue(owner, whole);
        _pole.Controller.Schedule.Invalidate();
        _pole.Step();
    }

    private LightingDecider[] Deciders => (LightingDecider[])Field(Reasons, "_deciders");

    private static object Field(object owner, string name) => Info(owner, name).GetValue(owner)!;

    private static object Field(object owner, string name, int index) => ((Array)Field(owner, name)).GetValue(index)!;

    private static FieldInfo Info(object owner, string name) =>
        owner.GetType().GetField(name, BindingFlags.Instance | BindingFlags.NonPublic) ?? throw new InvalidOperationException($"{owner.GetType().Name} has no {name} any more.");

    private sealed class Broken : LightingDecider
    {
        public override bool TryDecide(long nowMs, LightingDecision decision)
        {
            decision.Ask(0, LevelCause.Failure, 0);
            throw new InvalidOperationException("The reason failed when it had half decided.");
        }
    }

    private sealed class BrokenNeighbours : INeighbourPresence
    {
        public long SomebodyComingUntilMs => throw new InvalidOperationException("The neighbours failed.");
    }
}
