// The newest entries of the journal that wait to be sent.
using PoleController.Journal;

namespace PoleController.Service
{
    /// <summary>Entries that wait: events, then measurements, the oldest of those asked for first.</summary>
    internal sealed class JournalReport : ServiceReport
    {
        /// <summary>How many entries of each class are printed unless somebody says otherwise.</summary>
        internal const int DefaultCount = 10;

        /// <summary>How many entries of each class are printed at most.</summary>
        internal const int MaximumCount = 300;

        private readonly PoleJournal _journal;
        private readonly JournalEntry _entry = new JournalEntry();
        private int _count;
        private JournalClass _class;
        private uint _sequence;
        private long _left;

        /// <summary>Makes it.</summary>
        internal JournalReport(PoleJournal journal)
            : base("journal")
        {
            _journal = journal;
        }

        /// <summary>Begins.</summary>
        /// <param name="count">How many entries of each class, 1 to <see cref="MaximumCount"/>.</param>
        internal void Begin(int count)
        {
            Restart();
            _count = count;
            BeginClass(JournalClass.Event);
        }

        /// <inheritdoc/>
        protected override ReportStep Write(ServiceWriter writer, long nowMs)
        {
            if (_left <= 0)
            {
                if (_class == JournalClass.Measurement)
                {
                    return ReportStep.End;
                }

                BeginClass(JournalClass.Measurement);
                return ReportStep.Wait;
            }

            uint sequence = _sequence;
            _sequence++;
            _left--;
            if (!_journal.TryRead(nowMs, _class, sequence, _entry))
            {
                // Sent in the meantime, or lost.
                return ReportStep.Wait;
            }

            Begin(writer).Pair("class", _class == JournalClass.Event ? "event" : "measurement").Pair("sequence", _entry.Sequence).Pair("kind", _entry.Kind);
            writer.Pair(_entry.IsUtc ? "utcSeconds" : "secondsSinceStart", _entry.Seconds).Pair("uncertaintySeconds", _entry.UncertaintySeconds);
            writer.Pair("start", _entry.StartNumber).Key("values").Hex(_entry.Values, 0, _entry.ValuesLength);
            return ReportStep.Line;
        }

        private void BeginClass(JournalClass entryClass)
        {
            _class = entryClass;
            long waiting = _journal.WaitingCount(entryClass);
            _left = waiting < _count ? waiting : _count;
            _sequence = _journal.FirstSequence(entryClass) + (uint)(waiting - _left);
        }
    }
}
