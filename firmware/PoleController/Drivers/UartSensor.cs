// What the drivers of parts on a UART have in common: asking, collecting bytes into frames, finding the beginning of a frame again after garbage,
// silence, wrong checksums. What a frame of the part is, and what it means, is the part's driver's. A frame may come in pieces over any number of polls.
using System;
using PoleController.Hal;

namespace PoleController.Drivers
{
    /// <summary>
    /// The common part of the driver of a sensor that speaks frames on a UART. A question without a good answer is asked again, three times in all; then the
    /// fault is what was seen: wrong checksums, no frame among the bytes, or nothing. The value of such a fault is how many wrong frames or bytes there were.
    /// </summary>
    public abstract class UartSensor : SensorDriver
    {
        /// <summary>Time between two looks at the UART while something is awaited, in milliseconds: the tick of the pole's clock, twice.</summary>
        public const int LookIntervalMs = 20;

        /// <summary>How often a question is asked before the part counts as failed.</summary>
        public const int MaximumTries = 3;

        /// <summary>How many wrong checksums in a row are a fault.</summary>
        public const int MaximumWrongChecksums = 3;

        /// <summary>What <see cref="Inspect"/> says of bytes that a frame may begin with.</summary>
        protected const int MoreNeeded = 0;

        /// <summary>What <see cref="Inspect"/> says of bytes that no frame begins with.</summary>
        protected const int NotAFrame = -1;

        /// <summary>What <see cref="Inspect"/> says of a frame whose checksum is wrong.</summary>
        protected const int WrongChecksum = -2;

        private readonly IUart _uart;
        private readonly byte[] _data;
        private readonly int _longestFrame;
        private int _frameOffset;
        private int _frameLength;
        private int _count;
        private int _code;
        private int _askStep;
        private int _tryCount;
        private bool _isAsked;
        private bool _isAskedAgain;
        private bool _isUartFailed;
        private int _lookMs = LookIntervalMs;
        private long _deadlineMs;
        private int _wrongCount;
        private int _uncountedBytes;
        private int _garbageCount;

        /// <summary>Makes it.</summary>
        /// <param name="uart">The part's UART, with speed and parity as the driver's page says.</param>
        /// <param name="longestFrame">Length of the part's longest frame (and of the longest command made in <see cref="Data"/>) in bytes.</param>
        protected UartSensor(IUart uart, int longestFrame)
            : this(uart, longestFrame, 1)
        {
        }

        /// <summary>Makes it for a part whose frames pile up in the board's buffer: several of them are fetched with one read.</summary>
        /// <param name="uart">The part's UART, with speed and parity as the driver's page says.</param>
        /// <param name="longestFrame">Length of the part's longest frame (and of the longest command made in <see cref="Data"/>) in bytes.</param>
        /// <param name="framesAtOnce">How many frames as long as the longest are fetched with one read, 1 or more.</param>
        protected UartSensor(IUart uart, int longestFrame, int framesAtOnce)
        {
            _uart = uart;
            _longestFrame = longestFrame;
            _data = new byte[longestFrame * framesAtOnce];
        }

        /// <summary>Counts frames with a wrong checksum since the driver was made.</summary>
        public int WrongChecksumCount { get; private set; }

        /// <summary>What has arrived. The frame that <see cref="TryReceive"/> found begins at <see cref="FrameOffset"/>. Commands may be made in it.</summary>
        protected byte[] Data
        {
            get { return _data; }
        }

        /// <summary>Where in <see cref="Data"/> the frame begins.</summary>
        protected int FrameOffset
        {
            get { return _frameOffset; }
        }

        /// <summary>Length of the frame that was found; 0 when none was.</summary>
        protected int FrameLength
        {
            get { return _frameLength; }
        }

        /// <summary>Bytes that were passed over since the question, since <see cref="TryListen"/> or <see cref="Renew"/>.</summary>
        protected int PassedOverBytes
        {
            get { return _garbageCount; }
        }

        /// <summary>
        /// Looks at bytes. Called again with one byte less at the beginning until it finds a frame, so that garbage is passed over.
        /// </summary>
        /// <param name="data">Where they are.</param>
        /// <param name="offset">Where they begin.</param>
        /// <param name="count">How many have arrived, 1 or more.</param>
        /// <returns>The length of the frame that they begin with; else <see cref="MoreNeeded"/>, <see cref="NotAFrame"/> or <see cref="WrongChecksum"/>.</returns>
        protected abstract int Inspect(byte[] data, int offset, int count);

        /// <summary>Begins to listen for a frame that comes unasked. Bytes from before are dropped.</summary>
        /// <param name="code">What is awaited, as the fault names it.</param>
        /// <param name="timeoutMs">How long the part may be silent, in milliseconds.</param>
        /// <param name="lookMs">
        /// Time between two looks at the UART, in milliseconds: a frame that comes often need not be met at once, as long as the board's buffer keeps it.
        /// </param>
        /// <returns>False when the UART failed: the part is given up for a while, and the step must end.</returns>
        protected bool TryListen(int code, int timeoutMs, int lookMs)
        {
            Forget();
            _isAsked = false;
            Await(code, timeoutMs, lookMs);
            if (TryDrop())
            {
                return true;
            }

            Fail(SensorFaultKind.BusFailed, code, 0);
            return false;
        }

        /// <summary>
        /// Sends a command and goes to the step that receives its answer. Bytes from before are dropped. Asked again from this step when no good answer comes.
        /// </summary>
        /// <param name="command">The command; may be <see cref="Data"/>.</param>
        /// <param name="length">Its length.</param>
        /// <param name="code">The command, as the fault names it.</param>
        /// <param name="answerStep">The step that receives the answer.</param>
        /// <param name="answerMs">When the answer is usually complete, in milliseconds from now.</param>
        /// <param name="timeoutMs">How long the answer may take, in milliseconds.</param>
        protected void Ask(byte[] command, int length, int code, int answerStep, int answerMs, int timeoutMs)
        {
            if (!_isAskedAgain)
            {
                Forget();
                _tryCount = 0;
            }

            _isAskedAgain = false;
            _isAsked = true;
            _askStep = StepIndex;
            _tryCount++;
            Await(code, timeoutMs, LookIntervalMs);

            if (!TryDrop() || !_uart.TryWrite(command, length))
            {
                Fail(SensorFaultKind.BusFailed, code, 0);
                return;
            }

            GoTo(answerStep, answerMs);
        }

        /// <summary>Forgets wrong checksums and bytes that were passed over.</summary>
        protected void Forget()
        {
            _wrongCount = 0;
            _uncountedBytes = 0;
            _garbageCount = 0;
        }

        /// <summary>Sends a command that the part does not answer.</summary>
        /// <returns>False when the UART failed: the part is given up for a while, and the step must end.</returns>
        protected bool TryTell(byte[] command, int length, int code)
        {
            if (_uart.TryWrite(command, length))
            {
                return true;
            }

            Fail(SensorFaultKind.BusFailed, code, 0);
            return false;
        }

        /// <summary>Takes the next whole frame that has arrived, and nothing follows when there is none.</summary>
        /// <returns>True when a frame is there, until the next call.</returns>
        protected bool TryTake()
        {
            if (!TrySearch())
            {
                _isUartFailed = true;
                return false;
            }

            if (_frameLength == 0)
            {
                return false;
            }

            _wrongCount = 0;
            _uncountedBytes = 0;
            return true;
        }

        /// <summary>How many bytes have been fetched behind the frame that was found; more may wait in the board's buffer.</summary>
        protected int FetchedBytes
        {
            get { return _count - _frameLength; }
        }

        /// <summary>Takes frames that follow the one that was found, looked at by the driver itself: that one and they are done with.</summary>
        /// <param name="bytes">Their length together, at most <see cref="FetchedBytes"/>.</param>
        protected void TakeFetched(int bytes)
        {
            _frameLength += bytes;
        }

        /// <summary>
        /// Takes the next whole frame. Without one it waits, asks again or gives the part up, and the step must end.
        /// </summary>
        /// <returns>True when a frame is there, until the next call.</returns>
        protected bool TryReceive()
        {
            if (TryTake())
            {
                return true;
            }

            LookAgain();
            return false;
        }

        /// <summary>No frame is there: waits, asks again or gives the part up, and the step must end.</summary>
        protected void LookAgain()
        {
            if (_isUartFailed)
            {
                _isUartFailed = false;
                Fail(SensorFaultKind.BusFailed, _code, 0);
                return;
            }

            if (_wrongCount >= MaximumWrongChecksums)
            {
                Fail(SensorFaultKind.ChecksumWrong, _code, _wrongCount);
            }
            else if (NowMs >= _deadlineMs)
            {
                GiveUp();
            }
            else
            {
                long leftMs = _deadlineMs - NowMs;
                Wait(leftMs < _lookMs ? (int)leftMs : _lookMs);
            }
        }

        /// <summary>A frame that was listened for has come, and the next one is awaited too.</summary>
        /// <param name="timeoutMs">How long the part may be silent from now on, in milliseconds.</param>
        protected void Renew(int timeoutMs)
        {
            Forget();
            _deadlineMs = NowMs + timeoutMs;
        }

        /// <summary>The frame that was found is not the one that is awaited: looks for the next one, if there is time left.</summary>
        protected void PassOver()
        {
            if (NowMs >= _deadlineMs)
            {
                GiveUp();
            }
        }

        private void Await(int code, int timeoutMs, int lookMs)
        {
            _code = code;
            _lookMs = lookMs;
            _deadlineMs = NowMs + timeoutMs;
        }

        private void GiveUp()
        {
            if (_isAsked && _tryCount < MaximumTries)
            {
                _isAskedAgain = true;
                GoTo(_askStep);
            }
            else if (_wrongCount > 0)
            {
                Fail(SensorFaultKind.ChecksumWrong, _code, _wrongCount);
            }
            else if (_garbageCount >= _longestFrame)
            {
                // Fewer can be the end of a frame that had begun before.
                Fail(SensorFaultKind.NoFrame, _code, _garbageCount);
            }
            else
            {
                Fail(SensorFaultKind.NoAnswer, _code, 0);
            }
        }

        // Forgets what has arrived. False when the UART failed.
        private bool TryDrop()
        {
            _frameOffset = 0;
            _frameLength = 0;
            _count = 0;
            return _uart.TryDiscard();
        }

        // Looks for the next frame in what has arrived. False when the UART failed.
        private bool TrySearch()
        {
            _frameOffset += _frameLength;
            _count -= _frameLength;
            _frameLength = 0;
            int left = _uart.ReceiveBufferLength + _data.Length;
            while (left > 0)
            {
                if (TryFind())
                {
                    return true;
                }

                MakeRoom();
                int read = _uart.Read(_data, _frameOffset + _count, _data.Length - _frameOffset - _count);
                if (read <= 0)
                {
                    return read == 0;
                }

                _count += read;
                left -= read;
            }

            return true;
        }

        // Passes over bytes until they begin with a frame, or with what may become one. One call a byte: a buffer full of garbage is met in one step.
        private bool TryFind()
        {
            while (_count > 0)
            {
                int length = Inspect(_data, _frameOffset, _count);
                if (length > 0)
                {
                    _frameLength = length;
                    return true;
                }

                if (length == MoreNeeded && _count < _longestFrame)
                {
                    return false;
                }

                if (_uncountedBytes > 0)
                {
                    _uncountedBytes--;
                }
                else if (length == WrongChecksum)
                {
                    CountWrongChecksum();
                }

                _garbageCount++;
                _frameOffset++;
                _count--;
            }

            return false;
        }

        // What looks like frames inside this one is not counted again.
        private void CountWrongChecksum()
        {
            WrongChecksumCount++;
            _wrongCount++;
            _uncountedBytes = _longestFrame - 1;
        }

        private void MakeRoom()
        {
            if (_frameOffset == 0)
            {
                return;
            }

            if (_count > 0)
            {
                Array.Copy(_data, _frameOffset, _data, 0, _count);
            }

            _frameOffset = 0;
        }
    }
}
