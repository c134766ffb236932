// The journal of the pole: entries with sequence number and time that wait in the store until they have been sent, events apart from
// measurements. It knows neither what the values of an entry mean nor when and how they are sent: that is Messages'.
using System;
using PoleController.Hal;
using PoleController.Time;

namespace PoleController.Journal
{
    /// <summary>Entries that wait in the store until they have been sent.</summary>
    public sealed class PoleJournal
    {
        /// <summary>Records of the store for events; one of them is always spare.</summary>
        public const int EventRecordCount = 4;

        /// <summary>Records of the store for measurements; one of them is always spare.</summary>
        public const int MeasurementRecordCount = 25;

        // While the clock has just become known, a segment a second is written anew.
        private const int ResolveIntervalMs = 1000;

        private readonly EntryClock _clock;
        private readonly JournalRing _events;
        private readonly JournalRing _measurements;
        private readonly JournalEntry _entry = new JournalEntry();
        private long _resolveAtMs;

        /// <summary>Makes it over the store; nothing is read yet.</summary>
        public PoleJournal(IStore store, PoleClock clock)
        {
            JournalSegment segment = new JournalSegment(store);
            _clock = new EntryClock(clock);
            _events = new JournalRing(JournalClass.Event, segment, 0, EventRecordCount);
            _measurements = new JournalRing(JournalClass.Measurement, segment, EventRecordCount, MeasurementRecordCount);
        }

        /// <summary>Entries written since the start.</summary>
        public int AddedCount { get; private set; }

        /// <summary>Writes that the store refused since the start.</summary>
        public int RefusedWriteCount
        {
            get { return _events.RefusedCount + _measurements.RefusedCount; }
        }

        /// <summary>Records that were damaged at the start: torn by a power cut, or worn.</summary>
        public int DamagedRecordCount
        {
            get { return _events.DamagedCount + _measurements.DamagedCount; }
        }

        /// <summary>Whether any entry waits.</summary>
        public bool IsAnyWaiting
        {
            get { return _events.FirstUnsent != _events.NextSequence || _measurements.FirstUnsent != _measurements.NextSequence; }
        }

        /// <summary>Reads what earlier starts left.</summary>
        public void Start(long nowMs)
        {
            _clock.Start(nowMs);
            _resolveAtMs = nowMs;
            _events.Recover();
            _measurements.Recover();
        }

        /// <summary>Gives entries of this start their UTC in the store when the clock has become known, a segment at a time.</summary>
        /// <returns>When it wants to run again; <see cref="Wake.Never"/>: not before the clock is set or an entry added.</returns>
        public long Step(long nowMs)
        {
            if (!_clock.IsKnown || (!_events.HasUnresolved && !_measurements.HasUnresolved))
            {
                return Wake.Never;
            }

            if (nowMs >= _resolveAtMs)
            {
                _resolveAtMs = nowMs + ResolveIntervalMs;
                JournalRing ring = _events.HasUnresolved ? _events : _measurements;
                ring.ResolveNext(_clock, nowMs, _entry);
            }

            return _resolveAtMs;
        }

        /// <summary>Writes an entry. It is in the store when this returns.</summary>
        /// <param name="nowMs">Now.</param>
        /// <param name="entryClass">Its class.</param>
        /// <param name="kind">Its kind, 1 to 255.</param>
        /// <param name="happenedMs">When it happened, not after now and not before the start.</param>
        /// <param name="values">Its values.</param>
        /// <param name="length">Their length, 0 to <see cref="JournalEntry.MaximumValuesLength"/>.</param>
        /// <returns>False when the store refused; the entry is lost and counted.</returns>
        public bool TryAdd(long nowMs, JournalClass entryClass, int kind, long happenedMs, byte[] values, int length)
        {
            _entry.Kind = kind;
            _entry.ValuesLength = length;
            Array.Copy(values, 0, _entry.Values, 0, length);
            _clock.Stamp(_entry, happenedMs, nowMs);
            if (!Ring(entryClass).TryAppend(_entry))
            {
                return false;
            }

            AddedCount++;
            return true;
        }

        /// <summary>How many entries of a class wait.</summary>
        public long WaitingCount(JournalClass entryClass)
        {
            JournalRing ring = Ring(entryClass);
            return ring.NextSequence - ring.FirstUnsent;
        }

        /// <summary>The oldest sequence of a class that waits; meaningless while none does.</summary>
        public uint FirstSequence(JournalClass entryClass)
        {
            return Ring(entryClass).FirstUnsent;
        }

        /// <summary>Entries of a class lost since commissioning: written over by newer ones, damaged in the store, or refused by it.</summary>
        public uint LostCount(JournalClass entryClass)
        {
            return Ring(entryClass).LostCount;
        }

        /// <summary>Reads an entry that waits.</summary>
        /// <returns>False when it is lost: the oldest that waits may be another one now.</returns>
        public bool TryRead(long nowMs, JournalClass entryClass, uint sequence, JournalEntry entry)
        {
            JournalRing ring = Ring(entryClass);
            if (!ring.TryRead(sequence, entry))
            {
                return false;
            }

            if (_clock.IsKnown && ring.IsOfThisStart(entry))
            {
                _clock.Resolve(entry, nowMs);
            }

            return true;
        }

        /// <summary>Frees all entries of a class up to one: the network has them.</summary>
        public void MarkSent(JournalClass entryClass, uint lastSequence)
        {
            Ring(entryClass).MarkSent(lastSequence);
        }

        private JournalRing Ring(JournalClass entryClass)
        {
            return entryClass == JournalClass.Event ? _events : _measurements;
        }
    }
}
