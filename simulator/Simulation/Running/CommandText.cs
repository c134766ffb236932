// Commands in words.
using System.Globalization;
using SettingsFiles;
using Simulation.Scenarios;

namespace Simulation.Running;

/// <summary>Says what a command is and whom it means.</summary>
internal static class CommandText
{
    /// <summary>The command's kind, in the name of the message schema.</summary>
    public static string Kind(CommandAction action)
    {
        string name = action.GetType().Name;
        return CamelCase(name[..^"Action".Length]);
    }

    /// <summary>What it asks of whom.</summary>
    public static string Describe(ScenarioCommand command, IReadOnlyList<DimmingProgram> programs) =>
        $"{Action(command.Action, programs)}: {Poles(command.Poles)}";

    /// <summary>A name as the schema spells it.</summary>
    public static string CamelCase(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    private static string Action(CommandAction action, IReadOnlyList<DimmingProgram> programs) => action switch
    {
        SetLevelAction setLevel => string.Create(
            CultureInfo.InvariantCulture, $"{setLevel.LevelPermille / 10} % for {setLevel.DurationMinutes} min, fade {setLevel.FadeMs / 1000.0:0.#} s"),
        ResumeProgramAction => "back to the program",
        SetProgramAction setProgram => $"program {setProgram.ProgramIndex} becomes '{programs[setProgram.ScenarioProgramIndex].Name}'",
        SendSettingsBlockAction block =>
            $"programs 0 to {block.ScenarioProgramIndices.Count - 1} become {string.Join(", ", block.ScenarioProgramIndices.Select(index => $"'{programs[index].Name}'"))}",
        SetClockOffsetAction setClockOffset => string.Create(CultureInfo.InvariantCulture, $"local time is UTC {setClockOffset.UtcOffsetMinutes:+0;-0;+0} min"),
        IdentifyAction { DurationSeconds: 0 } => "no more blinking",
        IdentifyAction identify => $"blink for {identify.DurationSeconds} s",
        GroupAction group => Text(group) + (group.LightingGroup == 0 ? "" : $" in lighting group {group.LightingGroup}"),
        _ => action.ToString(),
    };

    private static string Text(GroupAction action) => action switch
    {
        SetGroupLevelAction { DurationMinutes: 0 } => "back to the program",
        SetGroupLevelAction level => string.Create(CultureInfo.InvariantCulture, $"{level.LevelPermille / 10} % for {level.DurationMinutes} min, fade {level.FadeMs / 1000.0:0.#} s"),
        RecallSceneAction recall => $"scene {recall.Scene} for {recall.DurationMinutes} min",
        BoostAction { DurationMinutes: 0 } or BoostAction { AmountPermille: 0 } => "no more boost",
        BoostAction boost => $"{boost.AmountPermille / 10} % more for {boost.DurationMinutes} min",
        CallEmergencyAction { DurationMinutes: 0 } => "end of the emergency",
        CallEmergencyAction call => $"{CamelCase(call.Kind.ToString())} for {call.DurationMinutes} min",
        ShedLoadAction { DurationMinutes: 0 } or ShedLoadAction { Step: 0 } => "no more load shedding",
        ShedLoadAction shed => $"load shedding step {shed.Step} for {shed.DurationMinutes} min",
        _ => action.ToString(),
    };

    private static string Poles(PoleSelector poles)
    {
        if (poles.IsAll)
        {
            return "all poles";
        }

        return poles switch
        {
            { Group: string group } => $"group {group}",
            { Street: string street } => $"street {street}",
            { Count: int count } => Checks.Text.Count(count, "pole"),
            _ => string.Join(", ", poles.Ids ?? []),
        };
    }
}
