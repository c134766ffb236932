// Alarms in the database.
using System.Data.Common;
using System.Globalization;
using PoleController.Alarms;
using Provisioning.Storage;

namespace Provisioning.Alarms;

/// <summary>Rows of alarms.</summary>
internal static class AlarmRows
{
    private const string Columns = "alarm_number, dev_eui, pole_id, kind, reason, size, began_utc_ms, is_beginning_known, changed_utc_ms, ended_utc_ms";
    private static readonly string[] s_columns = Columns.Split(", ");

    /// <summary>Episodes of a kind at a controller that are open, or ended at or after a moment; oldest first.</summary>
    public static List<AlarmEpisode> Of(DbConnection connection, string devEui, AlarmKind kind, long endedFromUtcMs) => connection.Query(
        $"SELECT {Columns} FROM alarm WHERE dev_eui = @eui AND kind = @kind AND (ended_utc_ms IS NULL OR ended_utc_ms >= @from) ORDER BY began_utc_ms, alarm_number",
        Read, ("@eui", devEui), ("@kind", (int)kind), ("@from", endedFromUtcMs));

    /// <summary>All open ones, oldest first.</summary>
    public static List<AlarmEpisode> Open(DbConnection connection) =>
        connection.Query($"SELECT {Columns} FROM alarm WHERE ended_utc_ms IS NULL ORDER BY began_utc_ms, alarm_number", Read);

    /// <summary>Those of a time, oldest first: not ended before it begins, not begun after it ends.</summary>
    public static List<AlarmEpisode> Within(DbConnection connection, long fromUtcMs, long toUtcMs) => connection.Query(
        $"SELECT {Columns} FROM alarm WHERE began_utc_ms < @to AND (ended_utc_ms IS NULL OR ended_utc_ms >= @from) ORDER BY began_utc_ms, alarm_number",
        Read, ("@from", fromUtcMs), ("@to", toUtcMs));

    /// <summary>Those with a higher number, in the order of their numbers.</summary>
    public static List<AlarmEpisode> After(DbConnection connection, long number) =>
        connection.Query($"SELECT {Columns} FROM alarm WHERE alarm_number > @number ORDER BY alarm_number", Read, ("@number", number));

    /// <summary>Those that a condition chooses, in the order of their numbers.</summary>
    public static List<AlarmEpisode> Chosen(DbConnection connection, string condition, params (string Name, object? Value)[] parameters) =>
        connection.Query($"SELECT {Columns} FROM alarm WHERE {condition} ORDER BY alarm_number", Read, parameters);

    public static AlarmEpisode? Find(DbConnection connection, long number) =>
        connection.Query($"SELECT {Columns} FROM alarm WHERE alarm_number = @number", Read, ("@number", number)).FirstOrDefault();

    /// <summary>Controllers at which a kind is open, with when that was last told.</summary>
    public static Dictionary<string, long> OpenOf(DbConnection connection, AlarmKind kind)
    {
        Dictionary<string, long> open = [];
        connection.Each(
            "SELECT dev_eui, changed_utc_ms FROM alarm WHERE ended_utc_ms IS NULL AND kind = @kind", reader => open[reader.GetString(0)] = reader.GetInt64(1), ("@kind", (int)kind));
        return open;
    }

    /// <summary>The open ones of a kind, oldest first.</summary>
    public static List<AlarmEpisode> OpenEpisodesOf(DbConnection connection, AlarmKind kind) =>
        connection.Query($"SELECT {Columns} FROM alarm WHERE ended_utc_ms IS NULL AND kind = @kind ORDER BY began_utc_ms, alarm_number", Read, ("@kind", (int)kind));

    public static void Insert(DbConnection connection, AlarmEpisode episode) => InsertAll(connection, [episode]);

    public static void InsertAll(DbConnection connection, IReadOnlyList<AlarmEpisode> episodes) => connection.InsertAll("alarm", s_columns, [.. episodes.Select(Values)]);

    public static void Update(DbConnection connection, AlarmEpisode episode)
    {
        object?[] values = Values(episode);
        connection.Execute(
            "UPDATE alarm SET dev_eui = @dev_eui, pole_id = @pole_id, kind = @kind, reason = @reason, size = @size, began_utc_ms = @began_utc_ms, is_beginning_known = @is_beginning_known, "
            + "changed_utc_ms = @changed_utc_ms, ended_utc_ms = @ended_utc_ms WHERE alarm_number = @alarm_number",
            [.. s_columns.Select((column, index) => ("@" + column, values[index]))]);
    }

    private static object?[] Values(AlarmEpisode episode) =>
    [
        episode.Number, episode.DevEui, episode.PoleId, (int)episode.Kind, episode.Reason, episode.Size, episode.BeganUtcMs, episode.IsBeginningKnown ? 1 : 0,
        episode.ChangedUtcMs, episode.EndedUtcMs,
    ];

    private static AlarmEpisode Read(DbDataReader reader) => new()
    {
        Number = Convert.ToInt64(reader.GetValue(0), CultureInfo.InvariantCulture),
        DevEui = reader.GetString(1),
        PoleId = reader.GetText(2),
        Kind = (AlarmKind)reader.GetInt32(3),
        Reason = reader.GetInt32(4),
        Size = reader.GetInt32(5),
        BeganUtcMs = reader.GetInt64(6),
        IsBeginningKnown = reader.GetInt32(7) != 0,
        ChangedUtcMs = reader.GetInt64(8),
        EndedUtcMs = reader.IsDBNull(9) ? null : reader.GetInt64(9),
    };
}
