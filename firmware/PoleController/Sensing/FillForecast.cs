// When a container will be full: from how it fills now and from how it filled before it was last emptied.
namespace PoleController.Sensing
{
    /// <summary>
    /// The rate and the forecast of a container. Since it was emptied the container has a rate of its own; the less is known of it, the more the usual rate
    /// counts, which is learnt from fillings that are over.
    /// </summary>
    public sealed class FillForecast
    {
        /// <summary>Value of a forecast that is not possible: not enough is known, or it does not fill.</summary>
        public const int Unknown = -1;

        /// <summary>The longest forecast, in hours: what lies beyond is said as this.</summary>
        public const int MaximumHours = 1000;

        // Two days in steps of an hour and a half: a day of differences from the day before.
        private const int HistoryLength = 32;
        private const int SpacingSeconds = 5400;
        private const int FullPermille = 1000;
        private const int LeastRatePermillePerDay = 10;
        private const int FewestHours = 3;
        private const int FewestHoursOfFilling = 12;

        // So much of its own rate has to be known for it to count as much as the usual one.
        private const int WeightOfUsualHours = 24;

        private readonly TrendHistory _history = new TrendHistory(HistoryLength, SpacingSeconds);
        private long _sinceMs;
        private int _sincePermille;
        private int _lastPermille;
        private int _usualPermillePerDay = Unknown;

        /// <summary>How fast it fills, in thousandths of its volume a day, 0 or more; <see cref="Unknown"/> while that is not known.</summary>
        public int RatePermillePerDay { get; private set; } = Unknown;

        /// <summary>Begins anew: nothing is known of this filling, nor of earlier ones.</summary>
        public void Reset()
        {
            _history.Clear();
            _usualPermillePerDay = Unknown;
            RatePermillePerDay = Unknown;
        }

        /// <summary>The container was emptied: learns from the filling that is over and begins the next.</summary>
        public void Emptied(long nowMs)
        {
            long hours = (nowMs - _sinceMs) / 3600000;
            if (_history.Count > 0 && hours >= FewestHoursOfFilling)
            {
                int rate = (int)((_lastPermille - _sincePermille) * 24L / hours);
                rate = rate < 0 ? 0 : rate;
                _usualPermillePerDay = _usualPermillePerDay < 0 ? rate : ((_usualPermillePerDay * 3) + rate) / 4;
            }

            _history.Clear();
        }

        /// <summary>Takes a fill level.</summary>
        public void Add(long nowMs, int permille)
        {
            if (_history.Count == 0)
            {
                _sinceMs = nowMs;
                _sincePermille = permille;
            }

            _lastPermille = permille;
            if (_history.Add(nowMs, permille))
            {
                RatePermillePerDay = Blend();
            }
        }

        /// <summary>Hours until it is full, 0 to <see cref="MaximumHours"/>; <see cref="Unknown"/>.</summary>
        public int HoursUntilFull(int permille)
        {
            if (permille >= FullPermille)
            {
                return 0;
            }

            if (RatePermillePerDay < LeastRatePermillePerDay)
            {
                return Unknown;
            }

            int hours = ((FullPermille - permille) * 24) / RatePermillePerDay;
            return hours < MaximumHours ? hours : MaximumHours;
        }

        private int Blend()
        {
            int hours = _history.SpanSeconds / 3600;
            if (hours < FewestHours || _history.Count < 3)
            {
                return _usualPermillePerDay;
            }

            int own = _history.SlopePerDay();
            own = own < 0 ? 0 : own;
            return _usualPermillePerDay < 0
                ? own
                : (int)((((long)own * hours) + ((long)_usualPermillePerDay * WeightOfUsualHours)) / (hours + WeightOfUsualHours));
        }
    }
}
