// What happens, as it happens: alarms, the lamp's cause, health of components, the network, the clock. It ends with the next line that comes in.
using PoleController.Alarms;
using PoleController.Lighting;

namespace PoleController.Service
{
    /// <summary>Live events. What changes twice between two looks is told once.</summary>
    internal sealed class LiveLog : ServiceReport
    {
        private readonly ServiceParts _parts;
        private readonly byte[] _alarmChanges = new byte[AlarmBoard.KindCount];
        private readonly int[] _healthChanges = new int[ComponentTable.Capacity];
        private LevelCause _cause;
        private bool _isJoined;
        private int _clockSetCount;
        private bool _isEnded;

        /// <summary>Makes it.</summary>
        internal LiveLog(ServiceParts parts)
            : base("log")
        {
            _parts = parts;
        }

        /// <summary>Begins: what is so already is no event.</summary>
        internal void Begin()
        {
            Restart();
            _isEnded = false;
            for (int i = 0; i < AlarmBoard.KindCount; i++)
            {
                _alarmChanges[i] = (byte)_parts.Alarms.Changes((AlarmKind)i);
            }

            for (int i = 0; i < _parts.Components.Count; i++)
            {
                _healthChanges[i] = _parts.Components.ComponentAt(i).Health.ChangeCount;
            }

            _cause = _parts.Lighting.Cause;
            _isJoined = _parts.Device.IsJoined;
            _clockSetCount = _parts.Clock.SetCount;
        }

        /// <summary>Ends it with its next line.</summary>
        internal void End()
        {
            _isEnded = true;
        }

        /// <inheritdoc/>
        protected override ReportStep Write(ServiceWriter writer, long nowMs)
        {
            if (_isEnded)
            {
                return ReportStep.End;
            }

            return TryWriteAlarm(writer, nowMs) || TryWriteHealth(writer, nowMs) || TryWriteOther(writer, nowMs) ? ReportStep.Line : ReportStep.Wait;
        }

        private bool TryWriteAlarm(ServiceWriter writer, long nowMs)
        {
            for (int i = 0; i < AlarmBoard.KindCount; i++)
            {
                byte changes = (byte)_parts.Alarms.Changes((AlarmKind)i);
                if (changes != _alarmChanges[i])
                {
                    _alarmChanges[i] = changes;
                    BeginEvent(writer, "alarm", nowMs);
                    AlarmsReport.WriteKind(writer, _parts.Alarms, (AlarmKind)i);
                    return true;
                }
            }

            return false;
        }

        private bool TryWriteHealth(ServiceWriter writer, long nowMs)
        {
            for (int i = 0; i < _parts.Components.Count; i++)
            {
                Health health = _parts.Components.ComponentAt(i).Health;
                if (health.ChangeCount != _healthChanges[i])
                {
                    _healthChanges[i] = health.ChangeCount;
                    BeginEvent(writer, "health", nowMs);
                    writer.Pair("component", ServiceWords.Of(_parts.Components.IdAt(i)));
                    writer.Pair("state", ServiceWords.Of(health.State)).Pair("reason", ServiceWords.Of(health.Reason));
                    return true;
                }
            }

            return false;
        }

        private bool TryWriteOther(ServiceWriter writer, long nowMs)
        {
            if (_parts.Lighting.Cause != _cause)
            {
                _cause = _parts.Lighting.Cause;
                BeginEvent(writer, "lamp", nowMs);
                writer.Pair("cause", ServiceWords.Of(_cause)).Pair("targetPermille", _parts.Lighting.TargetLevelPermille);
                return true;
            }

            if (_parts.Device.IsJoined != _isJoined)
            {
                _isJoined = _parts.Device.IsJoined;
                BeginEvent(writer, "network", nowMs);
                writer.Pair("isJoined", _isJoined ? 1 : 0);
                return true;
            }

            if (_parts.Clock.SetCount != _clockSetCount)
            {
                _clockSetCount = _parts.Clock.SetCount;
                BeginEvent(writer, "clock", nowMs);
                writer.Pair("utcSeconds", _parts.Clock.UtcMs(nowMs) / 1000);
                return true;
            }

            return false;
        }

        private void BeginEvent(ServiceWriter writer, string what, long nowMs)
        {
            Begin(writer).Pair("event", what).Pair("uptimeMs", nowMs);
        }
    }
}
