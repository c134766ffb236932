// Deliveries to multicast groups and their frames in the database.
using System.Data.Common;
using System.Globalization;
using Provisioning.Storage;

namespace Provisioning.Downlinks.Multicast;

/// <summary>Rows of deliveries.</summary>
internal static class DeliveryTable
{
    private const string Columns = "delivery_number, group_number, kind, title, state, stage, gateways, spread_ms, patience_ms, deadline_utc_ms, created_utc_ms, changed_utc_ms";
    private const string FrameColumns = "delivery_number, stage, part, f_port, payload, airtime_us, state, sent_utc_ms";
    private static readonly string[] s_columns = Columns.Split(", ");
    private static readonly string[] s_frameColumns = FrameColumns.Split(", ");

    public static long NextNumber(DbConnection connection) => Number(connection.Scalar("SELECT MAX(delivery_number) FROM multicast_delivery") ?? 0L) + 1;

    public static List<Delivery> Open(DbConnection connection) =>
        connection.Query($"SELECT {Columns} FROM multicast_delivery WHERE state <> 'over' ORDER BY delivery_number", Read);

    /// <summary>The group of a delivery; null when there is no such delivery.</summary>
    public static long? GroupOf(DbConnection connection, long delivery) =>
        connection.Scalar("SELECT group_number FROM multicast_delivery WHERE delivery_number = @number", ("@number", delivery)) is { } group ? Number(group) : null;

    public static List<Delivery> Newest(DbConnection connection, long group, int most) => connection.Query(
        $"SELECT {Columns} FROM multicast_delivery WHERE group_number = @number ORDER BY delivery_number DESC LIMIT @most", Read, ("@number", group), ("@most", (long)most));

    /// <summary>Over how long the answers to each delivery are spread, in milliseconds, of those that open orders still wait for.</summary>
    public static Dictionary<long, long> SpreadMs(DbConnection connection) => connection.Query(
        "SELECT delivery_number, spread_ms FROM multicast_delivery WHERE delivery_number IN (SELECT p.delivery FROM downlink_part p JOIN downlink_order o ON o.order_number = p.order_number "
        + "WHERE p.delivery > 0 AND o.state = 'open')",
        reader => (Number(reader.GetValue(0)), Number(reader.GetValue(1)))).ToDictionary();

    /// <summary>Sizes of the fragments that a group's unfinished orders wait for: another block's fragments must not be taken for these.</summary>
    public static HashSet<int> FragmentLengths(DbConnection connection, long group) => [.. connection.Query(
        "SELECT DISTINCT LENGTH(f.payload) FROM multicast_frame f JOIN multicast_delivery d ON d.delivery_number = f.delivery_number WHERE d.group_number = @number AND f.f_port = 201 "
        + "AND EXISTS (SELECT 1 FROM downlink_part p JOIN downlink_order o ON o.order_number = p.order_number WHERE p.delivery = f.delivery_number AND o.state = 'open')",
        reader => (int)Number(reader.GetValue(0)), ("@number", group))];

    public static void Insert(DbConnection connection, Delivery delivery, IReadOnlyList<DeliveryFrame> frames)
    {
        connection.InsertAll("multicast_delivery", s_columns,
        [
            [
                delivery.Number, delivery.GroupNumber, delivery.Kind, delivery.Title, Word(delivery.State), delivery.Stage, delivery.Gateways, delivery.SpreadMs, delivery.PatienceMs,
                delivery.DeadlineUtcMs, delivery.CreatedUtcMs, delivery.ChangedUtcMs,
            ],
        ]);
        connection.InsertAll("multicast_frame", s_frameColumns,
            [.. frames.Select(frame => (object?[])[delivery.Number, frame.Stage, frame.Part, frame.FPort, frame.Payload, frame.AirtimeUs, Word(frame.State), 0L])]);
    }

    public static void Update(DbConnection connection, Delivery delivery) => connection.Execute(
        "UPDATE multicast_delivery SET state = @state, stage = @stage, deadline_utc_ms = @deadline, changed_utc_ms = @changed WHERE delivery_number = @number",
        ("@state", Word(delivery.State)), ("@stage", delivery.Stage), ("@deadline", delivery.DeadlineUtcMs), ("@changed", delivery.ChangedUtcMs), ("@number", delivery.Number));

    public static List<DeliveryFrame> Frames(DbConnection connection, long delivery) => connection.Query(
        "SELECT stage, part, f_port, payload, airtime_us, state FROM multicast_frame WHERE delivery_number = @number ORDER BY stage, part", ReadFrame, ("@number", delivery));

    /// <summary>Marks a frame as being given to the server, if it still waits and its delivery is being sent.</summary>
    public static bool TryTake(DbConnection connection, long delivery, DeliveryFrame frame, long nowUtcMs) => connection.Execute(
        "UPDATE multicast_frame SET state = 'sending', sent_utc_ms = @sent WHERE delivery_number = @number AND stage = @stage AND part = @part AND state = 'waiting' "
        + "AND EXISTS (SELECT 1 FROM multicast_delivery d WHERE d.delivery_number = @number AND d.state = 'sending' AND d.stage = @stage)",
        ("@sent", nowUtcMs), ("@number", delivery), ("@stage", frame.Stage), ("@part", frame.Part)) == 1;

    public static void SetState(DbConnection connection, long delivery, DeliveryFrame frame, PartState state) => connection.Execute(
        "UPDATE multicast_frame SET state = @state, sent_utc_ms = CASE WHEN @state = 'waiting' THEN 0 ELSE sent_utc_ms END "
        + "WHERE delivery_number = @number AND stage = @stage AND part = @part",
        ("@state", Word(state)), ("@number", delivery), ("@stage", frame.Stage), ("@part", frame.Part));

    /// <summary>
    /// Frames that an earlier run gave to the server and did not hear of: whether they were taken nobody can ask, so they count as sent. What they did not reach goes
    /// by unicast.
    /// </summary>
    public static void SettleInterrupted(DbConnection connection) => connection.Execute("UPDATE multicast_frame SET state = 'queued' WHERE state = 'sending'");

    /// <summary>Time on air of the frames that were given to the server since a moment, at one gateway, in microseconds.</summary>
    public static long AirtimeUsSince(DbConnection connection, long fromUtcMs) =>
        Number(connection.Scalar("SELECT SUM(airtime_us) FROM multicast_frame WHERE sent_utc_ms > @from", ("@from", fromUtcMs)) ?? 0L);

    private static Delivery Read(DbDataReader reader) => new()
    {
        Number = Number(reader.GetValue(0)),
        GroupNumber = Number(reader.GetValue(1)),
        Kind = reader.GetString(2),
        Title = reader.GetString(3),
        State = Enum.TryParse(reader.GetString(4), ignoreCase: true, out DeliveryState state) ? state : DeliveryState.Over,
        Stage = reader.GetInt32(5),
        Gateways = reader.GetString(6),
        SpreadMs = Number(reader.GetValue(7)),
        PatienceMs = Number(reader.GetValue(8)),
        DeadlineUtcMs = Number(reader.GetValue(9)),
        CreatedUtcMs = Number(reader.GetValue(10)),
        ChangedUtcMs = Number(reader.GetValue(11)),
    };

    private static DeliveryFrame ReadFrame(DbDataReader reader) => new(reader.GetInt32(0), reader.GetInt32(1), reader.GetInt32(2), reader.GetBlob(3)!, Number(reader.GetValue(4)))
    {
        State = Enum.TryParse(reader.GetString(5), ignoreCase: true, out PartState state) ? state : PartState.Queued,
    };

    private static string Word<T>(T state)
        where T : struct, Enum => state.ToString().ToLowerInvariant();

    private static long Number(object value) => Convert.ToInt64(value, CultureInfo.InvariantCulture);
}
