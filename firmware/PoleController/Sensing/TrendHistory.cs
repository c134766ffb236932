// How fast something rises or falls, from its last values, some of which may be wrong. What the values are is the owner's.
namespace PoleController.Sensing
{
    /// <summary>
    /// The last values at an even spacing, and their slope. The slope is the repeated median (Siegel 1982): it stays right while fewer than half of the values
    /// are wrong. With more than a day of values it is the median of their differences from a day before, so that the course of the day falls out.
    /// </summary>
    public sealed class TrendHistory
    {
        /// <summary>Most values that a slope is made of.</summary>
        public const int SlopeCount = 16;

        private const int SecondsPerDay = 86400;
        private const int FewestDailyDifferences = 4;

        private readonly int _spacingSeconds;
        private readonly int[] _values;
        private readonly int[] _seconds;
        private readonly int[] _slopes = new int[SlopeCount];
        private readonly int[] _medians = new int[SlopeCount];
        private int _newest;

        /// <summary>Makes it.</summary>
        /// <param name="capacity">How many values it holds, 3 or more.</param>
        /// <param name="spacingSeconds">Shortest time from one value to the next, in seconds.</param>
        public TrendHistory(int capacity, int spacingSeconds)
        {
            _spacingSeconds = spacingSeconds;
            _values = new int[capacity];
            _seconds = new int[capacity];
        }

        /// <summary>How many values there are.</summary>
        public int Count { get; private set; }

        /// <summary>Time from the oldest to the newest value, in seconds.</summary>
        public int SpanSeconds
        {
            get { return Count < 2 ? 0 : _seconds[_newest] - _seconds[Index(Count - 1)]; }
        }

        /// <summary>Forgets all values.</summary>
        public void Clear()
        {
            Count = 0;
        }

        /// <summary>Takes a value unless the last one is too young.</summary>
        /// <returns>Whether it was taken.</returns>
        public bool Add(long nowMs, int value)
        {
            int seconds = (int)(nowMs / 1000);

            // A tenth early is in time: bursts do not end at the same moment after they began.
            if (Count > 0 && seconds - _seconds[_newest] < _spacingSeconds - (_spacingSeconds / 10))
            {
                return false;
            }

            _newest = (_newest + 1) % _values.Length;
            _values[_newest] = value;
            _seconds[_newest] = seconds;
            if (Count < _values.Length)
            {
                Count++;
            }

            return true;
        }

        /// <summary>The slope in units of the value a day; 0 while there are fewer than three values.</summary>
        public int SlopePerDay()
        {
            int count = DailySlopes();
            if (count >= FewestDailyDifferences)
            {
                return Median.Of(_slopes, count);
            }

            count = Count < SlopeCount ? Count : SlopeCount;
            if (count < 3)
            {
                return 0;
            }

            for (int i = 0; i < count; i++)
            {
                int others = 0;
                for (int j = 0; j < count; j++)
                {
                    if (j != i)
                    {
                        _slopes[others] = Slope(Index(i), Index(j));
                        others++;
                    }
                }

                _medians[i] = Median.Of(_slopes, others);
            }

            return Median.Of(_medians, count);
        }

        /// <summary>Fills in the slopes between the newest values and those of a day before.</summary>
        private int DailySlopes()
        {
            int found = 0;
            int older = 0;
            for (int i = 0; i < Count && found < SlopeCount; i++)
            {
                int index = Index(i);
                while (older < Count && _seconds[index] - _seconds[Index(older)] < SecondsPerDay - (_spacingSeconds / 2))
                {
                    older++;
                }

                if (older == Count)
                {
                    break;
                }

                if (_seconds[index] - _seconds[Index(older)] <= SecondsPerDay + (_spacingSeconds / 2))
                {
                    _slopes[found] = Slope(Index(older), index);
                    found++;
                }
            }

            return found;
        }

        private int Slope(int from, int to)
        {
            long elapsed = _seconds[to] - _seconds[from];
            if (elapsed == 0)
            {
                return 0;
            }

            return (int)(((long)_values[to] - _values[from]) * SecondsPerDay / elapsed);
        }

        /// <summary>Where a value is: 0 is the newest, 1 the one before.</summary>
        private int Index(int age)
        {
            int index = _newest - age;
            return index < 0 ? index + _values.Length : index;
        }
    }
}
