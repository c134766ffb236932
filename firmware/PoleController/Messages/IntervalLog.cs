// The intervals over which arrivals are counted: closes them, remembers the last ones, and writes those into the journal that no status told or
// that may not have arrived. When a status is due is StatusTimer's, whether it arrives LinkWatch's.
using PoleController.Journal;
using PoleController.Lighting;
using PoleController.Luminaire;
using PoleController.Sensing;
using PoleController.Settings;

namespace PoleController.Messages
{
    /// <summary>The last intervals, and what becomes of them.</summary>
    internal sealed class IntervalLog
    {
        /// <summary>
        /// Intervals remembered in memory: all that may be in doubt when the link is found to be down, and one more
        /// (<see cref="LinkWatch.StatusesPerCheck"/> and <see cref="LinkWatch.UnansweredUntilDown"/>).
        /// </summary>
        public const int Capacity = LinkWatch.StatusesPerCheck + LinkWatch.UnansweredUntilDown + 1;

        // What is known of an interval.
        private const byte WasSent = 1;
        private const byte IsOpen = 2;
        private const byte IsWritten = 4;

        private readonly OccupancySensor _occupancy;
        private readonly LuminaireMonitor _luminaire;
        private readonly LightingControl _lighting;
        private readonly PoleJournal _journal;
        private readonly ControllerSettings _settings;
        private readonly JournalInterval _values = new JournalInterval();
        private readonly byte[] _bytes = new byte[JournalInterval.Length];
        private readonly byte[] _state = new byte[Capacity];
        private readonly long[] _endMs = new long[Capacity];
        private readonly int[] _seconds = new int[Capacity];
        private readonly int[] _count = new int[Capacity];
        private readonly short[] _levelPermille = new short[Capacity];
        private readonly uint[] _wattHours = new uint[Capacity];
        private int _next;
        private int _openCount;

        /// <summary>Makes it.</summary>
        public IntervalLog(OccupancySensor occupancy, LuminaireMonitor luminaire, LightingControl lighting, PoleJournal journal, ControllerSettings settings)
        {
            _occupancy = occupancy;
            _luminaire = luminaire;
            _lighting = lighting;
            _journal = journal;
            _settings = settings;
        }

        /// <summary>When the interval began that is still going on.</summary>
        public long SinceMs { get; private set; }

        /// <summary>
        /// Arrivals that would be told if the interval ended now. None below the smallest count that the operator publishes: they go on being counted. None at all
        /// where a radar is fitted: the traffic measurement tells them, and two series of counts over the same passages would tell small ones by their difference.
        /// </summary>
        public int TellableCount
        {
            get { return IsTelling && _occupancy.Count >= _settings.Traffic.SmallestCount ? _occupancy.Count : 0; }
        }

        private bool IsTelling
        {
            get { return !_occupancy.HasRadar && _settings.Measurements.IsMeasured(MeasurementKind.Traffic); }
        }

        /// <summary>Starts the first interval.</summary>
        public void Start(long nowMs)
        {
            SinceMs = nowMs;
        }

        /// <summary>Ends the interval that goes on, and takes its count if that can be told.</summary>
        /// <param name="nowMs">Now.</param>
        /// <param name="wasSent">Whether a status that tells the same was handed to the radio; else it is written down at once.</param>
        public void Close(long nowMs, bool wasSent)
        {
            if ((_state[_next] & IsOpen) != 0)
            {
                // In doubt for longer than there is room: it is better told twice than not at all.
                Write(_next, nowMs);
            }

            _endMs[_next] = nowMs;
            _seconds[_next] = ToInt32((nowMs - SinceMs + 500) / 1000);
            _count[_next] = TakeTellable();
            _levelPermille[_next] = (short)_lighting.LevelPermille;
            _wattHours[_next] = (uint)_luminaire.EnergyWattHours;
            _state[_next] = (byte)(wasSent ? WasSent | IsOpen : IsOpen);
            _openCount++;
            SinceMs = nowMs;
            if (!wasSent)
            {
                Write(_next, nowMs);
            }

            _next = (_next + 1) % Capacity;
        }

        /// <summary>The network hears: what was sent has arrived, as far as can be known.</summary>
        public void SetHeard()
        {
            for (int i = 0; i < Capacity && _openCount > 0; i++)
            {
                SetDecided(i);
            }
        }

        /// <summary>The link is down: what was sent since the network was heard last may not have arrived and is written down.</summary>
        public void SetLost(long nowMs)
        {
            for (int i = 0; i < Capacity && _openCount > 0; i++)
            {
                int oldestFirst = (_next + i) % Capacity;
                if ((_state[oldestFirst] & IsOpen) != 0)
                {
                    Write(oldestFirst, nowMs);
                }
            }
        }

        // What is not told yet stays in the sensor's count; what is never told does not gather there.
        private int TakeTellable()
        {
            int count = TellableCount;
            if (count > 0 || !IsTelling)
            {
                _occupancy.TakeCount();
            }

            return count;
        }

        private static int ToInt32(long value)
        {
            return value > 655350 ? 655350 : (int)value;
        }

        private void Write(int index, long nowMs)
        {
            _values.WasSent = (_state[index] & WasSent) != 0;
            _values.LevelPermille = _levelPermille[index];
            _values.OccupancyCount = _count[index];
            _values.OccupancyIntervalSeconds = _seconds[index];
            _values.EnergyWattHours = _wattHours[index];
            int length = _values.Encode(_bytes, 0);

            // What the store refuses is lost; the journal counts it.
            _journal.TryAdd(nowMs, JournalClass.Measurement, (int)JournalEntryKind.Interval, _endMs[index], _bytes, length);
            SetDecided(index);
            _state[index] |= IsWritten;
        }

        private void SetDecided(int index)
        {
            if ((_state[index] & IsOpen) != 0)
            {
                _state[index] &= 0xFF - IsOpen;
                _openCount--;
            }
        }
    }
}
