// Commands of a scenario file.
using PoleController.Lighting;

namespace Simulation.Scenarios;

/// <summary>Binds commands, and says which of them mean scenes that are not there.</summary>
internal static class CommandBinder
{
    public static IReadOnlyList<ScenarioCommand> BindCommands(SectionReader top) => [.. top.List("commands").Select(command => new ScenarioCommand
    {
        AtMs = EventBinder.Moment(command),
        Poles = EventBinder.Poles(command),
        Action = Action(command),
        Path = command.Word("via", CommandPath.Unicast),
    })];

    private static CommandAction Action(SectionReader command)
    {
        if (command.OptionalSection("setLevel") is { } setLevel)
        {
            return new SetLevelAction
            {
                LevelPermille = setLevel.Permille("level", 0),
                FadeMs = setLevel.DurationIntMs("fade", 0),
                DurationMinutes = setLevel.DurationSeconds("duration", 60) / 60,
            };
        }

        if (command.OptionalSection("setProgram") is { } setProgram)
        {
            return new SetProgramAction { ProgramIndex = setProgram.WholeNumber("programIndex", 0), ScenarioProgramIndex = command.Context.Programs.ProgramIndex(setProgram, "program") };
        }

        if (command.OptionalSection("sendSettingsBlock") is { } sendSettingsBlock)
        {
            return new SendSettingsBlockAction { ScenarioProgramIndices = command.Context.Programs.ProgramIndices(sendSettingsBlock, "programs") };
        }

        if (command.OptionalSection("setClockOffset") is { } setClockOffset)
        {
            TimeZoneRule zone = ScenarioBinder.BindTimeZone(setClockOffset);
            return new SetClockOffsetAction { UtcOffsetMinutes = zone.UtcOffsetMinutes, DaylightSaving = zone.DaylightSaving };
        }

        return Lighting(command) ?? new ResumeProgramAction();
    }

    private static CommandAction? Lighting(SectionReader command)
    {
        if (command.OptionalSection("setGroupLevel") is { } level)
        {
            return new SetGroupLevelAction
            {
                LightingGroup = Group(level),
                LevelPermille = level.Permille("level", 0),
                FadeMs = level.DurationIntMs("fade", 0),
                DurationMinutes = Minutes(level),
            };
        }

        if (command.OptionalSection("recallScene") is { } scene)
        {
            return new RecallSceneAction { LightingGroup = Group(scene), Scene = scene.WholeNumber("scene", 0), DurationMinutes = Minutes(scene) };
        }

        if (command.OptionalSection("boost") is { } boost)
        {
            return new BoostAction { LightingGroup = Group(boost), AmountPermille = boost.Permille("amount", 0), DurationMinutes = Minutes(boost) };
        }

        if (command.OptionalSection("callEmergency") is { } emergency)
        {
            return new CallEmergencyAction { LightingGroup = Group(emergency), Kind = emergency.Word("profile", EmergencyKind.Emergency), DurationMinutes = Minutes(emergency) };
        }

        if (command.OptionalSection("shedLoad") is { } shed)
        {
            return new ShedLoadAction { LightingGroup = Group(shed), Step = shed.WholeNumber("step", 0), DurationMinutes = Minutes(shed) };
        }

        return command.OptionalSection("identify") is { } identify ? new IdentifyAction { DurationSeconds = identify.DurationSeconds("duration", 0) } : null;
    }

    private static int Group(SectionReader section) => section.WholeNumber("lightingGroup", 0);

    private static int Minutes(SectionReader section) => section.DurationSeconds("duration", 0) / 60;

    /// <summary>Complains of scenes that the settings do not have.</summary>
    public static void Check(SectionReader top, Scenario scenario)
    {
        IReadOnlyList<SectionReader> commands = top.List("commands");
        for (int i = 0; i < commands.Count; i++)
        {
            if (scenario.Commands[i].Action is RecallSceneAction recall && recall.Scene >= scenario.Settings.Scenes.Count)
            {
                commands[i].Section("recallScene").Complain(
                    "scene", $"there is no scene {recall.Scene}; the settings have {scenario.Settings.Scenes.Count}", "Add it to settings.scenes (the first is 0), or recall another.");
            }
        }
    }
}
