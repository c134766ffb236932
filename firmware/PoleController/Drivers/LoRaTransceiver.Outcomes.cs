// What follows from a chip's answers: the phase that comes next, its deadline, the event that the port gives.
using PoleController.Hal;

namespace PoleController.Drivers
{
    /// <content>Outcomes.</content>
    public abstract partial class LoRaTransceiver
    {
        /// <summary>How often a chip that listens without an end is asked whether it still does, in milliseconds.</summary>
        public const int CheckIntervalMs = 60000;

        // A transmission may take this much longer than calculated: clocks, and a step of the loop that came late.
        private const int TransmitMarginMs = 200;

        // An interrupt line that is active without a reason is looked at this often before it counts as stuck.
        private const int MaximumEmptyInterrupts = 5;

        /// <summary>The chip is started: goes on with the operation that waits, or rests.</summary>
        protected void FinishStart()
        {
            Enter(Operation == RadioOperation.None ? DriverPhase.Resting : DriverPhase.Preparing);
        }

        /// <summary>The operation has been set up: the chip transmits or receives.</summary>
        protected void FinishPrepare()
        {
            _isGivenMoreTime = false;
            _emptyInterruptCount = 0;
            if (Operation == RadioOperation.Transmit)
            {
                _deadlineMs = NowMs + LoRaSymbols.FrameMs(SpreadingFactor, BandwidthHz, FrameLength) + TransmitMarginMs;
                Enter(DriverPhase.Transmitting);
                return;
            }

            // A preamble may begin at the window's very end; what is heard by then is looked at when its header should be known.
            _deadlineMs = IsContinuous
                ? NowMs + CheckIntervalMs
                : NowMs + WindowOnChipMs + LoRaSymbols.ToMs(LoRaSymbols.UntilHeader, SpreadingFactor, BandwidthHz) + 2;
            Enter(DriverPhase.Receiving);
        }

        /// <summary>The chip is in standby.</summary>
        protected void FinishStop()
        {
            Enter(DriverPhase.Resting);
        }

        /// <summary>The frame has left.</summary>
        protected void OnTransmitted()
        {
            Enter(DriverPhase.Resting);
            Raise(LoRaRadioEvent.TransmitDone);
        }

        /// <summary>A frame was received and read.</summary>
        protected void OnReceived()
        {
            if (IsContinuous)
            {
                ListenOn();
            }
            else
            {
                Enter(DriverPhase.Resting);
            }

            Raise(LoRaRadioEvent.ReceiveDone);
        }

        /// <summary>The window has ended without a frame, and the chip is in standby by itself.</summary>
        protected void OnWindowEnded()
        {
            FrameLength = 0;
            Enter(DriverPhase.Resting);
            Raise(LoRaRadioEvent.ReceiveTimeout);
        }

        /// <summary>A frame came damaged: a window ends with it, listening goes on.</summary>
        protected void OnDamagedFrame()
        {
            DamagedFrameCount++;
            FrameLength = 0;
            if (IsContinuous)
            {
                ListenOn();
            }
            else
            {
                Enter(DriverPhase.Stopping);
                Raise(LoRaRadioEvent.ReceiveTimeout);
            }
        }

        /// <summary>The chip was asked and knows of nothing.</summary>
        /// <param name="isHeaderKnown">Whether a frame is on its way in.</param>
        /// <param name="code">What it was asked with.</param>
        /// <param name="value">What it answered.</param>
        protected void OnNothing(bool isHeaderKnown, int code, int value)
        {
            if (NowMs < _deadlineMs)
            {
                OnEmptyInterrupt(code, value);
            }
            else if (Operation == RadioOperation.Transmit)
            {
                Fail(RadioChipFaultKind.TimedOut, code, value);
            }
            else if (IsContinuous)
            {
                ListenOn();
            }
            else if (isHeaderKnown && !_isGivenMoreTime)
            {
                _isGivenMoreTime = true;
                _deadlineMs = NowMs + LoRaSymbols.FrameMs(SpreadingFactor, BandwidthHz, 255);
                Enter(DriverPhase.Receiving);
            }
            else
            {
                // A false preamble stopped the chip's timer: nothing will come.
                FrameLength = 0;
                Enter(DriverPhase.Stopping);
                Raise(LoRaRadioEvent.ReceiveTimeout);
            }
        }

        /// <summary>Gives the chip up until the next operation, which begins with a reset.</summary>
        protected void Fail(RadioChipFaultKind kind, int code, int value)
        {
            LastFault.Set(kind, code, value);
            FrameLength = 0;
            Operation = RadioOperation.None;
            _eventMs = NowMs;
            Enter(DriverPhase.Unknown);
            Raise(LoRaRadioEvent.Fault);
        }

        private void ListenOn()
        {
            _emptyInterruptCount = 0;
            _deadlineMs = NowMs + CheckIntervalMs;
            Enter(DriverPhase.Receiving);
        }

        private void OnEmptyInterrupt(int code, int value)
        {
            _emptyInterruptCount++;
            if (_emptyInterruptCount >= MaximumEmptyInterrupts)
            {
                Fail(RadioChipFaultKind.InterruptStuck, code, value);
                return;
            }

            Enter(Operation == RadioOperation.Transmit ? DriverPhase.Transmitting : DriverPhase.Receiving);
        }

        private void Raise(LoRaRadioEvent radioEvent)
        {
            _event = radioEvent;
        }
    }
}
