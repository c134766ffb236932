// What a command of the scenario does to a lamp that obeys it, as the world knows it: from the scenario alone, without asking a controller.
using Simulation.Scenarios;

namespace Simulation.Engine;

/// <summary>What a lamp does that obeys a command.</summary>
/// <param name="LevelPermille">The level it goes to, 0 to 1000.</param>
/// <param name="IsUpperLimit">Whether it may also be below.</param>
/// <param name="DurationUs">How long that holds.</param>
internal readonly record struct CommandEffect(int LevelPermille, bool IsUpperLimit, long DurationUs)
{
    private const long MinuteUs = 60_000_000;

    /// <summary>The effect of a command; null when the level depends on more than the command (programs, boost, blinking, ends of something).</summary>
    /// <param name="action">The command.</param>
    /// <param name="settings">The settings of the poles.</param>
    public static CommandEffect? Of(CommandAction action, PoleSettings settings) => action switch
    {
        SetLevelAction level => At(level.LevelPermille, level.DurationMinutes),
        SetGroupLevelAction { DurationMinutes: > 0 } level => At(level.LevelPermille, level.DurationMinutes),
        RecallSceneAction recall => At(settings.Scenes[recall.Scene].LevelPermille, recall.DurationMinutes),
        CallEmergencyAction { DurationMinutes: > 0 } call => At(
            call.Kind == PoleController.Lighting.EmergencyKind.Crisis ? settings.CrisisLevelPermille : settings.EmergencyLevelPermille,
            Math.Min(call.DurationMinutes, settings.EmergencyMaximumMinutes)),
        ShedLoadAction { Step: > 0, DurationMinutes: > 0 } shed => new CommandEffect(
            Math.Max(settings.SheddingLimitsPermille[shed.Step - 1], settings.SheddingFloorPermille),
            true,
            Math.Min(shed.DurationMinutes, settings.SheddingMaximumMinutes) * MinuteUs),
        _ => null,
    };

    private static CommandEffect At(int levelPermille, int durationMinutes) => new(levelPermille, false, durationMinutes * MinuteUs);
}
