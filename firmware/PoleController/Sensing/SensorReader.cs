// Asks one sensor for samples and notices when it stays silent: what every component does with every sensor. When to ask, and what to make of a sample, is
// the component's.
using System;
using PoleController.Hal;

namespace PoleController.Sensing
{
    /// <summary>
    /// Asks a sensor and takes its samples. A sensor that throws is a sensor that does not answer. The sensor is polled until it rests, also after it was
    /// switched off, so that a driver can put its part to sleep.
    /// </summary>
    public sealed class SensorReader
    {
        /// <summary>How long a sensor that threw is left alone, in milliseconds.</summary>
        public const int RetryMs = 10000;

        private readonly ISensor? _sensor;
        private readonly int _patienceMs;
        private bool _isAsked;
        private bool _isNew;
        private long _askedMs;
        private long _pollMs = Wake.Never;
        private int _sampleCount;
        private bool _hasThrown;

        /// <summary>Makes it; the sensor is not touched yet.</summary>
        /// <param name="sensor">The sensor; null when none is fitted.</param>
        /// <param name="patienceMs">How long a sample may take, warming up included, before the sensor counts as silent, in milliseconds.</param>
        public SensorReader(ISensor? sensor, int patienceMs)
        {
            _sensor = sensor;
            _patienceMs = patienceMs;
        }

        /// <summary>Whether a sensor is fitted.</summary>
        public bool IsFitted
        {
            get { return _sensor != null; }
        }

        /// <summary>Whether a sample was asked for that has not come.</summary>
        public bool IsWaiting
        {
            get { return _isAsked; }
        }

        /// <summary>Whether the last sample that was asked for did not come in its time; until one comes.</summary>
        public bool IsSilent { get; private set; }

        /// <summary>Whether the part is there and measures, but its values do not count yet.</summary>
        public bool IsWarmingUp
        {
            get { return _sensor != null && !_hasThrown && _sensor.State == SensorState.WarmingUp; }
        }

        /// <summary>Why the sensor is silent: no answer, or an answer that cannot be true (another part, wrong checksums, a defect).</summary>
        public HealthReason Reason
        {
            get { return _hasThrown || _sensor == null ? HealthReason.NoAnswer : ReasonOf(_sensor.LastFault.Kind); }
        }

        /// <summary>When it wants to be asked again; <see cref="Wake.Never"/> when the sensor rests.</summary>
        public long NextMs
        {
            get
            {
                long giveUpMs = _isAsked && !IsSilent ? _askedMs + _patienceMs : Wake.Never;
                return giveUpMs < _pollMs ? giveUpMs : _pollMs;
            }
        }

        /// <summary>Asks for a sample; asking again before it came changes nothing.</summary>
        public void Ask(long nowMs)
        {
            if (_sensor == null || _isAsked)
            {
                return;
            }

            _isAsked = true;
            _isNew = true;
            _askedMs = nowMs;
            _pollMs = nowMs;
        }

        /// <summary>Wants no sample any more: the sensor is only polled until it rests.</summary>
        public void Forget()
        {
            _isAsked = false;
            IsSilent = false;
        }

        /// <summary>Lets the sensor look at the world before its time: something of its own may have woken the pole.</summary>
        public void PollNow(long nowMs)
        {
            if (_sensor != null && !_hasThrown && nowMs < _pollMs)
            {
                _pollMs = nowMs;
            }
        }

        /// <summary>Goes on. Cheap when there is nothing to do.</summary>
        /// <returns>Whether a sample came that was asked for; the sensor's values are those of it.</returns>
        public bool TryTake(long nowMs)
        {
            if (nowMs >= _pollMs)
            {
                Poll(nowMs);
                if (_isAsked && !_hasThrown && _sensor!.SampleCount != _sampleCount)
                {
                    _sampleCount = _sensor.SampleCount;
                    _isAsked = false;
                    IsSilent = false;
                    return true;
                }
            }

            if (_isAsked && nowMs - _askedMs >= _patienceMs)
            {
                IsSilent = true;
            }

            return false;
        }

        private static HealthReason ReasonOf(SensorFaultKind kind)
        {
            switch (kind)
            {
                case SensorFaultKind.WrongPart:
                case SensorFaultKind.ChecksumWrong:
                case SensorFaultKind.NoFrame:
                case SensorFaultKind.PartDefect:
                case SensorFaultKind.Implausible:
                    return HealthReason.Implausible;
                default:
                    return HealthReason.NoAnswer;
            }
        }

        private void Poll(long nowMs)
        {
            try
            {
                if (_isAsked)
                {
                    if (_isNew)
                    {
                        // Samples that came by themselves while nothing was asked are not the one asked for.
                        _sampleCount = _sensor!.SampleCount;
                        _isNew = false;
                        _sensor.Request();
                    }
                    else if (_hasThrown)
                    {
                        _sensor!.Request();
                    }
                }

                _pollMs = _sensor!.Poll(nowMs);
                _hasThrown = false;
            }
            catch (Exception)
            {
                _hasThrown = true;
                _pollMs = nowMs + RetryMs;
            }
        }
    }
}
