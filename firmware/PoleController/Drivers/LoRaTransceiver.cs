// What drivers of LoRa chips have in common. Here: the port's side, the sequences and waiting; what follows from a chip's answers is in
// LoRaTransceiver.Outcomes. A driver goes through short sequences of SPI transfers, one transfer a step; when the chip is not ready the sequence
// stands still and goes on at a later poll. What the transfers are is the chip's driver's. Nothing here waits, and no call makes more than
// MaximumTransfersPerCall transfers.
using System;
using PoleController.Hal;

namespace PoleController.Drivers
{
    /// <summary>The common part of a LoRa chip's driver: a state machine that is asked again.</summary>
    public abstract partial class LoRaTransceiver : ILoRaRadio
    {
        /// <summary>More transfers than this are never made in one call; the longest sequence has fewer.</summary>
        public const int MaximumTransfersPerCall = 32;

        /// <summary>How long a chip may be busy with one command before it counts as stuck, in milliseconds.</summary>
        public const int BusyTimeoutMs = 100;

        // How long the reset line is held (the chips ask for 100 us; two ticks of a millisecond clock are at least one millisecond).
        private const int ResetMs = 2;

        private readonly IDigitalOutput _reset;
        private readonly ISpiDevice _spi;
        private LoRaRadioEvent _event;
        private long _eventMs;
        private long _notBeforeMs;
        private long _busyDeadlineMs;
        private long _deadlineMs;
        private int _emptyInterruptCount;
        private bool _isGivenMoreTime;

        /// <summary>Makes a driver over the lines that every chip has.</summary>
        /// <param name="spi">The chip on its bus.</param>
        /// <param name="reset">The chip's reset line; active holds the chip in reset.</param>
        protected LoRaTransceiver(ISpiDevice spi, IDigitalOutput reset)
        {
            _spi = spi;
            _reset = reset;
        }

        /// <summary>The last fault.</summary>
        public RadioChipFault LastFault { get; } = new RadioChipFault();

        /// <summary>Counts how often the chip was started, the first time included.</summary>
        public int StartCount { get; private set; }

        /// <summary>Counts frames that were dropped for their header or payload CRC.</summary>
        public int DamagedFrameCount { get; private set; }

        /// <inheritdoc/>
        public long NextWakeMs { get; private set; } = long.MaxValue;

        /// <inheritdoc/>
        public long EventTimeMs { get; private set; }

        /// <inheritdoc/>
        public int RssiDbm { get; protected set; }

        /// <inheritdoc/>
        public int SnrQuarterDecibel { get; protected set; }

        /// <summary>Where the driver is.</summary>
        protected DriverPhase Phase { get; private set; }

        /// <summary>The next transfer of the sequence, from 0.</summary>
        protected int StepIndex { get; private set; }

        /// <summary>The operation that is wanted or goes on.</summary>
        protected RadioOperation Operation { get; private set; }

        /// <summary>Centre frequency of the operation in hertz.</summary>
        protected int FrequencyHz { get; private set; }

        /// <summary>Spreading factor of the operation.</summary>
        protected int SpreadingFactor { get; private set; }

        /// <summary>Bandwidth of the operation in hertz.</summary>
        protected int BandwidthHz { get; private set; }

        /// <summary>Radiated power of the operation in dBm.</summary>
        protected int PowerDbm { get; private set; }

        /// <summary>Length of the reception's window in milliseconds; 0 is without an end.</summary>
        protected int WindowMs { get; private set; }

        /// <summary>Length of the frame to transmit, or of the one received.</summary>
        protected int FrameLength { get; set; }

        /// <summary>Buffer of commands and their answers.</summary>
        protected byte[] Data { get; } = new byte[16];

        /// <summary>Buffer of frames, with room for what goes before them on the bus.</summary>
        protected byte[] FrameData { get; } = new byte[259];

        /// <summary>Where the frame begins in <see cref="FrameData"/> when it is sent to the chip.</summary>
        protected abstract int TransmitOffset { get; }

        /// <summary>Where the frame begins in <see cref="FrameData"/> when it is read from the chip.</summary>
        protected abstract int ReceiveOffset { get; }

        /// <summary>How long the chip needs after a reset before the first transfer.</summary>
        protected abstract int ResetRecoveryMs { get; }

        /// <summary>How long the window really stays open, in milliseconds: a chip may time it more coarsely than asked.</summary>
        protected virtual int WindowOnChipMs
        {
            get { return WindowMs; }
        }

        /// <summary>Whether the chip cannot take a command now.</summary>
        protected abstract bool IsBusy { get; }

        /// <summary>Whether a line says that something has happened.</summary>
        protected abstract bool HasInterrupt { get; }

        /// <summary>Whether the operation is a reception without an end.</summary>
        protected bool IsContinuous
        {
            get { return Operation == RadioOperation.Receive && WindowMs == 0; }
        }

        /// <inheritdoc/>
        public bool TryTransmit(int frequencyHz, int spreadingFactor, int bandwidthHz, int powerDbm, byte[] frame, int length)
        {
            if (length < 1 || length > 255 || !IsPossible(frequencyHz, spreadingFactor, bandwidthHz))
            {
                return false;
            }

            Array.Copy(frame, 0, FrameData, TransmitOffset, length);
            FrameLength = length;
            PowerDbm = powerDbm;
            WindowMs = 0;
            Operation = RadioOperation.Transmit;
            return TryBegin(frequencyHz, spreadingFactor, bandwidthHz);
        }

        /// <inheritdoc/>
        public bool TryReceive(int frequencyHz, int spreadingFactor, int bandwidthHz, int windowMs)
        {
            if (windowMs < 0 || !IsPossible(frequencyHz, spreadingFactor, bandwidthHz))
            {
                return false;
            }

            FrameLength = 0;
            WindowMs = windowMs;
            Operation = RadioOperation.Receive;
            return TryBegin(frequencyHz, spreadingFactor, bandwidthHz);
        }

        /// <inheritdoc/>
        public void Sleep()
        {
            Operation = RadioOperation.None;
            FrameLength = 0;
            _event = LoRaRadioEvent.None;
            switch (Phase)
            {
                case DriverPhase.Unknown:
                case DriverPhase.Starting:
                case DriverPhase.Resting:
                    break;
                default:
                    Enter(DriverPhase.Stopping);
                    Run();

                    // Nobody waits for this; should it have failed, the next operation begins with a reset.
                    _event = LoRaRadioEvent.None;
                    break;
            }

            UpdateWake();
        }

        /// <inheritdoc/>
        public LoRaRadioEvent Poll(long nowMs)
        {
            NowMs = nowMs;
            switch (Phase)
            {
                case DriverPhase.Transmitting:
                case DriverPhase.Receiving:
                    if (HasInterrupt || nowMs >= _deadlineMs)
                    {
                        _eventMs = nowMs;
                        Enter(DriverPhase.Serving);
                        break;
                    }

                    if (_emptyInterruptCount > 0)
                    {
                        _emptyInterruptCount = 0;
                        UpdateWake();
                    }

                    return LoRaRadioEvent.None;
                case DriverPhase.Unknown:
                    if (StartCount > 0)
                    {
                        return LoRaRadioEvent.None;
                    }

                    BeginStart();
                    break;
                case DriverPhase.Resting:
                    return LoRaRadioEvent.None;
            }

            Run();
            UpdateWake();
            return TakeEvent();
        }

        /// <inheritdoc/>
        public int ReadFrame(byte[] buffer)
        {
            if (Operation == RadioOperation.Transmit)
            {
                return 0;
            }

            Array.Copy(FrameData, ReceiveOffset, buffer, 0, FrameLength);
            return FrameLength;
        }

        /// <summary>The time of the last poll.</summary>
        protected long NowMs { get; private set; }

        /// <summary>Makes the next transfer of the start-up, judges its answer and moves on.</summary>
        protected abstract void StepStart();

        /// <summary>Makes the next transfer of setting up the operation, judges its answer and moves on.</summary>
        protected abstract void StepPrepare();

        /// <summary>Makes the next transfer of asking what happened, judges its answer and moves on.</summary>
        protected abstract void StepServe();

        /// <summary>Makes the next transfer of going to standby, judges its answer and moves on.</summary>
        protected abstract void StepStop();

        /// <summary>Exchanges the first bytes of <see cref="Data"/>.</summary>
        /// <param name="length">How many.</param>
        /// <param name="code">Command or register, should it fail.</param>
        protected bool TryTransfer(int length, int code)
        {
            return TryTransfer(Data, length, code);
        }

        /// <summary>Exchanges the first bytes of a buffer.</summary>
        protected bool TryTransfer(byte[] data, int length, int code)
        {
            _busyDeadlineMs = NowMs + BusyTimeoutMs;
            if (_spi.TryTransfer(data, length))
            {
                return true;
            }

            Fail(RadioChipFaultKind.BusFailed, code, 0);
            return false;
        }

        /// <summary>Goes to a step of the sequence, at once.</summary>
        protected void GoTo(int step)
        {
            StepIndex = step;
        }

        /// <summary>Goes to a step of the sequence, but not before some time has passed.</summary>
        protected void GoTo(int step, int delayMs)
        {
            StepIndex = step;
            _notBeforeMs = NowMs + delayMs;
            _busyDeadlineMs = _notBeforeMs + BusyTimeoutMs;
        }

        private static bool IsPossible(int frequencyHz, int spreadingFactor, int bandwidthHz)
        {
            return frequencyHz >= 150000000 && frequencyHz <= 960000000 && spreadingFactor >= 7 && spreadingFactor <= 12
                && (bandwidthHz == 125000 || bandwidthHz == 250000 || bandwidthHz == 500000);
        }

        private bool TryBegin(int frequencyHz, int spreadingFactor, int bandwidthHz)
        {
            FrequencyHz = frequencyHz;
            SpreadingFactor = spreadingFactor;
            BandwidthHz = bandwidthHz;
            _event = LoRaRadioEvent.None;
            _eventMs = NowMs;
            if (Phase == DriverPhase.Unknown)
            {
                BeginStart();
            }
            else if (Phase != DriverPhase.Starting)
            {
                Enter(DriverPhase.Preparing);
            }

            Run();
            UpdateWake();
            bool isTaken = _event != LoRaRadioEvent.Fault;
            _event = LoRaRadioEvent.None;
            return isTaken;
        }

        private void BeginStart()
        {
            StartCount++;
            if (!_reset.TrySet(true))
            {
                Fail(RadioChipFaultKind.ResetFailed, 0, 0);
                return;
            }

            Enter(DriverPhase.Starting);
            GoTo(0, ResetMs);
        }

        // Makes transfers until the sequence has ended or stands still.
        private void Run()
        {
            for (int count = 0; count < MaximumTransfersPerCall && IsInSequence(); count++)
            {
                if (NowMs < _notBeforeMs)
                {
                    return;
                }

                if (Phase == DriverPhase.Starting && StepIndex == 0)
                {
                    ReleaseReset();
                    continue;
                }

                if (IsBusy)
                {
                    if (NowMs >= _busyDeadlineMs)
                    {
                        Fail(RadioChipFaultKind.BusyStuck, Data[0], 0);
                    }

                    return;
                }

                Step();
            }
        }

        private void Step()
        {
            switch (Phase)
            {
                case DriverPhase.Starting:
                    StepStart();
                    break;
                case DriverPhase.Preparing:
                    StepPrepare();
                    break;
                case DriverPhase.Serving:
                    StepServe();
                    break;
                default:
                    StepStop();
                    break;
            }
        }

        private void ReleaseReset()
        {
            if (_reset.TrySet(false))
            {
                GoTo(1, ResetRecoveryMs);
            }
            else
            {
                Fail(RadioChipFaultKind.ResetFailed, 0, 0);
            }
        }

        private bool IsInSequence()
        {
            return Phase == DriverPhase.Starting || Phase == DriverPhase.Preparing || Phase == DriverPhase.Serving || Phase == DriverPhase.Stopping;
        }

        private void Enter(DriverPhase phase)
        {
            Phase = phase;
            StepIndex = 0;
            _notBeforeMs = NowMs;
            _busyDeadlineMs = NowMs + BusyTimeoutMs;
        }

        private LoRaRadioEvent TakeEvent()
        {
            LoRaRadioEvent taken = _event;
            _event = LoRaRadioEvent.None;
            if (taken != LoRaRadioEvent.None)
            {
                EventTimeMs = _eventMs;
            }

            return taken;
        }

        private void UpdateWake()
        {
            switch (Phase)
            {
                case DriverPhase.Unknown:
                case DriverPhase.Resting:
                    NextWakeMs = long.MaxValue;
                    break;
                case DriverPhase.Transmitting:
                case DriverPhase.Receiving:
                    NextWakeMs = _emptyInterruptCount > 0 && NowMs + 1 < _deadlineMs ? NowMs + 1 : _deadlineMs;
                    break;
                default:
                    NextWakeMs = _notBeforeMs > NowMs ? _notBeforeMs : NowMs + 1;
                    break;
            }
        }
    }
}
