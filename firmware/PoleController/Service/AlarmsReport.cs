// How the alarms stand.
using PoleController.Alarms;

namespace PoleController.Service
{
    /// <summary>Every kind of alarm that is going on, or has happened since the start.</summary>
    internal sealed class AlarmsReport : ServiceReport
    {
        private readonly AlarmBoard _alarms;

        /// <summary>Makes it.</summary>
        internal AlarmsReport(AlarmBoard alarms)
            : base("alarms")
        {
            _alarms = alarms;
        }

        /// <summary>Writes how a kind stands.</summary>
        internal static void WriteKind(ServiceWriter writer, AlarmBoard alarms, AlarmKind kind)
        {
            writer.Pair("kind", AlarmWords.Of(kind)).Pair("isRaised", alarms.IsRaised(kind) ? 1 : 0);
            writer.Pair("reason", ServiceWords.Of(alarms.Reason(kind))).Pair("value", alarms.Value(kind)).Pair("changes", alarms.Changes(kind));
        }

        /// <inheritdoc/>
        protected override ReportStep Write(ServiceWriter writer, long nowMs)
        {
            for (int i = Index; i < AlarmBoard.KindCount; i++)
            {
                AlarmKind kind = (AlarmKind)i;
                if (_alarms.IsRaised(kind) || _alarms.Changes(kind) > 0)
                {
                    WriteKind(Begin(writer), _alarms, kind);
                    Index = i + 1;
                    return ReportStep.Line;
                }
            }

            return ReportStep.End;
        }
    }
}
