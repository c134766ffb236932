// Orders, what controllers are known to have, and their sequence numbers in the database.
using System.Data.Common;
using System.Globalization;
using PoleController.LoRaWan.Packages;
using PoleController.Messages;
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
    private const string PartColumns = "order_number, stage, part, f_port, payload, airtime_us, state, server_name, sent_utc_ms, after_uplink, delivery";
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
        [.. parts.Select(part => (object?[])[order, part.Stage, part.Part, part.FPort, part.Payload, part.AirtimeUs, Word(part.State), part.ServerName, part.SentUtcMs, part.AfterUplink, part.Delivery])]);

    public static void Update(DbConnection connection, Order order) => connection.Execute(
        "UPDATE downlink_order SET state = @state, reason = @reason, tries = @tries, expires_utc_ms = @expires, changed_utc_ms = @changed WHERE order_number = @number",
        ("@state", Word(order.State)), ("@reason", order.Reason), ("@tries", order.Tries), ("@expires", order.ExpiresUtcMs), ("@changed", order.ChangedUtcMs), ("@number", order.Number));

    public static void Update(DbConnection connection, long order, OrderPart part) => connection.Execute(
        "UPDATE downlink_part SET state = @state, server_name = @name, sent_utc_ms = @sent, after_uplink = @after, delivery = @delivery, payload = @payload, "
        + "airtime_us = @airtime WHERE order_number = @number AND stage = @stage AND part = @part",
        ("@state", Word(part.State)), ("@name", part.ServerName), ("@sent", part.SentUtcMs), ("@after", part.AfterUplink), ("@delivery", part.Delivery),
        ("@payload", part.Payload), ("@airtime", part.AirtimeUs), ("@number", order),
        ("@stage", part.Stage), ("@part", part.Part));

    /// <summary>Marks a downlink as being given to the server, if it still waits and its order is open.</summary>
    public static bool TryTake(DbConnection connection, long order, OrderPart part) => connection.Execute(
        "UPDATE downlink_part SET state = 'sending', sent_utc_ms = @sent, after_uplink = @after, payload = @payload WHERE order_number = @number AND stage = @stage AND part = @part AND state = 'waiting' "
        + "AND EXISTS (SELECT 1 FROM downlink_order o WHERE o.order_number = @number AND o.state = 'open')",
        ("@sent", part.SentUtcMs), ("@after", part.AfterUplink), ("@payload", part.Payload), ("@number", order), ("@stage", part.Stage), ("@part", part.Part)) == 1;

    /// <summary>Time on air of what was given to the server for single controllers since a moment, in microseconds.</summary>
    public static long AirtimeUsSince(DbConnection connection, long fromUtcMs) =>
        Number(connection.Scalar("SELECT SUM(airtime_us) FROM downlink_part WHERE sent_utc_ms > @from AND delivery = 0", ("@from", fromUtcMs)) ?? 0L);

    /// <summary>When a set-up of a group, or of a block, was given to the server last, UTC in milliseconds since 1970; 0 for never.</summary>
    public static long LastSetupUtcMs(DbConnection connection) => Number(connection.Scalar(
        "SELECT MAX(p.sent_utc_ms) FROM downlink_part p JOIN downlink_order o ON o.order_number = p.order_number WHERE o.state = 'open' AND p.part = 0 AND p.f_port IN (@setup, @fragments)",
        ("@setup", PackageId.MulticastSetupPort), ("@fragments", PackageId.FragmentationPort)) ?? 0L);

    /// <summary>Open orders that a delivery is for, with their downlinks.</summary>
    public static List<Order> OpenOfDelivery(DbConnection connection, long delivery) => [.. connection
        .Query(
            $"SELECT {Columns} FROM downlink_order WHERE state = 'open' AND order_number IN (SELECT order_number FROM downlink_part WHERE delivery = @delivery) ORDER BY order_number",
            Read, ("@delivery", delivery))
        .Select(order => order with { Parts = PartsOf(connection, order.Number) })];

    /// <summary>The downlinks of an order that wait for a delivery go to the controller alone instead.</summary>
    public static void Ungroup(DbConnection connection, long order) => connection.Execute(
        "UPDATE downlink_part SET state = 'waiting', delivery = 0 WHERE order_number = @number AND state = 'grouped'", ("@number", order));

    /// <summary>Everything of a delivery that is not answered goes to the controllers alone instead.</summary>
    public static void UngroupAll(DbConnection connection, long delivery) => connection.Execute(
        "UPDATE downlink_part SET state = 'waiting', delivery = 0, sent_utc_ms = 0, after_uplink = 0 WHERE delivery = @delivery AND state IN ('grouped', 'queued')", ("@delivery", delivery));

    /// <summary>The downlinks of a stage of an order go out by the delivery that they wait for.</summary>
    public static void SendGrouped(DbConnection connection, long order, int stage, long sentUtcMs, long afterUplink) => connection.Execute(
        "UPDATE downlink_part SET state = 'queued', sent_utc_ms = @sent, after_uplink = @after WHERE order_number = @number AND stage = @stage AND state = 'grouped'",
        ("@sent", sentUtcMs), ("@after", afterUplink), ("@number", order), ("@stage", stage));

    /// <summary>When the downlinks of a stage went out by a delivery.</summary>
    public static void SetSent(DbConnection connection, long delivery, int stage, long sentUtcMs) => connection.Execute(
        "UPDATE downlink_part SET sent_utc_ms = @sent WHERE delivery = @delivery AND stage = @stage AND state = 'queued'",
        ("@sent", sentUtcMs), ("@delivery", delivery), ("@stage", stage));

    public static Order? Find(DbConnection connection, long number) => connection
        .Query($"SELECT {Columns} FROM downlink_order WHERE order_number = @number", Read, ("@number", number)).FirstOrDefault();

    /// <summary>Numbers that commands to a controller had since a moment: with these the same command would be a repetition to it.</summary>
    public static HashSet<int> SequencesSince(DbConnection connection, string devEui, long fromUtcMs) => [.. connection.Query(
        "SELECT p.payload FROM downlink_part p JOIN downlink_order o ON o.order_number = p.order_number WHERE o.dev_eui = @eui AND o.created_utc_ms >= @from AND p.f_port = @port",
        reader => reader.GetBlob(0)!, ("@eui", devEui), ("@from", fromUtcMs), ("@port", MessagePort.Command)).Where(payload => payload.Length > 1).Select(payload => (int)payload[1])];

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
        int? next = NextSequence(connection, devEui);
        int sequence = next ?? 0;
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

    /// <summary>Gives a number to several controllers at once: one that none of them had for a command since a moment, if there is one.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="devEuis">The controllers, one at least.</param>
    /// <param name="fromUtcMs">The moment.</param>
    /// <param name="taken">Numbers that were given and are in no order yet; the new one is added.</param>
    public static int TakeSharedSequence(DbConnection connection, IReadOnlyList<string> devEuis, long fromUtcMs, HashSet<int> taken)
    {
        const int Numbers = 256;
        HashSet<int> used = [.. taken];
        foreach (string devEui in devEuis)
        {
            used.UnionWith(SequencesSince(connection, devEui, fromUtcMs));
        }

        int first = NextSequence(connection, devEuis[0]) ?? 0;
        int sequence = Enumerable.Range(first, Numbers).Select(number => number % Numbers).FirstOrDefault(number => !used.Contains(number), first);
        foreach (string devEui in devEuis.Where(devEui => (NextSequence(connection, devEui) ?? 0) == sequence))
        {
            TakeSequence(connection, devEui);
        }

        taken.Add(sequence);
        return sequence;
    }

    private static int? NextSequence(DbConnection connection, string devEui) =>
        connection.Scalar("SELECT next_sequence FROM command_sequence WHERE dev_eui = @eui", ("@eui", devEui)) is { } next ? (int)Number(next) : null;

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
            Delivery = Number(reader.GetValue(10)),
        });

    private static string Word<T>(T state)
        where T : struct, Enum => state.ToString().ToLowerInvariant();

    private static long Number(object value) => Convert.ToInt64(value, CultureInfo.InvariantCulture);
}
