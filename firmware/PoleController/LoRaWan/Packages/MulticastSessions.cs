// The class C sessions of the multicast groups: when each begins and ends, and which one has the radio now. It does not touch the radio.
using PoleController.Time;

namespace PoleController.LoRaWan.Packages
{
    /// <summary>
    /// Class C sessions (TS005-2.0.0, section 4.5), at most one a group. Their times are the network's; when the clock is set they move with
    /// it, and while it is unknown none begins. A session begins early and ends late by the clock's uncertainty. Of sessions that overlap the
    /// one that began first has the radio.
    /// </summary>
    public sealed class MulticastSessions
    {
        /// <summary>The clock's uncertainty is made up for only so far: the rest of the time the radio listens in RX2.</summary>
        public const int MaximumMarginMs = 10000;

        private const int None = -1;

        private readonly PoleClock _clock;
        private readonly bool[] _isPlanned = new bool[MulticastSetupCommand.GroupCount];
        private readonly uint[] _sessionTimesS = new uint[MulticastSetupCommand.GroupCount];
        private readonly int[] _timeOuts = new int[MulticastSetupCommand.GroupCount];
        private readonly int[] _frequenciesHz = new int[MulticastSetupCommand.GroupCount];
        private readonly int[] _dataRates = new int[MulticastSetupCommand.GroupCount];
        private readonly long[] _beginMs = new long[MulticastSetupCommand.GroupCount];
        private readonly long[] _endMs = new long[MulticastSetupCommand.GroupCount];
        private int _seenSetCount = None;
        private int _active = None;

        /// <summary>Makes it over the clock.</summary>
        public MulticastSessions(PoleClock clock)
        {
            _clock = clock;
        }

        /// <summary>Whether a session has the radio.</summary>
        public bool IsActive
        {
            get { return _active != None; }
        }

        /// <summary>McGroupID of the session that has the radio; -1 when there is none.</summary>
        public int GroupId
        {
            get { return _active; }
        }

        /// <summary>Frequency of the session that has the radio, in hertz.</summary>
        public int FrequencyHz
        {
            get { return _frequenciesHz[_active]; }
        }

        /// <summary>Data rate of the session that has the radio.</summary>
        public int DataRate
        {
            get { return _dataRates[_active]; }
        }

        /// <summary>When <see cref="Update"/> may give another result; <see cref="Wake.Never"/> when only a request or the clock can do that.</summary>
        public long NextChangeMs { get; private set; } = Wake.Never;

        /// <summary>Plans a group's session, in the place of the one that it had.</summary>
        /// <param name="nowMs">Now.</param>
        /// <param name="request">McClassCSessionReq, its frequency and data rate checked.</param>
        public void Plan(long nowMs, MulticastSetupCommand request)
        {
            int group = request.GroupId;
            _isPlanned[group] = true;
            _sessionTimesS[group] = request.SessionTimeS;
            _timeOuts[group] = request.TimeOut;
            _frequenciesHz[group] = request.FrequencyHz;
            _dataRates[group] = request.DataRate;
            Place(group, nowMs);
            NextChangeMs = nowMs;
        }

        /// <summary>Gives up a group's session.</summary>
        public void Cancel(long nowMs, int group)
        {
            _isPlanned[group] = false;
            NextChangeMs = nowMs;
        }

        /// <summary>Gives up all.</summary>
        public void Clear()
        {
            for (int i = 0; i < _isPlanned.Length; i++)
            {
                _isPlanned[i] = false;
            }

            _active = None;
            NextChangeMs = Wake.Never;
        }

        /// <summary>Whether a session that was asked for would be over by now, its clock being known.</summary>
        public bool IsPast(long nowMs, uint sessionTimeS)
        {
            return _clock.IsKnown && nowMs >= _clock.UptimeMsAt(GpsTime.UtcMs(sessionTimeS));
        }

        /// <summary>Seconds until a group's session begins, as TimeToStart has them.</summary>
        public int TimeToStartS(long nowMs, int group)
        {
            if (!_isPlanned[group] || !_clock.IsKnown)
            {
                return MulticastSetupCommand.MaximumTimeToStartS;
            }

            long timeS = (_clock.UptimeMsAt(GpsTime.UtcMs(_sessionTimesS[group])) - nowMs) / 1000;
            if (timeS <= 0)
            {
                return 0;
            }

            return timeS < MulticastSetupCommand.MaximumTimeToStartS ? (int)timeS : MulticastSetupCommand.MaximumTimeToStartS;
        }

        /// <summary>Says which session has the radio from now on.</summary>
        public void Update(long nowMs)
        {
            if (_seenSetCount != _clock.SetCount)
            {
                _seenSetCount = _clock.SetCount;
                for (int i = 0; i < _isPlanned.Length; i++)
                {
                    Place(i, nowMs);
                }
            }
            else if (nowMs < NextChangeMs)
            {
                return;
            }

            Choose(nowMs);
        }

        private void Choose(long nowMs)
        {
            _active = None;
            NextChangeMs = Wake.Never;
            for (int i = 0; i < _isPlanned.Length; i++)
            {
                if (_isPlanned[i] && nowMs >= _endMs[i])
                {
                    _isPlanned[i] = false;
                }

                if (!_isPlanned[i])
                {
                    continue;
                }

                bool hasBegun = nowMs >= _beginMs[i];
                if (hasBegun && (_active == None || _beginMs[i] < _beginMs[_active]))
                {
                    _active = i;
                }

                long changeMs = hasBegun ? _endMs[i] : _beginMs[i];
                NextChangeMs = changeMs < NextChangeMs ? changeMs : NextChangeMs;
            }
        }

        private void Place(int group, long nowMs)
        {
            if (!_clock.IsKnown)
            {
                _beginMs[group] = Wake.Never;
                _endMs[group] = Wake.Never;
                return;
            }

            long uncertaintyMs = _clock.UncertaintyMs(nowMs);
            long marginMs = uncertaintyMs < MaximumMarginMs ? uncertaintyMs : MaximumMarginMs;
            long startMs = _clock.UptimeMsAt(GpsTime.UtcMs(_sessionTimesS[group]));
            _beginMs[group] = startMs - marginMs;
            _endMs[group] = startMs + (1000L << _timeOuts[group]) + marginMs;
        }
    }
}
