// Somebody has seen an alarm and says what is done about it. That is a change that people make, so it is in the journal; the alarm itself is what poles tell.
using System.Data.Common;
using System.Globalization;
using System.Text.Json.Nodes;
using Provisioning.Audit;
using Provisioning.Members;
using Provisioning.Problems;
using Provisioning.Storage;
using Provisioning.Workspaces;

namespace Provisioning.Alarms;

/// <summary>An acknowledgement.</summary>
/// <param name="AlarmNumber">Of which alarm.</param>
/// <param name="Member">Who.</param>
/// <param name="AtUtcMs">When, milliseconds since 1970 (UTC).</param>
/// <param name="Reason">What is done, 1 to 200 characters.</param>
public sealed record AlarmAcknowledgement(long AlarmNumber, string Member, long AtUtcMs, string Reason);

/// <summary>An alarm with what people said to it.</summary>
/// <param name="Alarm">The alarm.</param>
/// <param name="Acknowledgement">The acknowledgement; null when there is none.</param>
public sealed record SeenAlarm(AlarmEpisode Alarm, AlarmAcknowledgement? Acknowledgement);

/// <summary>The alarms of a workspace.</summary>
public static class AlarmList
{
    private const int LongestReason = 200;

    /// <summary>Alarms that are open, oldest first.</summary>
    public static IReadOnlyList<SeenAlarm> Open(Workspace workspace)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        return workspace.Read(connection => WithAcknowledgements(connection, AlarmRows.Open(connection)));
    }

    /// <summary>Alarms that are open at a moment, oldest first, also silences that nobody wrote down yet (their number is 0; polectl alarms send writes them down).</summary>
    /// <param name="workspace">The workspace.</param>
    /// <param name="nowUtcMs">The moment for which silence is counted, milliseconds since 1970 (UTC).</param>
    public static IReadOnlyList<SeenAlarm> OpenAt(Workspace workspace, long nowUtcMs)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        return workspace.Read(connection =>
        {
            SilenceWatch silences = SilenceWatch.Compare(connection, nowUtcMs);
            HashSet<long> over = [.. silences.Ended.Select(alarm => alarm.Number)];
            return WithAcknowledgements(connection, [.. AlarmRows.Open(connection).Where(alarm => !over.Contains(alarm.Number)).Concat(silences.Begun).OrderBy(alarm => alarm.BeganUtcMs)]);
        });
    }

    /// <summary>Alarms that were open within a time, oldest first.</summary>
    /// <param name="workspace">The workspace.</param>
    /// <param name="fromUtcMs">Beginning of the time, milliseconds since 1970 (UTC).</param>
    /// <param name="toUtcMs">Its end, itself not meant.</param>
    public static IReadOnlyList<SeenAlarm> Within(Workspace workspace, long fromUtcMs, long toUtcMs)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        return workspace.Read(connection => WithAcknowledgements(connection, AlarmRows.Within(connection, fromUtcMs, toUtcMs)));
    }

    /// <summary>Notes that an alarm was seen; again replaces what was said before.</summary>
    /// <exception cref="ProblemException">There is no such alarm, or the reason is missing or too long.</exception>
    public static SeenAlarm Acknowledge(WorkspaceWriter writer, long number, string reason)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Require(Permission.Service);
        string text = (reason ?? "").Trim();
        if (text.Length is 0 or > LongestReason || text.Any(char.IsControl))
        {
            throw new ProblemException(new Problem("problem.alarm.reason", $"{LongestReason}") { Kind = ProblemKind.WrongUse, Field = "--reason", Value = text });
        }

        AlarmEpisode alarm = AlarmRows.Find(writer.Connection, number)
            ?? throw new ProblemException(new Problem("problem.alarm.absent") { Kind = ProblemKind.WrongUse, Value = number.ToString(CultureInfo.InvariantCulture) });
        AlarmAcknowledgement acknowledgement = new(number, writer.MemberName, writer.NowUtcMs, text);
        AcknowledgementTable.Set(writer.Connection, acknowledgement);
        writer.Record("alarm.acknowledge", SubjectKind.Acknowledgement, $"{number}", AcknowledgementTable.HashOf(acknowledgement), new JsonObject
        {
            ["alarm"] = AlarmKinds.Word(alarm.Kind),
            ["pole"] = alarm.PoleId,
            ["reason"] = text,
        });
        return new SeenAlarm(alarm, acknowledgement);
    }

    private static List<SeenAlarm> WithAcknowledgements(DbConnection connection, List<AlarmEpisode> alarms)
    {
        Dictionary<long, AlarmAcknowledgement> said = AcknowledgementTable.All(connection).ToDictionary(one => one.AlarmNumber);
        return [.. alarms.Select(alarm => new SeenAlarm(alarm, said.GetValueOrDefault(alarm.Number)))];
    }
}

/// <summary>Rows of acknowledgements.</summary>
internal static class AcknowledgementTable
{
    public static List<AlarmAcknowledgement> All(DbConnection connection) => connection.Query(
        "SELECT alarm_number, member, at_utc_ms, reason FROM alarm_acknowledgement",
        reader => new AlarmAcknowledgement(Convert.ToInt64(reader.GetValue(0), CultureInfo.InvariantCulture), reader.GetString(1), reader.GetInt64(2), reader.GetString(3)));

    public static void Set(DbConnection connection, AlarmAcknowledgement one) => connection.InsertAll(
        "alarm_acknowledgement", ["alarm_number", "member", "at_utc_ms", "reason"], [Values(one)],
        " ON CONFLICT (alarm_number) DO UPDATE SET member = excluded.member, at_utc_ms = excluded.at_utc_ms, reason = excluded.reason");

    public static byte[] HashOf(AlarmAcknowledgement one) => StateHash.Of(Values(one));

    private static object?[] Values(AlarmAcknowledgement one) => [one.AlarmNumber, one.Member, one.AtUtcMs, one.Reason];
}
