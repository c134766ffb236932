// Speaks with the operator: takes commands from the radio and has them carried out; sends alarms, answers, the messages of the LoRaWAN
// packages and status messages, in this order, one at a time and only when the radio is free. What a message says is decided by its
// composer, when it is due by its timer or queue.
using PoleController.Hal;
using PoleController.LoRaWan;
using PoleController.Lighting;
using PoleController.Luminaire;
using PoleController.Sensing;
using PoleController.Settings;
using PoleController.Time;

namespace PoleController.Messages
{
    /// <summary>Sends status messages and alarms, takes commands and answers them.</summary>
    public sealed class Reporter : Component
    {
        /// <summary>Shortest wait before an answer to a command that came to this pole alone.</summary>
        public const int AnswerDelayMinimumMs = 200;

        /// <summary>Longest wait before such an answer. To a command that came to a multicast group it is the group's window, in the settings.</summary>
        public const int AnswerDelayMaximumMs = 1000;

        /// <summary>When the radio refuses a message although it is free, or the message is too long for it at present, this long until the next try.</summary>
        public const int RetryMs = 5000;

        // LoRaWAN: no application payload is longer (regional parameters RP002, DR4 to DR7 of EU868).
        private const int MaximumDownlinkLength = 242;

        private readonly EndDevice _device;
        private readonly CommandProcessor _commands;
        private readonly SettingsBlockConsumer _settingsBlocks;
        private readonly OccupancySensor _occupancy;
        private readonly ControllerSettings _settings;
        private readonly IRandom _random;
        private readonly AlarmTable _alarms;
        private readonly AlarmSources _alarmSources;
        private readonly AnswerQueue _answers;
        private readonly StatusTimer _statusTimer;
        private readonly StatusComposer _statusComposer;
        private readonly StatusMessage _status = new StatusMessage();
        private readonly AlarmMessage _alarm = new AlarmMessage();
        private readonly byte[] _downlink = new byte[MaximumDownlinkLength];
        private readonly byte[] _uplink = new byte[StatusMessage.Length];
        private long _startedMs;
        private long _countedSinceMs;
        private long _retryAtMs;
        private long _wakeMs;
        private int _seenChangeCount;
        private int _seenRevision;
        private bool _wasIdle;
        private bool _wasJoined;
        private long _seenPackageDueMs = Wake.Never;

        /// <summary>Makes it.</summary>
        public Reporter(EndDevice device, CommandProcessor commands, SettingsBlockConsumer settingsBlocks, PoleClock clock, LightingControl lighting, OccupancySensor occupancy,
            LuminaireMonitor luminaire, ControllerSettings settings, SettingsStore settingsStore, IRandom random)
        {
            _device = device;
            _commands = commands;
            _settingsBlocks = settingsBlocks;
            _occupancy = occupancy;
            _settings = settings;
            _random = random;
            _alarms = new AlarmTable();
            _alarmSources = new AlarmSources(_alarms, device, clock, lighting, occupancy, luminaire, settingsStore, random);
            _answers = new AnswerQueue();
            _statusTimer = new StatusTimer(settings, random);
            _statusComposer = new StatusComposer(device, clock, lighting, occupancy, luminaire, settings, settingsStore);
        }

        /// <summary>Status messages handed to the radio since start.</summary>
        public int StatusCount { get; private set; }

        /// <summary>Alarms handed to the radio since start.</summary>
        public int AlarmCount { get; private set; }

        /// <summary>Answers handed to the radio since start.</summary>
        public int AnswerCount { get; private set; }

        /// <summary>Status messages left out because the radio was busy or the message too long for it.</summary>
        public int SkippedStatusCount
        {
            get { return _statusTimer.SkippedCount; }
        }

        /// <summary>Answers that gave way to newer ones before they could be sent.</summary>
        public int LostAnswerCount
        {
            get { return _answers.LostCount; }
        }

        /// <summary>Downlinks dropped because nobody here listens on their port.</summary>
        public int ForeignDownlinkCount { get; private set; }

        /// <summary>Starts.</summary>
        public override void Start(long nowMs, bool isPowerReturn)
        {
            _startedMs = nowMs;
            _countedSinceMs = nowMs;
            _retryAtMs = nowMs;
        }

        /// <summary>Runs; returns the next wake time.</summary>
        public override long Step(long nowMs)
        {
            if (nowMs >= _wakeMs || _device.DownlinkPort != 0 || _settingsBlocks.HasAnswer || IsAnythingNew())
            {
                _wakeMs = Run(nowMs);
            }

            return _wakeMs;
        }

        // Most steps are the lamp's (a fade has a step every 20 ms) and leave nothing to tell.
        private bool IsAnythingNew()
        {
            int changeCount = _alarmSources.ChangeCount;
            bool isNew = changeCount != _seenChangeCount || _settings.Revision != _seenRevision
                || _device.IsIdle != _wasIdle || _device.IsJoined != _wasJoined || _device.Packages.DueMs != _seenPackageDueMs;
            _seenChangeCount = changeCount;
            _seenRevision = _settings.Revision;
            _wasIdle = _device.IsIdle;
            _wasJoined = _device.IsJoined;
            _seenPackageDueMs = _device.Packages.DueMs;
            return isNew;
        }

        private long Run(long nowMs)
        {
            bool isCommandCarriedOut = _device.DownlinkPort != 0 && TakeDownlink(nowMs);
            if (_settingsBlocks.HasAnswer)
            {
                _settingsBlocks.TakeAnswer(_uplink);
                int windowMs = _settingsBlocks.AnswerSpreadMs > 0 ? _settingsBlocks.AnswerSpreadMs : AnswerWindowMs(-1);
                _answers.Add(_uplink, nowMs + AnswerDelayMinimumMs + _random.Next(windowMs));
            }

            long lookAgainMs = _alarmSources.Look(nowMs);
            _statusTimer.Update(nowMs, _device.IsJoined);
            bool isSent = _device.IsIdle && nowMs >= _retryAtMs && TrySendNext(nowMs);
            if (isCommandCarriedOut || isSent)
            {
                // At once: the lamp has to obey, or the radio has to start.
                return nowMs;
            }

            long wakeMs = _device.IsIdle ? NextSendMs(nowMs) : Wake.Never;
            return lookAgainMs < wakeMs ? lookAgainMs : wakeMs;
        }

        // Returns whether a command was carried out.
        private bool TakeDownlink(long nowMs)
        {
            int port = _device.DownlinkPort;
            int groupId = _device.DownlinkGroupId;
            int length = _device.TakeDownlink(_downlink);
            if (port != MessagePort.Command)
            {
                ForeignDownlinkCount++;
                return false;
            }

            _commands.Process(nowMs, _downlink, length, _uplink);
            int windowMs = AnswerWindowMs(groupId);
            if (windowMs > 0)
            {
                _answers.Add(_uplink, nowMs + AnswerDelayMinimumMs + _random.Next(windowMs));
            }

            return _commands.LastError == CommandError.Ok;
        }

        // 1,000 poles that answer at once would be heard by nobody: a group spreads its answers over a window that the operator sizes to it.
        private int AnswerWindowMs(int groupId)
        {
            return groupId < 0
                ? AnswerDelayMaximumMs - AnswerDelayMinimumMs + 1
                : _settings.MulticastAnswerWindowSeconds[groupId] * 1000;
        }

        // One message a time: after it the radio is not free. What is too long at present lets the others pass.
        private bool TrySendNext(long nowMs)
        {
            int maximumLength = _device.MaximumPayloadLength;
            AlarmKind kind = _alarms.Next();
            if (kind != AlarmKind.None && _alarms.NotBeforeMs(kind) <= nowMs && AlarmMessage.Length <= maximumLength)
            {
                return TrySendAlarm(nowMs, kind);
            }

            if (_answers.NextMs <= nowMs && CommandAnswer.Length <= maximumLength)
            {
                return TrySendAnswer(nowMs);
            }

            if (_device.TrySendPackageMessage(nowMs))
            {
                return true;
            }

            if (_statusTimer.DueMs > nowMs)
            {
                return false;
            }

            if (StatusMessage.Length <= maximumLength)
            {
                return TrySendStatus(nowMs);
            }

            _statusTimer.Skip(nowMs);
            return false;
        }

        private bool TrySendAlarm(long nowMs, AlarmKind kind)
        {
            _alarms.Fill(_alarm, kind, nowMs);
            if (!TrySend(nowMs, MessagePort.Alarm, _alarm.Encode(_uplink), true))
            {
                return false;
            }

            _alarms.SetTold(kind, nowMs);
            AlarmCount++;
            return true;
        }

        private bool TrySendAnswer(long nowMs)
        {
            if (!TrySend(nowMs, MessagePort.Command, _answers.CopyNext(_uplink), false))
            {
                return false;
            }

            _answers.RemoveNext();
            AnswerCount++;
            return true;
        }

        private bool TrySendStatus(long nowMs)
        {
            _statusComposer.Fill(_status, nowMs, _startedMs, _countedSinceMs);
            if (!TrySend(nowMs, MessagePort.Status, _status.Encode(_uplink), _settings.IsStatusConfirmed))
            {
                return false;
            }

            _occupancy.TakeCount();
            _countedSinceMs = nowMs;
            _statusTimer.SetSent(nowMs);
            StatusCount++;
            return true;
        }

        private bool TrySend(long nowMs, int port, int length, bool isConfirmed)
        {
            if (_device.TrySend(nowMs, port, _uplink, length, isConfirmed))
            {
                return true;
            }

            _retryAtMs = nowMs + RetryMs;
            return false;
        }

        private long NextSendMs(long nowMs)
        {
            long nextMs = _statusTimer.DueMs;
            AlarmKind kind = _alarms.Next();
            if (kind != AlarmKind.None && _alarms.NotBeforeMs(kind) < nextMs)
            {
                nextMs = _alarms.NotBeforeMs(kind);
            }

            if (_answers.NextMs < nextMs)
            {
                nextMs = _answers.NextMs;
            }

            if (_device.Packages.DueMs < nextMs)
            {
                nextMs = _device.Packages.DueMs;
            }

            if (nextMs > nowMs)
            {
                return nextMs;
            }

            // Due and still here: refused, or too long.
            return _retryAtMs > nowMs ? _retryAtMs : nowMs + RetryMs;
        }
    }
}
