// A linear fade as a staircase: which level at which time, and when the next step is due. It knows neither lamp nor cause.
namespace PoleController.Lighting
{
    /// <summary>
    /// A linear fade in permille over time, cut into equal steps of at least 20 ms and at least 5 permille: half a percent is less than an eye notices
    /// on a street, and it is what makes a fading fleet cheap. The level is a function of the time alone, so late, early and repeated calls agree.
    /// </summary>
    public sealed class Fade
    {
        /// <summary>Shortest step, in milliseconds: two ticks of the pole's clock.</summary>
        public const int MinimumStepMs = 20;

        /// <summary>Smallest step, in permille.</summary>
        public const int MinimumStepPermille = 5;

        private long _startMs;
        private int _fromPermille;
        private int _toPermille;
        private int _durationMs;
        private int _stepCount;

        /// <summary>Whether the end has not been reached by the last call of <see cref="LevelPermilleAt"/>.</summary>
        public bool IsRunning { get; private set; }

        /// <summary>When the end is reached, in ms since start.</summary>
        public long EndMs
        {
            get { return _startMs + _durationMs; }
        }

        /// <summary>Begins a fade; one that goes on is replaced.</summary>
        /// <param name="nowMs">Milliseconds since start.</param>
        /// <param name="fromPermille">Level now, 0 to 1000.</param>
        /// <param name="toPermille">Level at the end, 0 to 1000.</param>
        /// <param name="durationMs">How long it takes; 0 or less is at once.</param>
        public void Begin(long nowMs, int fromPermille, int toPermille, int durationMs)
        {
            _startMs = nowMs;
            _fromPermille = fromPermille;
            _toPermille = toPermille;
            int changePermille = toPermille < fromPermille ? fromPermille - toPermille : toPermille - fromPermille;
            _durationMs = durationMs > 0 && changePermille > 0 ? durationMs : 0;
            _stepCount = changePermille / MinimumStepPermille;
            if (_stepCount > _durationMs / MinimumStepMs)
            {
                _stepCount = _durationMs / MinimumStepMs;
            }

            if (_stepCount < 1)
            {
                _stepCount = 1;
            }

            IsRunning = true;
        }

        /// <summary>The level at a time, and from then on whether the fade still runs.</summary>
        public int LevelPermilleAt(long nowMs)
        {
            long elapsedMs = nowMs - _startMs;
            if (elapsedMs >= _durationMs)
            {
                IsRunning = false;
                return _toPermille;
            }

            return _fromPermille + (int)((_toPermille - _fromPermille) * StepAt(elapsedMs) / _stepCount);
        }

        /// <summary>When the level changes next after a time; <see cref="Wake.Never"/> when the fade is over.</summary>
        public long NextStepMs(long nowMs)
        {
            long elapsedMs = nowMs - _startMs;
            if (!IsRunning || elapsedMs >= _durationMs)
            {
                return Wake.Never;
            }

            // The first millisecond at which StepAt gives the next step: the quotient rounded up.
            return _startMs + ((((StepAt(elapsedMs) + 1) * _durationMs) + _stepCount - 1) / _stepCount);
        }

        private long StepAt(long elapsedMs)
        {
            return elapsedMs * _stepCount / _durationMs;
        }
    }
}
