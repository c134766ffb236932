// Application layer clock synchronisation (TS003): asks the application server for the time when the network does not tell it, and when the
// server wants it. The network's own time is TimeRequest's, and goes first.
using PoleController.Hal;
using PoleController.Time;

namespace PoleController.LoRaWan.Packages
{
    /// <summary>
    /// The device's side of TS003-2.0.0. Its commands are taken from unicast downlinks only. AppTimeAns corrects the time that its AppTimeReq
    /// carried; when the clock was set in between, or is known more exactly already and not contradicted, it changes nothing.
    /// </summary>
    internal sealed class ClockSync
    {
        /// <summary>
        /// How far off a time may be that came with AppTimeAns, in milliseconds: whole seconds on both sides, and 2 s for the airtime at spreading factor 12
        /// and the way to the server.
        /// </summary>
        internal const int UncertaintyMs = 4000;

        /// <summary>DeviceTimeReq that stay without an answer before AppTimeReq is tried.</summary>
        internal const int UnansweredTimeRequests = 3;

        private const int Version = 2;
        private const int FirstSpreadMs = 10000;
        private const long FirstRetryMs = 600000;
        private const long LastRetryMs = 6 * 3600000L;
        private const long DayMs = 86400000;
        private const int ForcedIntervalMs = 10000;
        private const int PeriodSpreadMs = 30000;

        // 2020-01-01T00:00:00Z: no controller is older.
        private const long EarliestUtcMs = 1577836800000;

        private readonly PoleClock _clock;
        private readonly IRandom _random;
        private readonly TimeRequest _time;
        private readonly PackageAnswers _answers;
        private readonly ClockSyncCommand _command = new ClockSyncCommand();
        private readonly byte[] _answer = new byte[PackageAnswers.MaximumLength];
        private int _token;
        private bool _isStamped;
        private long _stampedAtMs;
        private uint _stampedS;
        private int _stampedSetCount;
        private long _periodMs;
        private long _periodicMs = Wake.Never;
        private long _fallbackMs;
        private long _retryMs = FirstRetryMs;
        private int _forcedCount;
        private long _forcedMs = Wake.Never;

        /// <summary>Makes it over the parts of a device.</summary>
        internal ClockSync(DeviceParts parts, PackageAnswers answers)
        {
            _clock = parts.Clock;
            _random = parts.Random;
            _time = parts.TimeRequest;
            _answers = answers;
        }

        /// <summary>Times taken from the application server.</summary>
        internal int CorrectionCount { get; private set; }

        /// <summary>Carries out the commands of a message, in their order. What follows one that is unknown or cut short is ignored.</summary>
        internal void Process(long nowMs, long answerMs, byte[] data, int offset, int end)
        {
            int used = _command.DecodeDownlink(data, offset, end);
            while (used > 0)
            {
                offset += used;
                CarryOut(nowMs, answerMs);
                used = _command.DecodeDownlink(data, offset, end);
            }
        }

        /// <summary>Asks when it is time.</summary>
        /// <returns>When to run again.</returns>
        internal long Step(long nowMs)
        {
            if (nowMs >= _forcedMs)
            {
                _forcedCount--;
                _forcedMs = _forcedCount > 0 ? nowMs + ForcedIntervalMs + _random.Next(ForcedIntervalMs) : Wake.Never;
                Ask(nowMs, false);
            }

            if (nowMs >= _periodicMs)
            {
                _periodicMs = nowMs + NextPeriodMs();
                Ask(nowMs, !IsExact(nowMs));
            }

            bool isFallbackWanted = _time.IsAutomatic && _time.UnansweredCount >= UnansweredTimeRequests;
            if (isFallbackWanted && nowMs >= _fallbackMs)
            {
                _fallbackMs = nowMs + _retryMs + _random.Next((int)(_retryMs / 2));
                _retryMs = _retryMs * 2 < LastRetryMs ? _retryMs * 2 : LastRetryMs;
                Ask(nowMs, true);
            }

            long wakeMs = isFallbackWanted ? _fallbackMs : Wake.Never;
            wakeMs = _forcedMs < wakeMs ? _forcedMs : wakeMs;
            return _periodicMs < wakeMs ? _periodicMs : wakeMs;
        }

        /// <summary>Brings the times in a message up to date, and notes which time was told.</summary>
        internal void Stamp(long nowMs, byte[] payload, int length)
        {
            int offset = 0;
            int used = _command.DecodeUplink(payload, offset, length);
            while (used > 0)
            {
                if (_command.Cid != PackageId.PackageVersion)
                {
                    _command.DeviceTimeS = DeviceTimeS(nowMs);
                    _command.EncodeUplink(payload, offset);
                }

                if (_command.Cid == ClockSyncCommand.AppTime)
                {
                    _isStamped = true;
                    _stampedAtMs = nowMs;
                    _stampedS = _command.DeviceTimeS;
                    _stampedSetCount = _clock.SetCount;
                }

                offset += used;
                used = _command.DecodeUplink(payload, offset, length);
            }
        }

        private void CarryOut(long nowMs, long answerMs)
        {
            switch (_command.Cid)
            {
                case PackageId.PackageVersion:
                    _command.PackageIdentifier = PackageId.ClockSync;
                    _command.PackageVersion = Version;
                    Answer(answerMs);
                    break;
                case ClockSyncCommand.AppTime:
                    Correct(nowMs);
                    break;
                case ClockSyncCommand.DeviceAppTimePeriodicity:
                    _periodMs = 128000L << _command.Period;
                    _periodicMs = nowMs + NextPeriodMs();
                    _command.IsNotSupported = false;
                    _command.DeviceTimeS = DeviceTimeS(nowMs);
                    Answer(answerMs);
                    break;
                default:
                    // ForceDeviceResyncReq; the network's time would be as good an answer.
                    _forcedCount = _command.TransmissionCount;
                    _forcedMs = _forcedCount > 0 ? answerMs : Wake.Never;
                    _time.RequestWithNextUplink();
                    break;
            }
        }

        private void Ask(long nowMs, bool isAnswerRequired)
        {
            _command.Cid = ClockSyncCommand.AppTime;
            _command.DeviceTimeS = DeviceTimeS(nowMs);
            _command.Token = _token;
            _command.IsAnswerRequired = isAnswerRequired;
            _answers.Begin(PackageAnswers.MaximumLength);
            Answer(nowMs + _random.Next(isAnswerRequired ? FirstSpreadMs : 1));
        }

        private void Correct(long nowMs)
        {
            if (!_isStamped || _command.Token != _token)
            {
                return;
            }

            _token = (_token + 1) & 0x0F;
            _isStamped = false;
            _forcedCount = 0;
            _forcedMs = Wake.Never;
            _fallbackMs = nowMs + DayMs;
            _retryMs = FirstRetryMs;
            long utcMs = GpsTime.UtcMs(_stampedS + (uint)_command.TimeCorrectionS) + 500;
            if (_stampedSetCount != _clock.SetCount || utcMs < EarliestUtcMs || !IsBetter(nowMs, utcMs))
            {
                return;
            }

            _clock.Set(_stampedAtMs, utcMs, UncertaintyMs);
            CorrectionCount++;
            if (_command.TimeCorrectionS == 0x7FFFFFFF || _command.TimeCorrectionS == -0x7FFFFFFF - 1)
            {
                // That or more (2.0.0): once again.
                Ask(nowMs, true);
            }
        }

        // The server's word counts where the clock is vague, or where both cannot be right.
        private bool IsBetter(long nowMs, long utcMs)
        {
            if (!IsExact(nowMs))
            {
                return true;
            }

            long differenceMs = utcMs - _clock.UtcMs(_stampedAtMs);
            differenceMs = differenceMs < 0 ? -differenceMs : differenceMs;
            return differenceMs > UncertaintyMs + _clock.UncertaintyMs(nowMs);
        }

        private bool IsExact(long nowMs)
        {
            return _clock.IsKnown && _clock.UncertaintyMs(nowMs) <= UncertaintyMs;
        }

        // Without UTC the time since the start: the correction makes UTC of it.
        private uint DeviceTimeS(long nowMs)
        {
            return _clock.IsKnown ? GpsTime.Seconds(_clock.UtcMs(nowMs)) : (uint)(nowMs / 1000);
        }

        private long NextPeriodMs()
        {
            return _periodMs - PeriodSpreadMs + _random.Next((2 * PeriodSpreadMs) + 1);
        }

        private void Answer(long answerMs)
        {
            _answers.Add(PackageId.ClockSyncPort, answerMs, _answer, _command.EncodeUplink(_answer, 0));
        }
    }
}
