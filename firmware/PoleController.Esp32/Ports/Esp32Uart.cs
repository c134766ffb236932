// Port: a UART, with one reader. The runtime keeps what arrives in a buffer; reading never asks for more than is there, because that would wait.
using System;
using System.IO.Ports;
using nanoFramework.Hardware.Esp32;
using PoleController.Esp32.Loop;
using PoleController.Hal;

namespace PoleController.Esp32.Ports
{
    /// <summary>
    /// A UART. A write up to the chip's FIFO (128 bytes) returns at once; what is longer waits until the rest has gone there: 11 ms for 256 bytes at 115,200 bit/s.
    /// Opened when it is first used, and again after it failed, at most once a second.
    /// </summary>
    public sealed class Esp32Uart : IUart, IWakeSource
    {
        /// <summary>Time between two attempts to open, in milliseconds.</summary>
        public const int RetryMs = 1000;

        private const int TimeoutMs = 100;

        private const int DiscardLength = 64;

        private readonly byte[] _discarded = new byte[DiscardLength];
        private readonly int _bufferLength;
        private readonly SerialPort _port;
        private readonly IBoardClock _clock;
        private long _retryMs;
        private int _seen;

        /// <summary>Gives the UART its pins; nothing is opened yet.</summary>
        /// <param name="clock">The clock.</param>
        /// <param name="number">The runtime's number: 2 is COM2 and UART1 of the chip. COM1 is the runtime's own.</param>
        /// <param name="transmitPin">GPIO number of TX.</param>
        /// <param name="receivePin">GPIO number of RX.</param>
        /// <param name="bitsPerSecond">Speed, 8N1.</param>
        /// <param name="isInverted">Whether both lines are inverted.</param>
        /// <param name="bufferLength">Bytes that the runtime keeps.</param>
        public Esp32Uart(
            IBoardClock clock, int number, int transmitPin, int receivePin, int bitsPerSecond, bool isInverted, int bufferLength)
        {
            bool isSecond = number == 2;
            Configuration.SetPinFunction(transmitPin, isSecond ? DeviceFunction.COM2_TX : DeviceFunction.COM3_TX);
            Configuration.SetPinFunction(receivePin, isSecond ? DeviceFunction.COM2_RX : DeviceFunction.COM3_RX);
            _clock = clock;
            _bufferLength = bufferLength;
            _port = new SerialPort(isSecond ? "COM2" : "COM3", bitsPerSecond, Parity.None, 8, StopBits.One);
            _port.ReadBufferSize = bufferLength;
            _port.ReadTimeout = TimeoutMs;
            _port.WriteTimeout = TimeoutMs;
            if (isInverted)
            {
                _port.InvertSignalLevels = true;
            }
        }

        /// <inheritdoc/>
        public int ReceiveBufferLength
        {
            get { return _bufferLength; }
        }

        /// <inheritdoc/>
        public bool HasNews(long nowMs)
        {
            try
            {
                // Only what came since the last look: bytes that nobody takes must not keep the loop awake.
                int available = IsOpen() ? _port.BytesToRead : 0;
                bool hasNews = available > _seen;
                _seen = available;
                return hasNews;
            }
            catch (Exception)
            {
                return false;
            }
        }

        /// <inheritdoc/>
        public int Read(byte[] buffer, int offset, int count)
        {
            try
            {
                if (!IsOpen())
                {
                    return -1;
                }

                int available = _port.BytesToRead;
                if (available > count)
                {
                    available = count;
                }

                return available <= 0 ? 0 : _port.Read(buffer, offset, available);
            }
            catch (Exception)
            {
                Close();
                return -1;
            }
        }

        /// <inheritdoc/>
        public bool TryDiscard()
        {
            // The package has no call for it: what is there is read away, a piece at a time, and no more than the buffer holds: a part that never pauses
            // must not hold the step.
            int left = _bufferLength;
            while (left > 0)
            {
                int count = Read(_discarded, 0, _discarded.Length);
                if (count <= 0)
                {
                    return count == 0;
                }

                left -= count;
            }

            return true;
        }

        /// <inheritdoc/>
        public bool TryWrite(byte[] data, int length)
        {
            try
            {
                if (!IsOpen())
                {
                    return false;
                }

                _port.Write(data, 0, length);
                return true;
            }
            catch (Exception)
            {
                Close();
                return false;
            }
        }

        private bool IsOpen()
        {
            if (_port.IsOpen)
            {
                return true;
            }

            long nowMs = _clock.NowMs;
            if (nowMs < _retryMs)
            {
                return false;
            }

            _retryMs = nowMs + RetryMs;
            _port.Open();
            return true;
        }

        private void Close()
        {
            _retryMs = _clock.NowMs + RetryMs;
            try
            {
                _port.Close();
            }
            catch (Exception)
            {
                // It is opened anew in a second, or refuses again.
            }
        }
    }
}
