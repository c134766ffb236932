// Counts how often the lamp goes dark and comes back by itself within an hour: what lamps do at the end of their life.
using PoleController.Settings;

namespace PoleController.Luminaire
{
    /// <summary>
    /// Unexplained dark spells of the last hour, in six buckets of ten minutes. Raised at the operator's number, over when the last hour had less than half
    /// of it.
    /// </summary>
    internal sealed class CyclingCounter
    {
        private const int Buckets = 6;
        private const int BucketMs = 600000;
        private const int MaximumCount = 255;

        private readonly SupervisionSettings _settings;
        private readonly byte[] _counts = new byte[Buckets];
        private long _bucketStartMs;
        private int _bucket;
        private bool _isDark;

        /// <summary>Makes it.</summary>
        internal CyclingCounter(SupervisionSettings settings)
        {
            _settings = settings;
        }

        /// <summary>Whether it is going on.</summary>
        internal bool IsRaised { get; private set; }

        /// <summary>Counts begins and ends.</summary>
        internal int ChangeCount { get; private set; }

        /// <summary>Dark spells of the last 50 to 60 minutes.</summary>
        internal int PerHour { get; private set; }

        /// <summary>Takes a reading at a level at which the lamp should be lit.</summary>
        internal void Take(long nowMs, bool isDark, bool isLit)
        {
            Age(nowMs);
            if (_isDark && isLit)
            {
                _isDark = false;
            }
            else if (!_isDark && isDark)
            {
                _isDark = true;
                if (_counts[_bucket] < MaximumCount)
                {
                    _counts[_bucket]++;
                }
            }

            PerHour = Sum();
            Set(IsRaised ? PerHour * 2 >= _settings.CyclingPerHour : PerHour >= _settings.CyclingPerHour);
        }

        /// <summary>Ends it and forgets.</summary>
        internal void Withdraw()
        {
            for (int i = 0; i < Buckets; i++)
            {
                _counts[i] = 0;
            }

            PerHour = 0;
            _isDark = false;
            Set(false);
        }

        private void Age(long nowMs)
        {
            // After more than an hour everything is old.
            for (int i = 0; i < Buckets && nowMs - _bucketStartMs >= BucketMs; i++)
            {
                _bucket = _bucket + 1 < Buckets ? _bucket + 1 : 0;
                _counts[_bucket] = 0;
                _bucketStartMs += BucketMs;
            }

            if (nowMs - _bucketStartMs >= BucketMs)
            {
                _bucketStartMs = nowMs;
            }
        }

        private int Sum()
        {
            int sum = 0;
            for (int i = 0; i < Buckets; i++)
            {
                sum += _counts[i];
            }

            return sum;
        }

        private void Set(bool isRaised)
        {
            if (IsRaised != isRaised)
            {
                IsRaised = isRaised;
                ChangeCount++;
            }
        }
    }
}
