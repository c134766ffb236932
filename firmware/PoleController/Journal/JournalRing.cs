// The entries of one class in the store: a bounded ring of segments, each a record of the store. No record that holds something unsent is
// ever written over: what changes goes to a spare one, so that a power cut at any write loses at most the entry being written. When the ring
// is full the oldest segment gives way and its entries are counted as lost. What is sent, and when, is not decided here.
namespace PoleController.Journal
{
    /// <summary>A ring of segments.</summary>
    internal sealed class JournalRing
    {
        private const int None = -1;

        // In _count: the record holds nothing that is still needed.
        private const byte Free = 255;

        private readonly int _entryClass;
        private readonly JournalSegment _segment;
        private readonly int _firstRecord;
        private readonly uint[] _first;
        private readonly byte[] _count;
        private int _open = None;
        private bool _isRecovered;
        private uint _writeNumber;
        private int _startNumber;
        private uint _unresolvedFrom;
        private uint _unresolvedEnd;

        /// <summary>Makes it; nothing is read yet.</summary>
        /// <param name="entryClass">The class of its entries.</param>
        /// <param name="segment">The segment in memory, shared with the other ring.</param>
        /// <param name="firstRecord">The first of its records.</param>
        /// <param name="recordCount">How many it has; one of them is always spare.</param>
        internal JournalRing(JournalClass entryClass, JournalSegment segment, int firstRecord, int recordCount)
        {
            _entryClass = (int)entryClass;
            _segment = segment;
            _firstRecord = firstRecord;
            _first = new uint[recordCount];
            _count = new byte[recordCount];
        }

        /// <summary>The sequence that the next entry gets.</summary>
        internal uint NextSequence { get; private set; }

        /// <summary>The oldest sequence that is still to be sent; <see cref="NextSequence"/> when none is.</summary>
        internal uint FirstUnsent { get; private set; }

        /// <summary>Entries that were lost since commissioning: written over, damaged, or refused by the store.</summary>
        internal uint LostCount { get; private set; }

        /// <summary>Records found damaged since the start.</summary>
        internal int DamagedCount { get; private set; }

        /// <summary>Writes that the store refused since the start.</summary>
        internal int RefusedCount { get; private set; }

        /// <summary>Whether entries of this start wait for the clock to be known.</summary>
        internal bool HasUnresolved
        {
            get { return _unresolvedFrom != _unresolvedEnd; }
        }

        /// <summary>Reads what there is. While the store throws nothing is known, nothing is written, and the next use tries again.</summary>
        internal void Recover()
        {
            if (_isRecovered || !TryReadRecords())
            {
                return;
            }

            for (int i = 0; i < _count.Length; i++)
            {
                if (_count[i] != Free && (_open == None || Follows(_first[i], _first[_open])))
                {
                    _open = i;
                }
            }

            NextSequence = _open == None ? 0 : _first[_open] + _count[_open];
            if (Follows(FirstUnsent, NextSequence))
            {
                // The newest segment is damaged, and all before it had been sent.
                NextSequence = FirstUnsent;
            }

            FreeSent();
            SkipGap();
            _isRecovered = true;
        }

        /// <summary>Appends an entry; it gets the next sequence, whether the store takes it or not.</summary>
        /// <returns>False when the store refused: the entry is lost and counted.</returns>
        internal bool TryAppend(JournalEntry entry)
        {
            Recover();
            if (!_isRecovered)
            {
                RefusedCount++;
                return false;
            }

            entry.Sequence = NextSequence;
            entry.StartNumber = _startNumber;
            int target = FindFree();
            bool isContinued = _open != None && _first[_open] + _count[_open] == NextSequence && Load(_open) && _segment.HasRoom(entry.ValuesLength);
            if (!isContinued)
            {
                MakeRoom();
                _segment.Begin(_entryClass, NextSequence);
            }

            _segment.Append(entry);
            NextSequence++;
            if (!TrySave(target, isContinued))
            {
                return false;
            }

            if (!entry.IsUtc)
            {
                _unresolvedFrom = HasUnresolved ? _unresolvedFrom : entry.Sequence;
                _unresolvedEnd = NextSequence;
            }

            return true;
        }

        /// <summary>Reads an entry that is still to be sent.</summary>
        /// <returns>False when it is lost. <see cref="FirstUnsent"/> may have gone on then.</returns>
        internal bool TryRead(uint sequence, JournalEntry entry)
        {
            int record = Find(sequence);
            if (record == None)
            {
                return false;
            }

            if (!Load(record))
            {
                _count[record] = Free;
                SkipGap();
                return false;
            }

            _segment.Read((int)(long)(sequence - _first[record]), entry);
            entry.Sequence = sequence;
            return true;
        }

        /// <summary>
        /// Frees all entries up to one that has been sent, with none lost before it. The store learns of it when a segment or the whole ring is
        /// done with.
        /// </summary>
        internal void MarkSent(uint sequence)
        {
            if (sequence - FirstUnsent >= NextSequence - FirstUnsent)
            {
                return;
            }

            // Not one that is freed now: should the power go during the write, what is in it would be missing, and not be known as sent.
            int target = FindFree();
            FirstUnsent = sequence + 1;
            bool isAnyFree = FreeSent();
            SkipGap();
            if (FirstUnsent == NextSequence)
            {
                _segment.Begin(_entryClass, NextSequence);
                TrySave(target, true);
            }
            else if (isAnyFree && Load(_open))
            {
                TrySave(target, true);
            }
        }

        /// <summary>Writes the times of one segment anew: the clock is known now, and may be forgotten at the next power cut.</summary>
        /// <param name="clock">Gives an entry of this start its time.</param>
        /// <param name="nowMs">Now.</param>
        /// <param name="entry">Working memory.</param>
        internal void ResolveNext(EntryClock clock, long nowMs, JournalEntry entry)
        {
            int record = Find(_unresolvedFrom);
            if (record == None || !Load(record))
            {
                // Sent or lost by now.
                uint next = Follows(FirstUnsent, _unresolvedFrom) ? FirstUnsent : _unresolvedFrom + 1;
                _unresolvedFrom = Follows(next, _unresolvedEnd) ? _unresolvedEnd : next;
                return;
            }

            for (int i = 0; i < _count[record]; i++)
            {
                _segment.Read(i, entry);
                if (IsOfThisStart(entry))
                {
                    clock.Resolve(entry, nowMs);
                    _segment.SetTime(i, entry);
                }
            }

            uint end = _first[record] + _count[record];
            _unresolvedFrom = Follows(end, _unresolvedEnd) ? _unresolvedEnd : end;
            int target = FindFree();
            if (Write(target))
            {
                Move(record, target);
            }
        }

        /// <summary>Whether the seconds of an entry count from this start of the controller.</summary>
        internal bool IsOfThisStart(JournalEntry entry)
        {
            return !entry.IsUtc && entry.StartNumber == _startNumber;
        }

        // Sequences are compared as distances, so that they may pass 2^32.
        private static bool Follows(uint sequence, uint other)
        {
            return sequence != other && sequence - other < 0x80000000;
        }

        private bool Load(int record)
        {
            return _segment.TryLoad(_firstRecord + record, _entryClass);
        }

        // Fills the table of records.
        private bool TryReadRecords()
        {
            bool isAny = false;
            DamagedCount = 0;
            for (int i = 0; i < _count.Length; i++)
            {
                bool isWhole = Load(i);
                _count[i] = Free;
                if (_segment.HasThrown)
                {
                    return false;
                }

                DamagedCount += _segment.WasDamaged ? 1 : 0;
                if (isWhole)
                {
                    if (!isAny || Follows(_segment.WriteNumber, _writeNumber))
                    {
                        isAny = true;
                        _writeNumber = _segment.WriteNumber;
                        _startNumber = (_segment.StartNumber + 1) & 0xFF;
                        FirstUnsent = _segment.FirstUnsent;
                        LostCount = _segment.LostCount;
                    }

                    Enter(i);
                }
            }

            return true;
        }

        // Of two records with the same segment the one written last counts; the other is free.
        private void Enter(int record)
        {
            uint writeNumber = _segment.WriteNumber;
            _first[record] = _segment.FirstSequence;
            _count[record] = (byte)_segment.Count;
            for (int i = 0; i < record; i++)
            {
                if (_count[i] != Free && _first[i] == _first[record])
                {
                    bool isOther = Load(i) && Follows(_segment.WriteNumber, writeNumber);
                    _count[isOther ? record : i] = Free;
                }
            }
        }

        // A record is free when all its entries are sent; not the open one, which says where the sequence goes on.
        private bool FreeSent()
        {
            bool isAny = false;
            for (int i = 0; i < _count.Length; i++)
            {
                if (_count[i] != Free && i != _open && !Follows(_first[i] + _count[i], FirstUnsent))
                {
                    _count[i] = Free;
                    isAny = true;
                }
            }

            return isAny;
        }

        // Goes on to the oldest entry that there is; what is missing before it is lost.
        private void SkipGap()
        {
            while (FirstUnsent != NextSequence && Find(FirstUnsent) == None)
            {
                uint next = NextSequence;
                for (int i = 0; i < _count.Length; i++)
                {
                    if (_count[i] != Free && _count[i] > 0 && Follows(_first[i], FirstUnsent) && Follows(next, _first[i]))
                    {
                        next = _first[i];
                    }
                }

                LostCount += next - FirstUnsent;
                FirstUnsent = next;
            }
        }

        // Before a new segment: if only the spare record is left, the oldest segment gives way.
        private void MakeRoom()
        {
            int freeCount = 0;
            int oldest = None;
            for (int i = 0; i < _count.Length; i++)
            {
                if (_count[i] == Free)
                {
                    freeCount++;
                }
                else if (oldest == None || Follows(_first[oldest], _first[i]))
                {
                    oldest = i;
                }
            }

            // An open segment without entries is given up by the new one itself.
            if (freeCount <= 1 && oldest != None && _count[oldest] > 0)
            {
                _count[oldest] = Free;
                _open = oldest == _open ? None : _open;
                SkipGap();
            }
        }

        private int Find(uint sequence)
        {
            for (int i = 0; i < _count.Length; i++)
            {
                if (_count[i] != Free && sequence - _first[i] < _count[i])
                {
                    return i;
                }
            }

            return None;
        }

        private int FindFree()
        {
            for (int i = 0; i < _count.Length; i++)
            {
                if (_count[i] == Free)
                {
                    return i;
                }
            }

            return None;
        }

        // Writes the segment in memory, which is the open one from then on.
        private bool TrySave(int target, bool replacesOpen)
        {
            if (!Write(target))
            {
                return false;
            }

            if (_open != None && (replacesOpen || _count[_open] == 0))
            {
                _count[_open] = Free;
            }

            _open = target;
            _first[target] = _segment.FirstSequence;
            _count[target] = (byte)_segment.Count;
            return true;
        }

        private bool Write(int target)
        {
            _segment.StartNumber = _startNumber;
            _segment.WriteNumber = _writeNumber + 1;
            _segment.FirstUnsent = FirstUnsent;
            _segment.LostCount = LostCount;
            if (target == None || !_segment.TrySave(_firstRecord + target))
            {
                RefusedCount++;
                return false;
            }

            _writeNumber++;
            return true;
        }

        private void Move(int record, int target)
        {
            _first[target] = _first[record];
            _count[target] = _count[record];
            _count[record] = Free;
            _open = _open == record ? target : _open;
        }
    }
}
