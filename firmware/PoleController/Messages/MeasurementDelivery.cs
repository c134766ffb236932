// Measurements on their way to the operator: which kind is due when, which go into one message, and what becomes of those that could not be sent. What
// they say is MeasurementSource's, the radio is the Reporter's.
using PoleController.Hal;
using PoleController.Journal;
using PoleController.LoRaWan;
using PoleController.Settings;
using PoleController.Time;

namespace PoleController.Messages
{
    /// <summary>Takes measurements when they are due, and tells them live or writes them into the journal.</summary>
    internal sealed class MeasurementDelivery
    {
        /// <summary>
        /// Their share of the airtime is one in so many, as the journal's: 0.25 %, a quarter of the 1 % that the common sub-bands allow (ETSI EN 300 220-2). What
        /// does not find room in it until its next interval goes into the journal.
        /// </summary>
        public const int AirTimeDivisor = 400;

        /// <summary>How often a confirmed message is sent before its entries go into the journal.</summary>
        public const int TryCount = 2;

        /// <summary>When not even one entry fits at the present data rate, this long until the next try.</summary>
        public const int RetryMs = 60000;

        private const int KindCount = MeasurementSettings.KindCount;
        private const int FirstKind = (int)MeasurementSettings.FirstKind;

        // Where the values of a kind are.
        private const byte Nowhere = 0;
        private const byte Waiting = 1;
        private const byte Chosen = 2;

        private readonly EndDevice _device;
        private readonly PoleClock _clock;
        private readonly ControllerSettings _settings;
        private readonly PoleJournal _journal;
        private readonly LinkWatch _link;
        private readonly MeasurementMessage _message = new MeasurementMessage();
        private readonly MeasurementSource?[] _sources = new MeasurementSource?[KindCount];
        private readonly byte[]?[] _values = new byte[]?[KindCount];
        private readonly byte[] _state = new byte[KindCount];
        private readonly int[] _intervalSeconds = new int[KindCount];
        private readonly long[] _takenMs = new long[KindCount];
        private readonly long[] _dueMs = new long[KindCount];
        private long _startedMs;
        private long _phaseMs;
        private long _notBeforeMs;
        private long _transmittedUs;
        private bool _isHanded;

        /// <summary>Makes it.</summary>
        public MeasurementDelivery(EndDevice device, PoleClock clock, ControllerSettings settings, PoleJournal journal, LinkWatch link)
        {
            _device = device;
            _clock = clock;
            _settings = settings;
            _journal = journal;
            _link = link;
        }

        /// <summary>From when on the next message may be sent; <see cref="Wake.Never"/> when nothing waits.</summary>
        public long NextMs
        {
            get
            {
                for (int i = 0; i < KindCount; i++)
                {
                    if (_state[i] == Waiting)
                    {
                        return _notBeforeMs;
                    }
                }

                return Wake.Never;
            }
        }

        /// <summary>Adds a kind, before the start.</summary>
        public void Add(MeasurementSource source)
        {
            int index = (int)source.Kind - FirstKind;
            _sources[index] = source;
            _values[index] = new byte[source.Entry.Length];
        }

        /// <summary>Starts.</summary>
        /// <param name="nowMs">Now.</param>
        /// <param name="random">Gives the pole its own moment in every interval, so that a district does not speak at once.</param>
        public void Start(long nowMs, IRandom random)
        {
            _startedMs = nowMs;
            _phaseMs = random.Next(MeasurementSettings.MaximumIntervalSeconds * 1000);
            _notBeforeMs = nowMs;
            for (int i = 0; i < KindCount; i++)
            {
                _takenMs[i] = nowMs;
                _dueMs[i] = Wake.Never;
            }
        }

        /// <summary>Takes what is due.</summary>
        /// <returns>When the next is due.</returns>
        public long Look(long nowMs)
        {
            long nextMs = Wake.Never;
            for (int i = 0; i < KindCount; i++)
            {
                if (_sources[i] != null)
                {
                    long dueMs = LookAt(i, nowMs);
                    nextMs = dueMs < nextMs ? dueMs : nextMs;
                }
            }

            return nextMs;
        }

        /// <summary>Puts what waits and was taken at the same time into a message, as much as fits.</summary>
        /// <param name="nowMs">Now.</param>
        /// <param name="buffer">Receives the message.</param>
        /// <param name="maximumLength">Longest payload at present.</param>
        /// <returns>Its length; 0 when nothing fits: then it is tried again later.</returns>
        public int Fill(long nowMs, byte[] buffer, int maximumLength)
        {
            long takenMs = OldestTakenMs();
            int length = MeasurementMessage.HeaderLength;
            for (int i = 0; i < KindCount; i++)
            {
                byte[]? values = _values[i];
                bool isNext = values != null && _state[i] == Waiting && _takenMs[i] == takenMs
                    && length + MeasurementMessage.EntryOverheadLength + values.Length <= maximumLength;
                if (isNext)
                {
                    length = MeasurementMessage.AppendEntry(buffer, length, FirstKind + i, values!, 0, values!.Length);
                    _state[i] = Chosen;
                }
            }

            if (length == MeasurementMessage.HeaderLength)
            {
                _notBeforeMs = nowMs + RetryMs;
                return 0;
            }

            _message.IsConfirmed = _settings.Measurements.IsConfirmed;
            _message.ClockAccuracy = ClockAccuracyScale.Of(_clock.IsKnown, _clock.UncertaintyMs(nowMs));
            _message.Seconds = (_clock.IsKnown ? _clock.UtcMs(takenMs) : takenMs - _startedMs) / 1000;
            _message.EncodeHeader(buffer);
            return length;
        }

        /// <summary>The message was handed to the radio.</summary>
        public void SetHanded()
        {
            _transmittedUs = _device.TransmittedUs;
            _isHanded = true;
        }

        /// <summary>The message was not handed over, or taken back: its entries wait again.</summary>
        public void PutBack()
        {
            _isHanded = false;
            for (int i = 0; i < KindCount; i++)
            {
                if (_state[i] == Chosen)
                {
                    _state[i] = Waiting;
                }
            }
        }

        /// <summary>The message has been sent, or given up if it had to be acknowledged.</summary>
        public void OnEnded(long nowMs, bool isGivenUp)
        {
            _notBeforeMs = nowMs + ((_device.TransmittedUs - _transmittedUs) * AirTimeDivisor / 1000);
            _isHanded = false;
            for (int i = 0; i < KindCount; i++)
            {
                if (_state[i] == Chosen)
                {
                    _state[i] = Nowhere;
                    if (isGivenUp)
                    {
                        WriteDown(i, nowMs);
                    }
                }
            }
        }

        private long LookAt(int kind, long nowMs)
        {
            int intervalSeconds = _settings.Measurements.IntervalSeconds[kind];
            if (intervalSeconds != _intervalSeconds[kind])
            {
                _intervalSeconds[kind] = intervalSeconds;
                _dueMs[kind] = intervalSeconds == 0 ? Wake.Never : NextMoment(nowMs, intervalSeconds * 1000L);
            }

            if (intervalSeconds == 0)
            {
                // Switched off: what has not been sent yet is not kept either.
                _state[kind] = Nowhere;
                return Wake.Never;
            }

            if (nowMs < _dueMs[kind])
            {
                return _dueMs[kind];
            }

            if (_isHanded && _state[kind] == Chosen)
            {
                // The values before are on the air still. What is counted goes on being counted.
                return Wake.Never;
            }

            Take(kind, nowMs);
            _dueMs[kind] = NextMoment(nowMs, intervalSeconds * 1000L);
            return _dueMs[kind];
        }

        private void Take(int kind, long nowMs)
        {
            if (_state[kind] == Waiting)
            {
                WriteDown(kind, nowMs);
            }

            MeasurementSource source = _sources[kind]!;
            bool isFilled = source.TryFill(nowMs, nowMs - _takenMs[kind]);
            _takenMs[kind] = nowMs;
            _state[kind] = Nowhere;
            if (!isFilled)
            {
                return;
            }

            source.Entry.Encode(_values[kind]!, 0);
            if (_link.IsDown || !_device.IsJoined)
            {
                WriteDown(kind, nowMs);
            }
            else
            {
                _state[kind] = Waiting;
            }
        }

        // What the store refuses is lost; the journal counts it.
        private void WriteDown(int kind, long nowMs)
        {
            byte[] values = _values[kind]!;
            _journal.TryAdd(nowMs, JournalClass.Measurement, FirstKind + kind, _takenMs[kind], values, values.Length);
            _state[kind] = Nowhere;
        }

        private long OldestTakenMs()
        {
            long oldestMs = Wake.Never;
            for (int i = 0; i < KindCount; i++)
            {
                if (_state[i] == Waiting && _takenMs[i] < oldestMs)
                {
                    oldestMs = _takenMs[i];
                }
            }

            return oldestMs;
        }

        // The pole's moment of the interval that comes next, after now.
        private long NextMoment(long nowMs, long intervalMs)
        {
            long passedMs = (((nowMs - _phaseMs) % intervalMs) + intervalMs) % intervalMs;
            return nowMs - passedMs + intervalMs;
        }
    }
}
