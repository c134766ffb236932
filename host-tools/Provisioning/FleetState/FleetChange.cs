// What a batch of uplinks changes in the state of the fleet: collected in memory, then written with a statement for many rows. Whatever the order in which
// uplinks come, the newest statement wins, and counts and first and last values of an hour come out the same.
using System.Data.Common;
using PoleController.Messages;
using PoleController.Messages.Entries;
using Provisioning.Alarms;
using Provisioning.Storage;
using Provisioning.Uplinks;

namespace Provisioning.FleetState;

/// <summary>Changes of a batch.</summary>
/// <param name="poles">Pole of each known controller by DevEUI; null for one in no pole.</param>
/// <param name="alarms">What becomes of alarms.</param>
internal sealed class FleetChange(IReadOnlyDictionary<string, string?> poles, AlarmChange alarms) : IMessageSink
{
    private const long HourMs = 3_600_000;

    private static readonly string[] s_stateColumns = ["dev_eui", "first_uplink_utc_ms", "last_uplink_utc_ms", "joined_at_utc_ms", "uplink_count", "undecodable_count", "rssi_dbm", "snr_db"];
    private static readonly string[] s_messageColumns = ["dev_eui", "kind", "at_utc_ms", "received_at_utc_ms", "payload"];
    private static readonly string[] s_hourColumns =
    [
        "hour_utc", "dev_eui", "pole_id", "report_count", "first_at_utc_ms", "first_energy_watt_hours", "last_at_utc_ms", "last_energy_watt_hours", "lamp_on_hours",
        "controller_watt_hours",
    ];

    private readonly Dictionary<string, Heard> _heard = [];
    private readonly Dictionary<(string DevEui, int Kind), (long AtUtcMs, long ReceivedUtcMs, byte[] Payload)> _messages = [];
    private readonly Dictionary<(int Hour, string DevEui), Hour> _hours = [];

    /// <summary>Notes that a known controller was heard.</summary>
    public void Note(Uplink uplink, UplinkState state)
    {
        Heard heard = HeardOf(uplink.DevEui, uplink.ReceivedAtUtcMs);
        heard.FirstUtcMs = Math.Min(heard.FirstUtcMs, uplink.ReceivedAtUtcMs);
        heard.Count++;
        heard.Undecodable += state == UplinkState.Undecodable ? 1 : 0;
        if (uplink.ReceivedAtUtcMs >= heard.LastUtcMs)
        {
            (heard.LastUtcMs, heard.RssiDbm, heard.SnrDb) = (uplink.ReceivedAtUtcMs, uplink.RssiDbm, uplink.SnrDb);
        }
    }

    /// <summary>Notes that a known controller joined.</summary>
    public void Joined(JoinedEvent joined)
    {
        Heard heard = HeardOf(joined.DevEui, joined.AtUtcMs);
        heard.JoinedUtcMs = Math.Max(heard.JoinedUtcMs ?? long.MinValue, joined.AtUtcMs);
    }

    public void Status(Uplink uplink, StatusMessage status)
    {
        Newest(uplink, MessageKind.Status, uplink.ReceivedAtUtcMs, uplink.Payload);
        Hour hour = Energy(uplink, uplink.ReceivedAtUtcMs, status.EnergyWattHours, 1);
        hour.LampOnHours = Math.Max(hour.LampOnHours ?? 0, status.LampOnHours);
        alarms.TellStatus(uplink.DevEui, uplink.ReceivedAtUtcMs, status.IsLampFailure, status.IsDayBurner);
    }

    public void Answer(Uplink uplink, CommandAnswer answer) => Newest(uplink, MessageKind.Answer, uplink.ReceivedAtUtcMs, uplink.Payload);

    public void Alarm(Uplink uplink, AlarmTold alarm) => alarms.Tell(uplink.DevEui, alarm);

    public void Energy(Uplink uplink, long atUtcMs, long energyWattHours) => Energy(uplink, atUtcMs, energyWattHours, 1);

    public void Measurement(Uplink uplink, long atUtcMs, MeasurementEntry entry, byte[] values)
    {
        Newest(uplink, (int)entry.Kind, atUtcMs, values);
        if (entry is LuminaireEntry { EnergyQuality: not PoleController.Sensing.Quality.NotMeasured } luminaire)
        {
            Hour hour = Energy(uplink, atUtcMs, luminaire.EnergyWattHours, 0);
            hour.ControllerWattHours = Math.Max(hour.ControllerWattHours ?? 0, luminaire.ControllerWattHours);
        }
    }

    /// <summary>Writes all of it.</summary>
    public void Save(DbConnection connection)
    {
        connection.InsertAll("fleet_state", s_stateColumns, [.. _heard.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Value.Row(pair.Key))],
            " ON CONFLICT (dev_eui) DO UPDATE SET"
            + " first_uplink_utc_ms = CASE WHEN excluded.first_uplink_utc_ms < fleet_state.first_uplink_utc_ms THEN excluded.first_uplink_utc_ms ELSE fleet_state.first_uplink_utc_ms END,"
            + " joined_at_utc_ms = CASE WHEN excluded.joined_at_utc_ms > COALESCE(fleet_state.joined_at_utc_ms, 0) THEN excluded.joined_at_utc_ms ELSE fleet_state.joined_at_utc_ms END,"
            + " uplink_count = fleet_state.uplink_count + excluded.uplink_count, undecodable_count = fleet_state.undecodable_count + excluded.undecodable_count,"
            + " rssi_dbm = CASE WHEN excluded.last_uplink_utc_ms >= fleet_state.last_uplink_utc_ms THEN excluded.rssi_dbm ELSE fleet_state.rssi_dbm END,"
            + " snr_db = CASE WHEN excluded.last_uplink_utc_ms >= fleet_state.last_uplink_utc_ms THEN excluded.snr_db ELSE fleet_state.snr_db END,"
            + " last_uplink_utc_ms = CASE WHEN excluded.last_uplink_utc_ms > fleet_state.last_uplink_utc_ms THEN excluded.last_uplink_utc_ms ELSE fleet_state.last_uplink_utc_ms END");
        connection.InsertAll("latest_message", s_messageColumns,
            [.. _messages.OrderBy(pair => pair.Key).Select(pair => (object?[])[pair.Key.DevEui, pair.Key.Kind, pair.Value.AtUtcMs, pair.Value.ReceivedUtcMs, pair.Value.Payload])],
            " ON CONFLICT (dev_eui, kind) DO UPDATE SET at_utc_ms = excluded.at_utc_ms, received_at_utc_ms = excluded.received_at_utc_ms, payload = excluded.payload"
            + " WHERE excluded.at_utc_ms >= latest_message.at_utc_ms");
        connection.InsertAll("pole_hour", s_hourColumns,
            [.. _hours.OrderBy(pair => pair.Key).Select(pair => pair.Value.Row(pair.Key.Hour, pair.Key.DevEui, poles.GetValueOrDefault(pair.Key.DevEui)))],
            " ON CONFLICT (hour_utc, dev_eui) DO UPDATE SET report_count = pole_hour.report_count + excluded.report_count,"
            + " pole_id = COALESCE(pole_hour.pole_id, excluded.pole_id),"
            + " first_energy_watt_hours = CASE WHEN excluded.first_at_utc_ms < pole_hour.first_at_utc_ms THEN excluded.first_energy_watt_hours ELSE pole_hour.first_energy_watt_hours END,"
            + " first_at_utc_ms = CASE WHEN excluded.first_at_utc_ms < pole_hour.first_at_utc_ms THEN excluded.first_at_utc_ms ELSE pole_hour.first_at_utc_ms END,"
            + " last_energy_watt_hours = CASE WHEN excluded.last_at_utc_ms > pole_hour.last_at_utc_ms THEN excluded.last_energy_watt_hours ELSE pole_hour.last_energy_watt_hours END,"
            + " last_at_utc_ms = CASE WHEN excluded.last_at_utc_ms > pole_hour.last_at_utc_ms THEN excluded.last_at_utc_ms ELSE pole_hour.last_at_utc_ms END,"
            + " lamp_on_hours = " + Larger("lamp_on_hours") + ", controller_watt_hours = " + Larger("controller_watt_hours"));
    }

    private static string Larger(string column) =>
        $"CASE WHEN pole_hour.{column} IS NULL OR excluded.{column} > pole_hour.{column} THEN excluded.{column} ELSE pole_hour.{column} END";

    private Heard HeardOf(string devEui, long atUtcMs)
    {
        if (!_heard.TryGetValue(devEui, out Heard? heard))
        {
            _heard[devEui] = heard = new Heard { FirstUtcMs = atUtcMs, LastUtcMs = atUtcMs };
        }

        return heard;
    }

    private void Newest(Uplink uplink, int kind, long atUtcMs, byte[] payload)
    {
        if (!_messages.TryGetValue((uplink.DevEui, kind), out (long AtUtcMs, long, byte[]) there) || atUtcMs >= there.AtUtcMs)
        {
            _messages[(uplink.DevEui, kind)] = (atUtcMs, uplink.ReceivedAtUtcMs, payload);
        }
    }

    private Hour Energy(Uplink uplink, long atUtcMs, long energyWattHours, int reports)
    {
        (int, string) key = ((int)(atUtcMs / HourMs), uplink.DevEui);
        if (!_hours.TryGetValue(key, out Hour? hour))
        {
            _hours[key] = hour = new Hour { FirstUtcMs = atUtcMs, FirstWattHours = energyWattHours, LastUtcMs = atUtcMs, LastWattHours = energyWattHours };
        }

        hour.Reports += reports;
        if (atUtcMs < hour.FirstUtcMs)
        {
            (hour.FirstUtcMs, hour.FirstWattHours) = (atUtcMs, energyWattHours);
        }

        if (atUtcMs >= hour.LastUtcMs)
        {
            (hour.LastUtcMs, hour.LastWattHours) = (atUtcMs, energyWattHours);
        }

        return hour;
    }

    private sealed class Heard
    {
        public long FirstUtcMs { get; set; }

        public long LastUtcMs { get; set; }

        public long? JoinedUtcMs { get; set; }

        public long Count { get; set; }

        public long Undecodable { get; set; }

        public int? RssiDbm { get; set; }

        public double? SnrDb { get; set; }

        public object?[] Row(string devEui) => [devEui, FirstUtcMs, LastUtcMs, JoinedUtcMs, Count, Undecodable, RssiDbm, SnrDb];
    }

    private sealed class Hour
    {
        public int Reports { get; set; }

        public long FirstUtcMs { get; set; }

        public long FirstWattHours { get; set; }

        public long LastUtcMs { get; set; }

        public long LastWattHours { get; set; }

        public long? LampOnHours { get; set; }

        public long? ControllerWattHours { get; set; }

        public object?[] Row(int hour, string devEui, string? pole) =>
            [hour, devEui, pole, Reports, FirstUtcMs, FirstWattHours, LastUtcMs, LastWattHours, LampOnHours, ControllerWattHours];
    }
}
