// The value a component's step returns when it does not want to run again by itself.
namespace PoleController
{
    /// <summary>Times that stand for something else.</summary>
    public static class Wake
    {
        /// <summary>"Not by myself": an input, a frame or a command will wake it.</summary>
        public const long Never = long.MaxValue;

        /// <summary>The earlier of two times.</summary>
        public static long Earlier(long oneMs, long otherMs)
        {
            return oneMs < otherMs ? oneMs : otherMs;
        }

        /// <summary>
        /// When something that is done at an interval is done next: at whole multiples of the interval, so that what has the same interval, or a multiple of it,
        /// is done in one step.
        /// </summary>
        /// <param name="nowMs">Milliseconds since start.</param>
        /// <param name="intervalMs">The interval in milliseconds, more than 0.</param>
        /// <returns>The first multiple after now, in milliseconds since start.</returns>
        public static long AtNext(long nowMs, long intervalMs)
        {
            return nowMs - (nowMs % intervalMs) + intervalMs;
        }
    }
}
