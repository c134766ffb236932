// How every kind of alarm stands now, said by whoever watches it. Who tells it to whom is Messages' business: it looks here for what has changed.
namespace PoleController.Alarms
{
    /// <summary>How every kind of alarm stands. Made once; changed in place; nothing can overflow.</summary>
    public sealed class AlarmBoard
    {
        /// <summary>Kinds, the unused 0 included.</summary>
        public const int KindCount = (int)AlarmKind.BoardSensorFault + 1;

        private readonly bool[] _isRaised = new bool[KindCount];
        private readonly byte[] _reason = new byte[KindCount];
        private readonly int[] _value = new int[KindCount];
        private readonly byte[] _changes = new byte[KindCount];

        /// <summary>Counts changes of any kind, so that a watcher can notice them with one comparison.</summary>
        public int ChangeCount { get; private set; }

        /// <summary>Says how a kind stands. When it stands so already nothing happens; a value alone that changes is no change.</summary>
        /// <param name="kind">The kind.</param>
        /// <param name="isRaised">Whether it is going on.</param>
        /// <param name="reason">Why, where a component's health says so.</param>
        /// <param name="value">Its size, in the unit of the kind (<see cref="AlarmKind"/>); 0 where it has none.</param>
        public void Set(AlarmKind kind, bool isRaised, HealthReason reason, int value)
        {
            int i = (int)kind;
            if (_isRaised[i] != isRaised || (isRaised && _reason[i] != (int)reason))
            {
                _isRaised[i] = isRaised;
                Note(i, isRaised ? (int)reason : 0, value);
            }
        }

        /// <summary>Says that something happened that does not last.</summary>
        /// <param name="kind">The kind.</param>
        /// <param name="value">Its size, in the unit of the kind; 0 where it has none.</param>
        public void Notice(AlarmKind kind, int value)
        {
            _isRaised[(int)kind] = true;
            Note((int)kind, 0, value);
        }

        /// <summary>Whether a kind is going on, or has ever happened.</summary>
        public bool IsRaised(AlarmKind kind)
        {
            return _isRaised[(int)kind];
        }

        /// <summary>Why, where a component's health said so.</summary>
        public HealthReason Reason(AlarmKind kind)
        {
            return (HealthReason)_reason[(int)kind];
        }

        /// <summary>Its size at the last change, in the unit of the kind.</summary>
        public int Value(AlarmKind kind)
        {
            return _value[(int)kind];
        }

        /// <summary>Counts changes of a kind, from 0 to 255 and on from 0.</summary>
        public int Changes(AlarmKind kind)
        {
            return _changes[(int)kind];
        }

        private void Note(int kind, int reason, int value)
        {
            _reason[kind] = (byte)reason;
            _value[kind] = value;
            _changes[kind]++;
            ChangeCount++;
        }
    }
}
