// When to send join-requests and at which data rate. It sends nothing itself.
//
// Airtime of join-requests is limited to 36 s in the first hour after the start, 36 s in the ten hours after that, then 8.7 s a day
// (TS001-1.0.4, section 7). Each attempt is followed by a random pause of half to one and a half times what the limit asks for its
// airtime, so that a district without a network spreads itself instead of trying in step. Data rates go from the highest down to the
// lowest and round again: near poles join quickly and cheaply, far ones in the end.
using PoleController.Hal;

namespace PoleController.LoRaWan
{
    /// <summary>The join procedure's back-off.</summary>
    public sealed class JoinProcedure
    {
        private const long HourMs = 3600000;
        private const long FirstPhaseEndMs = HourMs;
        private const long SecondPhaseEndMs = 11 * HourMs;
        private const long DayMs = 24 * HourMs;
        private const long HoursAirTimeUs = 36000000;
        private const long DayAirTimeUs = 8700000;

        // Eight octets of 125 kHz channels and the 500 kHz channels.
        private const int FixedPlanPass = 9;

        private readonly IRandom _random;
        private readonly Region _region;
        private long _startMs;
        private long _phaseEndMs;
        private long _usedUs;
        private int _attemptCount;

        /// <summary>Makes it.</summary>
        public JoinProcedure(Region region, IRandom random)
        {
            _region = region;
            _random = random;
        }

        /// <summary>When the next attempt may be made, in milliseconds since start.</summary>
        public long NextAttemptMs { get; private set; }

        /// <summary>Data rate of the next attempt.</summary>
        public int DataRate
        {
            get
            {
                RegionalParameters parameters = _region.Parameters;
                if (parameters.IsFixedChannelPlan)
                {
                    return IsWide ? parameters.WideDataRate : parameters.NarrowJoinDataRate;
                }

                int minimum = parameters.MinimumDataRate;
                while (!_region.IsUplinkDataRate(minimum, parameters.HasInitialUplinkDwellTime))
                {
                    minimum++;
                }

                int count = parameters.MaximumDataRate - minimum + 1;
                return parameters.MaximumDataRate - (_attemptCount % count);
            }
        }

        private bool IsWide
        {
            get { return _attemptCount % FixedPlanPass == Region.WideChannelCount; }
        }

        /// <summary>
        /// The channels of the next attempt. In a fixed channel plan a pass goes through the eight octets of 125 kHz channels, then to the 500 kHz channels
        /// (RP002-1.0.4, section 2.5.2), so that a network that hears one octet only is found within nine attempts.
        /// </summary>
        /// <param name="mask">Receives them; which of them, the transmitter chooses at random, each once before one is used again.</param>
        public void FillChannels(ChannelMask mask)
        {
            mask.Clear();
            int first = 0;
            int count = _region.Parameters.DefaultFrequenciesHz.Length;
            if (_region.IsFixedChannelPlan)
            {
                first = _attemptCount % FixedPlanPass * Region.WideChannelCount;
                count = Region.WideChannelCount;
            }

            for (int i = first; i < first + count; i++)
            {
                mask.Add(i);
            }
        }

        /// <summary>Starts with the device.</summary>
        /// <param name="nowMs">Now: the limits count from here.</param>
        /// <param name="delayMs">How long to wait before the first attempt.</param>
        public void Start(long nowMs, int delayMs)
        {
            _startMs = nowMs;
            _phaseEndMs = nowMs + FirstPhaseEndMs;
            _usedUs = 0;
            NextAttemptMs = nowMs + delayMs;
            BeginRound();
        }

        /// <summary>The next attempt is the first again: the highest data rate.</summary>
        public void BeginRound()
        {
            _attemptCount = 0;
        }

        /// <summary>Whether an attempt may be made now; if the phase's airtime is used up, moves the next attempt into the next phase.</summary>
        /// <param name="nowMs">Now.</param>
        /// <param name="airTimeUs">Time on air of the join-request.</param>
        public bool IsAllowed(long nowMs, int airTimeUs)
        {
            if (nowMs < NextAttemptMs)
            {
                return false;
            }

            UpdatePhase(nowMs);
            if (_usedUs + airTimeUs <= LimitUs(nowMs))
            {
                return true;
            }

            NextAttemptMs = _phaseEndMs + _random.Next((int)(HourMs / 6));
            return false;
        }

        /// <summary>Counts an attempt that was sent and plans the next.</summary>
        public void OnSent(long nowMs, int airTimeUs)
        {
            UpdatePhase(nowMs);
            _usedUs += airTimeUs;
            _attemptCount++;

            // The pause the limit asks for: airtime / pause = limit / phase.
            long pauseMs = airTimeUs * PhaseMs(nowMs) / LimitUs(nowMs);
            NextAttemptMs = nowMs + (pauseMs / 2) + _random.Next((int)pauseMs + 1);
        }

        private void UpdatePhase(long nowMs)
        {
            if (nowMs < _phaseEndMs)
            {
                return;
            }

            _usedUs = 0;
            long sinceStartMs = nowMs - _startMs;
            _phaseEndMs = _startMs + SecondPhaseEndMs;
            if (sinceStartMs >= SecondPhaseEndMs)
            {
                _phaseEndMs += ((sinceStartMs - SecondPhaseEndMs) / DayMs * DayMs) + DayMs;
            }
        }

        private long PhaseMs(long nowMs)
        {
            long sinceStartMs = nowMs - _startMs;
            if (sinceStartMs < FirstPhaseEndMs)
            {
                return FirstPhaseEndMs;
            }

            return sinceStartMs < SecondPhaseEndMs ? SecondPhaseEndMs - FirstPhaseEndMs : DayMs;
        }

        private long LimitUs(long nowMs)
        {
            return nowMs - _startMs < SecondPhaseEndMs ? HoursAirTimeUs : DayAirTimeUs;
        }
    }
}
