// Speaks with the operator: decides which message goes next, one at a time, and hears what became of it. What a message says and when it is due
// is decided by AlarmDelivery, AnswerQueue, the LoRaWAN packages, StatusDelivery, MeasurementDelivery and Backlog; what comes in is CommandInbox's.
using PoleController.Alarms;
using PoleController.Hal;
using PoleController.Journal;
using PoleController.LoRaWan;
using PoleController.LoRaWan.Packages;
using PoleController.Lighting;
using PoleController.Luminaire;
using PoleController.Sensing;
using PoleController.Settings;
using PoleController.Time;

namespace PoleController.Messages
{
    /// <summary>Sends alarms, answers, status messages, measurements and the journal; takes commands.</summary>
    public sealed class Reporter : Component
    {
        /// <summary>Shortest wait before an answer to a command that came to this pole alone.</summary>
        public const int AnswerDelayMinimumMs = 200;

        /// <summary>Longest wait before such an answer. To a command that came to a multicast group it is the group's window, in the settings.</summary>
        public const int AnswerDelayMaximumMs = 1000;

        /// <summary>When the radio refuses a message although it is free, or the message is too long for it at present, this long until the next try.</summary>
        public const int RetryMs = 5000;

        // LoRaWAN: no application payload is longer (regional parameters RP002, DR4 to DR7 of EU868).
        private const int MaximumPayloadLength = 242;

        // While a message of the journal is on the air and something live waits, whether it can be taken back is asked so often.
        private const int WithdrawRetryMs = 1000;

        // In place of the port of a message of a LoRaWAN package, whose outcome does not matter here.
        private const int PackagePort = -1;

        private readonly EndDevice _device;
        private readonly PackageHandler _packages;
        private readonly ControllerSettings _settings;
        private readonly PoleJournal _journal;
        private readonly LinkWatch _link;
        private readonly IntervalLog _intervals;
        private readonly AlarmDelivery _alarms;
        private readonly CommandInbox _inbox;
        private readonly AnswerQueue _answers;
        private readonly StatusDelivery _status;
        private readonly Backlog _backlog;
        private readonly MeasurementDelivery _measurements;
        private readonly IRandom _random;

        // A downlink that is taken, then the uplink that is made: never both at a time.
        private readonly byte[] _payload = new byte[MaximumPayloadLength];
        private long _retryAtMs;
        private long _wakeMs;
        private int _handedPort;
        private int _seenGivenUpCount;
        private int _seenChangeCount;
        private int _seenRevision;
        private bool _wasIdle;
        private bool _wasJoined;
        private long _seenPackageDueMs = Wake.Never;

        /// <summary>Makes it.</summary>
        public Reporter(EndDevice device, CommandProcessor commands, SettingsBlockConsumer settingsBlocks, PoleClock clock, LightingControl lighting,
            OccupancySensor occupancy, LuminaireMonitor luminaire, ControllerSettings settings, SettingsStore settingsStore, PoleJournal journal,
            AlarmBoard board, IRandom random)
        {
            _device = device;
            _packages = device.Packages;
            _settings = settings;
            _journal = journal;
            _random = random;
            AlarmTable alarms = new AlarmTable(board);
            StatusTimer statusTimer = new StatusTimer(settings, random);
            StatusComposer statusComposer = new StatusComposer(device, clock, lighting, occupancy, luminaire, settings, settingsStore);
            _link = new LinkWatch(device);
            _intervals = new IntervalLog(occupancy, luminaire, lighting, journal, settings);
            AlarmSources sources = new AlarmSources(board, alarms, device, clock, lighting, occupancy, luminaire, settingsStore, random);
            _alarms = new AlarmDelivery(alarms, sources, journal);
            _inbox = new CommandInbox(device, commands, settingsBlocks, settings, random);
            _answers = _inbox.Answers;
            _status = new StatusDelivery(device, settings, statusTimer, statusComposer, _intervals, _link);
            _backlog = new Backlog(device, journal);
            _measurements = new MeasurementDelivery(device, clock, settings, journal, _link);
        }

        /// <summary>Status messages handed to the radio since start.</summary>
        public int StatusCount { get; private set; }

        /// <summary>Alarms handed to the radio since start.</summary>
        public int AlarmCount { get; private set; }

        /// <summary>Answers handed to the radio since start.</summary>
        public int AnswerCount { get; private set; }

        /// <summary>Messages of the journal handed to the radio since start.</summary>
        public int JournalCount { get; private set; }

        /// <summary>Messages with measurements handed to the radio since start.</summary>
        public int MeasurementCount { get; private set; }

        /// <summary>Entries of the journal that the network has acknowledged since start.</summary>
        public int DeliveredEntryCount
        {
            get { return _backlog.DeliveredCount; }
        }

        /// <summary>Whether it has to be assumed that the network hears nothing: the intervals are written down then.</summary>
        public bool IsLinkDown
        {
            get { return _link.IsDown; }
        }

        /// <summary>Status messages left out because the radio was busy or the message too long for it.</summary>
        public int SkippedStatusCount
        {
            get { return _status.SkippedCount; }
        }

        /// <summary>Answers that gave way to newer ones before they could be sent.</summary>
        public int LostAnswerCount
        {
            get { return _answers.LostCount; }
        }

        /// <summary>Downlinks dropped because nobody here listens on their port.</summary>
        public int ForeignDownlinkCount
        {
            get { return _inbox.ForeignDownlinkCount; }
        }

        /// <summary>Has a kind of measurement sent. Before the start.</summary>
        public void AddMeasurement(MeasurementSource source)
        {
            _measurements.Add(source);
        }

        /// <summary>Starts.</summary>
        public override void Start(long nowMs, bool isPowerReturn)
        {
            _retryAtMs = nowMs;
            _journal.Start(nowMs);
            _link.Start();
            _status.Start(nowMs);
            _backlog.Start(nowMs);
            _measurements.Start(nowMs, _random);
        }

        /// <summary>Runs; returns the next wake time.</summary>
        public override long Step(long nowMs)
        {
            if (nowMs >= _wakeMs || _inbox.IsAnyWaiting || IsAnythingNew())
            {
                _wakeMs = Run(nowMs);
            }

            return _wakeMs;
        }

        // Most steps are the lamp's (a fade has a step every 20 ms) and leave nothing to tell.
        private bool IsAnythingNew()
        {
            int changeCount = _alarms.ChangeCount;
            int revision = _settings.Revision;
            bool isIdle = _device.IsIdle;
            bool isJoined = _device.IsJoined;
            long packageDueMs = _packages.DueMs;
            if (changeCount == _seenChangeCount && revision == _seenRevision && isIdle == _wasIdle && isJoined == _wasJoined && packageDueMs == _seenPackageDueMs)
            {
                return false;
            }

            _seenChangeCount = changeCount;
            _seenRevision = revision;
            _wasIdle = isIdle;
            _wasJoined = isJoined;
            _seenPackageDueMs = packageDueMs;
            return true;
        }

        private long Run(long nowMs)
        {
            bool isCommandCarriedOut = _inbox.IsAnyWaiting && _inbox.Take(nowMs, _payload);
            _inbox.Look(nowMs);
            bool isHeard = _link.Look();
            if (_handedPort != 0 && _device.IsIdle)
            {
                OnMessageEnded(nowMs, isHeard);
            }

            SettleIntervals(nowMs, isHeard);
            long lookAgainMs = Wake.Earlier(_alarms.Look(nowMs), Wake.Earlier(_status.Look(nowMs), _journal.Step(nowMs)));
            lookAgainMs = Wake.Earlier(lookAgainMs, _measurements.Look(nowMs));
            bool isSent = TryMakeWay(nowMs) && nowMs >= _retryAtMs && TrySendNext(nowMs);
            if (isCommandCarriedOut || isSent)
            {
                // At once: the lamp has to obey, or the radio has to start.
                return nowMs;
            }

            return Wake.Earlier(lookAgainMs, _device.IsIdle ? NextSendMs(nowMs) : NextWithdrawMs(nowMs));
        }

        // The message handed over last has been sent for good, acknowledged or given up.
        private void OnMessageEnded(long nowMs, bool isHeard)
        {
            bool isGivenUp = _device.UnacknowledgedCount != _seenGivenUpCount;
            switch (_handedPort)
            {
                case MessagePort.Alarm:
                    if (isGivenUp)
                    {
                        _link.OnGivenUp();
                        _alarms.OnGivenUp(nowMs);
                    }

                    break;
                case MessagePort.Status:
                    _status.OnEnded(isGivenUp, isHeard);
                    break;
                case MessagePort.Journal:
                    if (isGivenUp)
                    {
                        _link.OnUnanswered();
                    }

                    _backlog.OnEnded(nowMs, !isGivenUp);
                    break;
                case MessagePort.Measurement:
                    if (isGivenUp)
                    {
                        _link.OnUnanswered();
                    }

                    _measurements.OnEnded(nowMs, isGivenUp);
                    break;
                default:
                    break;
            }

            _handedPort = 0;
        }

        // A status that is still on its way is left in doubt.
        private void SettleIntervals(long nowMs, bool isHeard)
        {
            if (isHeard)
            {
                _intervals.SetHeard();
            }
            else if (_link.IsDown && _handedPort != MessagePort.Status)
            {
                _intervals.SetLost(nowMs);
            }
        }

        // Whether the radio is free. Journal and measurements that are not on the air give way to an alarm or an answer.
        private bool TryMakeWay(long nowMs)
        {
            if (IsPatient(_handedPort) && IsLiveDue(nowMs) && _device.TryWithdraw())
            {
                if (_handedPort == MessagePort.Journal)
                {
                    _backlog.OnEnded(nowMs, false);
                }
                else
                {
                    _measurements.PutBack();
                }

                _handedPort = 0;
            }

            return _device.IsIdle;
        }

        private static bool IsPatient(int port)
        {
            return port == MessagePort.Journal || port == MessagePort.Measurement;
        }

        private bool IsLiveDue(long nowMs)
        {
            return NextLiveMs() <= nowMs;
        }

        // One message a time: after it the radio is not free. What is too long at present lets the others pass.
        private bool TrySendNext(long nowMs)
        {
            int maximumLength = _device.MaximumPayloadLength;
            if (_alarms.NextMs <= nowMs && AlarmMessage.Length <= maximumLength)
            {
                return TrySendAlarm(nowMs);
            }

            if (_answers.NextMs <= nowMs && CommandAnswer.Length <= maximumLength)
            {
                return TrySendAnswer(nowMs);
            }

            if (_device.TrySendPackageMessage(nowMs))
            {
                SetHanded(PackagePort);
                return true;
            }

            if (IsBacklogDue(nowMs) && TrySendJournal(nowMs, JournalClass.Event, maximumLength))
            {
                return true;
            }

            if (_status.DueMs <= nowMs)
            {
                if (StatusMessage.Length <= maximumLength)
                {
                    return TrySendStatus(nowMs);
                }

                _status.Skip(nowMs);
            }

            if (_measurements.NextMs <= nowMs && TrySendMeasurements(nowMs, maximumLength))
            {
                return true;
            }

            return IsBacklogDue(nowMs) && TrySendJournal(nowMs, JournalClass.Measurement, maximumLength);
        }

        private bool IsBacklogDue(long nowMs)
        {
            return _link.IsProven && _journal.IsAnyWaiting && _backlog.NotBeforeMs <= nowMs;
        }

        private bool TrySendAlarm(long nowMs)
        {
            if (!TrySend(nowMs, MessagePort.Alarm, _alarms.Fill(nowMs, _payload), true, EndDevice.MaximumTryCount))
            {
                return false;
            }

            _alarms.SetHanded(nowMs);
            AlarmCount++;
            return true;
        }

        private bool TrySendAnswer(long nowMs)
        {
            if (!TrySend(nowMs, MessagePort.Command, _answers.CopyNext(_payload), false, EndDevice.MaximumTryCount))
            {
                return false;
            }

            _answers.RemoveNext();
            AnswerCount++;
            return true;
        }

        private bool TrySendStatus(long nowMs)
        {
            if (!TrySend(nowMs, MessagePort.Status, _status.Fill(nowMs, _payload), _settings.IsStatusConfirmed, EndDevice.MaximumTryCount))
            {
                return false;
            }

            _status.SetHanded(nowMs);
            StatusCount++;
            return true;
        }

        private bool TrySendMeasurements(long nowMs, int maximumLength)
        {
            int length = _measurements.Fill(nowMs, _payload, maximumLength);
            if (length == 0)
            {
                return false;
            }

            if (!TrySend(nowMs, MessagePort.Measurement, length, _settings.Measurements.IsConfirmed, MeasurementDelivery.TryCount))
            {
                _measurements.PutBack();
                return false;
            }

            _measurements.SetHanded();
            MeasurementCount++;
            return true;
        }

        private bool TrySendJournal(long nowMs, JournalClass entryClass, int maximumLength)
        {
            if (_journal.WaitingCount(entryClass) == 0)
            {
                return false;
            }

            int length = _backlog.Fill(nowMs, entryClass, _payload, maximumLength);
            if (length == 0 || !TrySend(nowMs, MessagePort.Journal, length, true, Backlog.TryCount))
            {
                _backlog.Wait(nowMs);
                return false;
            }

            _backlog.SetHanded();
            JournalCount++;
            return true;
        }

        private bool TrySend(long nowMs, int port, int length, bool isConfirmed, int tryCount)
        {
            if (_device.TrySend(nowMs, port, _payload, length, isConfirmed, tryCount))
            {
                SetHanded(port);
                return true;
            }

            _retryAtMs = nowMs + RetryMs;
            return false;
        }

        private void SetHanded(int port)
        {
            _handedPort = port;
            _seenGivenUpCount = _device.UnacknowledgedCount;
        }

        private long NextLiveMs()
        {
            return Wake.Earlier(_packages.DueMs, Wake.Earlier(_alarms.NextMs, _answers.NextMs));
        }

        private long NextSendMs(long nowMs)
        {
            long nextMs = Wake.Earlier(Wake.Earlier(_status.DueMs, _measurements.NextMs), NextLiveMs());
            if (_link.IsProven && _journal.IsAnyWaiting)
            {
                nextMs = Wake.Earlier(nextMs, _backlog.NotBeforeMs);
            }

            if (nextMs > nowMs)
            {
                return nextMs;
            }

            // Due and still here: refused, or too long.
            return _retryAtMs > nowMs ? _retryAtMs : nowMs + RetryMs;
        }

        // The radio is not free: only what a message of the journal or of measurements gives way to matters.
        private long NextWithdrawMs(long nowMs)
        {
            if (!IsPatient(_handedPort))
            {
                return Wake.Never;
            }

            return IsLiveDue(nowMs) ? nowMs + WithdrawRetryMs : NextLiveMs();
        }
    }
}
