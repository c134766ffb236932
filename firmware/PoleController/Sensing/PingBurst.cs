// A burst of pings of a ranging sensor, and what is left of it: the median of the pings that can be true, how far they spread, and why the others were left
// out. What a distance means is the owner's.
using PoleController.Hal;

namespace PoleController.Sensing
{
    /// <summary>How a burst ended.</summary>
    public enum BurstOutcome
    {
        /// <summary>Most pings gave a distance.</summary>
        Distance = 0,

        /// <summary>Most pings said that something is nearer than the part can measure.</summary>
        TooNear = 1,

        /// <summary>Most pings had no echo, or none that can be true.</summary>
        Blind = 2,

        /// <summary>The part gave too few samples in its time.</summary>
        Silent = 3,
    }

    /// <summary>A burst of pings. Made once; used again and again.</summary>
    public sealed class PingBurst
    {
        /// <summary>Most pings of a burst.</summary>
        public const int MaximumPings = 9;

        /// <summary>How long one ping may take before the part counts as silent, in milliseconds: the slowest parts say something every 300 ms.</summary>
        public const int PingPatienceMs = 5000;

        private readonly IRangeSensor? _sensor;
        private readonly SensorReader _reader;
        private readonly int _spacingMs;
        private readonly int[] _distances = new int[MaximumPings];
        private int _wanted;
        private int _taken;
        private int _tooNearCount;
        private int _nearest;
        private int _farthest;
        private int _referenceCentidegrees;
        private int _airCentidegrees;
        private long _nextPingMs = Wake.Never;

        /// <summary>Makes it.</summary>
        /// <param name="sensor">The sensor; null when none is fitted.</param>
        /// <param name="spacingMs">Shortest time from one ping to the next, in milliseconds.</param>
        public PingBurst(IRangeSensor? sensor, int spacingMs)
        {
            _sensor = sensor;
            _reader = new SensorReader(sensor, PingPatienceMs);
            _spacingMs = spacingMs;
        }

        /// <summary>Whether a burst is going on.</summary>
        public bool IsRunning { get; private set; }

        /// <summary>How the last burst ended.</summary>
        public BurstOutcome Outcome { get; private set; }

        /// <summary>Median of the distances that count, corrected for temperature, in millimetres; meaningless unless the outcome is a distance.</summary>
        public int MedianMillimetres { get; private set; }

        /// <summary>From the first to the third quartile of the distances that count, in millimetres.</summary>
        public int SpreadMillimetres { get; private set; }

        /// <summary>How many pings count.</summary>
        public int ValidCount { get; private set; }

        /// <summary>Why the part is silent.</summary>
        public HealthReason Reason
        {
            get { return _reader.Reason; }
        }

        /// <summary>When it wants to be called again.</summary>
        public long NextMs
        {
            get
            {
                long readerMs = _reader.NextMs;
                return _nextPingMs < readerMs ? _nextPingMs : readerMs;
            }
        }

        /// <summary>Begins a burst.</summary>
        /// <param name="nowMs">Milliseconds since start.</param>
        /// <param name="pings">How many pings, 1 to 9.</param>
        /// <param name="nearestMillimetres">Nearest distance that can be true.</param>
        /// <param name="farthestMillimetres">Farthest distance that can be true.</param>
        /// <param name="airCentidegrees">Temperature of the air; the sensor's reference temperature when it is not known.</param>
        public void Begin(long nowMs, int pings, int nearestMillimetres, int farthestMillimetres, int airCentidegrees)
        {
            _wanted = pings < MaximumPings ? pings : MaximumPings;
            _taken = 0;
            _tooNearCount = 0;
            ValidCount = 0;
            _nearest = nearestMillimetres;
            _farthest = farthestMillimetres;
            _referenceCentidegrees = _sensor!.ReferenceCentidegrees;
            _airCentidegrees = airCentidegrees;
            _nextPingMs = Wake.Never;
            IsRunning = true;
            _reader.Ask(nowMs);
        }

        /// <summary>Ends a burst without an outcome; the part is polled until it rests.</summary>
        public void Cancel()
        {
            IsRunning = false;
            _nextPingMs = Wake.Never;
            _reader.Forget();
        }

        /// <summary>Goes on. Cheap when there is nothing to do.</summary>
        /// <returns>Whether the burst has just ended.</returns>
        public bool TryFinish(long nowMs)
        {
            if (nowMs >= _nextPingMs)
            {
                _nextPingMs = Wake.Never;
                _reader.Ask(nowMs);
            }

            bool isTaken = _reader.TryTake(nowMs);
            if (!IsRunning)
            {
                return false;
            }

            if (isTaken)
            {
                Take();
                if (_taken >= _wanted)
                {
                    Finish();
                    return true;
                }

                _nextPingMs = nowMs + _spacingMs;
                return false;
            }

            if (!_reader.IsSilent)
            {
                return false;
            }

            _reader.Forget();
            Finish();
            return true;
        }

        private void Take()
        {
            _taken++;
            RangeOutcome outcome = _sensor!.Outcome;
            if (outcome == RangeOutcome.TooNear)
            {
                _tooNearCount++;
                return;
            }

            int distance = _sensor.DistanceMillimetres;
            if (outcome != RangeOutcome.Distance || distance < _sensor.BlindZoneMillimetres || distance > _sensor.MaximumMillimetres)
            {
                return;
            }

            distance = SpeedOfSound.Correct(distance, _referenceCentidegrees, _airCentidegrees);
            if (distance >= _nearest && distance <= _farthest)
            {
                _distances[ValidCount] = distance;
                ValidCount++;
            }
        }

        private void Finish()
        {
            IsRunning = false;
            _nextPingMs = Wake.Never;
            if (_taken * 2 <= _wanted)
            {
                Outcome = BurstOutcome.Silent;
            }
            else if (ValidCount * 2 > _taken)
            {
                Outcome = BurstOutcome.Distance;
                MedianMillimetres = Median.Of(_distances, ValidCount);
                SpreadMillimetres = _distances[ValidCount * 3 / 4] - _distances[ValidCount / 4];
            }
            else
            {
                Outcome = _tooNearCount * 2 > _taken ? BurstOutcome.TooNear : BurstOutcome.Blind;
            }
        }
    }
}
