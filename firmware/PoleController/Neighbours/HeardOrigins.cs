// What was heard last of each pole around this one: against replays, and for the direction of whoever arrives here next.
using PoleController.Settings;

namespace PoleController.Neighbours
{
    /// <summary>The newest message of each pole in reach. Bounded; nothing is allocated after it was made.</summary>
    public sealed class HeardOrigins
    {
        private const int Side = NeighbourSettings.MaximumReach;
        private const int Count = (2 * Side) + 1;

        // By the distance of a pole, from the farthest below to the farthest above.
        private readonly uint[] _utcSeconds = new uint[Count];
        private long _belowMs = Wake.Never;
        private long _aboveMs = Wake.Never;

        /// <summary>Forgets everything.</summary>
        public void Clear()
        {
            for (int i = 0; i < Count; i++)
            {
                _utcSeconds[i] = 0;
            }

            _belowMs = Wake.Never;
            _aboveMs = Wake.Never;
        }

        /// <summary>Whether a message is newer than every one before of that pole.</summary>
        /// <param name="distance">Index of its pole less that of this one, within the longest reach.</param>
        /// <param name="utcSeconds">Its counter.</param>
        public bool IsNew(int distance, long utcSeconds)
        {
            return utcSeconds > _utcSeconds[distance + Side];
        }

        /// <summary>Notes a genuine message.</summary>
        /// <param name="distance">As in <see cref="IsNew"/>.</param>
        /// <param name="utcSeconds">Its counter.</param>
        /// <param name="nowMs">Milliseconds since start.</param>
        public void Note(int distance, long utcSeconds, long nowMs)
        {
            _utcSeconds[distance + Side] = (uint)utcSeconds;
            if (distance < 0)
            {
                _belowMs = nowMs;
            }
            else
            {
                _aboveMs = nowMs;
            }
        }

        /// <summary>Which way somebody goes who arrives now: away from the side on which somebody was a short while ago.</summary>
        /// <param name="nowMs">Milliseconds since start.</param>
        /// <param name="memoryMs">How long ago that may be.</param>
        /// <returns>Unknown when it was both sides or neither.</returns>
        public TravelDirection DirectionOfArrival(long nowMs, long memoryMs)
        {
            bool isBelow = _belowMs != Wake.Never && nowMs - _belowMs <= memoryMs;
            bool isAbove = _aboveMs != Wake.Never && nowMs - _aboveMs <= memoryMs;
            if (isBelow == isAbove)
            {
                return TravelDirection.Unknown;
            }

            return isBelow ? TravelDirection.Up : TravelDirection.Down;
        }
    }
}
