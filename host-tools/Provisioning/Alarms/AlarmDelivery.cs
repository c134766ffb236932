// A message to a recipient: one alarm, or many of a kind that began or ended at once; and what became of telling it.
using System.Data.Common;
using System.Globalization;
using Provisioning.Storage;

namespace Provisioning.Alarms;

/// <summary>Something to be told to a recipient.</summary>
/// <param name="Recipient">To whom.</param>
/// <param name="AlarmNumber">Of which alarm; the first of those that are told together.</param>
/// <param name="Phase">began or ended.</param>
/// <param name="State">waiting, delivered or givenUp.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="DueUtcMs">When it is tried next, milliseconds since 1970 (UTC).</param>
/// <param name="Trouble">Why it was not told; null before the first attempt.</param>
/// <param name="Count">How many alarms it tells of; 1 or more.</param>
public sealed record AlarmDelivery(string Recipient, long AlarmNumber, string Phase, string State, int Attempts, long DueUtcMs, string? Trouble, int Count)
{
    /// <summary>It waits.</summary>
    public const string Waiting = "waiting";

    /// <summary>It was told.</summary>
    public const string Delivered = "delivered";

    /// <summary>It was tried for a week and given up.</summary>
    public const string GivenUp = "givenUp";

    /// <summary>The phase of a beginning, and of what does not last.</summary>
    public const string Began = "began";

    /// <summary>The phase of an end.</summary>
    public const string Ended = "ended";

    /// <summary>The key by which a recipient knows it again.</summary>
    public string Key => string.Create(CultureInfo.InvariantCulture, $"{(Count == 1 ? "alarm" : "alarms")}-{AlarmNumber}-{Phase}");
}

/// <summary>Rows of deliveries: one for each alarm and phase, those of a message with its number.</summary>
internal static class DeliveryTable
{
    private const string Columns = "recipient, message_number, phase, state, attempts, due_utc_ms, trouble";
    private static readonly string[] s_columns = ["recipient", "alarm_number", "message_number", "phase", "state", "attempts", "due_utc_ms"];

    /// <summary>Alarms with their phases that a recipient was told of or is to be told of.</summary>
    public static HashSet<(long AlarmNumber, string Phase)> WrittenDown(DbConnection connection, string recipient)
    {
        HashSet<(long, string)> there = [];
        connection.Each("SELECT alarm_number, phase FROM alarm_delivery WHERE recipient = @recipient", reader => there.Add((reader.GetInt64(0), reader.GetString(1))), ("@recipient", recipient));
        return there;
    }

    /// <summary>Writes down that alarms are to be told in one message.</summary>
    public static void Add(DbConnection connection, string recipient, string phase, IReadOnlyList<long> alarms, long nowUtcMs) => connection.InsertAll(
        "alarm_delivery", s_columns, [.. alarms.Select(number => (object?[])[recipient, number, alarms[0], phase, AlarmDelivery.Waiting, 0, nowUtcMs])]);

    public static List<AlarmDelivery> Due(DbConnection connection, long nowUtcMs) => Messages(connection, "state = 'waiting' AND due_utc_ms <= @now", ("@now", nowUtcMs));

    public static List<AlarmDelivery> Undelivered(DbConnection connection) => Messages(connection, "state <> 'delivered'");

    /// <summary>The alarms of a message, in the order of their numbers.</summary>
    public static List<AlarmEpisode> AlarmsOf(DbConnection connection, AlarmDelivery one) => AlarmRows.Chosen(
        connection, "alarm_number IN (SELECT alarm_number FROM alarm_delivery WHERE recipient = @recipient AND message_number = @number AND phase = @phase)",
        ("@recipient", one.Recipient), ("@number", one.AlarmNumber), ("@phase", one.Phase));

    public static void Set(DbConnection connection, AlarmDelivery one) => connection.Execute(
        "UPDATE alarm_delivery SET state = @state, attempts = @attempts, due_utc_ms = @due, trouble = @trouble WHERE recipient = @recipient AND message_number = @number AND phase = @phase",
        ("@state", one.State), ("@attempts", one.Attempts), ("@due", one.DueUtcMs), ("@trouble", one.Trouble), ("@recipient", one.Recipient), ("@number", one.AlarmNumber), ("@phase", one.Phase));

    private static List<AlarmDelivery> Messages(DbConnection connection, string condition, params (string Name, object? Value)[] parameters) => connection.Query(
        $"SELECT {Columns}, COUNT(*) FROM alarm_delivery WHERE {condition} GROUP BY {Columns} ORDER BY message_number, phase, recipient", Read, parameters);

    private static AlarmDelivery Read(DbDataReader reader) => new(
        reader.GetString(0), reader.GetInt64(1), reader.GetString(2), reader.GetString(3), reader.GetInt32(4), reader.GetInt64(5), reader.GetText(6),
        Convert.ToInt32(reader.GetValue(7), CultureInfo.InvariantCulture));
}
