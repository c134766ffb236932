// What a batch of uplinks changes in the alarms of silence: who is heard again is silent no more.
using System.Data.Common;

namespace Provisioning.Alarms;

/// <summary>Ends of silence by a batch.</summary>
internal sealed class SilenceChange(DbConnection connection)
{
    private readonly Dictionary<string, AlarmEpisode> _open = AlarmRows.OpenEpisodesOf(connection, AlarmKinds.Silent).ToDictionary(alarm => alarm.DevEui);
    private readonly Dictionary<string, List<long>> _heard = [];

    /// <summary>A controller was heard.</summary>
    public void Heard(string devEui, long atUtcMs)
    {
        if (!_open.ContainsKey(devEui))
        {
            return;
        }

        if (!_heard.TryGetValue(devEui, out List<long>? times))
        {
            _heard[devEui] = times = [];
        }

        times.Add(atUtcMs);
    }

    /// <summary>Writes the ends, after the state of the fleet was written.</summary>
    /// <param name="nowUtcMs">The moment for which silence is counted.</param>
    public void Save(long nowUtcMs)
    {
        if (_heard.Count == 0)
        {
            return;
        }

        // Only an uplink that comes late asks for it.
        Lazy<Dictionary<string, long>> intervals = new(() => HeardController.All(connection).ToDictionary(heard => heard.DevEui, heard => heard.IntervalMs));
        foreach ((string devEui, List<long> times) in _heard.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            AlarmEpisode before = _open[devEui];
            AlarmEpisode after = After(before, times, () => intervals.Value.GetValueOrDefault(devEui, Silence.UsualIntervalMs), nowUtcMs);
            if (after != before)
            {
                AlarmRows.Update(connection, after);
            }
        }
    }

    // An uplink from before the silence that comes late (by a file, say) moves its beginning; if that puts it into the future, the pole never was silent.
    private static AlarmEpisode After(AlarmEpisode alarm, List<long> times, Func<long> intervalMs, long nowUtcMs)
    {
        foreach (long at in times.Order())
        {
            if (at >= alarm.BeganUtcMs)
            {
                return alarm with { EndedUtcMs = at };
            }

            long begins = Silence.BeginsUtcMs(at, intervalMs());
            if (begins > nowUtcMs)
            {
                return alarm with { EndedUtcMs = alarm.BeganUtcMs };
            }

            long moved = Math.Max(alarm.BeganUtcMs, begins);
            alarm = alarm with { BeganUtcMs = moved, ChangedUtcMs = moved };
        }

        return alarm;
    }
}
