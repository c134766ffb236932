// One thing that can be wrong with the luminaire: two readings in a row say so, two say that it is over.
namespace PoleController.Luminaire
{
    /// <summary>An alarm that begins and ends with <see cref="ConfirmReadings"/> readings in a row. The limit for its end is the caller's, and kinder than the one for its begin.</summary>
    internal sealed class ConfirmedAlarm
    {
        /// <summary>How many readings in a row decide.</summary>
        internal const int ConfirmReadings = 2;

        private int _count;

        /// <summary>Whether it is going on.</summary>
        internal bool IsRaised { get; private set; }

        /// <summary>Counts begins and ends.</summary>
        internal int ChangeCount { get; private set; }

        /// <summary>Takes a reading.</summary>
        /// <param name="isBad">Whether it is beyond the limit for the begin.</param>
        /// <param name="isGood">Whether it is within the limit for the end.</param>
        internal void Take(bool isBad, bool isGood)
        {
            bool isOther = IsRaised ? isGood : isBad;
            _count = isOther ? _count + 1 : 0;
            if (_count >= ConfirmReadings)
            {
                Set(!IsRaised);
            }
        }

        /// <summary>Ends it: nothing can be said any more.</summary>
        internal void Withdraw()
        {
            Set(false);
        }

        private void Set(bool isRaised)
        {
            _count = 0;
            if (IsRaised != isRaised)
            {
                IsRaised = isRaised;
                ChangeCount++;
            }
        }
    }
}
