// Sends what waits in the journal: puts entries into messages, events first, keeps to a share of the airtime, and frees what the network has
// acknowledged. When it may go among the other messages is the Reporter's decision, whether the network hears is LinkWatch's.
using PoleController.Journal;
using PoleController.LoRaWan;

namespace PoleController.Messages
{
    /// <summary>Sends the journal.</summary>
    internal sealed class Backlog
    {
        /// <summary>
        /// The journal's share of the airtime is one in so many: 0.25 %, a quarter of the 1 % that the common sub-bands allow (ETSI EN 300 220-2),
        /// so that there is always room for live messages.
        /// </summary>
        public const int AirTimeDivisor = 400;

        /// <summary>Shortest time from a message that was not acknowledged to the next try.</summary>
        public const int RetryMs = 60000;

        /// <summary>How often a message is sent before it makes room for others; it comes again later.</summary>
        public const int TryCount = 2;

        // Entries in the store may turn out to be damaged one segment after another.
        private const int MaximumLostInARow = PoleJournal.MeasurementRecordCount;

        private readonly EndDevice _device;
        private readonly PoleJournal _journal;
        private readonly JournalEntry _entry = new JournalEntry();
        private readonly JournalMessage _message = new JournalMessage();
        private long _transmittedUs;
        private uint _lastSequence;

        /// <summary>Makes it.</summary>
        public Backlog(EndDevice device, PoleJournal journal)
        {
            _device = device;
            _journal = journal;
        }

        /// <summary>From when on the next message may be sent.</summary>
        public long NotBeforeMs { get; private set; }

        /// <summary>Entries acknowledged since start.</summary>
        public int DeliveredCount { get; private set; }

        /// <summary>Starts.</summary>
        public void Start(long nowMs)
        {
            NotBeforeMs = nowMs;
        }

        /// <summary>Puts the oldest entries of a class into a message, as many as fit.</summary>
        /// <param name="nowMs">Now.</param>
        /// <param name="entryClass">The class.</param>
        /// <param name="buffer">Receives the message.</param>
        /// <param name="maximumLength">Longest payload at present.</param>
        /// <returns>Its length; 0 when nothing waits or not even one entry fits.</returns>
        public int Fill(long nowMs, JournalClass entryClass, byte[] buffer, int maximumLength)
        {
            int lostCount = 0;
            while (_journal.WaitingCount(entryClass) > 0 && lostCount < MaximumLostInARow)
            {
                uint sequence = _journal.FirstSequence(entryClass);
                if (_journal.TryRead(nowMs, entryClass, sequence, _entry))
                {
                    return FillFrom(nowMs, entryClass, buffer, maximumLength);
                }

                lostCount++;
            }

            return 0;
        }

        /// <summary>The message was handed to the radio.</summary>
        public void SetHanded()
        {
            _transmittedUs = _device.TransmittedUs;
        }

        /// <summary>The message was acknowledged, given up, or taken back.</summary>
        public void OnEnded(long nowMs, bool isAcknowledged)
        {
            long pauseMs = (_device.TransmittedUs - _transmittedUs) * AirTimeDivisor / 1000;
            if (isAcknowledged)
            {
                DeliveredCount += (int)(long)(_lastSequence - _journal.FirstSequence(_message.EntryClass)) + 1;
                _journal.MarkSent(_message.EntryClass, _lastSequence);
            }
            else if (pauseMs < RetryMs)
            {
                pauseMs = RetryMs;
            }

            NotBeforeMs = nowMs + pauseMs;
        }

        /// <summary>Nothing can be sent at present, so that the others pass.</summary>
        public void Wait(long nowMs)
        {
            NotBeforeMs = nowMs + RetryMs;
        }

        // The first entry has been read. The message ends where the next one does not fit it: too long, too late, or its time of another sort.
        private int FillFrom(long nowMs, JournalClass entryClass, byte[] buffer, int maximumLength)
        {
            uint first = _entry.Sequence;
            bool isUtc = _entry.IsUtc;
            int startNumber = _entry.StartNumber;
            uint firstSeconds = _entry.Seconds;
            int uncertaintySeconds = 0;
            int length = JournalMessage.HeaderLength;
            long waitingCount = _journal.WaitingCount(entryClass);
            for (int i = 0; i < waitingCount && i < JournalMessage.MaximumEntryCount; i++)
            {
                bool isNext = _entry.IsUtc == isUtc && (isUtc || _entry.StartNumber == startNumber)
                    && _entry.Seconds >= firstSeconds && _entry.Seconds - firstSeconds <= JournalMessage.MaximumAfterSeconds
                    && length + JournalMessage.EntryOverheadLength + _entry.ValuesLength <= maximumLength;
                if (!isNext)
                {
                    break;
                }

                int afterSeconds = (int)(long)(_entry.Seconds - firstSeconds);
                length = JournalMessage.AppendEntry(buffer, length, _entry.Kind, afterSeconds, _entry.Values, _entry.ValuesLength);
                uncertaintySeconds = _entry.UncertaintySeconds > uncertaintySeconds ? _entry.UncertaintySeconds : uncertaintySeconds;
                _lastSequence = _entry.Sequence;
                if (!_journal.TryRead(nowMs, entryClass, _entry.Sequence + 1, _entry))
                {
                    break;
                }
            }

            _message.EntryClass = entryClass;
            _message.ClockAccuracy = ClockAccuracyScale.Of(isUtc, uncertaintySeconds * 1000L);
            uint lostCount = _journal.LostCount(entryClass);
            _message.LostCount = lostCount > 65535 ? 65535 : (int)(long)lostCount;
            _message.FirstSequence = (int)(long)(first & 0xFFFF);
            _message.FirstSeconds = firstSeconds;
            _message.EncodeHeader(buffer);
            return length > JournalMessage.HeaderLength ? length : 0;
        }
    }
}
