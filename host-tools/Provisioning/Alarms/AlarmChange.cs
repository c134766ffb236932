// What a batch of uplinks changes in the alarms. Alarms are few beside uplinks, so each course is read, changed and written by itself.
using System.Data.Common;
using PoleController.Alarms;
using Provisioning.Uplinks;

namespace Provisioning.Alarms;

/// <summary>Changes of alarms by a batch.</summary>
/// <param name="poles">Pole of each known controller by DevEUI.</param>
/// <param name="counters">Gives out the numbers of new alarms.</param>
internal sealed class AlarmChange(IReadOnlyDictionary<string, string?> poles, IntakeTotals counters)
{
    // A status that was put together before an alarm can come after it: only one that is clearly later says that the alarm has ended.
    private const long StatusLagMs = 60_000;

    private readonly Dictionary<(string DevEui, AlarmKind Kind), List<AlarmTold>> _told = [];
    private readonly Dictionary<string, (long AtUtcMs, bool IsLampFailure, bool IsDayBurner)> _status = [];

    /// <summary>An alarm was told.</summary>
    public void Tell(string devEui, AlarmTold told)
    {
        if (!_told.TryGetValue((devEui, told.Kind), out List<AlarmTold>? all))
        {
            _told[(devEui, told.Kind)] = all = [];
        }

        all.Add(told);
    }

    /// <summary>A status said how the lamp is; the newest of the batch counts. So an alarm whose frame was lost is found all the same.</summary>
    public void TellStatus(string devEui, long atUtcMs, bool isLampFailure, bool isDayBurner)
    {
        if (!_status.TryGetValue(devEui, out (long AtUtcMs, bool, bool) there) || atUtcMs >= there.AtUtcMs)
        {
            _status[devEui] = (atUtcMs, isLampFailure, isDayBurner);
        }
    }

    /// <summary>Writes all of it.</summary>
    public void Save(DbConnection connection)
    {
        foreach (((string devEui, AlarmKind kind), List<AlarmTold> told) in _told.OrderBy(pair => pair.Key))
        {
            Change(connection, devEui, kind, told.Min(one => one.AtUtcMs), course =>
            {
                foreach (AlarmTold one in told.OrderBy(one => one.AtUtcMs))
                {
                    Apply(course, devEui, one);
                }
            });
        }

        Compare(connection, AlarmKind.LampFailure, status => status.IsLampFailure);
        Compare(connection, AlarmKind.DayBurner, status => status.IsDayBurner);
    }

    private void Compare(DbConnection connection, AlarmKind kind, Func<(long AtUtcMs, bool IsLampFailure, bool IsDayBurner), bool> says)
    {
        if (_status.Count == 0)
        {
            return;
        }

        Dictionary<string, long> open = AlarmRows.OpenOf(connection, kind);
        foreach ((string devEui, (long AtUtcMs, bool IsLampFailure, bool IsDayBurner) status) in _status.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            bool isOpen = open.TryGetValue(devEui, out long changed);
            if (says(status) && !isOpen)
            {
                // One that ended since is known already.
                Change(connection, devEui, kind, status.AtUtcMs, course =>
                {
                    if (course.Episodes.Count == 0)
                    {
                        Apply(course, devEui, new AlarmTold(status.AtUtcMs, true, kind, 0, 0));
                    }
                });
            }
            else if (!says(status) && isOpen && status.AtUtcMs > changed + StatusLagMs)
            {
                Change(connection, devEui, kind, status.AtUtcMs, course => Apply(course, devEui, new AlarmTold(status.AtUtcMs, false, kind, 0, 0)));
            }
        }
    }

    private void Apply(AlarmCourse course, string devEui, AlarmTold told)
    {
        AlarmEpisode episode = new()
        {
            DevEui = devEui,
            PoleId = poles.GetValueOrDefault(devEui),
            Kind = told.Kind,
            Reason = told.Reason,
            Size = told.Size,
            BeganUtcMs = told.AtUtcMs,
            ChangedUtcMs = told.AtUtcMs,
        };
        if (AlarmKinds.IsMoment(told.Kind))
        {
            course.Happened(episode);
        }
        else if (told.IsRaised)
        {
            course.Raised(episode);
        }
        else
        {
            course.Ended(episode);
        }
    }

    private void Change(DbConnection connection, string devEui, AlarmKind kind, long fromUtcMs, Action<AlarmCourse> change)
    {
        List<AlarmEpisode> before = AlarmRows.Of(connection, devEui, kind, fromUtcMs - AlarmCourse.SameMs);
        AlarmCourse course = new([.. before]);
        change(course);
        Dictionary<long, AlarmEpisode> there = before.ToDictionary(episode => episode.Number);
        foreach (AlarmEpisode episode in course.Episodes)
        {
            if (episode.Number == 0)
            {
                AlarmRows.Insert(connection, episode with { Number = counters.Next(IntakeTotals.LastAlarm) });
            }
            else if (there[episode.Number] != episode)
            {
                AlarmRows.Update(connection, episode);
            }
        }
    }
}
