// From a command to the bytes of a downlink: for the operator's side (simulator, host tools). The pole itself does not send commands.
using PoleController.Lighting;

namespace PoleController.Messages
{
    /// <summary>Writes commands.</summary>
    internal static class CommandEncoder
    {
        /// <summary>Writes the command; 0 when it cannot be sent as meant.</summary>
        public static int Encode(CommandMessage command, byte[] buffer)
        {
            if (command.Sequence < 0 || command.Sequence > 255)
            {
                return 0;
            }

            buffer[0] = (byte)command.Id;
            buffer[1] = (byte)command.Sequence;
            switch (command.Id)
            {
                case CommandId.SetLevel:
                    return EncodeSetLevel(command, buffer);
                case CommandId.ResumeProgram:
                case CommandId.Restart:
                    return CommandRanges.HeaderLength;
                case CommandId.SetProgram:
                    return EncodeSetProgram(command, buffer);
                case CommandId.SetClockOffset:
                    return EncodeSetClockOffset(command, buffer);
                case CommandId.SetClock:
                    return EncodeSetClock(command, buffer);
                case CommandId.SetMulticastAnswerWindow:
                    return EncodeSetMulticastAnswerWindow(command, buffer);
                case CommandId.SetGroupLevel:
                    return EncodeSetGroupLevel(command, buffer);
                case CommandId.RecallScene:
                    return EncodeGroupCommand(command, buffer, CommandRanges.CheckRecallScene(command), command.Scene);
                case CommandId.Boost:
                    return command.AmountPermille % 10 != 0
                        ? 0 : EncodeGroupCommand(command, buffer, CommandRanges.CheckBoost(command), command.AmountPermille / 10);
                case CommandId.CallEmergency:
                    return EncodeGroupCommand(command, buffer, CommandRanges.CheckCallEmergency(command), (int)command.EmergencyKind);
                case CommandId.ShedLoad:
                    return EncodeGroupCommand(command, buffer, CommandRanges.CheckShedLoad(command), command.Step);
                case CommandId.Identify:
                    return EncodeIdentify(command, buffer);
                default:
                    return 0;
            }
        }

        private static int EncodeSetGroupLevel(CommandMessage command, byte[] buffer)
        {
            if (CommandRanges.CheckSetGroupLevel(command) >= 0 || command.LevelPermille % 10 != 0 || command.FadeMs % 100 != 0)
            {
                return 0;
            }

            buffer[CommandRanges.HeaderLength] = (byte)command.LightingGroup;
            buffer[CommandRanges.HeaderLength + 1] = (byte)(command.LevelPermille / 10);
            MessageBytes.WriteUInt16(buffer, CommandRanges.HeaderLength + 2, command.FadeMs / 100);
            MessageBytes.WriteUInt16(buffer, CommandRanges.HeaderLength + 4, command.DurationMinutes);
            return CommandRanges.SetGroupLevelLength;
        }

        private static int EncodeGroupCommand(CommandMessage command, byte[] buffer, int wrongField, int value)
        {
            if (wrongField >= 0)
            {
                return 0;
            }

            buffer[CommandRanges.HeaderLength] = (byte)command.LightingGroup;
            buffer[CommandRanges.HeaderLength + 1] = (byte)value;
            MessageBytes.WriteUInt16(buffer, CommandRanges.HeaderLength + 2, command.DurationMinutes);
            return CommandRanges.GroupCommandLength;
        }

        private static int EncodeIdentify(CommandMessage command, byte[] buffer)
        {
            if (CommandRanges.CheckIdentify(command) >= 0)
            {
                return 0;
            }

            MessageBytes.WriteUInt16(buffer, CommandRanges.HeaderLength, command.DurationSeconds);
            return CommandRanges.IdentifyLength;
        }

        private static int EncodeSetLevel(CommandMessage command, byte[] buffer)
        {
            if (CommandRanges.CheckSetLevel(command) >= 0 || command.LevelPermille % 10 != 0 || command.FadeMs % 100 != 0)
            {
                return 0;
            }

            buffer[CommandRanges.HeaderLength] = (byte)(command.LevelPermille / 10);
            MessageBytes.WriteUInt16(buffer, CommandRanges.HeaderLength + 1, command.FadeMs / 100);
            MessageBytes.WriteUInt16(buffer, CommandRanges.HeaderLength + 3, command.DurationMinutes);
            return CommandRanges.SetLevelLength;
        }

        private static int EncodeSetProgram(CommandMessage command, byte[] buffer)
        {
            LightingProgram program = command.Program;
            if (program.PointCount < 0 || program.PointCount > LightingProgram.MaximumPoints || CommandRanges.CheckSetProgram(command) >= 0)
            {
                return 0;
            }

            buffer[CommandRanges.HeaderLength] = (byte)command.ProgramIndex;
            MessageBytes.WriteUInt16(buffer, CommandRanges.HeaderLength + 1, program.FadeSeconds);
            int offset = CommandRanges.SetProgramLength;
            for (int i = 0; i < program.PointCount; i++)
            {
                if (program.LevelPermille[i] % 10 != 0 || program.OccupancyLevelPermille[i] % 10 != 0)
                {
                    return 0;
                }

                buffer[offset] = program.Reference[i];
                MessageBytes.WriteUInt16(buffer, offset + 1, program.OffsetMinutes[i]);
                buffer[offset + 3] = (byte)(program.LevelPermille[i] / 10);
                buffer[offset + 4] = (byte)(program.OccupancyLevelPermille[i] / 10);
                offset += CommandRanges.PointLength;
            }

            return offset;
        }

        private static int EncodeSetClockOffset(CommandMessage command, byte[] buffer)
        {
            if (CommandRanges.CheckSetClockOffset(command) >= 0)
            {
                return 0;
            }

            MessageBytes.WriteUInt16(buffer, CommandRanges.HeaderLength, command.UtcOffsetMinutes);
            buffer[CommandRanges.HeaderLength + 2] = (byte)command.DaylightSaving;
            return CommandRanges.SetClockOffsetLength;
        }

        private static int EncodeSetClock(CommandMessage command, byte[] buffer)
        {
            if (CommandRanges.CheckSetClock(command) >= 0)
            {
                return 0;
            }

            MessageBytes.WriteUInt32(buffer, CommandRanges.HeaderLength, command.UtcSeconds);
            return CommandRanges.SetClockLength;
        }

        private static int EncodeSetMulticastAnswerWindow(CommandMessage command, byte[] buffer)
        {
            if (CommandRanges.CheckSetMulticastAnswerWindow(command) >= 0)
            {
                return 0;
            }

            buffer[CommandRanges.HeaderLength] = (byte)command.GroupId;
            MessageBytes.WriteUInt16(buffer, CommandRanges.HeaderLength + 1, command.WindowSeconds);
            return CommandRanges.SetMulticastAnswerWindowLength;
        }
    }
}
