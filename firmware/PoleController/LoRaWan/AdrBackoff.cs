// The device's side of adaptive data rate: when no downlink comes for long, it asks for one, then step by step makes itself heard.
namespace PoleController.LoRaWan
{
    /// <summary>ADR back-off (TS001-1.0.4, section 4.3.1.1): ADR_ACK_LIMIT 64 and ADR_ACK_DELAY 32 uplinks (RP002-1.0.4, section 2.3).</summary>
    public sealed class AdrBackoff
    {
        /// <summary>ADR_ACK_LIMIT.</summary>
        public const int AcknowledgeLimit = 64;

        /// <summary>ADR_ACK_DELAY.</summary>
        public const int AcknowledgeDelay = 32;

        /// <summary>Uplinks without a downlink after which every step has been made, from the highest data rate and the lowest power.</summary>
        public const int ExhaustedCount = AcknowledgeLimit + (8 * AcknowledgeDelay);

        private readonly MacParameters _parameters;
        private readonly ChannelMask _before = new ChannelMask();

        /// <summary>Makes it for a session's parameters.</summary>
        public AdrBackoff(MacParameters parameters)
        {
            _parameters = parameters;
        }

        /// <summary>ADRACKCnt: uplinks sent since the last downlink; the one that is being built has this number.</summary>
        public int Count { get; private set; }

        /// <summary>Whether uplinks ask for a downlink (ADRACKReq).</summary>
        public bool IsAcknowledgeRequested
        {
            get { return Count >= AcknowledgeLimit; }
        }

        /// <summary>Whether all that the device can do to be heard has been done without an answer.</summary>
        public bool IsExhausted
        {
            get { return Count >= ExhaustedCount; }
        }

        /// <summary>A downlink has shown that uplinks are heard, or there is a new session.</summary>
        public void Reset()
        {
            Count = 0;
        }

        /// <summary>Counts a new uplink (not its repetitions) when it has been built.</summary>
        public void OnUplink()
        {
            // The count stands still at its end, so that years without a network do not overflow it.
            if (Count <= ExhaustedCount)
            {
                Count++;
            }
        }

        /// <summary>An uplink has gone with all its repetitions and receive windows: takes a step if it is time for one.</summary>
        /// <returns>Whether a parameter was changed.</returns>
        public bool TakeStepIfDue()
        {
            int beyond = Count - AcknowledgeLimit;
            return beyond > 0 && beyond % AcknowledgeDelay == 0 && TakeStep();
        }

        private bool TakeStep()
        {
            if (_parameters.PowerIndex > 0)
            {
                _parameters.PowerIndex = 0;
                return true;
            }

            for (int dataRate = _parameters.DataRate - 1; dataRate >= 0; dataRate--)
            {
                if (_parameters.IsDataRateUsable(_parameters.ChannelMask, dataRate))
                {
                    _parameters.DataRate = dataRate;
                    return true;
                }
            }

            _before.CopyFrom(_parameters.ChannelMask);
            _parameters.AddDefaultChannels(_parameters.ChannelMask);
            bool isChange = !_before.IsEqualTo(_parameters.ChannelMask) || _parameters.TransmissionCount != 1;
            _parameters.TransmissionCount = 1;
            return isChange;
        }
    }
}
