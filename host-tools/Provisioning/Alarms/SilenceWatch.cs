// Silence as an alarm. No pole tells that it says nothing: it is found by looking, here, and ends when the pole is heard again (SilenceChange).
using System.Data.Common;
using PoleController.Messages;
using Provisioning.Storage;
using Provisioning.Uplinks;

namespace Provisioning.Alarms;

/// <summary>A controller in a pole that was heard at least once.</summary>
/// <param name="DevEui">The controller.</param>
/// <param name="PoleId">The pole.</param>
/// <param name="LastHeardUtcMs">When it was heard last, milliseconds since 1970 (UTC).</param>
/// <param name="IntervalMs">How often it reports, in milliseconds.</param>
internal sealed record HeardController(string DevEui, string PoleId, long LastHeardUtcMs, long IntervalMs)
{
    /// <summary>From when on it is silent if it is not heard again.</summary>
    public long SilentFromUtcMs => Silence.BeginsUtcMs(LastHeardUtcMs, IntervalMs);

    /// <summary>All of them.</summary>
    public static List<HeardController> All(DbConnection connection) => connection.Query(
        "SELECT controller.dev_eui, controller.pole_id, fleet_state.last_uplink_utc_ms, latest_message.payload FROM controller"
        + " JOIN fleet_state ON fleet_state.dev_eui = controller.dev_eui"
        + " LEFT JOIN latest_message ON latest_message.dev_eui = controller.dev_eui AND latest_message.kind = @status"
        + " WHERE controller.pole_id IS NOT NULL ORDER BY controller.dev_eui",
        reader => new HeardController(reader.GetString(0), reader.GetString(1), reader.GetInt64(2), IntervalOf(reader.GetBlob(3))), ("@status", FleetState.MessageKind.Status));

    private static long IntervalOf(byte[]? payload)
    {
        StatusMessage status = new();
        return Silence.IntervalMs(payload is not null && status.Decode(payload, payload.Length) == CommandError.Ok ? status : null);
    }
}

/// <summary>Alarms of silence compared with who is silent.</summary>
/// <param name="Begun">Silences that are not written down yet; their number is 0.</param>
/// <param name="Ended">Open ones that are over, with their end.</param>
internal sealed record SilenceWatch(IReadOnlyList<AlarmEpisode> Begun, IReadOnlyList<AlarmEpisode> Ended)
{
    /// <summary>Compares at a moment.</summary>
    public static SilenceWatch Compare(DbConnection connection, long nowUtcMs)
    {
        Dictionary<string, AlarmEpisode> open = AlarmRows.OpenEpisodesOf(connection, AlarmKinds.Silent).ToDictionary(alarm => alarm.DevEui);
        List<AlarmEpisode> begun = [];
        List<AlarmEpisode> ended = [];
        foreach (HeardController heard in HeardController.All(connection))
        {
            bool isSilent = heard.SilentFromUtcMs <= nowUtcMs;
            bool isOpen = open.Remove(heard.DevEui, out AlarmEpisode? there);
            if (isOpen && (!isSilent || there!.PoleId != heard.PoleId))
            {
                // It reports less often than before, or hangs in another pole.
                ended.Add(there! with { EndedUtcMs = Math.Max(there.BeganUtcMs, isSilent ? nowUtcMs : heard.LastHeardUtcMs) });
            }

            if (isSilent && there?.PoleId != heard.PoleId)
            {
                begun.Add(new AlarmEpisode
                {
                    DevEui = heard.DevEui,
                    PoleId = heard.PoleId,
                    Kind = AlarmKinds.Silent,
                    BeganUtcMs = heard.SilentFromUtcMs,
                    ChangedUtcMs = heard.SilentFromUtcMs,
                });
            }
        }

        // What is left hangs in no pole any more: nobody waits for it.
        ended.AddRange(open.Values.OrderBy(alarm => alarm.Number).Select(alarm => alarm with { EndedUtcMs = Math.Max(alarm.BeganUtcMs, nowUtcMs) }));
        return new SilenceWatch(begun, ended);
    }

    /// <summary>Writes down what began and what ended until a moment; again changes nothing.</summary>
    public static void Update(DbConnection connection, long nowUtcMs)
    {
        SilenceWatch found = Compare(connection, nowUtcMs);
        IntakeTotals counters = IntakeTotals.Read(connection);
        AlarmRows.InsertAll(connection, [.. found.Begun.Select(alarm => alarm with { Number = counters.Next(IntakeTotals.LastAlarm) })]);
        counters.Save(connection);
        foreach (AlarmEpisode alarm in found.Ended)
        {
            AlarmRows.Update(connection, alarm);
        }
    }
}
