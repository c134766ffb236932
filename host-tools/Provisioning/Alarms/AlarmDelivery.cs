// Telling recipients: what is to be told is written down first, then told, then ticked off. So nothing is forgotten; what was told when the power went, just before
// it was ticked off, is told again with the same key, by which the recipient knows it (at least once, not exactly once).
using System.Data.Common;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Provisioning.Audit;
using Provisioning.Language;
using Provisioning.Members;
using Provisioning.Poles;
using Provisioning.Storage;
using Provisioning.Workspaces;

namespace Provisioning.Alarms;

/// <summary>Something to be told to a recipient.</summary>
/// <param name="Recipient">To whom.</param>
/// <param name="AlarmNumber">Of which alarm.</param>
/// <param name="Phase">began or ended.</param>
/// <param name="State">waiting, delivered or givenUp.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="DueUtcMs">When it is tried next, milliseconds since 1970 (UTC).</param>
/// <param name="Trouble">Why it was not told; null before the first attempt.</param>
public sealed record AlarmDelivery(string Recipient, long AlarmNumber, string Phase, string State, int Attempts, long DueUtcMs, string? Trouble)
{
    /// <summary>It waits.</summary>
    public const string Waiting = "waiting";

    /// <summary>It was told.</summary>
    public const string Delivered = "delivered";

    /// <summary>It was tried for a week and given up.</summary>
    public const string GivenUp = "givenUp";

    /// <summary>The key by which a recipient knows it again.</summary>
    public string Key => string.Create(CultureInfo.InvariantCulture, $"alarm-{AlarmNumber}-{Phase}");
}

/// <summary>What is told.</summary>
/// <param name="Delivery">The delivery.</param>
/// <param name="Recipient">To whom.</param>
/// <param name="Text">For people, in their language: a line.</param>
/// <param name="Json">For programs, UTF-8.</param>
internal sealed record AlarmNotice(AlarmDelivery Delivery, Recipient Recipient, string Text, byte[] Json);

/// <summary>Tells recipients.</summary>
public static class AlarmSender
{
    private const int MostTrouble = 200;

    // Others leave alone for so long what somebody is telling: longer than any attempt takes.
    private const long ClaimMs = 5 * 60_000;
    private const long FirstDelayMs = 60_000;
    private const long LongestDelayMs = 60 * 60_000;
    private const int MostAttempts = 170;

    /// <summary>Tells what is due.</summary>
    /// <param name="workspace">The workspace.</param>
    /// <param name="isDryRun">Whether only to find what would be told.</param>
    /// <param name="time">The clock; null for this computer's.</param>
    /// <returns>What was told (or would be), and what was not, with why.</returns>
    public static (IReadOnlyList<AlarmDelivery> Told, IReadOnlyList<AlarmDelivery> NotTold) Send(Workspace workspace, bool isDryRun, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        TimeProvider clock = time ?? TimeProvider.System;
        List<AlarmNotice> notices = workspace.Write(Permission.Service, isDryRun, writer => Claim(writer, clock.GetUtcNow().ToUnixTimeMilliseconds()));
        if (isDryRun)
        {
            return ([.. notices.Select(notice => notice.Delivery)], []);
        }

        List<AlarmDelivery> told = [];
        List<AlarmDelivery> notTold = [];
        foreach (AlarmNotice notice in notices)
        {
            string? trouble = AlarmChannels.Tell(notice, clock);
            AlarmDelivery after = After(notice.Delivery, trouble, clock.GetUtcNow().ToUnixTimeMilliseconds());
            workspace.Write(Permission.Service, false, writer =>
            {
                DeliveryTable.Set(writer.Connection, after);
                return true;
            });
            (trouble is null ? told : notTold).Add(after);
        }

        return (told, notTold);
    }

    /// <summary>What was not told yet, and what was given up.</summary>
    public static IReadOnlyList<AlarmDelivery> Undelivered(Workspace workspace)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        return workspace.Read(DeliveryTable.Undelivered);
    }

    private static AlarmDelivery After(AlarmDelivery delivery, string? trouble, long nowUtcMs)
    {
        int attempts = delivery.Attempts + 1;
        long delay = Math.Min(LongestDelayMs, FirstDelayMs << Math.Min(attempts - 1, 10));
        return delivery with
        {
            State = trouble is null ? AlarmDelivery.Delivered : attempts >= MostAttempts ? AlarmDelivery.GivenUp : AlarmDelivery.Waiting,
            Attempts = attempts,
            DueUtcMs = nowUtcMs + delay,
            Trouble = trouble is { Length: > MostTrouble } ? trouble[..MostTrouble] : trouble,
        };
    }

    private static List<AlarmNotice> Claim(WorkspaceWriter writer, long nowUtcMs)
    {
        DbConnection connection = writer.Connection;
        List<Recipient> recipients = [.. RecipientTable.All(connection).Where(recipient => IsAsTheJournalLeftIt(connection, recipient))];
        Dictionary<string, Pole> poles = PoleTable.All(connection).ToDictionary(pole => pole.Id);
        foreach (Recipient recipient in recipients)
        {
            WriteDown(connection, recipient, poles, nowUtcMs);
        }

        List<AlarmNotice> notices = [];
        foreach (AlarmDelivery due in DeliveryTable.Due(connection, nowUtcMs))
        {
            Recipient? recipient = recipients.Find(one => one.Name == due.Recipient);
            if (recipient is not null && AlarmRows.Find(connection, due.AlarmNumber) is { } alarm)
            {
                DeliveryTable.Set(connection, due with { DueUtcMs = nowUtcMs + ClaimMs });
                notices.Add(Notice(due, recipient, alarm, alarm.PoleId is { } pole ? poles.GetValueOrDefault(pole) : null, writer.WorkspaceIdentifier));
            }
        }

        return notices;
    }

    // A row that somebody wrote past polectl must not make it run a command.
    private static bool IsAsTheJournalLeftIt(DbConnection connection, Recipient recipient) =>
        JournalTable.LastAbout(connection, SubjectKind.Recipient, recipient.Name)?.StateHash is { } hash && hash.AsSpan().SequenceEqual(RecipientTable.HashOf(recipient));

    private static void WriteDown(DbConnection connection, Recipient recipient, Dictionary<string, Pole> poles, long nowUtcMs)
    {
        HashSet<string> kinds = [.. recipient.Alarms.Split(',', StringSplitOptions.RemoveEmptyEntries)];
        List<object?[]> rows = [];
        foreach (AlarmEpisode alarm in AlarmRows.After(connection, recipient.AfterAlarm))
        {
            Pole? pole = alarm.PoleId is { } id ? poles.GetValueOrDefault(id) : null;
            bool isMeant = (kinds.Count == 0 || kinds.Contains(AlarmKinds.Word(alarm.Kind)))
                && (recipient.Group is null || pole?.Group == recipient.Group) && (recipient.District is null || pole?.District == recipient.District);
            if (isMeant)
            {
                rows.Add([recipient.Name, alarm.Number, "began", AlarmDelivery.Waiting, 0, nowUtcMs, null]);
                if (alarm.EndedUtcMs is not null && !AlarmKinds.IsMoment(alarm.Kind))
                {
                    rows.Add([recipient.Name, alarm.Number, "ended", AlarmDelivery.Waiting, 0, nowUtcMs, null]);
                }
            }
        }

        DeliveryTable.Add(connection, rows);
    }

    private static AlarmNotice Notice(AlarmDelivery delivery, Recipient recipient, AlarmEpisode alarm, Pole? pole, string workspace)
    {
        bool isGerman = recipient.Language == "de";
        TextCatalog texts = TextCatalog.Load(typeof(AlarmSender).Assembly, isGerman ? TextLanguage.German : TextLanguage.English);
        long at = delivery.Phase == "ended" ? alarm.EndedUtcMs ?? alarm.ChangedUtcMs : alarm.BeganUtcMs;
        string moment = DateTimeOffset.FromUnixTimeMilliseconds(at).ToString(isGerman ? "dd.MM.yyyy HH:mm 'UTC'" : "yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
        string place = alarm.PoleId ?? alarm.DevEui;
        JsonObject json = new()
        {
            ["key"] = delivery.Key,
            ["workspace"] = workspace,
            ["phase"] = delivery.Phase,
            ["number"] = alarm.Number,
            ["alarm"] = AlarmKinds.Word(alarm.Kind),
            ["size"] = alarm.Size,
            ["pole"] = alarm.PoleId,
            ["devEui"] = alarm.DevEui,
            ["street"] = pole?.Street,
            ["latitude"] = pole?.Latitude,
            ["longitude"] = pole?.Longitude,
            ["criticality"] = pole is null ? null : PoleField.ToText(pole.Criticality),
            ["at"] = UtcText.Seconds(at),
        };
        string text = texts.Format("notice." + delivery.Phase, place, pole?.Street ?? "", texts["alarmKind." + AlarmKinds.Word(alarm.Kind)], moment);
        return new AlarmNotice(delivery, recipient, text, Encoding.UTF8.GetBytes(json.ToJsonString(JsonSerializerOptions.Web)));
    }
}

/// <summary>Rows of deliveries.</summary>
internal static class DeliveryTable
{
    private const string Columns = "recipient, alarm_number, phase, state, attempts, due_utc_ms, trouble";
    private static readonly string[] s_columns = Columns.Split(", ");

    public static void Add(DbConnection connection, IReadOnlyList<object?[]> rows) => connection.InsertAll("alarm_delivery", s_columns, rows, " ON CONFLICT DO NOTHING");

    public static List<AlarmDelivery> Due(DbConnection connection, long nowUtcMs) => connection.Query(
        $"SELECT {Columns} FROM alarm_delivery WHERE state = 'waiting' AND due_utc_ms <= @now ORDER BY alarm_number, phase, recipient", Read, ("@now", nowUtcMs));

    public static List<AlarmDelivery> Undelivered(DbConnection connection) =>
        connection.Query($"SELECT {Columns} FROM alarm_delivery WHERE state <> 'delivered' ORDER BY alarm_number, phase, recipient", Read);

    public static void Set(DbConnection connection, AlarmDelivery one) => connection.Execute(
        "UPDATE alarm_delivery SET state = @state, attempts = @attempts, due_utc_ms = @due, trouble = @trouble WHERE recipient = @recipient AND alarm_number = @number AND phase = @phase",
        ("@state", one.State), ("@attempts", one.Attempts), ("@due", one.DueUtcMs), ("@trouble", one.Trouble), ("@recipient", one.Recipient), ("@number", one.AlarmNumber), ("@phase", one.Phase));

    private static AlarmDelivery Read(DbDataReader reader) =>
        new(reader.GetString(0), reader.GetInt64(1), reader.GetString(2), reader.GetString(3), reader.GetInt32(4), reader.GetInt64(5), reader.GetText(6));
}
