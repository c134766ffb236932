// Telling recipients: what is to be told is written down first, then told, then ticked off. So nothing is forgotten; what was told when the power went, just before
// it was ticked off, is told again with the same key, by which the recipient knows it (at least once, not exactly once).
using System.Data.Common;
using Provisioning.Audit;
using Provisioning.Members;
using Provisioning.Poles;
using Provisioning.Workspaces;

namespace Provisioning.Alarms;

/// <summary>Tells recipients.</summary>
public static class AlarmSender
{
    /// <summary>So many alarms of a kind that began (or ended) at once are told one by one; more are told in one message.</summary>
    public const int MostSingly = 5;

    /// <summary>
    /// So long a silence waits for others, in milliseconds: the poles of a circuit report at different times, so they do not fall silent at the same moment, nor
    /// are they heard again at the same moment.
    /// </summary>
    public const long GatherSilencesMs = 15 * 60_000;

    private const int MostTrouble = 200;

    // Others leave alone for so long what somebody is telling: longer than any attempt takes.
    private const long ClaimMs = 5 * 60_000;
    private const long FirstDelayMs = 60_000;
    private const long LongestDelayMs = 60 * 60_000;
    private const int MostAttempts = 170;

    /// <summary>Writes down who fell silent and who is heard again, then tells what is due.</summary>
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
        SilenceWatch.Update(connection, nowUtcMs);
        List<Recipient> recipients = [.. RecipientTable.All(connection).Where(recipient => IsAsTheJournalLeftIt(connection, recipient))];
        AlarmNoticeWriter notices = new(connection, writer.WorkspaceIdentifier, nowUtcMs);
        foreach (Recipient recipient in recipients)
        {
            WriteDown(connection, recipient, notices.Poles, nowUtcMs);
        }

        List<AlarmNotice> claimed = [];
        foreach (AlarmDelivery due in DeliveryTable.Due(connection, nowUtcMs))
        {
            Recipient? recipient = recipients.Find(one => one.Name == due.Recipient);
            if (recipient is not null && DeliveryTable.AlarmsOf(connection, due) is { Count: > 0 } alarms)
            {
                DeliveryTable.Set(connection, due with { DueUtcMs = nowUtcMs + ClaimMs });
                claimed.Add(notices.Write(due, recipient, alarms));
            }
        }

        return claimed;
    }

    // A row that somebody wrote past polectl must not make it run a command.
    private static bool IsAsTheJournalLeftIt(DbConnection connection, Recipient recipient) =>
        JournalTable.LastAbout(connection, SubjectKind.Recipient, recipient.Name)?.StateHash is { } hash && hash.AsSpan().SequenceEqual(RecipientTable.HashOf(recipient));

    private static void WriteDown(DbConnection connection, Recipient recipient, IReadOnlyDictionary<string, Pole> poles, long nowUtcMs)
    {
        HashSet<(long, string)> there = DeliveryTable.WrittenDown(connection, recipient.Name);
        List<AlarmEpisode> meant = [.. AlarmRows.After(connection, recipient.AfterAlarm).Where(alarm => IsMeant(recipient, alarm, poles))];
        foreach (string phase in (string[])[AlarmDelivery.Began, AlarmDelivery.Ended])
        {
            IEnumerable<AlarmEpisode> news = meant.Where(alarm => HasPhase(alarm, phase) && !there.Contains((alarm.Number, phase)));
            foreach (IGrouping<PoleController.Alarms.AlarmKind, AlarmEpisode> kind in news.GroupBy(alarm => alarm.Kind))
            {
                if (kind.Key == AlarmKinds.Silent && nowUtcMs - kind.Min(alarm => AlarmNoticeWriter.MomentOf(alarm, phase)) < GatherSilencesMs)
                {
                    continue;
                }

                List<long> numbers = [.. kind.Select(alarm => alarm.Number)];
                foreach (List<long> message in numbers.Count > MostSingly ? [numbers] : numbers.ConvertAll(number => new List<long> { number }))
                {
                    DeliveryTable.Add(connection, recipient.Name, phase, message, nowUtcMs);
                }
            }
        }
    }

    private static bool IsMeant(Recipient recipient, AlarmEpisode alarm, IReadOnlyDictionary<string, Pole> poles)
    {
        Pole? pole = alarm.PoleId is { } id ? poles.GetValueOrDefault(id) : null;
        return (recipient.Alarms.Length == 0 || recipient.Alarms.Split(',').Contains(AlarmKinds.Word(alarm.Kind)))
            && (recipient.Group is null || pole?.Group == recipient.Group) && (recipient.District is null || pole?.District == recipient.District);
    }

    private static bool HasPhase(AlarmEpisode alarm, string phase) => phase == AlarmDelivery.Began || (alarm.EndedUtcMs is not null && !AlarmKinds.IsMoment(alarm.Kind));
}
