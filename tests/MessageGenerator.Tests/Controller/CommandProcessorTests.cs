// What commands do to lamp, settings and clock, and what is answered.
using System.Text.Json.Nodes;
using PoleController.Lighting;
using PoleController.Messages;
using Xunit;

namespace MessageGenerator.Tests.Controller;

public sealed class CommandProcessorTests
{
    private const string DimmedProgram = """
        { "sequence": 7, "programIndex": 0, "fadeSeconds": 0,
          "points": [ { "reference": "clock", "offsetMinutes": 720, "levelPermille": 250, "occupancyLevelPermille": 900 } ] }
        """;

    private readonly CommandHarness _pole = new();

    [Theory]
    [InlineData(5, 1, 0)]     // the same again: its time goes on
    [InlineData(5, 2, 5)]     // another number: another order
    [InlineData(11, 1, 11)]   // the same number much later: another order too
    public void Given_a_level_When_the_command_comes_again_Then_its_time_begins_anew_only_if_it_is_no_repetition(int afterMinutes, int sequence, int beginsMinutes)
    {
        _pole.Send("setLevel", CommandHarness.Values("""{ "sequence": 1, "levelPermille": 900, "fadeMs": 0, "durationMinutes": 30 }"""));
        long endMs = _pole.Lamp.Lighting.OverrideEndMs;
        _pole.Lamp.Run(afterMinutes * 60_000);
        CommandAnswer answer = _pole.Send("setLevel", CommandHarness.Values($$"""{ "sequence": {{sequence}}, "levelPermille": 900, "fadeMs": 0, "durationMinutes": 30 }"""));
        Assert.Equal((CommandError.Ok, sequence), (answer.Error, answer.Sequence));
        Assert.InRange(_pole.Lamp.Lighting.OverrideEndMs - endMs, (beginsMinutes * 60_000) - 1000, (beginsMinutes * 60_000) + 1000);
    }

    [Fact]
    public void Given_a_level_that_was_ended_When_the_command_comes_again_Then_it_is_carried_out()
    {
        string set = """{ "sequence": 1, "levelPermille": 900, "fadeMs": 0, "durationMinutes": 30 }""";
        _pole.Send("setLevel", CommandHarness.Values(set));
        _pole.Send("resumeProgram", CommandHarness.Values("""{ "sequence": 2 }"""));
        Assert.NotEqual(PoleController.Lighting.LevelCause.Override, _pole.Lamp.Lighting.Cause);
        _pole.Send("setLevel", CommandHarness.Values(set));
        Assert.Equal(PoleController.Lighting.LevelCause.Override, _pole.Lamp.Lighting.Cause);
    }

    [Fact]
    public void A_level_is_reached_at_the_end_of_its_fade_and_left_at_the_end_of_its_duration()
    {
        CommandAnswer answer = _pole.Send("setLevel", CommandHarness.Values("""{ "sequence": 1, "levelPermille": 900, "fadeMs": 2000, "durationMinutes": 3 }"""));
        AssertAnswer(answer, 1, 1, CommandError.Ok);
        _pole.Lamp.Run(1000);
        Assert.InRange(_pole.Lamp.Lighting.LevelPermille, 600, 700);
        _pole.Lamp.Run(1100);
        Assert.Equal(900, _pole.Lamp.Lighting.LevelPermille);
        Assert.Equal(LevelCause.Override, _pole.Lamp.Lighting.Cause);
        _pole.Lamp.Run((3 * 60000) + 6000);
        Assert.Equal(LevelCause.Program, _pole.Lamp.Lighting.Cause);
        Assert.Equal(400, _pole.Lamp.Lighting.LevelPermille);
    }

    [Fact]
    public void Resuming_the_program_ends_a_level_at_once_and_does_nothing_without_one()
    {
        _pole.Send("setLevel", CommandHarness.Values("""{ "sequence": 1, "levelPermille": 1000, "fadeMs": 0, "durationMinutes": 2880 }"""));
        Assert.Equal(1000, _pole.Lamp.Lighting.LevelPermille);
        Resume(2);
        _pole.Lamp.Run(6000);
        Assert.Equal(400, _pole.Lamp.Lighting.LevelPermille);
        string before = _pole.State;
        Resume(3);
        Assert.Equal(before, _pole.State);
    }

    [Theory]
    [InlineData("setLevel", """{ "sequence": 1, "levelPermille": 900, "fadeMs": 0, "durationMinutes": 60 }""")]
    [InlineData("setGroupLevel", """{ "sequence": 1, "lightingGroup": 0, "levelPermille": 900, "fadeMs": 0, "durationMinutes": 60 }""")]
    public void A_group_level_of_no_minutes_ends_a_level_whoever_set_it_and_the_program_goes_on(string command, string values)
    {
        _pole.Send(command, CommandHarness.Values(values));
        Assert.Equal((900, LevelCause.Override), (_pole.Lamp.Lighting.LevelPermille, _pole.Lamp.Lighting.Cause));
        AssertAnswer(EndGroupLevel(2), 16, 2, CommandError.Ok);
        Assert.Equal(LevelCause.Program, _pole.Lamp.Lighting.Cause);
        _pole.Lamp.Run(6000);
        Assert.Equal(400, _pole.Lamp.Lighting.LevelPermille);

        // The level that comes with an empty one means nothing, and the level may be set anew.
        _pole.Send(command, CommandHarness.Values(values));
        Assert.Equal(900, _pole.Lamp.Lighting.LevelPermille);
    }

    [Fact]
    public void A_group_level_of_no_minutes_without_a_level_changes_nothing_and_for_another_group_it_is_refused()
    {
        string before = _pole.State;
        AssertAnswer(EndGroupLevel(1), 16, 1, CommandError.Ok);
        Assert.Equal(before, _pole.State);
        _pole.Send("setLevel", CommandHarness.Values("""{ "sequence": 2, "levelPermille": 900, "fadeMs": 0, "durationMinutes": 60 }"""));
        AssertAnswer(EndGroupLevel(3, group: 9), 16, 3, CommandError.NotInGroup);
        Assert.Equal(900, _pole.Lamp.Lighting.LevelPermille);
    }

    private CommandAnswer EndGroupLevel(int sequence, int group = 0) => _pole.Send(
        "setGroupLevel", CommandHarness.Values($$"""{ "sequence": {{sequence}}, "lightingGroup": {{group}}, "levelPermille": 500, "fadeMs": 0, "durationMinutes": 0 }"""));

    [Fact]
    public void A_program_is_in_force_at_once_and_after_a_restart()
    {
        int revision = _pole.Lamp.Settings.Revision;
        CommandAnswer answer = _pole.Send("setProgram", CommandHarness.Values(DimmedProgram));
        AssertAnswer(answer, 3, 7, CommandError.Ok);
        _pole.Lamp.Run(6000);
        Assert.Equal(250, _pole.Lamp.Lighting.LevelPermille);
        Assert.Equal(revision + 1, answer.SettingsRevision);
        Assert.Equal(revision + 1, _pole.Kept.Revision);
        Assert.Equal(250, _pole.Kept.Programs[0].LevelPermille[0]);
        Assert.Equal(900, _pole.Kept.Programs[0].OccupancyLevelPermille[0]);
        Assert.Equal(answer.SettingsHash, _pole.KeptHash);
    }

    [Fact]
    public void A_program_replaces_all_points_of_the_one_before()
    {
        JsonObject eight = CommandHarness.Values(DimmedProgram);
        JsonArray points = (JsonArray)eight["points"]!;
        while (points.Count < 8)
        {
            points.Add(points[0]!.DeepClone());
        }

        _pole.Send("setProgram", eight);
        Assert.Equal(8, _pole.Kept.Programs[0].PointCount);
        _pole.Send("setProgram", CommandHarness.Values("""{ "sequence": 8, "programIndex": 0, "fadeSeconds": 60, "points": [] }"""));
        Assert.Equal(0, _pole.Kept.Programs[0].PointCount);
        Assert.Equal(60, _pole.Kept.Programs[0].FadeSeconds);
    }

    [Fact]
    public void A_repeated_setting_is_answered_alike_and_written_once()
    {
        CommandAnswer first = _pole.Send("setProgram", CommandHarness.Values(DimmedProgram));
        string state = _pole.State;
        CommandAnswer second = _pole.Send("setProgram", CommandHarness.Values(DimmedProgram));
        Assert.Equal(state, _pole.State);
        Assert.Equal((first.Error, first.SettingsRevision, first.SettingsHash), (second.Error, second.SettingsRevision, second.SettingsHash));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_cannot_be_kept_is_not_done(bool isThrowing)
    {
        string before = _pole.State;
        _pole.Lamp.Store.Throws = isThrowing;
        _pole.Lamp.Store.Refuses = !isThrowing;
        CommandAnswer program = _pole.Send("setProgram", CommandHarness.Values(DimmedProgram));
        CommandAnswer offset = _pole.Send("setClockOffset", CommandHarness.Values("""{ "sequence": 9, "utcOffsetMinutes": 120, "daylightSaving": "none" }"""));
        _pole.Lamp.Store.Throws = false;
        _pole.Lamp.Store.Refuses = false;
        AssertAnswer(program, 3, 7, CommandError.NotStored);
        AssertAnswer(offset, 4, 9, CommandError.NotStored);
        Assert.Equal(before, _pole.State);
        Assert.Equal(CommandError.Ok, _pole.Send("setProgram", CommandHarness.Values(DimmedProgram)).Error);
    }

    [Fact]
    public void The_clock_offset_is_in_force_at_once_and_after_a_restart()
    {
        // It is 22:00 UTC: 02:00 where local time is four hours ahead, after the point at 01:00.
        JsonObject program = CommandHarness.Values(DimmedProgram);
        program["points"]!.AsArray().Add(CommandHarness.Values("""{ "reference": "clock", "offsetMinutes": 60, "levelPermille": 800, "occupancyLevelPermille": 0 }"""));
        _pole.Send("setProgram", program);
        _pole.Lamp.Run(6000);
        Assert.Equal(250, _pole.Lamp.Lighting.LevelPermille);
        _pole.Send("setClockOffset", CommandHarness.Values("""{ "sequence": 9, "utcOffsetMinutes": 240, "daylightSaving": "none" }"""));
        _pole.Lamp.Run(6000);
        Assert.Equal(800, _pole.Lamp.Lighting.LevelPermille);
        Assert.Equal(240, _pole.Kept.UtcOffsetMinutes);
    }

    [Fact]
    public void The_clock_is_set_where_it_is_unknown()
    {
        CommandHarness pole = new(isClockKnown: false);
        CommandAnswer answer = SetClock(pole, 1782079200);
        AssertAnswer(answer, 5, 1, CommandError.Ok);
        Assert.Equal(1782079200000, pole.Lamp.Clock.UtcMs(pole.Lamp.NowMs));
        Assert.Equal(5000, pole.Lamp.Clock.UncertaintyMs(pole.Lamp.NowMs));
    }

    [Fact]
    public void A_repeated_time_does_not_set_the_clock_back_and_a_newer_one_sets_it()
    {
        CommandHarness pole = new(isClockKnown: false);
        SetClock(pole, 1782079200);
        pole.Lamp.Run(30000);
        Assert.Equal(CommandError.Ok, SetClock(pole, 1782079200).Error);
        Assert.Equal(1782079230000, pole.Lamp.Clock.UtcMs(pole.Lamp.NowMs));
        Assert.Equal(CommandError.Ok, SetClock(pole, 1782079232).Error);
        Assert.Equal(1782079232000, pole.Lamp.Clock.UtcMs(pole.Lamp.NowMs));
    }

    [Fact]
    public void A_clock_that_is_known_better_is_left_alone()
    {
        string before = _pole.State;
        AssertAnswer(SetClock(_pole, 1782079200), 5, 1, CommandError.NotPossibleNow);
        Assert.Equal(before, _pole.State);
    }

    [Fact]
    public void Accepted_and_refused_commands_are_counted()
    {
        Resume(1);
        _pole.Send([2]);
        _pole.Send([99, 1]);
        Assert.Equal((1, 2), (_pole.Commands.AcceptedCount, _pole.Commands.RefusedCount));
    }

    private static CommandAnswer SetClock(CommandHarness pole, long utcSeconds) =>
        pole.Send("setClock", new JsonObject { ["sequence"] = 1L, ["utcSeconds"] = utcSeconds });

    private void Resume(long sequence) => AssertAnswer(_pole.Send("resumeProgram", new JsonObject { ["sequence"] = sequence }), 2, (int)sequence, CommandError.Ok);

    private static void AssertAnswer(CommandAnswer answer, int id, int sequence, CommandError error)
    {
        Assert.Equal((id, sequence, error, -1), (answer.CommandId, answer.Sequence, answer.Error, answer.Field));
    }
}
