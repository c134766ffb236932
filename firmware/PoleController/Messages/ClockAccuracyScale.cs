// From an uncertainty in milliseconds to the class that a message has room for.
namespace PoleController.Messages
{
    /// <summary>The classes of <see cref="ClockAccuracy"/>.</summary>
    internal static class ClockAccuracyScale
    {
        /// <summary>The class of an uncertainty.</summary>
        /// <param name="isKnown">Whether UTC is known.</param>
        /// <param name="uncertaintyMs">How far off it may be.</param>
        public static ClockAccuracy Of(bool isKnown, long uncertaintyMs)
        {
            if (!isKnown)
            {
                return ClockAccuracy.Unknown;
            }

            if (uncertaintyMs <= 10000)
            {
                return uncertaintyMs <= 1000 ? ClockAccuracy.Within1Second : ClockAccuracy.Within10Seconds;
            }

            if (uncertaintyMs <= 600000)
            {
                return uncertaintyMs <= 60000 ? ClockAccuracy.Within60Seconds : ClockAccuracy.Within600Seconds;
            }

            return ClockAccuracy.Worse;
        }
    }
}
