// One uplink on the radio and the receive windows behind it. It knows nothing of what the frame is.
using PoleController.Hal;

namespace PoleController.LoRaWan
{
    /// <summary>Where an exchange is.</summary>
    public enum ExchangePhase
    {
        /// <summary>None is going on.</summary>
        Idle = 0,

        /// <summary>The frame is leaving.</summary>
        Transmitting = 1,

        /// <summary>Between the uplink and RX1.</summary>
        AwaitingRx1 = 2,

        /// <summary>RX1 is open.</summary>
        InRx1 = 3,

        /// <summary>Between RX1 and RX2; in class C until the answer in RX2, which is always open, could have come.</summary>
        AwaitingRx2 = 4,

        /// <summary>RX2 is open (class A).</summary>
        InRx2 = 5,
    }

    /// <summary>An uplink with its receive windows (TS001-1.0.4, section 3.3 for class A, section 15 for class C).</summary>
    public sealed class Exchange
    {
        // An empty frame with the longest FOpts: what an acknowledgement may look like.
        private const int AnswerLength = FrameCodec.OverheadLength + FrameCodec.MaximumFOptsLength;

        private readonly RadioSupervisor _radio;
        private readonly Region _region;
        private bool _isContinuous;
        private bool _isRx2Open;
        private int _delayS;
        private int _rx1FrequencyHz;
        private int _rx1DataRate;
        private int _rx2FrequencyHz;
        private int _rx2DataRate;
        private long _endMs;

        /// <summary>Makes it.</summary>
        /// <param name="radio">The radio.</param>
        /// <param name="region">The region's rules.</param>
        /// <param name="uncertainty">What the windows are opened early and kept open longer by.</param>
        public Exchange(RadioSupervisor radio, Region region, TimerUncertainty uncertainty)
        {
            _radio = radio;
            _region = region;
            Windows = new ReceiveWindows(uncertainty);
        }

        /// <summary>Where it is.</summary>
        public ExchangePhase Phase { get; private set; }

        /// <summary>Times of the windows.</summary>
        public ReceiveWindows Windows { get; }

        /// <summary>Whether the last exchange ended because the frame did not leave.</summary>
        public bool HasFailed { get; private set; }

        /// <summary>Counts frames that the radio has sent since the start, of all exchanges.</summary>
        public int TransmissionCount { get; private set; }

        /// <summary>Whether the radio must be left to the exchange; otherwise class C may listen.</summary>
        public bool OwnsRadio
        {
            get
            {
                return Phase == ExchangePhase.Transmitting || Phase == ExchangePhase.InRx1 || Phase == ExchangePhase.InRx2
                    || (Phase != ExchangePhase.Idle && !_isContinuous);
            }
        }

        /// <summary>When it wants to go on by itself.</summary>
        public long WakeMs
        {
            get
            {
                switch (Phase)
                {
                    case ExchangePhase.AwaitingRx1:
                        return Windows.Rx1OpenMs;
                    case ExchangePhase.AwaitingRx2:
                        return _isRx2Open ? _endMs : Windows.Rx2OpenMs;
                    default:
                        return Wake.Never;
                }
            }
        }

        /// <summary>Says where the answer to the next uplink will come.</summary>
        /// <param name="isContinuous">Class C: somebody else listens while the exchange does not need the radio.</param>
        /// <param name="isRx2Open">Whether it is RX2 where somebody else listens; otherwise the window is opened here.</param>
        /// <param name="delayS">Seconds to RX1.</param>
        /// <param name="rx1FrequencyHz">Frequency of RX1.</param>
        /// <param name="rx1DataRate">Data rate of RX1.</param>
        /// <param name="rx2FrequencyHz">Frequency of RX2.</param>
        /// <param name="rx2DataRate">Data rate of RX2.</param>
        public void Expect(
            bool isContinuous, bool isRx2Open, int delayS, int rx1FrequencyHz, int rx1DataRate, int rx2FrequencyHz, int rx2DataRate)
        {
            _isContinuous = isContinuous;
            _isRx2Open = isRx2Open;
            _delayS = delayS;
            _rx1FrequencyHz = rx1FrequencyHz;
            _rx1DataRate = rx1DataRate;
            _rx2FrequencyHz = rx2FrequencyHz;
            _rx2DataRate = rx2DataRate;
        }

        /// <summary>Starts to transmit.</summary>
        /// <returns>False when the radio did not take the frame.</returns>
        public bool TryBegin(long nowMs, int frequencyHz, int dataRate, int powerDbm, byte[] frame, int length)
        {
            HasFailed = false;
            if (!_radio.TryTransmit(nowMs, frequencyHz, dataRate, powerDbm, frame, length))
            {
                return false;
            }

            Phase = ExchangePhase.Transmitting;
            return true;
        }

        /// <summary>Ends it: the answer has come.</summary>
        public void Finish()
        {
            Phase = ExchangePhase.Idle;
        }

        /// <summary>Takes note of a radio event.</summary>
        /// <returns>Whether the exchange has ended with it.</returns>
        public bool OnEvent(LoRaRadioEvent radioEvent, long eventTimeMs)
        {
            if (Phase == ExchangePhase.Transmitting)
            {
                return OnTransmitEvent(radioEvent, eventTimeMs);
            }

            if (radioEvent == LoRaRadioEvent.TransmitDone)
            {
                return false;
            }

            switch (Phase)
            {
                case ExchangePhase.InRx1:
                    Phase = ExchangePhase.AwaitingRx2;
                    return false;
                case ExchangePhase.InRx2:
                    Phase = ExchangePhase.Idle;
                    return true;
                default:
                    return false;
            }
        }

        /// <summary>Opens windows whose time has come.</summary>
        /// <returns>Whether the exchange has ended without an answer.</returns>
        public bool Advance(long nowMs)
        {
            if (Phase == ExchangePhase.AwaitingRx1 && nowMs >= Windows.Rx1OpenMs)
            {
                bool isOpen = TryOpen(nowMs, Windows.Rx1CloseMs, _rx1FrequencyHz, _rx1DataRate);
                Phase = isOpen ? ExchangePhase.InRx1 : ExchangePhase.AwaitingRx2;
            }

            if (Phase != ExchangePhase.AwaitingRx2 || nowMs < WakeMs)
            {
                return false;
            }

            if (!_isRx2Open && TryOpen(nowMs, Windows.Rx2CloseMs, _rx2FrequencyHz, _rx2DataRate))
            {
                Phase = ExchangePhase.InRx2;
                return false;
            }

            Phase = ExchangePhase.Idle;
            return true;
        }

        private bool OnTransmitEvent(LoRaRadioEvent radioEvent, long eventTimeMs)
        {
            if (radioEvent == LoRaRadioEvent.Fault)
            {
                Phase = ExchangePhase.Idle;
                HasFailed = true;
                return true;
            }

            if (radioEvent == LoRaRadioEvent.TransmitDone)
            {
                Windows.Plan(eventTimeMs, _delayS, SymbolUs(_rx1DataRate), SymbolUs(_rx2DataRate));
                _endMs = Windows.Rx2CloseMs + (_region.DownlinkUs(_rx2DataRate, AnswerLength) / 1000);
                Phase = ExchangePhase.AwaitingRx1;
                TransmissionCount++;
            }

            return false;
        }

        private bool TryOpen(long nowMs, long closeMs, int frequencyHz, int dataRate)
        {
            return nowMs < closeMs && _radio.TryReceive(nowMs, frequencyHz, dataRate, (int)(closeMs - nowMs));
        }

        private int SymbolUs(int dataRate)
        {
            return AirTime.SymbolUs(_region.SpreadingFactors[dataRate], _region.BandwidthsHz[dataRate]);
        }
    }
}
