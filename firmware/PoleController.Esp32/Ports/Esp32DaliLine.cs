// Port: the DALI bus over the chip's RMT unit: one channel sends, one records. What the durations mean is the driver's, taking the recording apart
// DaliEcho's.
using System;
using System.Device.Gpio;
using nanoFramework.Hardware.Esp32.Rmt;
using PoleController.Esp32.Loop;
using PoleController.Hal;

namespace PoleController.Esp32.Ports
{
    /// <summary>
    /// A DALI bus. The runtime's <c>IsChannelIdle</c> answers another question (it reads whether the idle level is driven: nf-interpreter,
    /// TransmitterChannel, NativeTxGetIsChannelIdle), so the end of a transmission is taken from the clock. Channels are the board's, because the
    /// runtime takes the first free one, and on an ESP32-S3 only 0 to 3 can send and 4 to 7 receive. Both settings come with a carrier of 38 kHz on.
    /// </summary>
    public sealed class Esp32DaliLine : IDaliLine
    {
        /// <summary>
        /// A recording ends when the bus has been high so long, in microseconds: longer than gear waits with its answer (10.5 ms, IEC 62386-101), so that
        /// frame and answer are one recording and the pause between them is measured by the unit; short enough that the answer is there within the 35 ms that
        /// the driver waits.
        /// </summary>
        public const int PauseUs = 11000;

        private const byte MicrosecondDivider = 80;
        private const byte FilterTicks = 200;
        private const int ReceiveItems = 128;
        private const int LowMs = 45;

        private readonly IBoardClock _clock;
        private readonly TransmitChannelSettings _transmitSettings;
        private readonly ReceiverChannelSettings _receiveSettings;
        private readonly GpioPin _receivePin;
        private readonly bool _isTransmitLowHigh;
        private readonly bool _isReceiveLowHigh;
        private readonly byte[] _items = new byte[DaliItems.ItemLength * DaliItems.BlockItems];
        private readonly DaliEcho _echo = new DaliEcho();
        private TransmitterChannel? _transmitter;
        private ReceiverChannel? _receiver;
        private int _sentCount;
        private long _endUs;
        private long _lowSinceMs = -1;

        /// <summary>Makes it; the channels are opened with the first transmission.</summary>
        /// <param name="clock">The clock.</param>
        /// <param name="gpio">The GPIO controller.</param>
        /// <param name="wiring">How the board drives and sees the bus.</param>
        public Esp32DaliLine(IBoardClock clock, GpioController gpio, DaliWiring wiring)
        {
            _clock = clock;
            _isTransmitLowHigh = wiring.IsTransmitInverted;
            _isReceiveLowHigh = wiring.IsReceiveInverted;
            _receivePin = gpio.OpenPin(wiring.ReceivePin, PinMode.Input);
            _transmitSettings = new TransmitChannelSettings(wiring.TransmitChannel, wiring.TransmitPin);
            _transmitSettings.ClockDivider = MicrosecondDivider;
            _transmitSettings.EnableCarrierWave = false;
            _transmitSettings.EnableIdleLevelOutput = true;
            _transmitSettings.IdleLevel = !_isTransmitLowHigh;
            _receiveSettings = new ReceiverChannelSettings(wiring.ReceiveChannel, wiring.ReceivePin);
            _receiveSettings.ClockDivider = MicrosecondDivider;
            _receiveSettings.EnableDemodulation = false;
            _receiveSettings.EnableFilter = true;
            _receiveSettings.FilterThreshold = FilterTicks;
            _receiveSettings.IdleThreshold = PauseUs;
            _receiveSettings.BufferSize = ReceiveItems;
            _receiveSettings.ReceiveTimeout = TimeSpan.Zero;
        }

        /// <inheritdoc/>
        public bool IsTransmitting
        {
            get { return _clock.NowUs < _endUs; }
        }

        /// <inheritdoc/>
        public bool IsLow
        {
            get
            {
                // A frame is over after 45 ms at most; what is low at two looks that far apart, and was never seen high in between, has no supply.
                long nowMs = _clock.NowMs;
                if ((bool)_receivePin.Read() != _isReceiveLowHigh)
                {
                    _lowSinceMs = -1;
                    return false;
                }

                if (_lowSinceMs < 0)
                {
                    _lowSinceMs = nowMs;
                }

                return nowMs - _lowSinceMs >= LowMs;
            }
        }

        /// <inheritdoc/>
        public bool TryTransmit(short[] durationsUs, int count)
        {
            int sumUs = IsTransmitting ? -1 : DaliItems.Encode(durationsUs, count, _isTransmitLowHigh, _items);
            if (sumUs < 0)
            {
                return false;
            }

            try
            {
                Open();
                _echo.Clear();
                _sentCount = count;
                _receiver!.Start(true);
                _transmitter!.SendData(_items, false);
                _endUs = _clock.NowUs + sumUs;
                return true;
            }
            catch (Exception)
            {
                Close();
                return false;
            }
        }

        /// <inheritdoc/>
        public int Receive(short[] durationsUs, out int delayUs)
        {
            try
            {
                Record();
            }
            catch (Exception)
            {
                Close();
            }

            int count = _echo.TakeAnswer(_sentCount, PauseUs, durationsUs, out delayUs);
            if (count != 0)
            {
                _echo.Clear();
            }

            return count;
        }

        // The runtime makes an array and an object an item for every recording: garbage of about 30 objects a query, which it leaves no way round.
        private void Record()
        {
            RmtCommand[]? recorded = _receiver == null ? null : _receiver.GetAllItems();
            if (recorded == null)
            {
                return;
            }

            for (int i = 0; i < recorded.Length; i++)
            {
                _echo.Add(recorded[i].Level0 == _isReceiveLowHigh, recorded[i].Duration0);
                _echo.Add(recorded[i].Level1 == _isReceiveLowHigh, recorded[i].Duration1);
            }

            _echo.EndPiece();
        }

        private void Open()
        {
            if (_transmitter == null)
            {
                _transmitter = new TransmitterChannel(_transmitSettings);
            }

            if (_receiver == null)
            {
                _receiver = new ReceiverChannel(_receiveSettings);
            }
        }

        private void Close()
        {
            try
            {
                if (_receiver != null)
                {
                    _receiver.Dispose();
                }

                if (_transmitter != null)
                {
                    _transmitter.Dispose();
                }
            }
            catch (Exception)
            {
                // Opened anew with the next transmission.
            }

            _receiver = null;
            _transmitter = null;
        }
    }
}
