// From a command of the scenario to the bytes that go over the air, with the controller's own codec.
using PoleController.Messages;
using SettingsFiles;
using Simulation.Scenarios;

namespace Simulation.Operation;

/// <summary>Makes payloads of commands.</summary>
internal static class CommandPayload
{
    /// <summary>The payload, with sequence number 0.</summary>
    /// <exception cref="InvalidOperationException">The scenario's loader let something pass that cannot be sent.</exception>
    public static byte[] Create(CommandAction action, IReadOnlyList<DimmingProgram> programs)
    {
        CommandMessage message = new();
        Fill(message, action, programs);
        byte[] buffer = new byte[CommandMessage.MaximumLength];
        int length = message.Encode(buffer);
        return length > 0
            ? buffer[..length]
            : throw new InvalidOperationException($"The command {action} has a value that a pole would refuse.");
    }

    private static void Fill(CommandMessage message, CommandAction action, IReadOnlyList<DimmingProgram> programs)
    {
        switch (action)
        {
            case SetLevelAction setLevel:
                message.Id = CommandId.SetLevel;
                message.LevelPermille = setLevel.LevelPermille;
                message.FadeMs = setLevel.FadeMs;
                message.DurationMinutes = setLevel.DurationMinutes;
                break;
            case ResumeProgramAction:
                message.Id = CommandId.ResumeProgram;
                break;
            case SetProgramAction setProgram:
                message.Id = CommandId.SetProgram;
                message.ProgramIndex = setProgram.ProgramIndex;
                ProgramMapping.Fill(message.Program, programs[setProgram.ScenarioProgramIndex]);
                break;
            case SetClockOffsetAction setClockOffset:
                message.Id = CommandId.SetClockOffset;
                message.UtcOffsetMinutes = setClockOffset.UtcOffsetMinutes;
                message.DaylightSaving = setClockOffset.DaylightSaving;
                break;
            case IdentifyAction identify:
                message.Id = CommandId.Identify;
                message.DurationSeconds = identify.DurationSeconds;
                break;
            case GroupAction group:
                FillGroup(message, group);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(action), action, "The operator does not know this command.");
        }
    }

    private static void FillGroup(CommandMessage message, GroupAction action)
    {
        message.LightingGroup = action.LightingGroup;
        switch (action)
        {
            case SetGroupLevelAction level:
                message.Id = CommandId.SetGroupLevel;
                message.LevelPermille = level.LevelPermille;
                message.FadeMs = level.FadeMs;
                message.DurationMinutes = level.DurationMinutes;
                break;
            case RecallSceneAction recall:
                message.Id = CommandId.RecallScene;
                message.Scene = recall.Scene;
                message.DurationMinutes = recall.DurationMinutes;
                break;
            case BoostAction boost:
                message.Id = CommandId.Boost;
                message.AmountPermille = boost.AmountPermille;
                message.DurationMinutes = boost.DurationMinutes;
                break;
            case CallEmergencyAction call:
                message.Id = CommandId.CallEmergency;
                message.EmergencyKind = call.Kind;
                message.DurationMinutes = call.DurationMinutes;
                break;
            case ShedLoadAction shed:
                message.Id = CommandId.ShedLoad;
                message.Step = shed.Step;
                message.DurationMinutes = shed.DurationMinutes;
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(action), action, "The operator does not know this command.");
        }
    }
}
