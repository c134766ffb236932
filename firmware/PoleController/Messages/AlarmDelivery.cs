// The alarms on their way to the operator: which is told next, and what becomes of those that could not be told. What raises an alarm is
// AlarmSources' and the alarm board's, what is still to be told AlarmTable's; the radio is the Reporter's.
using PoleController.Alarms;
using PoleController.Journal;

namespace PoleController.Messages
{
    /// <summary>Tells alarms live, or writes them into the journal.</summary>
    internal sealed class AlarmDelivery
    {
        /// <summary>An alarm that could not be handed to the radio for so long is written down: no session, no data rate it fits, the radio busy.</summary>
        public const int WriteDownAfterMs = 15 * 60000;

        /// <summary>After an alarm was given up its kind is left alone for so long: it bounds the airtime and the flash that a loose contact can use.</summary>
        public const int GivenUpGapMs = 15 * 60000;

        private readonly AlarmTable _table;
        private readonly AlarmSources _sources;
        private readonly PoleJournal _journal;
        private readonly AlarmMessage _message = new AlarmMessage();
        private readonly JournalAlarm _values = new JournalAlarm();
        private readonly byte[] _bytes = new byte[JournalAlarm.Length];

        // The alarm that was handed over last: the table goes on while it is on its way.
        private readonly byte[] _handed = new byte[JournalAlarm.Length];
        private AlarmKind _kind;
        private long _happenedMs;

        /// <summary>Makes it.</summary>
        public AlarmDelivery(AlarmTable table, AlarmSources sources, PoleJournal journal)
        {
            _table = table;
            _sources = sources;
            _journal = journal;
        }

        /// <summary>Differs from what it was when there may be something new to see.</summary>
        public int ChangeCount
        {
            get { return _sources.ChangeCount; }
        }

        /// <summary>When the next alarm may be told; <see cref="Wake.Never"/> when none is to be.</summary>
        public long NextMs
        {
            get
            {
                AlarmKind kind = _table.Oldest();
                return kind == AlarmKind.None ? Wake.Never : _table.NotBeforeMs(kind);
            }
        }

        /// <summary>Looks at everything that can raise an alarm, and writes down what has waited too long.</summary>
        /// <returns>When it has to look again without anything else happening; <see cref="Wake.Never"/>: not.</returns>
        public long Look(long nowMs)
        {
            long lookAgainMs = _sources.Look(nowMs);
            AlarmKind kind = _table.Oldest();
            while (kind != AlarmKind.None && _table.NotBeforeMs(kind) + WriteDownAfterMs <= nowMs)
            {
                _table.Fill(_message, kind, nowMs);
                Encode(_bytes);
                WriteDown(nowMs, _table.ChangedMs(kind), _bytes);
                _table.SetTold(kind, nowMs, AlarmTable.RepeatGapMs);
                kind = _table.Oldest();
            }

            long writeDownMs = kind == AlarmKind.None ? Wake.Never : _table.NotBeforeMs(kind) + WriteDownAfterMs;
            return writeDownMs < lookAgainMs ? writeDownMs : lookAgainMs;
        }

        /// <summary>Writes the message that tells the next alarm; there must be one.</summary>
        /// <returns>Its length.</returns>
        public int Fill(long nowMs, byte[] buffer)
        {
            _kind = _table.Next(nowMs);
            _happenedMs = _table.ChangedMs(_kind);
            _table.Fill(_message, _kind, nowMs);
            Encode(_handed);
            return _message.Encode(buffer);
        }

        /// <summary>The message was handed to the radio.</summary>
        public void SetHanded(long nowMs)
        {
            _table.SetTold(_kind, nowMs, AlarmTable.RepeatGapMs);
        }

        /// <summary>The message was given up after all its tries: it is kept for later.</summary>
        public void OnGivenUp(long nowMs)
        {
            WriteDown(nowMs, _happenedMs, _handed);
            _table.Mute(_kind, nowMs + GivenUpGapMs);
        }

        private void Encode(byte[] values)
        {
            _values.Set(_message);
            _values.Encode(values, 0);
        }

        // What the store refuses is lost; the journal counts it.
        private void WriteDown(long nowMs, long happenedMs, byte[] values)
        {
            _journal.TryAdd(nowMs, JournalClass.Event, (int)JournalEntryKind.ValuedAlarm, happenedMs, values, JournalAlarm.Length);
        }
    }
}
