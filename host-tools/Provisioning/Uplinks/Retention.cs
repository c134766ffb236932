// How long observations are kept. Uplinks as they came go first; hours become days; alarms, days and the newest message of each kind stay. What goes is gone
// from the file (secure_delete), and from backups made later.
using System.Data.Common;
using System.Globalization;
using System.Text.Json.Nodes;
using Provisioning.Audit;
using Provisioning.Members;
using Provisioning.Problems;
using Provisioning.Storage;
using Provisioning.Workspaces;

namespace Provisioning.Uplinks;

/// <summary>How long observations are kept.</summary>
/// <param name="UplinkDays">Days for which uplinks are kept as they came, 1 to 3,650.</param>
/// <param name="HourDays">Days for which energy is kept by the hour, 1 to 3,650; then by the day.</param>
/// <param name="Version">Counts changes; 0: nobody has set anything.</param>
public sealed record RetentionTimes(int UplinkDays, int HourDays, int Version)
{
    /// <summary>What holds until somebody sets something: long enough to look into a complaint, and a year of reports by the hour.</summary>
    public static RetentionTimes Usual { get; } = new(90, 400, 0);
}

/// <summary>Sets and applies how long observations are kept.</summary>
public static class Retention
{
    /// <summary>Most days.</summary>
    public const int MostDays = 3_650;

    private const long HourMs = 3_600_000;
    private const long DayMs = 24 * HourMs;

    /// <summary>How long observations are kept.</summary>
    public static RetentionTimes Get(Workspace workspace)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        return workspace.Read(RetentionTable.Find) ?? RetentionTimes.Usual;
    }

    /// <summary>Sets how long; what is null stays.</summary>
    public static RetentionTimes Set(WorkspaceWriter writer, int? uplinkDays, int? hourDays)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Require(Permission.Administer);
        RetentionTimes before = RetentionTable.Find(writer.Connection) ?? RetentionTimes.Usual;
        RetentionTimes after = new(uplinkDays ?? before.UplinkDays, hourDays ?? before.HourDays, before.Version + 1);
        if (after.UplinkDays is < 1 or > MostDays || after.HourDays is < 1 or > MostDays)
        {
            throw new ProblemException(new Problem("problem.retention.days", $"{MostDays}") { Kind = ProblemKind.WrongUse });
        }

        RetentionTable.Set(writer.Connection, after);
        writer.Record("retention.set", SubjectKind.Retention, "retention", RetentionTable.HashOf(after), new JsonObject
        {
            ["uplinkDays"] = new JsonArray(before.UplinkDays, after.UplinkDays),
            ["hourDays"] = new JsonArray(before.HourDays, after.HourDays),
        });
        return after;
    }

    /// <summary>Takes away what is older.</summary>
    /// <param name="writer">The change.</param>
    /// <param name="nowUtcMs">The moment from which the days are counted, milliseconds since 1970 (UTC).</param>
    /// <returns>Uplinks that went, and hours that became days.</returns>
    public static (int Uplinks, int Hours) Apply(WorkspaceWriter writer, long nowUtcMs)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Require(Permission.Intake);
        RetentionTimes times = RetentionTable.Find(writer.Connection) ?? RetentionTimes.Usual;
        int uplinks = writer.Connection.Execute("DELETE FROM uplink WHERE received_at_utc_ms < @before", ("@before", nowUtcMs - (times.UplinkDays * DayMs)));

        // Whole days only, so that a day is made once.
        long beforeHour = (nowUtcMs - (times.HourDays * DayMs)) / DayMs * 24;
        writer.Connection.Execute(
            "INSERT INTO pole_day (day_utc, dev_eui, pole_id, reported_hours, first_at_utc_ms, first_energy_watt_hours, last_at_utc_ms, last_energy_watt_hours, lamp_on_hours, controller_watt_hours) "
            + "SELECT hour_utc / 24, dev_eui, MIN(pole_id), COUNT(*), MIN(first_at_utc_ms), MIN(first_energy_watt_hours), MAX(last_at_utc_ms), MAX(last_energy_watt_hours), MAX(lamp_on_hours), "
            + "MAX(controller_watt_hours) FROM pole_hour WHERE hour_utc < @before GROUP BY hour_utc / 24, dev_eui "
            + "ON CONFLICT (day_utc, dev_eui) DO UPDATE SET reported_hours = pole_day.reported_hours + excluded.reported_hours",
            ("@before", beforeHour));
        int hours = writer.Connection.Execute("DELETE FROM pole_hour WHERE hour_utc < @before", ("@before", beforeHour));
        if (uplinks + hours > 0)
        {
            writer.Record("retention.apply", SubjectKind.Workspace, writer.WorkspaceIdentifier, null, new JsonObject { ["uplinks"] = uplinks, ["hours"] = hours });
        }

        return (uplinks, hours);
    }
}

/// <summary>The row of the retention times.</summary>
internal static class RetentionTable
{
    public static RetentionTimes? Find(DbConnection connection) => connection.Query(
        "SELECT uplink_days, hour_days, version FROM retention",
        reader => new RetentionTimes(Convert.ToInt32(reader.GetValue(0), CultureInfo.InvariantCulture), reader.GetInt32(1), reader.GetInt32(2))).FirstOrDefault();

    public static void Set(DbConnection connection, RetentionTimes times) => connection.InsertAll(
        "retention", ["only_row", "uplink_days", "hour_days", "version"], [[1, times.UplinkDays, times.HourDays, times.Version]],
        " ON CONFLICT (only_row) DO UPDATE SET uplink_days = excluded.uplink_days, hour_days = excluded.hour_days, version = excluded.version");

    public static byte[] HashOf(RetentionTimes times) => StateHash.Of(times.UplinkDays, times.HourDays, times.Version);
}
