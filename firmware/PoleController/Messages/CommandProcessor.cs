// Carries out a command, whole or not at all, and writes the answer. It does not decode (CommandDecoder) and does not send (Reporter).
// A command that comes again, because its answer was lost, is carried out again where that changes nothing, and answered again.
using PoleController.Journal;
using PoleController.Lighting;
using PoleController.Settings;
using PoleController.Time;

namespace PoleController.Messages
{
    /// <summary>Carries out a command, whole or not at all, and writes the answer.</summary>
    public sealed class CommandProcessor
    {
        /// <summary>
        /// How far off a time may be that came with setClock, in milliseconds: 2 s of downlink airtime at spreading factor 12 and 3 s in the
        /// network server and its gateways.
        /// </summary>
        public const int SetClockUncertaintyMs = 5000;

        /// <summary>How long a restart waits, in milliseconds: the answer goes out within a second, if the duty cycle lets it.</summary>
        public const int RestartDelayMs = 30000;

        /// <summary>How long a command to the light that comes again with its sequence number is a repetition, in milliseconds: ten minutes.</summary>
        public const int RepetitionMs = LightingCommands.RepetitionMs;

        private readonly LightingCommands _lightingCommands;
        private readonly EmergencyLog _emergencies;
        private readonly PoleClock _clock;
        private readonly ControllerSettings _settings;
        private readonly SettingsKeeper _keeper;
        private readonly CommandMessage _command = new CommandMessage();
        private readonly CommandAnswer _answer = new CommandAnswer();
        private readonly SettingsHash _hash = new SettingsHash();
        private readonly LightingProgram _previousProgram = new LightingProgram();
        private long _lastSetUtcSeconds;

        /// <summary>Makes it.</summary>
        public CommandProcessor(LightingControl lighting, LightingSchedule schedule, PoleClock clock, ControllerSettings settings, SettingsStore settingsStore)
        {
            _emergencies = new EmergencyLog(lighting.Reasons.Emergency);
            _lightingCommands = new LightingCommands(lighting, settings.Groups, _emergencies);
            _clock = clock;
            _settings = settings;
            _keeper = new SettingsKeeper(settings, settingsStore, schedule);
        }

        /// <summary>Who restarts the controller; null: nobody, and the command is refused.</summary>
        public BootJournal? Boots { get; set; }

        /// <summary>Where calls and ends of emergencies are written down; null for nowhere.</summary>
        public PoleJournal? Journal
        {
            get { return _emergencies.Journal; }
            set { _emergencies.Journal = value; }
        }

        /// <summary>Commands carried out since start.</summary>
        public int AcceptedCount { get; private set; }

        /// <summary>Commands refused since start.</summary>
        public int RefusedCount { get; private set; }

        /// <summary>What became of the command processed last.</summary>
        public CommandError LastError { get; private set; }

        /// <summary>Looks at what ends by itself; to be called when something changes.</summary>
        public void Look(long nowMs)
        {
            _emergencies.Look(nowMs);
        }

        /// <summary>As the other, for a command that came to this pole alone.</summary>
        public int Process(long nowMs, byte[] payload, int length, byte[] answer)
        {
            return Process(nowMs, payload, length, CommandWay.Unicast, answer);
        }

        /// <summary>Carries out the command in the payload of a downlink on the command port.</summary>
        /// <param name="nowMs">Milliseconds since start.</param>
        /// <param name="payload">The payload, any bytes.</param>
        /// <param name="length">Its length, 0 or more.</param>
        /// <param name="way">How it came.</param>
        /// <param name="answer">Receives the answer: <see cref="CommandAnswer.Length"/> bytes or more.</param>
        /// <returns>Length of the answer in <paramref name="answer"/>.</returns>
        public int Process(long nowMs, byte[] payload, int length, CommandWay way, byte[] answer)
        {
            _emergencies.Way = way;
            CommandError error = _command.Decode(payload, length);
            if (error == CommandError.Ok)
            {
                error = Execute(nowMs, payload, length);
            }

            if (error == CommandError.Ok)
            {
                AcceptedCount++;
            }
            else
            {
                RefusedCount++;
            }

            LastError = error;
            _answer.CommandId = (int)_command.Id;
            _answer.Sequence = _command.Sequence;
            _answer.Error = error;
            _answer.Field = _command.Field;
            _answer.SettingsRevision = _settings.Revision;
            _answer.SettingsHash = _hash.Compute(_settings);
            return _answer.Encode(answer);
        }

        private CommandError Execute(long nowMs, byte[] payload, int length)
        {
            switch (_command.Id)
            {
                case CommandId.Restart:
                    return Restart(nowMs);
                case CommandId.SetProgram:
                    return SetProgram();
                case CommandId.SetClockOffset:
                    return SetClockOffset();
                case CommandId.SetClock:
                    return SetClock(nowMs);
                case CommandId.SetMulticastAnswerWindow:
                    return SetMulticastAnswerWindow();
                case CommandId.SetSettings:
                    return SetSettings(payload, length);
                default:
                    return _lightingCommands.Execute(nowMs, _command, payload, length);
            }
        }

        private CommandError SetSettings(byte[] payload, int length)
        {
            if (!_keeper.TryPrepare())
            {
                return CommandError.NotStored;
            }

            CommandError error = SettingsCommand.Read(payload, length, _settings, out int field);
            _command.Field = field;
            return _keeper.Finish(error);
        }

        private CommandError Restart(long nowMs)
        {
            if (Boots == null)
            {
                return CommandError.NotPossibleNow;
            }

            Boots.RequestRestart(nowMs, RestartDelayMs, RestartReason.Operator);
            return CommandError.Ok;
        }

        private CommandError SetProgram()
        {
            LightingProgram program = _settings.Programs[_command.ProgramIndex];
            if (ProgramCopy.IsSame(program, _command.Program))
            {
                return CommandError.Ok;
            }

            ProgramCopy.Copy(program, _previousProgram);
            ProgramCopy.Copy(_command.Program, program);
            if (_keeper.TryKeep())
            {
                return CommandError.Ok;
            }

            ProgramCopy.Copy(_previousProgram, program);
            return CommandError.NotStored;
        }

        private CommandError SetClockOffset()
        {
            int previousOffsetMinutes = _settings.UtcOffsetMinutes;
            int previousRule = _settings.DaylightSaving;
            int rule = (int)_command.DaylightSaving;
            if (previousOffsetMinutes == _command.UtcOffsetMinutes && previousRule == rule)
            {
                return CommandError.Ok;
            }

            _settings.UtcOffsetMinutes = _command.UtcOffsetMinutes;
            _settings.DaylightSaving = rule;
            if (_keeper.TryKeep())
            {
                return CommandError.Ok;
            }

            _settings.UtcOffsetMinutes = previousOffsetMinutes;
            _settings.DaylightSaving = previousRule;
            return CommandError.NotStored;
        }

        private CommandError SetClock(long nowMs)
        {
            if (_command.UtcSeconds == _lastSetUtcSeconds)
            {
                // A repeat: the time in it was right when it was first sent and is not any more.
                return CommandError.Ok;
            }

            if (_clock.IsKnown && _clock.UncertaintyMs(nowMs) < SetClockUncertaintyMs)
            {
                return CommandError.NotPossibleNow;
            }

            _clock.Set(nowMs, _command.UtcSeconds * 1000L, SetClockUncertaintyMs);
            _lastSetUtcSeconds = _command.UtcSeconds;
            return CommandError.Ok;
        }

        private CommandError SetMulticastAnswerWindow()
        {
            int[] windows = _settings.MulticastAnswerWindowSeconds;
            int previousSeconds = windows[_command.GroupId];
            if (previousSeconds == _command.WindowSeconds)
            {
                return CommandError.Ok;
            }

            windows[_command.GroupId] = _command.WindowSeconds;
            if (_keeper.TryKeep())
            {
                return CommandError.Ok;
            }

            windows[_command.GroupId] = previousSeconds;
            return CommandError.NotStored;
        }
    }
}
