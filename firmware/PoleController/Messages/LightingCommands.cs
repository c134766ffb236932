// Carries out the commands that act on the light for some time. Those that change settings are CommandProcessor's. A command that comes again with its
// sequence number, because its answer was lost, is answered and not carried out again: its time goes on and does not begin anew.
using PoleController.Lighting;
using PoleController.Settings;

namespace PoleController.Messages
{
    /// <summary>Carries out the commands that act on the light.</summary>
    internal sealed class LightingCommands
    {
        /// <summary>How long a command that comes again with its sequence number is a repetition, in milliseconds: ten minutes.</summary>
        public const int RepetitionMs = 600000;

        private const int SlotCount = 7;
        private const int SlotLength = CommandRanges.SetGroupLevelLength;

        private readonly LightingControl _lighting;
        private readonly GroupSettings _groups;
        private readonly EmergencyLog _emergencies;

        // Of each command the one carried out last, and when.
        private readonly byte[] _last = new byte[SlotCount * SlotLength];
        private readonly long[] _lastMs = new long[SlotCount];

        /// <summary>Makes it.</summary>
        public LightingCommands(LightingControl lighting, GroupSettings groups, EmergencyLog emergencies)
        {
            _lighting = lighting;
            _groups = groups;
            _emergencies = emergencies;
            for (int i = 0; i < SlotCount; i++)
            {
                _lastMs[i] = Wake.Never;
            }
        }

        /// <summary>Carries a command out.</summary>
        /// <param name="nowMs">Milliseconds since start.</param>
        /// <param name="command">The command as decoded; its field is set where a value proves wrong only here.</param>
        /// <param name="payload">Its bytes.</param>
        /// <param name="length">How many.</param>
        public CommandError Execute(long nowMs, CommandMessage command, byte[] payload, int length)
        {
            if (command.Id == CommandId.ResumeProgram)
            {
                Resume(nowMs);
                return CommandError.Ok;
            }

            int slot = SlotOf(command.Id);
            if (slot < 0)
            {
                return CommandError.UnknownCommand;
            }

            if (IsToGroup(command.Id) && !_groups.Contains(command.LightingGroup))
            {
                return CommandError.NotInGroup;
            }

            if (IsRepetition(nowMs, slot, payload, length))
            {
                return CommandError.Ok;
            }

            CommandError error = Act(nowMs, command);
            if (error == CommandError.Ok)
            {
                Remember(nowMs, slot, payload, length);
            }

            return error;
        }

        private CommandError Act(long nowMs, CommandMessage command)
        {
            LightingReasons reasons = _lighting.Reasons;
            switch (command.Id)
            {
                case CommandId.SetLevel:
                case CommandId.SetGroupLevel:
                    SetLevel(nowMs, command);
                    return CommandError.Ok;
                case CommandId.RecallScene:
                    if (!reasons.Commanded.TryRecall(nowMs, command.Scene, command.DurationMinutes * 60000L))
                    {
                        command.Field = 1;
                        return CommandError.OutOfRange;
                    }

                    return CommandError.Ok;
                case CommandId.Boost:
                    reasons.Boost.Command(nowMs, command.AmountPermille, command.DurationMinutes);
                    return CommandError.Ok;
                case CommandId.CallEmergency:
                    reasons.Emergency.Call(nowMs, command.EmergencyKind, command.DurationMinutes);
                    _emergencies.OnCommand(nowMs, command);
                    return CommandError.Ok;
                case CommandId.ShedLoad:
                    reasons.Shedding.Shed(nowMs, command.Step, command.DurationMinutes);
                    return CommandError.Ok;
                default:
                    reasons.Identify.Begin(nowMs, command.DurationSeconds);
                    return CommandError.Ok;
            }
        }

        // What was ended may be asked for anew, with its old number too.
        private void Resume(long nowMs)
        {
            _lastMs[SlotOf(CommandId.SetLevel)] = Wake.Never;
            _lastMs[SlotOf(CommandId.SetGroupLevel)] = Wake.Never;
            _lastMs[SlotOf(CommandId.RecallScene)] = Wake.Never;
            _lighting.ResumeProgram(nowMs);
        }

        // An empty one cancels.
        private void SetLevel(long nowMs, CommandMessage command)
        {
            if (command.DurationMinutes == 0)
            {
                Resume(nowMs);
                return;
            }

            _lighting.SetOverride(nowMs, command.LevelPermille, command.FadeMs, command.DurationMinutes * 60000L);
        }

        private static bool IsToGroup(CommandId id)
        {
            return id != CommandId.SetLevel && id != CommandId.Identify;
        }

        private static int SlotOf(CommandId id)
        {
            if (id == CommandId.SetLevel)
            {
                return 0;
            }

            return id >= CommandId.SetGroupLevel && id <= CommandId.Identify ? id - CommandId.SetGroupLevel + 1 : -1;
        }

        private bool IsRepetition(long nowMs, int slot, byte[] payload, int length)
        {
            if (_lastMs[slot] == Wake.Never || nowMs - _lastMs[slot] > RepetitionMs)
            {
                return false;
            }

            for (int i = 0; i < length; i++)
            {
                if (_last[(slot * SlotLength) + i] != payload[i])
                {
                    return false;
                }
            }

            return true;
        }

        private void Remember(long nowMs, int slot, byte[] payload, int length)
        {
            _lastMs[slot] = nowMs;
            for (int i = 0; i < length; i++)
            {
                _last[(slot * SlotLength) + i] = payload[i];
            }
        }
    }
}
