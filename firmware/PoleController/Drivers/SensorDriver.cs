// What the drivers of sensors have in common: what is asked, waiting, what follows from a fault, when to try again. What is said to the part, over
// which bus, is the part's driver's. Nothing here waits, and nothing is allocated after construction.
using PoleController.Hal;

namespace PoleController.Drivers
{
    /// <summary>
    /// The common part of a sensor's driver: a state machine that is asked again. After a fault the part is left alone for a second, then for twice as
    /// long each time up to a minute; the next try starts it anew, identity included, so that a part that was replaced is noticed. What was asked stays asked.
    /// </summary>
    public abstract class SensorDriver : ISensor
    {
        /// <summary>How long a part is left alone after its first fault, in milliseconds; twice as long after each further one in a row.</summary>
        public const int FirstRetryMs = 1000;

        /// <summary>The longest that a part is left alone after a fault, in milliseconds.</summary>
        public const int LongestRetryMs = 60000;

        /// <summary>More steps than this are never made in one poll.</summary>
        public const int MaximumStepsPerPoll = 8;

        private long _notBeforeMs;
        private int _retryMs = FirstRetryMs;
        private bool _isWaiting;
        private long _restMs = long.MaxValue;

        /// <inheritdoc/>
        public SensorState State { get; private set; }

        /// <inheritdoc/>
        public int SampleCount { get; private set; }

        /// <inheritdoc/>
        public long SampleMs { get; private set; }

        /// <inheritdoc/>
        public SensorFault LastFault { get; } = new SensorFault();

        /// <summary>Whether a sample is asked for and not taken yet.</summary>
        protected bool IsRequested { get; private set; }

        /// <summary>Whether the part was started since the last fault: identity known, settings made.</summary>
        protected bool IsStarted { get; private set; }

        /// <summary>The step of the driver's sequence, from 0; what each is, is the driver's.</summary>
        protected int StepIndex { get; private set; }

        /// <summary>Whether nobody has asked for so long that the part may rest: the driver's step switches it off and ends with <see cref="SetResting"/>.</summary>
        protected bool IsRestDue
        {
            get { return !IsRequested && NowMs >= _restMs; }
        }

        private bool IsIdle
        {
            get { return !IsRequested && NowMs < _restMs && !IsAtWork; }
        }

        private long NextIdleMs
        {
            get
            {
                long idleUntilMs = IdleUntilMs;
                return idleUntilMs < _restMs ? idleUntilMs : _restMs;
            }
        }

        /// <summary>The time of this poll, in milliseconds since start.</summary>
        protected long NowMs { get; private set; }

        /// <inheritdoc/>
        public void Request()
        {
            IsRequested = true;
        }

        /// <inheritdoc/>
        public virtual long Poll(long nowMs)
        {
            NowMs = nowMs;
            for (int i = 0; i < MaximumStepsPerPoll; i++)
            {
                if (IsIdle)
                {
                    return NextIdleMs;
                }

                if (nowMs < _notBeforeMs)
                {
                    return _notBeforeMs;
                }

                _isWaiting = false;
                Step();
                if (_isWaiting)
                {
                    return IsIdle ? NextIdleMs : _notBeforeMs;
                }
            }

            return nowMs;
        }

        /// <summary>
        /// Whether there is something to do though no sample is asked for: a part that has to be put to sleep, one that speaks without being asked.
        /// </summary>
        protected virtual bool IsAtWork
        {
            get { return false; }
        }

        /// <summary>When <see cref="IsAtWork"/> becomes true by itself, in milliseconds since start; <see cref="long.MaxValue"/> for never.</summary>
        protected virtual long IdleUntilMs
        {
            get { return long.MaxValue; }
        }

        /// <summary>
        /// Does the next thing: at most one transfer and the judgement of its answer. Ends with <see cref="GoTo(int)"/>, <see cref="GoTo(int, int)"/>,
        /// <see cref="Wait"/>, <see cref="FinishSample"/> or <see cref="Fail"/>.
        /// </summary>
        protected abstract void Step();

        /// <summary>Goes to a step of the sequence, at once.</summary>
        protected void GoTo(int step)
        {
            StepIndex = step;
        }

        /// <summary>Goes to a step of the sequence, but not before some time has passed.</summary>
        protected void GoTo(int step, int delayMs)
        {
            StepIndex = step;
            Wait(delayMs);
        }

        /// <summary>Stays at the step and looks again after some time.</summary>
        protected void Wait(int delayMs)
        {
            // One more: a millisecond of the pole's clock may be a little short.
            _notBeforeMs = NowMs + delayMs + (delayMs > 0 ? 1 : 0);
            _isWaiting = delayMs > 0;
        }

        /// <summary>Says where the part is.</summary>
        protected void SetState(SensorState state)
        {
            State = state;
        }

        /// <summary>Says that the part is started: identity known, settings made.</summary>
        protected void SetStarted()
        {
            IsStarted = true;
        }

        /// <summary>Begins again at step 0 without a fault: the part was without supply, or gets it again.</summary>
        protected void StartAnew()
        {
            State = SensorState.Resting;
            IsStarted = false;
            StepIndex = 0;
            _notBeforeMs = 0;
            _retryMs = FirstRetryMs;
            _restMs = long.MaxValue;
        }

        /// <summary>Lets the part rest when nothing is asked of it for some time; a request before then finds it running.</summary>
        protected void RestAfter(int idleMs)
        {
            _restMs = NowMs + idleMs;
        }

        /// <summary>Says that the part rests, switched off or asleep.</summary>
        protected void SetResting()
        {
            _restMs = long.MaxValue;
            State = SensorState.Resting;
        }

        /// <summary>A sample was taken whole. The driver has set its values before.</summary>
        protected void FinishSample()
        {
            SampleCount++;
            SampleMs = NowMs;
            IsRequested = false;
            _retryMs = FirstRetryMs;
        }

        /// <summary>The part failed: it is left alone for a while, then started anew from step 0.</summary>
        /// <param name="kind">What went wrong.</param>
        /// <param name="code">The register, command or frame.</param>
        /// <param name="value">What the part said; 0 when it said nothing.</param>
        protected void Fail(SensorFaultKind kind, int code, int value)
        {
            LastFault.Set(kind, code, value);
            State = SensorState.Failed;
            IsStarted = false;
            _restMs = long.MaxValue;
            StepIndex = 0;
            Wait(_retryMs);
            _retryMs = _retryMs < LongestRetryMs / 2 ? _retryMs * 2 : LongestRetryMs;
        }
    }
}
