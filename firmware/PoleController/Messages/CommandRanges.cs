// What is valid in a command: lengths and ranges, as in messages.yaml; those of settings are SettingsRules'. Used by decoder and encoder,
// so that neither lets through what the other refuses.
using PoleController.Lighting;
using PoleController.Settings;
using PoleController.Time;

namespace PoleController.Messages
{
    /// <summary>Lengths and ranges of commands.</summary>
    internal static class CommandRanges
    {
        /// <summary>Bytes before a command's own fields: id and sequence number.</summary>
        public const int HeaderLength = 2;

        /// <summary>Bytes of setLevel.</summary>
        public const int SetLevelLength = HeaderLength + 5;

        /// <summary>Bytes of setProgram without points.</summary>
        public const int SetProgramLength = HeaderLength + 3;

        /// <summary>Bytes of one point.</summary>
        public const int PointLength = 5;

        /// <summary>Bytes of setClockOffset.</summary>
        public const int SetClockOffsetLength = HeaderLength + 3;

        /// <summary>Bytes of setClock.</summary>
        public const int SetClockLength = HeaderLength + 4;

        /// <summary>Bytes of setMulticastAnswerWindow.</summary>
        public const int SetMulticastAnswerWindowLength = HeaderLength + 3;

        /// <summary>Longest fade of setLevel.</summary>
        public const int MaximumFadeMs = 60000;

        /// <summary>Longest fade of a program.</summary>
        public const int MaximumFadeSeconds = 3600;

        /// <summary>2020-01-01T00:00:00Z: no controller is older, so no clock can be.</summary>
        public const long MinimumUtcSeconds = 1577836800;

        /// <summary>The first field of a setLevel that is not valid; -1 when all are.</summary>
        public static int CheckSetLevel(CommandMessage command)
        {
            if (!IsWithin(command.LevelPermille, 0, 1000))
            {
                return 0;
            }

            if (!IsWithin(command.FadeMs, 0, MaximumFadeMs))
            {
                return 1;
            }

            return IsWithin(command.DurationMinutes, 1, LightingControl.MaximumOverrideMinutes) ? -1 : 2;
        }

        /// <summary>The first field of a setProgram that is not valid; -1 when all are.</summary>
        public static int CheckSetProgram(CommandMessage command)
        {
            if (!IsWithin(command.ProgramIndex, 0, ControllerSettings.ProgramCount - 1))
            {
                return 0;
            }

            LightingProgram program = command.Program;
            if (!IsWithin(program.FadeSeconds, 0, MaximumFadeSeconds))
            {
                return 1;
            }

            for (int i = 0; i < program.PointCount; i++)
            {
                int field = CheckPoint(program, i);
                if (field >= 0)
                {
                    return 2 + (4 * i) + field;
                }
            }

            return -1;
        }

        /// <summary>The first field of a setClockOffset that is not valid; -1 when all are.</summary>
        public static int CheckSetClockOffset(CommandMessage command)
        {
            if (!SettingsRules.IsUtcOffset(command.UtcOffsetMinutes))
            {
                return 0;
            }

            return IsWithin((int)command.DaylightSaving, 0, (int)DaylightSavingRule.UnitedStates) ? -1 : 1;
        }

        /// <summary>The first field of a setClock that is not valid; -1 when all are.</summary>
        public static int CheckSetClock(CommandMessage command)
        {
            return command.UtcSeconds >= MinimumUtcSeconds && command.UtcSeconds <= 0xFFFFFFFFL ? -1 : 0;
        }

        /// <summary>The first field of a setMulticastAnswerWindow that is not valid; -1 when all are.</summary>
        public static int CheckSetMulticastAnswerWindow(CommandMessage command)
        {
            if (!IsWithin(command.GroupId, 0, ControllerSettings.MulticastGroupCount - 1))
            {
                return 0;
            }

            return SettingsRules.IsMulticastAnswerWindow(command.WindowSeconds) ? -1 : 1;
        }

        private static int CheckPoint(LightingProgram program, int point)
        {
            SettingsFault fault = SettingsRules.ValidatePoint(
                program.Reference[point], program.OffsetMinutes[point], program.LevelPermille[point], program.OccupancyLevelPermille[point]);
            switch (fault)
            {
                case SettingsFault.None:
                    return -1;
                case SettingsFault.PointReference:
                    return 0;
                case SettingsFault.PointOffset:
                    return 1;
                default:
                    return IsWithin(program.LevelPermille[point], 0, 1000) ? 3 : 2;
            }
        }

        private static bool IsWithin(int value, int smallest, int largest)
        {
            return value >= smallest && value <= largest;
        }
    }
}
