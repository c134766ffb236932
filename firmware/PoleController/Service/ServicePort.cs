// The service port: bytes from a UART to lines, answers back to it, a line a step. What a line asks for is ServiceCommands', whether it may,
// ServiceLock's. Nothing that comes in here can hold up the loop: a step takes so many bytes, carries out one line at most and sends one at most.
using PoleController.Hal;

namespace PoleController.Service
{
    /// <summary>The service port of a pole.</summary>
    public sealed class ServicePort : Component
    {
        /// <summary>Bytes that a step takes from the UART.</summary>
        public const int BytesPerStep = 64;

        /// <summary>Between two lines of an answer, in milliseconds: a line of 200 bytes has left after 17 ms at 115,200 baud.</summary>
        public const int LineIntervalMs = 20;

        /// <summary>How often something that is waited for is looked at, in milliseconds.</summary>
        public const int LookIntervalMs = 200;

        /// <summary>A UART that failed is left alone for this time, in milliseconds.</summary>
        public const int RetryMs = 1000;

        private readonly IUart? _uart;
        private readonly ServiceLock _lock;
        private readonly ServiceLine _line = new ServiceLine();
        private readonly ServiceWriter _writer = new ServiceWriter();
        private readonly ServiceCommands _commands;
        private readonly byte[] _received = new byte[BytesPerStep];
        private ServiceReport? _report;
        private int _receivedCount;
        private int _takenCount;
        private bool _isComposing;
        private bool _isLineCarriedOut;
        private long _notBeforeMs;
        private long _sendMs;

        /// <summary>Makes it.</summary>
        /// <param name="parts">What it looks at and acts on; its <see cref="PoleHardware.Service"/> is the UART, null when there is none.</param>
        public ServicePort(ServiceParts parts)
        {
            PoleHardware hardware = parts.Hardware;
            _uart = hardware.Service;
            _lock = new ServiceLock(parts.Identity, parts.Boots, hardware.Aes, hardware.Store, hardware.Random, parts.Alarms);
            _commands = new ServiceCommands(parts, _lock, _line, _writer);
        }

        /// <summary>Whether somebody has opened it.</summary>
        public bool IsOpen
        {
            get { return _lock.IsOpen; }
        }

        /// <summary>Lines carried out since the start, refused ones included.</summary>
        public int LineCount { get; private set; }

        /// <summary>Whether part of an answer ever had to be left out: a defect.</summary>
        public bool IsOverrun
        {
            get { return _writer.IsOverrun; }
        }

        /// <inheritdoc/>
        public override bool IsFitted
        {
            get { return _uart != null; }
        }

        /// <inheritdoc/>
        public override void Start(long nowMs, bool isPowerReturn)
        {
            if (_uart == null)
            {
                Health.SetNotFitted();
                return;
            }

            _lock.Start(nowMs);
            Health.SetOk();
        }

        /// <inheritdoc/>
        public override long Step(long nowMs)
        {
            if (nowMs < _notBeforeMs)
            {
                return _notBeforeMs;
            }

            int count = Receive(nowMs);
            if (count < 0)
            {
                Health.SetFailed(HealthReason.NoAnswer);
                _notBeforeMs = nowMs + RetryMs;
                return _notBeforeMs;
            }

            Health.SetOk();
            Expire(nowMs);
            if (nowMs >= _sendMs)
            {
                Answer(nowMs);
            }

            // At once: the lamp has to obey.
            bool isAtOnce = _isLineCarriedOut;
            _isLineCarriedOut = false;
            return isAtOnce ? nowMs : NextMs(nowMs);
        }

        // Bytes behind the end of a line wait until it is carried out; what comes after them waits in the UART.
        private int Receive(long nowMs)
        {
            if (_line.IsWhole)
            {
                return 0;
            }

            if (_takenCount == _receivedCount)
            {
                _takenCount = 0;
                _receivedCount = 0;
                int count = _uart!.Read(_received, 0, BytesPerStep);
                if (count < 0)
                {
                    return count;
                }

                _receivedCount = count;
            }

            int before = _takenCount;
            while (_takenCount < _receivedCount && !_line.IsWhole)
            {
                _line.Add(nowMs, _received[_takenCount]);
                _takenCount++;
            }

            return _takenCount - before;
        }

        private void Expire(long nowMs)
        {
            if (_line.IsBegun && nowMs >= _line.TimeoutAtMs)
            {
                _line.Clear();
                if (_report == null && _writer.Length == 0)
                {
                    _writer.Error("lineTimedOut", "line", "end a line by CR or LF within a minute");
                    _writer.End();
                }
            }

            if (_lock.IsOpen && nowMs >= _lock.ClosesAtMs && _report == null)
            {
                _lock.Close();
            }
        }

        private void Answer(long nowMs)
        {
            if (_isComposing)
            {
                // The step before ended in an exception.
                _line.Clear();
                _writer.Clear();
                _report = null;
                _isComposing = false;
                _writer.Error("exception", "line", "health names the component");
                _writer.End();
            }

            if (_writer.Length == 0)
            {
                _isComposing = true;
                Compose(nowMs);
                _isComposing = false;
            }

            if (_writer.Length > 0)
            {
                _sendMs = nowMs + LineIntervalMs;
                if (_uart!.TryWrite(_writer.Bytes, _writer.Length))
                {
                    _writer.Clear();
                }
            }
        }

        private void Compose(long nowMs)
        {
            if (_report != null)
            {
                if (_line.IsWhole && !_report.KeepsLine)
                {
                    _commands.Interrupt(_report);
                }

                ReportStep step = _report.Next(_writer, nowMs);
                if (step == ReportStep.End)
                {
                    if (_report.KeepsLine)
                    {
                        _line.Clear();
                    }

                    _report = null;
                }
                else if (step == ReportStep.Wait)
                {
                    _sendMs = nowMs + LookIntervalMs;
                }
            }
            else if (_line.IsWhole)
            {
                LineCount++;
                _report = _commands.Execute(nowMs);
                if (_report == null || !_report.KeepsLine)
                {
                    _line.Clear();
                }

                _isLineCarriedOut = true;
            }

            if (_writer.Length > 0)
            {
                _writer.End();
            }
        }

        private long NextMs(long nowMs)
        {
            if (_writer.Length > 0 || _report != null || _line.IsWhole)
            {
                return _sendMs > nowMs ? _sendMs : nowMs + 1;
            }

            if (_receivedCount == BytesPerStep || _takenCount < _receivedCount)
            {
                // There may be more.
                return nowMs + 1;
            }

            long nextMs = _lock.IsOpen ? _lock.ClosesAtMs : Wake.Never;
            return _line.IsBegun && _line.TimeoutAtMs < nextMs ? _line.TimeoutAtMs : nextMs;
        }
    }
}
