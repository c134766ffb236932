// What comes by the journal of the poles: told apart from what is known already, put at its time, and counted.
using PoleController.Messages;

namespace Simulation.Operation;

/// <summary>Takes journal messages of all poles.</summary>
public sealed class JournalInbox
{
    private readonly long _startUtcMs;
    private readonly JournalMessage _message = new();
    private readonly List<long> _delaysUs = [];
    private readonly List<LoggedEmergency> _emergencies = [];

    /// <summary>Makes it.</summary>
    /// <param name="startUtcMs">UTC at the start of the run, in milliseconds since 1970.</param>
    public JournalInbox(long startUtcMs) => _startUtcMs = startUtcMs;

    /// <summary>Messages that arrived.</summary>
    public long MessageCount { get; private set; }

    /// <summary>Alarms that came by the journal and no other way.</summary>
    public int AlarmCount { get; private set; }

    /// <summary>Intervals that came by the journal and no other way.</summary>
    public int IntervalCount { get; private set; }

    /// <summary>Arrivals in them.</summary>
    public long ArrivalCount { get; private set; }

    /// <summary>Entries that were known already: they came twice, or a status had told the same.</summary>
    public int KnownCount { get; private set; }

    /// <summary>Entries whose time is not known, as the clock was not in the start of the controller they come from.</summary>
    public int UndatedCount { get; private set; }

    /// <summary>What poles wrote down of emergencies, in the order of arrival, each once.</summary>
    public IReadOnlyList<LoggedEmergency> Emergencies => _emergencies;

    /// <summary>How long after they happened the new entries with a time arrived, in the order of arrival.</summary>
    public IReadOnlyList<long> DelaysUs => _delaysUs;

    /// <summary>Takes a message.</summary>
    /// <param name="poleIndex">Which pole.</param>
    /// <param name="pole">What is known of it.</param>
    /// <param name="timeUs">When it arrived.</param>
    /// <param name="payload">The message.</param>
    /// <param name="length">Its length.</param>
    /// <param name="alarms">Receives the alarms in it that are new.</param>
    /// <param name="measurements">Receives the measurements in it that are new.</param>
    /// <returns>Whether it could be read.</returns>
    internal bool TryTake(int poleIndex, PoleRecord pole, long timeUs, byte[] payload, int length, List<ReceivedAlarm> alarms, MeasurementInbox measurements)
    {
        if (_message.Decode(payload, length) != CommandError.Ok)
        {
            return false;
        }

        MessageCount++;
        pole.LostEntryCounts[(int)_message.EntryClass] = Math.Max(pole.LostEntryCounts[(int)_message.EntryClass], _message.LostCount);
        int sequence = _message.FirstSequence;
        while (_message.MoveNext(payload, length))
        {
            Take(poleIndex, pole, sequence, timeUs, alarms, measurements);
            sequence = (sequence + 1) & 0xFFFF;
        }

        return true;
    }

    private void Take(int poleIndex, PoleRecord pole, int sequence, long timeUs, List<ReceivedAlarm> alarms, MeasurementInbox measurements)
    {
        long seconds = _message.FirstSeconds + _message.AfterSeconds;
        bool isDated = _message.ClockAccuracy != ClockAccuracy.Unknown;
        long happenedUs = isDated ? ((seconds * 1000) - _startUtcMs) * 1000 : timeUs;
        bool isInterval = _message.EntryKind == JournalEntryKind.Interval;
        bool isNew = isInterval && isDated
            ? TakeInterval(pole, happenedUs)
            : pole.SeenEntries.Add(((int)_message.EntryClass << 16 | sequence, seconds));
        if (isNew && _message.Measurement is { } entry)
        {
            isNew = measurements.TryTakeLate(poleIndex, timeUs, entry, seconds, isDated);
        }

        if (!isNew)
        {
            KnownCount++;
            return;
        }

        if (isDated)
        {
            _delaysUs.Add(timeUs - happenedUs);
            pole.LongestDelayUs = Math.Max(pole.LongestDelayUs, timeUs - happenedUs);
        }
        else
        {
            UndatedCount++;
        }

        if (isInterval)
        {
            IntervalCount++;
            ArrivalCount += _message.Interval.OccupancyCount;
            pole.LateIntervalCount++;
            if (!isDated)
            {
                pole.Intervals.AddUndated(_message.Interval.OccupancyCount);
            }
        }
        else if (_message.EntryKind == JournalEntryKind.Emergency)
        {
            JournalEmergency log = _message.Emergency;
            _emergencies.Add(new LoggedEmergency(
                poleIndex, happenedUs, timeUs, log.Phase, log.EmergencyKind, log.CommandWay, log.CommandSequence, log.LightingGroup, log.LevelPermille, log.DurationMinutes));
        }
        else if (_message.Measurement is null)
        {
            JournalAlarm alarm = _message.Alarm;
            AlarmCount++;
            pole.AlarmCount += alarm.IsRaised ? 1 : 0;
            alarms.Add(new ReceivedAlarm(poleIndex, happenedUs, timeUs, alarm.Kind, alarm.IsRaised, alarm.LevelPermille, alarm.PowerMilliwatts) { IsLate = true, IsDated = isDated, Value = alarm.Value });
        }
    }

    private bool TakeInterval(PoleRecord pole, long endUs) =>
        pole.Intervals.TryAddLate(endUs, _message.Interval.OccupancyIntervalSeconds * 1_000_000L, _message.Interval.OccupancyCount);
}
