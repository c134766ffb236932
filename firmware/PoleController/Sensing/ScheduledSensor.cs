// A sensor that is asked at an interval. What its samples mean is the owner's.
using PoleController.Hal;

namespace PoleController.Sensing
{
    /// <summary>A sensor, asked at an interval; not at all while it is switched off.</summary>
    public sealed class ScheduledSensor
    {
        private long _askMs = Wake.Never;
        private int _intervalSeconds;

        /// <summary>Makes it; the sensor is not touched yet.</summary>
        /// <param name="sensor">The sensor; null when none is fitted.</param>
        /// <param name="patienceMs">How long a sample may take before the sensor counts as silent, in milliseconds.</param>
        public ScheduledSensor(ISensor? sensor, int patienceMs)
        {
            Reader = new SensorReader(sensor, patienceMs);
        }

        /// <summary>How it is asked.</summary>
        public SensorReader Reader { get; }

        /// <summary>Whether it is asked at all.</summary>
        public bool IsOn
        {
            get { return _intervalSeconds > 0; }
        }

        /// <summary>Samples since it was switched on.</summary>
        public int SampleCount { get; private set; }

        /// <summary>When the last sample came, in milliseconds since start.</summary>
        public long SampleMs { get; private set; }

        /// <summary>Time from the sample before to the last one, in seconds; at most one and a half intervals.</summary>
        public int ElapsedSeconds { get; private set; }

        /// <summary>When it wants to be called again.</summary>
        public long NextMs
        {
            get
            {
                long readerMs = Reader.NextMs;
                return _askMs < readerMs ? _askMs : readerMs;
            }
        }

        /// <summary>Sets the interval; the first sample is asked for at once.</summary>
        /// <param name="nowMs">Milliseconds since start.</param>
        /// <param name="intervalSeconds">The interval; 0 switches it off: nothing is known any more.</param>
        public void SetInterval(long nowMs, int intervalSeconds)
        {
            if (!Reader.IsFitted || intervalSeconds == _intervalSeconds)
            {
                return;
            }

            _intervalSeconds = intervalSeconds;
            _askMs = nowMs;
            if (intervalSeconds == 0)
            {
                _askMs = Wake.Never;
                SampleCount = 0;
                Reader.Forget();
            }
        }

        /// <summary>Asks for the next sample before its time.</summary>
        public void AskAt(long atMs)
        {
            if (IsOn && atMs < _askMs)
            {
                _askMs = atMs;
            }
        }

        /// <summary>Goes on.</summary>
        /// <returns>Whether a sample has just come.</returns>
        public bool TryTake(long nowMs)
        {
            if (nowMs >= _askMs)
            {
                _askMs = Wake.AtNext(nowMs, _intervalSeconds * 1000L);
                Reader.Ask(nowMs);
            }

            if (!Reader.TryTake(nowMs) || !IsOn)
            {
                return false;
            }

            long elapsed = SampleCount == 0 ? _intervalSeconds : (nowMs - SampleMs) / 1000;
            long most = (_intervalSeconds * 3L) / 2;
            ElapsedSeconds = (int)(elapsed < most ? elapsed : most);
            SampleMs = nowMs;
            SampleCount++;
            return true;
        }

        /// <summary>Whether what is known is too old, or no more comes.</summary>
        public bool IsStale(long nowMs)
        {
            return Reader.IsSilent || nowMs - SampleMs > _intervalSeconds * 3000L;
        }
    }
}
