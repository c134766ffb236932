// What the operator asks of poles during a run. Data only; ranges are those of messages.yaml.
using PoleController.Lighting;
using PoleController.Time;

namespace Simulation.Scenarios;

/// <summary>A command sent to some poles.</summary>
public sealed record ScenarioCommand
{
    /// <summary>When it is given to the network server, milliseconds after the start.</summary>
    public required long AtMs { get; init; }

    /// <summary>Poles concerned.</summary>
    public required PoleSelector Poles { get; init; }

    /// <summary>What they are told.</summary>
    public required CommandAction Action { get; init; }

    /// <summary>How it gets to them. Default unicast.</summary>
    public CommandPath Path { get; init; }
}

/// <summary>What a command asks for.</summary>
public abstract record CommandAction;

/// <summary>Sets a level for a time, over the program.</summary>
public sealed record SetLevelAction : CommandAction
{
    /// <summary>Level, 0 to 1000.</summary>
    public required int LevelPermille { get; init; }

    /// <summary>Fade to it, 0 to 60,000 ms in steps of 100 (as messages.yaml has it). Default 0.</summary>
    public int FadeMs { get; init; }

    /// <summary>How long it holds, 1 to 2880 minutes.</summary>
    public required int DurationMinutes { get; init; }
}

/// <summary>Ends what <see cref="SetLevelAction"/>, <see cref="SetGroupLevelAction"/> or <see cref="RecallSceneAction"/> began.</summary>
public sealed record ResumeProgramAction : CommandAction;

/// <summary>Replaces one of a pole's four programs.</summary>
public sealed record SetProgramAction : CommandAction
{
    /// <summary>Which of the pole's programs, 0 to 3.</summary>
    public required int ProgramIndex { get; init; }

    /// <summary>Position of what it becomes in <see cref="Scenario.Programs"/>.</summary>
    public required int ScenarioProgramIndex { get; init; }
}

/// <summary>Replaces a pole's programs, from the first on, by one block of settings.</summary>
public sealed record SendSettingsBlockAction : CommandAction
{
    /// <summary>Positions in <see cref="Scenario.Programs"/> of what they become, one to four.</summary>
    public required IReadOnlyList<int> ScenarioProgramIndices { get; init; }
}

/// <summary>Sets local time.</summary>
public sealed record SetClockOffsetAction : CommandAction
{
    /// <summary>Standard time's offset from UTC in minutes, -720 to 840.</summary>
    public required int UtcOffsetMinutes { get; init; }

    /// <summary>The daylight-saving rule.</summary>
    public required DaylightSavingRule DaylightSaving { get; init; }
}

/// <summary>A command to the poles of a lighting group: of those that it is sent to, the others leave it alone.</summary>
public abstract record GroupAction : CommandAction
{
    /// <summary>The lighting group, 1 to 255; 0 (the default) is whoever hears it.</summary>
    public int LightingGroup { get; init; }
}

/// <summary>Sets a level for a time at a lighting group.</summary>
public sealed record SetGroupLevelAction : GroupAction
{
    /// <summary>Level, 0 to 1000 in steps of 10.</summary>
    public required int LevelPermille { get; init; }

    /// <summary>Fade to it, 0 to 60,000 ms in steps of 100. Default 0.</summary>
    public int FadeMs { get; init; }

    /// <summary>How long it holds, 0 (ends it) to 2,880 minutes.</summary>
    public required int DurationMinutes { get; init; }
}

/// <summary>Recalls a scene for a time.</summary>
public sealed record RecallSceneAction : GroupAction
{
    /// <summary>Which of <see cref="PoleSettings.Scenes"/>.</summary>
    public required int Scene { get; init; }

    /// <summary>How long it holds, 1 to 2,880 minutes.</summary>
    public required int DurationMinutes { get; init; }
}

/// <summary>Raises what the program asks for.</summary>
public sealed record BoostAction : GroupAction
{
    /// <summary>By how much, 0 (ends it) to 1000 in steps of 10.</summary>
    public required int AmountPermille { get; init; }

    /// <summary>How long, 0 (ends it) to 1,440 minutes.</summary>
    public required int DurationMinutes { get; init; }
}

/// <summary>Calls or ends the emergency or the crisis profile.</summary>
public sealed record CallEmergencyAction : GroupAction
{
    /// <summary>Which profile.</summary>
    public required EmergencyKind Kind { get; init; }

    /// <summary>How long, 0 (ends it) to 1,440 minutes; the pole cuts it to <see cref="PoleSettings.EmergencyMaximumMinutes"/>.</summary>
    public required int DurationMinutes { get; init; }
}

/// <summary>Sets the step of load shedding.</summary>
public sealed record ShedLoadAction : GroupAction
{
    /// <summary>The step, 0 (ends it) to 3.</summary>
    public required int Step { get; init; }

    /// <summary>How long, 0 (ends it) to 1,440 minutes; the pole cuts it to <see cref="PoleSettings.SheddingMaximumMinutes"/>.</summary>
    public required int DurationMinutes { get; init; }
}

/// <summary>Has poles blink.</summary>
public sealed record IdentifyAction : CommandAction
{
    /// <summary>How long, 0 (ends it) to 600 s.</summary>
    public required int DurationSeconds { get; init; }
}
