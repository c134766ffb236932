// Broadcasts that were heard and not taken yet. Filled by the Bluetooth thread, emptied by the loop.
using System;

namespace PoleController.Esp32.Ports
{
    /// <summary>A fixed queue; what comes while it is full is lost and counted.</summary>
    public sealed class BroadcastQueue
    {
        /// <summary>Broadcasts that are kept (INeighbourRadio).</summary>
        public const int Capacity = 4;

        private readonly object _sync = new object();
        private readonly byte[] _data;
        private readonly int[] _length = new int[Capacity];
        private readonly int[] _rssiDbm = new int[Capacity];
        private readonly int _slotLength;
        private int _first;
        private int _count;

        /// <summary>Makes it.</summary>
        /// <param name="slotLength">The longest broadcast in bytes.</param>
        public BroadcastQueue(int slotLength)
        {
            _slotLength = slotLength;
            _data = new byte[Capacity * slotLength];
        }

        /// <summary>Broadcasts that were lost since the start.</summary>
        public int LostCount { get; private set; }

        /// <summary>Broadcasts that were kept since the start.</summary>
        public int AddedCount { get; private set; }

        /// <summary>Keeps a broadcast.</summary>
        /// <param name="data">Holds it from its beginning on.</param>
        /// <param name="length">Its length; one that is empty or too long is none of ours.</param>
        /// <param name="rssiDbm">Its signal strength.</param>
        public void Add(byte[] data, int length, int rssiDbm)
        {
            if (length <= 0 || length > _slotLength)
            {
                return;
            }

            lock (_sync)
            {
                if (_count == Capacity)
                {
                    LostCount++;
                    return;
                }

                int slot = (_first + _count) % Capacity;
                Array.Copy(data, 0, _data, slot * _slotLength, length);
                _length[slot] = length;
                _rssiDbm[slot] = rssiDbm;
                _count++;
                AddedCount++;
            }
        }

        /// <summary>Takes the oldest.</summary>
        /// <param name="buffer">Receives it.</param>
        /// <param name="rssiDbm">Its signal strength.</param>
        /// <returns>Its length; 0 when there is none.</returns>
        public int Take(byte[] buffer, out int rssiDbm)
        {
            lock (_sync)
            {
                if (_count == 0)
                {
                    rssiDbm = 0;
                    return 0;
                }

                int length = _length[_first];
                rssiDbm = _rssiDbm[_first];
                Array.Copy(_data, _first * _slotLength, buffer, 0, length);
                _first = (_first + 1) % Capacity;
                _count--;
                return length;
            }
        }
    }
}
