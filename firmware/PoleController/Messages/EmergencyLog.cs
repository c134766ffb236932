// The log of emergencies: which command called or ended a profile and when, in the journal, so that it can be shown afterwards who lit or darkened a street. The
// profile itself is EmergencyProfile's; that one is called now is told by an alarm.
using PoleController.Journal;
using PoleController.Lighting;

namespace PoleController.Messages
{
    /// <summary>
    /// Writes down each call and each end of the emergency and the crisis profile. A profile does not survive a restart: a call without an end ended with the restart
    /// that the boot journal has.
    /// </summary>
    internal sealed class EmergencyLog
    {
        private const int MsPerMinute = 60000;

        private readonly EmergencyProfile _profile;
        private readonly JournalEmergency _values = new JournalEmergency();
        private readonly byte[] _bytes = new byte[JournalEmergency.Length];
        private bool _isCalled;
        private long _calledMs;
        private long _endMs;

        /// <summary>Makes it.</summary>
        public EmergencyLog(EmergencyProfile profile)
        {
            _profile = profile;
        }

        /// <summary>Where it is written; null for nowhere.</summary>
        public PoleJournal? Journal { get; set; }

        /// <summary>How the command comes that is being carried out.</summary>
        public CommandWay Way { get; set; }

        /// <summary>A command for the profile has been carried out.</summary>
        /// <param name="nowMs">Milliseconds since start.</param>
        /// <param name="command">The command.</param>
        public void OnCommand(long nowMs, CommandMessage command)
        {
            bool wasCalled = _isCalled;
            long calledMs = _calledMs;
            _isCalled = _profile.IsCalled;
            if (!_isCalled && !wasCalled)
            {
                return;
            }

            _values.CommandWay = Way;
            _values.CommandSequence = command.Sequence;
            _values.LightingGroup = command.LightingGroup;
            if (_isCalled)
            {
                _calledMs = nowMs;
                _endMs = _profile.EndMs;
                _values.EmergencyKind = _profile.Kind;
                _values.LevelPermille = _profile.LevelPermille;
                Write(nowMs, EmergencyPhase.Called, nowMs, _endMs - nowMs);
            }
            else
            {
                Write(nowMs, EmergencyPhase.Ended, nowMs, nowMs - calledMs);
            }
        }

        /// <summary>Looks whether the time of a profile was over.</summary>
        public void Look(long nowMs)
        {
            if (_isCalled && !_profile.IsCalled)
            {
                _isCalled = false;
                Write(nowMs, EmergencyPhase.TimedOut, _endMs, _endMs - _calledMs);
            }
        }

        // What the store refuses is lost; the journal counts it.
        private void Write(long nowMs, EmergencyPhase phase, long happenedMs, long durationMs)
        {
            _values.Phase = phase;
            _values.DurationMinutes = (int)((durationMs + (MsPerMinute / 2)) / MsPerMinute);
            _values.Encode(_bytes, 0);
            if (Journal != null)
            {
                Journal.TryAdd(nowMs, JournalClass.Event, (int)JournalEntryKind.Emergency, happenedMs, _bytes, JournalEmergency.Length);
            }
        }
    }
}
