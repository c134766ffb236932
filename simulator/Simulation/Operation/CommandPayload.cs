// From a command of the scenario to the bytes that go over the air, with the controller's own codec.
using PoleController.Messages;
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
            default:
                throw new ArgumentOutOfRangeException(nameof(action), action, "The operator does not know this command.");
        }
    }
}
