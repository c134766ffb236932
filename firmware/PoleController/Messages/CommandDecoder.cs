// From the bytes of a downlink to a command, whatever the bytes are. It changes nothing but the command object it is given.
using PoleController.Lighting;
using PoleController.Time;

namespace PoleController.Messages
{
    /// <summary>Reads commands.</summary>
    internal static class CommandDecoder
    {
        /// <summary>Reads the command: first the id, then the length, then the fields in their order.</summary>
        public static CommandError Decode(CommandMessage command, byte[] payload, int length)
        {
            command.Field = -1;
            command.Id = length > 0 ? (CommandId)payload[0] : CommandId.None;
            command.Sequence = length > 1 ? payload[1] : 0;
            if (length < CommandRanges.HeaderLength)
            {
                return CommandError.TooShort;
            }

            CommandError error = CheckLength(command.Id, length);
            if (error != CommandError.Ok)
            {
                return error;
            }

            command.Field = DecodeFields(command, payload, length);
            return command.Field < 0 ? CommandError.Ok : CommandError.OutOfRange;
        }

        private static CommandError CheckLength(CommandId id, int length)
        {
            switch (id)
            {
                case CommandId.SetLevel:
                    return Compare(length, CommandRanges.SetLevelLength);
                case CommandId.ResumeProgram:
                case CommandId.Restart:
                    return Compare(length, CommandRanges.HeaderLength);
                case CommandId.SetProgram:
                    return CheckSetProgramLength(length);
                case CommandId.SetClockOffset:
                    return Compare(length, CommandRanges.SetClockOffsetLength);
                case CommandId.SetClock:
                    return Compare(length, CommandRanges.SetClockLength);
                case CommandId.SetMulticastAnswerWindow:
                    return Compare(length, CommandRanges.SetMulticastAnswerWindowLength);
                case CommandId.SetSettings:
                    return length < SettingsCommand.ContentOffset ? CommandError.TooShort : CommandError.Ok;
                case CommandId.SetGroupLevel:
                    return Compare(length, CommandRanges.SetGroupLevelLength);
                case CommandId.RecallScene:
                case CommandId.Boost:
                case CommandId.CallEmergency:
                case CommandId.ShedLoad:
                    return Compare(length, CommandRanges.GroupCommandLength);
                case CommandId.Identify:
                    return Compare(length, CommandRanges.IdentifyLength);
                default:
                    return CommandError.UnknownCommand;
            }
        }

        private static CommandError Compare(int length, int expectedLength)
        {
            if (length == expectedLength)
            {
                return CommandError.Ok;
            }

            return length < expectedLength ? CommandError.TooShort : CommandError.TooLong;
        }

        private static CommandError CheckSetProgramLength(int length)
        {
            int pointsLength = length - CommandRanges.SetProgramLength;
            if (pointsLength > LightingProgram.MaximumPoints * CommandRanges.PointLength)
            {
                return CommandError.TooLong;
            }

            return pointsLength < 0 || pointsLength % CommandRanges.PointLength != 0 ? CommandError.TooShort : CommandError.Ok;
        }

        private static int DecodeFields(CommandMessage command, byte[] payload, int length)
        {
            const int first = CommandRanges.HeaderLength;
            switch (command.Id)
            {
                case CommandId.SetLevel:
                    command.LevelPermille = payload[first] * 10;
                    command.FadeMs = MessageBytes.ReadUInt16(payload, first + 1) * 100;
                    command.DurationMinutes = MessageBytes.ReadUInt16(payload, first + 3);
                    return CommandRanges.CheckSetLevel(command);
                case CommandId.SetProgram:
                    command.ProgramIndex = payload[first];
                    command.Program.FadeSeconds = MessageBytes.ReadUInt16(payload, first + 1);
                    DecodePoints(command.Program, payload, length);
                    return CommandRanges.CheckSetProgram(command);
                case CommandId.SetClockOffset:
                    command.UtcOffsetMinutes = MessageBytes.ReadInt16(payload, first);
                    command.DaylightSaving = (DaylightSavingRule)payload[first + 2];
                    return CommandRanges.CheckSetClockOffset(command);
                case CommandId.SetClock:
                    command.UtcSeconds = MessageBytes.ReadUInt32(payload, first);
                    return CommandRanges.CheckSetClock(command);
                case CommandId.SetMulticastAnswerWindow:
                    command.GroupId = payload[first];
                    command.WindowSeconds = MessageBytes.ReadUInt16(payload, first + 1);
                    return CommandRanges.CheckSetMulticastAnswerWindow(command);
                case CommandId.Identify:
                    command.DurationSeconds = MessageBytes.ReadUInt16(payload, first);
                    return CommandRanges.CheckIdentify(command);
                case CommandId.SetGroupLevel:
                    command.LightingGroup = payload[first];
                    command.LevelPermille = payload[first + 1] * 10;
                    command.FadeMs = MessageBytes.ReadUInt16(payload, first + 2) * 100;
                    command.DurationMinutes = MessageBytes.ReadUInt16(payload, first + 4);
                    return CommandRanges.CheckSetGroupLevel(command);
                default:
                    return command.Id >= CommandId.RecallScene ? DecodeGroupCommand(command, payload) : -1;
            }
        }

        private static int DecodeGroupCommand(CommandMessage command, byte[] payload)
        {
            const int first = CommandRanges.HeaderLength;
            command.LightingGroup = payload[first];
            command.DurationMinutes = MessageBytes.ReadUInt16(payload, first + 2);
            int value = payload[first + 1];
            switch (command.Id)
            {
                case CommandId.RecallScene:
                    command.Scene = value;
                    return CommandRanges.CheckRecallScene(command);
                case CommandId.Boost:
                    command.AmountPermille = value * 10;
                    return CommandRanges.CheckBoost(command);
                case CommandId.CallEmergency:
                    command.EmergencyKind = (EmergencyKind)value;
                    return CommandRanges.CheckCallEmergency(command);
                default:
                    command.Step = value;
                    return CommandRanges.CheckShedLoad(command);
            }
        }

        private static void DecodePoints(LightingProgram program, byte[] payload, int length)
        {
            program.PointCount = (length - CommandRanges.SetProgramLength) / CommandRanges.PointLength;
            int offset = CommandRanges.SetProgramLength;
            for (int i = 0; i < program.PointCount; i++)
            {
                program.Reference[i] = payload[offset];
                program.OffsetMinutes[i] = (short)MessageBytes.ReadInt16(payload, offset + 1);
                program.LevelPermille[i] = (short)(payload[offset + 3] * 10);
                program.OccupancyLevelPermille[i] = (short)(payload[offset + 4] * 10);
                offset += CommandRanges.PointLength;
            }
        }
    }
}
