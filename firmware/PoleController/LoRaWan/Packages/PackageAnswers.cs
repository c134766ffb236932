// Messages of the packages that wait to be sent, each with the time from which it may be. A fixed number; the oldest gives way and is counted.
using System;

namespace PoleController.LoRaWan.Packages
{
    /// <summary>
    /// A queue of up to four messages, sent in the order of their times. The commands that answer one downlink share a message as far as they fit.
    /// </summary>
    internal sealed class PackageAnswers
    {
        /// <summary>Messages it holds. A server waits for the answers to one downlink before it sends the next.</summary>
        internal const int Capacity = 4;

        /// <summary>Bytes of a message: McGroupStatusAns with all four groups has 22.</summary>
        internal const int MaximumLength = 24;

        private readonly byte[] _bytes = new byte[Capacity * MaximumLength];
        private readonly int[] _lengths = new int[Capacity];
        private readonly int[] _ports = new int[Capacity];
        private readonly long[] _dueMs = new long[Capacity];
        private int _limit;
        private bool _isOpen;

        /// <summary>Messages that wait.</summary>
        internal int Count { get; private set; }

        /// <summary>Messages that gave way to newer ones, or had become too long for the data rate.</summary>
        internal int LostCount { get; private set; }

        /// <summary>When the next message is due; <see cref="Wake.Never"/> when none waits.</summary>
        internal long NextMs { get; private set; } = Wake.Never;

        /// <summary>What follows answers one downlink.</summary>
        /// <param name="maximumLength">Longest message that can be sent at present; what is longer gets a message of its own.</param>
        internal void Begin(int maximumLength)
        {
            _isOpen = false;
            _limit = maximumLength < MaximumLength ? maximumLength : MaximumLength;
        }

        /// <summary>Adds a command: to the message that was added last if it answers the same downlink on the same port, is due no later and has room.</summary>
        /// <param name="fPort">Port.</param>
        /// <param name="dueMs">From when on it may be sent.</param>
        /// <param name="command">The command.</param>
        /// <param name="length">Its length, 1 to <see cref="MaximumLength"/>.</param>
        internal void Add(int fPort, long dueMs, byte[] command, int length)
        {
            int last = Count - 1;
            bool isSame = _isOpen && last >= 0 && _ports[last] == fPort && _dueMs[last] <= dueMs && _lengths[last] + length <= _limit;
            if (!isSame)
            {
                if (Count == Capacity)
                {
                    Remove(0);
                    LostCount++;
                }

                last = Count;
                _lengths[last] = 0;
                _ports[last] = fPort;
                _dueMs[last] = dueMs;
                Count++;
            }

            Array.Copy(command, 0, _bytes, (last * MaximumLength) + _lengths[last], length);
            _lengths[last] += length;
            _isOpen = true;
            FindNext();
        }

        /// <summary>The message that is due first; -1 when none waits.</summary>
        internal int First()
        {
            int first = -1;
            for (int i = 0; i < Count; i++)
            {
                if (first < 0 || _dueMs[i] < _dueMs[first])
                {
                    first = i;
                }
            }

            return first;
        }

        /// <summary>Port of a message.</summary>
        internal int PortOf(int index)
        {
            return _ports[index];
        }

        /// <summary>Length of a message.</summary>
        internal int LengthOf(int index)
        {
            return _lengths[index];
        }

        /// <summary>Copies a message.</summary>
        internal void Copy(int index, byte[] into)
        {
            Array.Copy(_bytes, index * MaximumLength, into, 0, _lengths[index]);
        }

        /// <summary>Takes a message out that was sent.</summary>
        internal void Remove(int index)
        {
            Count--;
            for (int i = index; i < Count; i++)
            {
                Array.Copy(_bytes, (i + 1) * MaximumLength, _bytes, i * MaximumLength, MaximumLength);
                _lengths[i] = _lengths[i + 1];
                _ports[i] = _ports[i + 1];
                _dueMs[i] = _dueMs[i + 1];
            }

            _isOpen = false;
            FindNext();
        }

        /// <summary>Takes a message out that cannot be sent.</summary>
        internal void Drop(int index)
        {
            Remove(index);
            LostCount++;
        }

        /// <summary>Forgets everything.</summary>
        internal void Clear()
        {
            Count = 0;
            _isOpen = false;
            FindNext();
        }

        private void FindNext()
        {
            int first = First();
            NextMs = first < 0 ? Wake.Never : _dueMs[first];
        }
    }
}
