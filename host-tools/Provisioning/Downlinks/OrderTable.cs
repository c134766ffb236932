// Orders, what controllers are known to have, and their sequence numbers in the database.
using System.Data.Common;
using System.Globalization;
using Provisioning.Storage;

namespace Provisioning.Downlinks;

/// <summary>Settings that a controller was known to have.</summary>
/// <param name="Hash">Their hash as the pole reports it.</param>
/// <param name="Record">The controller's record of them.</param>
internal sealed record KnownSettings(int Hash, byte[] Record);

/// <summary>Rows of orders.</summary>
internal static class OrderTable
{
    private const string Columns = "order_number, dev_eui, pole_id, kind, title, wanted_hash, sections, record, state, reason, tries, created_utc_ms, expires_utc_ms, changed_utc_ms";
    private const string PartColumns = "order_number, stage, part, f_port, payload, airtime_us, state, server_name, sent_utc_ms, after_uplink";
    private static readonly string[] s_columns = Columns.Split(", ");
    private static readonly string[] s_partColumns = PartColumns.Split(", ");

    public static long NextNumber(DbConnection connection) => Number(connection.Scalar("SELECT MAX(order_number) FROM downlink_order") ?? 0L) + 1;

    public static List<Order> Open(DbConnection connection) =>
        WithParts(connection, connection.Query($"SELECT {Columns} FROM downlink_order WHERE state = 'open' ORDER BY order_number", Read), "o.state = 'open'");

    public static List<Order> OpenOf(DbConnection connection, string devEui) => [.. connection
        .Query($"SELECT {Columns} FROM downlink_order WHERE state = 'open' AND dev_eui = @eui ORDER BY order_number", Read, ("@eui", devEui))
        .Select(order => order with { Parts = PartsOf(connection, order.Number) })];

    public static List<Order> Newest(DbConnection connection, string? devEui, int most) => devEui is null
        ? connection.Query($"SELECT {Columns} FROM downlink_order ORDER BY order_number DESC LIMIT @most", Read, ("@most", (long)most))
        : connection.Query($"SELECT {Columns} FROM downlink_order WHERE dev_eui = @eui ORDER BY order_number DESC LIMIT @most", Read, ("@eui", devEui), ("@most", (long)most));

    /// <summary>The newest order of settings of each controller.</summary>
    public static Dictionary<string, Order> NewestSettings(DbConnection connection) => connection
        .Query(
            $"SELECT {Columns} FROM downlink_order WHERE order_number IN (SELECT MAX(order_number) FROM downlink_order WHERE kind = 'settings' GROUP BY dev_eui)", Read)
        .ToDictionary(order => order.DevEui, StringComparer.Ordinal);

    /// <summary>Orders of settings that were given since the controller was last known to be in step and did not end well: what of them it has nobody knows.</summary>
    public static List<Order> Unsettled(DbConnection connection, string devEui) => connection.Query(
        $"SELECT {Columns} FROM downlink_order WHERE dev_eui = @eui AND kind = 'settings' AND state <> 'done' AND created_utc_ms >= "
        + "COALESCE((SELECT confirmed_utc_ms FROM known_settings WHERE dev_eui = @eui), 0) ORDER BY order_number",
        Read, ("@eui", devEui));

    public static void Insert(DbConnection connection, Order order)
    {
        connection.InsertAll("downlink_order", s_columns,
        [
            [
                order.Number, order.DevEui, order.PoleId, order.Kind, order.Title, order.WantedHash, order.Sections, order.Record, Word(order.State), order.Reason, order.Tries,
                order.CreatedUtcMs, order.ExpiresUtcMs, order.ChangedUtcMs,
            ],
        ]);
        InsertParts(connection, order.Number, order.Parts);
    }

    public static void InsertParts(DbConnection connection, long order, IReadOnlyList<OrderPart> parts) => connection.InsertAll("downlink_part", s_partColumns,
        [.. parts.Select(part => (object?[])[order, part.Stage, part.Part, part.FPort, part.Payload, part.AirtimeUs, Word(part.State), part.ServerName, part.SentUtcMs, part.AfterUplink])]);

    public static void Update(DbConnection connection, Order order) => connection.Execute(
        "UPDATE downlink_order SET state = @state, reason = @reason, tries = @tries, changed_utc_ms = @changed WHERE order_number = @number",
        ("@state", Word(order.State)), ("@reason", order.Reason), ("@tries", order.Tries), ("@changed", order.ChangedUtcMs), ("@number", order.Number));

    public static void Update(DbConnection connection, long order, OrderPart part) => connection.Execute(
        "UPDATE downlink_part SET state = @state, server_name = @name, sent_utc_ms = @sent, after_uplink = @after WHERE order_number = @number AND stage = @stage AND part = @part",
        ("@state", Word(part.State)), ("@name", part.ServerName), ("@sent", part.SentUtcMs), ("@after", part.AfterUplink), ("@number", order), ("@stage", part.Stage), ("@part", part.Part));

    /// <summary>Marks a downlink as being given to the server, if it still waits and its order is open.</summary>
    public static bool TryTake(DbConnection connection, long order, OrderPart part) => connection.Execute(
        "UPDATE downlink_part SET state = 'sending', sent_utc_ms = @sent, after_uplink = @after WHERE order_number = @number AND stage = @stage AND part = @part AND state = 'waiting' "
        + "AND EXISTS (SELECT 1 FROM downlink_order o WHERE o.order_number = @number AND o.state = 'open')",
        ("@sent", part.SentUtcMs), ("@after", part.AfterUplink), ("@number", order), ("@stage", part.Stage), ("@part", part.Part)) == 1;

    /// <summary>Time on air of what was given to the server since a moment, in microseconds.</summary>
    public static long AirtimeUsSince(DbConnection connection, long fromUtcMs) =>
        Number(connection.Scalar("SELECT SUM(airtime_us) FROM downlink_part WHERE sent_utc_ms > @from", ("@from", fromUtcMs)) ?? 0L);

    /// <summary>Number of the newest uplink; 0 when there is none.</summary>
    public static long LastUplink(DbConnection connection) => Number(connection.Scalar("SELECT MAX(uplink_number) FROM uplink") ?? 0L);

    /// <summary>How many orders of a controller ended well and were for these settings.</summary>
    public static int DoneCount(DbConnection connection, string devEui, int wantedHash) => (int)Number(connection.Scalar(
        "SELECT COUNT(*) FROM downlink_order WHERE dev_eui = @eui AND kind = 'settings' AND state = 'done' AND wanted_hash = @hash", ("@eui", devEui), ("@hash", wantedHash)) ?? 0L);

    public static KnownSettings? Known(DbConnection connection, string devEui) => connection
        .Query("SELECT hash, record FROM known_settings WHERE dev_eui = @eui", reader => new KnownSettings(reader.GetInt32(0), reader.GetBlob(1)!), ("@eui", devEui)).FirstOrDefault();

    public static void SetKnown(DbConnection connection, string devEui, KnownSettings known, long confirmedUtcMs)
    {
        connection.Execute("DELETE FROM known_settings WHERE dev_eui = @eui", ("@eui", devEui));
        connection.InsertAll("known_settings", ["dev_eui", "hash", "record", "confirmed_utc_ms"], [[devEui, known.Hash, known.Record, confirmedUtcMs]]);
    }

    /// <summary>Gives a controller's next sequence numbers, 0 to 255 and around.</summary>
    public static int TakeSequence(DbConnection connection, string devEui)
    {
        const int Numbers = 256;
        object? next = connection.Scalar("SELECT next_sequence FROM command_sequence WHERE dev_eui = @eui", ("@eui", devEui));
        int sequence = (int)Number(next ?? 0L);
        if (next is null)
        {
            connection.InsertAll("command_sequence", ["dev_eui", "next_sequence"], [[devEui, (sequence + 1) % Numbers]]);
        }
        else
        {
            connection.Execute("UPDATE command_sequence SET next_sequence = @next WHERE dev_eui = @eui", ("@next", (sequence + 1) % Numbers), ("@eui", devEui));
        }

        return sequence;
    }

    private static List<OrderPart> PartsOf(DbConnection connection, long order) => connection.Query(
        $"SELECT {PartColumns} FROM downlink_part WHERE order_number = @number ORDER BY stage, part", reader => ReadPart(reader).Part, ("@number", order));

    private static List<Order> WithParts(DbConnection connection, List<Order> orders, string where)
    {
        ILookup<long, OrderPart> parts = connection.Query(
            $"SELECT {string.Join(", ", s_partColumns.Select(column => "p." + column))} FROM downlink_part p JOIN downlink_order o ON o.order_number = p.order_number WHERE {where} "
            + "ORDER BY p.order_number, p.stage, p.part",
            ReadPart).ToLookup(pair => pair.Order, pair => pair.Part);
        return [.. orders.Select(order => order with { Parts = [.. parts[order.Number]] })];
    }

    private static Order Read(DbDataReader reader) => new()
    {
        Number = Number(reader.GetValue(0)),
        DevEui = reader.GetString(1),
        PoleId = reader.GetString(2),
        Kind = reader.GetString(3),
        Title = reader.GetString(4),
        WantedHash = reader.IsDBNull(5) ? null : reader.GetInt32(5),
        Sections = reader.GetString(6),
        Record = reader.GetBlob(7),
        State = Enum.TryParse(reader.GetString(8), ignoreCase: true, out OrderState state) ? state : OrderState.Unanswered,
        Reason = reader.GetString(9),
        Tries = reader.GetInt32(10),
        CreatedUtcMs = Number(reader.GetValue(11)),
        ExpiresUtcMs = Number(reader.GetValue(12)),
        ChangedUtcMs = Number(reader.GetValue(13)),
    };

    private static (long Order, OrderPart Part) ReadPart(DbDataReader reader) => (Number(reader.GetValue(0)),
        new OrderPart(reader.GetInt32(1), reader.GetInt32(2), reader.GetInt32(3), reader.GetBlob(4)!, Number(reader.GetValue(5)))
        {
            State = Enum.TryParse(reader.GetString(6), ignoreCase: true, out PartState state) ? state : PartState.Queued,
            ServerName = reader.GetString(7),
            SentUtcMs = Number(reader.GetValue(8)),
            AfterUplink = Number(reader.GetValue(9)),
        });

    private static string Word<T>(T state)
        where T : struct, Enum => state.ToString().ToLowerInvariant();

    private static long Number(object value) => Convert.ToInt64(value, CultureInfo.InvariantCulture);
}
