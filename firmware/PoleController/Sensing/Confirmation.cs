// Whether a reading that would change something is believed: it has to be seen twice in three readings.
namespace PoleController.Sensing
{
    /// <summary>Readings that wait to be confirmed by further ones.</summary>
    public sealed class Confirmation
    {
        private const int Most = 3;

        // What cannot make up its mind so often is as it is: the median counts then.
        private const int MostRefused = 4;

        private readonly int[] _readings = new int[Most];
        private int _count;
        private int _refusedCount;
        private bool _isOver;

        /// <summary>Whether three readings said three things: the next one may wait.</summary>
        public bool IsUndecided
        {
            get { return _isOver && _count == 0; }
        }

        /// <summary>The reading that is believed, after <see cref="TryBelieve"/> has said so.</summary>
        public int Believed { get; private set; }

        /// <summary>Forgets what waits.</summary>
        public void Clear()
        {
            _count = 0;
            _refusedCount = 0;
        }

        /// <summary>Takes a reading.</summary>
        /// <param name="reading">The reading.</param>
        /// <param name="isRemarkable">Whether it would change something, so that it needs another one to be believed.</param>
        /// <param name="agreement">Two readings that are no farther apart than this say the same.</param>
        /// <param name="current">What is believed so far: of two readings that say the same the nearer one to this is believed.</param>
        /// <returns>Whether a reading is believed now; if not, another one is needed: soon, unless <see cref="IsUndecided"/>.</returns>
        public bool TryBelieve(int reading, bool isRemarkable, int agreement, int current)
        {
            _readings[_count] = reading;
            _count++;
            if (_count == 1)
            {
                _isOver = false;
                return !isRemarkable && Believe(reading);
            }

            _isOver = _count == Most;
            for (int i = 0; i < _count - 1; i++)
            {
                int other = _readings[i];
                if (Distance(reading, other) <= agreement)
                {
                    return Believe(Distance(reading, current) < Distance(other, current) ? reading : other);
                }
            }

            if (!_isOver)
            {
                return false;
            }

            _count = 0;
            _refusedCount++;
            return _refusedCount >= MostRefused && Believe(Median.OfThree(_readings[0], _readings[1], reading));
        }

        private static int Distance(int a, int b)
        {
            return a < b ? b - a : a - b;
        }

        private bool Believe(int reading)
        {
            Believed = reading;
            _count = 0;
            _refusedCount = 0;
            return true;
        }
    }
}
