// The last starts of the controller.
using PoleController.Journal;

namespace PoleController.Service
{
    /// <summary>The boot journal, the newest start first.</summary>
    internal sealed class BootsReport : ServiceReport
    {
        private readonly BootJournal _boots;
        private readonly BootEntry _entry = new BootEntry();

        /// <summary>Makes it.</summary>
        internal BootsReport(BootJournal boots)
            : base("boots")
        {
            _boots = boots;
        }

        /// <inheritdoc/>
        protected override ReportStep Write(ServiceWriter writer, long nowMs)
        {
            if (Index >= _boots.EntryCount)
            {
                return ReportStep.End;
            }

            _boots.Read(Index, _entry);
            Index++;
            Begin(writer).Pair("number", _entry.Number).Pair("cause", ServiceWords.Of(_entry.Cause)).Pair("utcSeconds", _entry.UtcSeconds);
            writer.Pair("uptimeBeforeSeconds", _entry.UptimeBeforeSeconds);
            switch (_entry.Cause)
            {
                case RestartCause.Exception:
                    writer.Pair("place", ServiceWords.Of(_entry.Place)).Pair("exception", ServiceWords.Of((ExceptionKind)_entry.Detail));
                    break;
                case RestartCause.Requested:
                    writer.Pair("by", ServiceWords.Of((RestartReason)_entry.Detail));
                    break;
                case RestartCause.SupplyLoss:
                    writer.Pair("supplyDecivolts", _entry.Detail);
                    break;
                default:
                    break;
            }

            return ReportStep.Line;
        }
    }
}
