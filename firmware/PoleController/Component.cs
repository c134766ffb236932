// What the controller runs: a part of the controller with a health and a step.
namespace PoleController
{
    /// <summary>A component of the controller.</summary>
    public abstract class Component
    {
        /// <summary>
        /// Until when its steps would find nothing to do, in milliseconds since start; what only time, settings and clock concern says so here, and is passed over
        /// until then. Settings that change and a clock that is set end it; whoever gives it something else to do sets it back. 0 for what looks at the world in
        /// every step. A field, because it is looked at for every component in every step.
        /// </summary>
        protected internal long RestsUntilMs;

        /// <summary>How the component is, and why.</summary>
        public Health Health { get; } = new Health();

        /// <summary>Whether a part that it works with is there. Without one it is started, so that its health says so, and never stepped.</summary>
        public virtual bool IsFitted
        {
            get { return true; }
        }

        /// <summary>Starts, once. What only senses asks nothing of its part here: its steps are withheld when a part keeps the pole restarting.</summary>
        /// <param name="nowMs">Milliseconds since start.</param>
        /// <param name="isPowerReturn">Whether the start follows a return of power.</param>
        public abstract void Start(long nowMs, bool isPowerReturn);

        /// <summary>Runs to completion without waiting and without making garbage.</summary>
        /// <param name="nowMs">Milliseconds since start, never less than at the call before.</param>
        /// <returns>
        /// When it wants to run again: at or before <paramref name="nowMs"/> means at once, because another component has to see what it did;
        /// <see cref="Wake.Never"/> means when something happens. Earlier calls must do no harm.
        /// </returns>
        public abstract long Step(long nowMs);
    }
}
