// Watches over the radio: an operation that is refused, fails or does not end in its time is a fault; after a fault the radio is left
// alone for a while, longer each time. It knows no LoRaWAN beyond data rates.
using PoleController.Hal;

namespace PoleController.LoRaWan
{
    /// <summary>The radio with time-outs and retries.</summary>
    public sealed class RadioSupervisor
    {
        private const int FirstRetryMs = 1000;
        private const int LastRetryMs = 60000;
        private const int MarginMs = 1000;

        // Listening that goes on this long without a fault counts as a success; there is no event that says so.
        private const int GoodListeningMs = 10000;

        private readonly ILoRaRadio _radio;
        private readonly Region _region;
        private int _retryMs;

        /// <summary>Makes it.</summary>
        public RadioSupervisor(ILoRaRadio radio, Region region)
        {
            _radio = radio;
            _region = region;
        }

        /// <summary>When the operation that goes on must have ended, or (listening after a fault) counts as good.</summary>
        public long DeadlineMs { get; private set; } = Wake.Never;

        /// <summary>Before this time no operation is started.</summary>
        public long AvailableFromMs { get; private set; }

        /// <summary>Faults since the last success.</summary>
        public int FaultCount { get; private set; }

        /// <summary>Whether the radio receives without an end.</summary>
        public bool IsListening { get; private set; }

        /// <summary>When the radio itself wants to be polled again.</summary>
        public long RadioWakeMs
        {
            get { return _radio.NextWakeMs; }
        }

        /// <summary>Ends what goes on and forgets the past.</summary>
        public void Start(long nowMs)
        {
            AvailableFromMs = nowMs;
            FaultCount = 0;
            _retryMs = FirstRetryMs;
            Sleep();
        }

        /// <summary>Ends what goes on.</summary>
        public void Sleep()
        {
            _radio.Sleep();
            IsListening = false;
            DeadlineMs = Wake.Never;
        }

        /// <summary>Starts to transmit.</summary>
        public bool TryTransmit(long nowMs, int frequencyHz, int dataRate, int powerDbm, byte[] frame, int length)
        {
            IsListening = false;
            if (nowMs < AvailableFromMs)
            {
                return false;
            }

            if (!_radio.TryTransmit(
                frequencyHz, _region.SpreadingFactors[dataRate], _region.BandwidthsHz[dataRate], powerDbm, frame, length))
            {
                OnFault(nowMs);
                return false;
            }

            DeadlineMs = nowMs + (_region.UplinkUs(dataRate, length) / 1000) + MarginMs;
            return true;
        }

        /// <summary>Starts to receive.</summary>
        /// <param name="nowMs">Now.</param>
        /// <param name="frequencyHz">Frequency.</param>
        /// <param name="dataRate">Data rate.</param>
        /// <param name="windowMs">How long a preamble may take to come; 0 listens until the next operation.</param>
        public bool TryReceive(long nowMs, int frequencyHz, int dataRate, int windowMs)
        {
            IsListening = false;
            if (nowMs < AvailableFromMs)
            {
                return false;
            }

            if (!_radio.TryReceive(frequencyHz, _region.SpreadingFactors[dataRate], _region.BandwidthsHz[dataRate], windowMs))
            {
                OnFault(nowMs);
                return false;
            }

            IsListening = windowMs == 0;
            DeadlineMs = nowMs + windowMs + (_region.DownlinkUs(dataRate, FrameCodec.MaximumFrameLength) / 1000) + MarginMs;
            if (IsListening)
            {
                DeadlineMs = FaultCount > 0 ? nowMs + GoodListeningMs : Wake.Never;
            }

            return true;
        }

        /// <summary>Takes the next event; makes a fault of an operation that does not end.</summary>
        public LoRaRadioEvent Poll(long nowMs)
        {
            LoRaRadioEvent radioEvent = _radio.Poll(nowMs);
            if (radioEvent == LoRaRadioEvent.None)
            {
                return nowMs < DeadlineMs ? LoRaRadioEvent.None : OnDeadline(nowMs);
            }

            if (radioEvent == LoRaRadioEvent.Fault)
            {
                OnFault(nowMs);
                return radioEvent;
            }

            OnSuccess();
            return radioEvent;
        }

        private LoRaRadioEvent OnDeadline(long nowMs)
        {
            if (IsListening)
            {
                OnSuccess();
                return LoRaRadioEvent.None;
            }

            OnFault(nowMs);
            return LoRaRadioEvent.Fault;
        }

        private void OnSuccess()
        {
            FaultCount = 0;
            _retryMs = FirstRetryMs;
            DeadlineMs = Wake.Never;
        }

        private void OnFault(long nowMs)
        {
            FaultCount++;
            AvailableFromMs = nowMs + _retryMs;
            _retryMs = _retryMs * 2 < LastRetryMs ? _retryMs * 2 : LastRetryMs;
            Sleep();
        }
    }
}
