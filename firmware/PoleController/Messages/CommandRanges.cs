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

        /// <summary>Bytes of setGroupLevel.</summary>
        public const int SetGroupLevelLength = HeaderLength + 6;

        /// <summary>Bytes of recallScene, boost, callEmergency and shedLoad: group, one byte, minutes.</summary>
        public const int GroupCommandLength = HeaderLength + 4;

        /// <summary>Bytes of identify.</summary>
        public const int IdentifyLength = HeaderLength + 2;

        /// <summary>Longest fade of setLevel.</summary>
        public const int MaximumFadeMs = 60000;

        /// <summary>Longest fade of a program.</summary>
        public const int MaximumFadeSeconds = 3600;

        /// <summary>Longest time for which a profile or a step of load shedding can be called, in minutes; the settings may allow less.</summary>
        public const int MaximumProfileMinutes = 1440;

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

        /// <summary>The first field of a setGroupLevel that is not valid; -1 when all are.</summary>
        public static int CheckSetGroupLevel(CommandMessage command)
        {
            if (!IsLightingGroup(command))
            {
                return 0;
            }

            if (!IsWithin(command.LevelPermille, 0, 1000))
            {
                return 1;
            }

            if (!IsWithin(command.FadeMs, 0, MaximumFadeMs))
            {
                return 2;
            }

            return IsWithin(command.DurationMinutes, 0, CommandedLevel.MaximumMinutes) ? -1 : 3;
        }

        /// <summary>The first field of a recallScene that is not valid; -1 when all are.</summary>
        public static int CheckRecallScene(CommandMessage command)
        {
            return CheckGroupCommand(command, IsWithin(command.Scene, 0, SceneSettings.MaximumCount - 1), 1, CommandedLevel.MaximumMinutes);
        }

        /// <summary>The first field of a boost that is not valid; -1 when all are.</summary>
        public static int CheckBoost(CommandMessage command)
        {
            return CheckGroupCommand(command, IsWithin(command.AmountPermille, 0, 1000), 0, HotspotBoost.MaximumMinutes);
        }

        /// <summary>The first field of a callEmergency that is not valid; -1 when all are.</summary>
        public static int CheckCallEmergency(CommandMessage command)
        {
            bool isKind = IsWithin((int)command.EmergencyKind, 0, (int)EmergencyKind.Crisis);
            return CheckGroupCommand(command, isKind, 0, MaximumProfileMinutes);
        }

        /// <summary>The first field of a shedLoad that is not valid; -1 when all are.</summary>
        public static int CheckShedLoad(CommandMessage command)
        {
            return CheckGroupCommand(command, IsWithin(command.Step, 0, LoadSheddingSettings.StepCount), 0, MaximumProfileMinutes);
        }

        /// <summary>The first field of an identify that is not valid; -1 when all are.</summary>
        public static int CheckIdentify(CommandMessage command)
        {
            return IsWithin(command.DurationSeconds, 0, IdentifyBlink.MaximumSeconds) ? -1 : 0;
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

            return IsWithin((int)command.DaylightSaving, 0, (int)DaylightSavingRule.Chile) ? -1 : 1;
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

        private static bool IsLightingGroup(CommandMessage command)
        {
            return IsWithin(command.LightingGroup, GroupSettings.Everybody, 255);
        }

        private static int CheckGroupCommand(CommandMessage command, bool isSecondValid, int minimumMinutes, int maximumMinutes)
        {
            if (!IsLightingGroup(command))
            {
                return 0;
            }

            if (!isSecondValid)
            {
                return 1;
            }

            return IsWithin(command.DurationMinutes, minimumMinutes, maximumMinutes) ? -1 : 2;
        }

        private static bool IsWithin(int value, int smallest, int largest)
        {
            return value >= smallest && value <= largest;
        }
    }
}
