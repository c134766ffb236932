// How the fleet is at a moment: each pole with what it said last, and what somebody should look at.
using System.Data.Common;
using System.Globalization;
using PoleController.Alarms;
using PoleController.Messages;
using PoleController.Messages.Entries;
using PoleController.Sensing;
using Provisioning.Alarms;
using Provisioning.Controllers;
using Provisioning.Downlinks;
using Provisioning.Language;
using Provisioning.Poles;
using Provisioning.Storage;
using Provisioning.Workspaces;

namespace Provisioning.FleetState;

/// <summary>What there is to look at in a pole. The words are in JSON and options.</summary>
[Flags]
public enum PoleFindings
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The lamp is dark though it should be lit, or the mains are lost.</summary>
    Dark = 1,

    /// <summary>It was heard before, and <see cref="Silence.AfterReports"/> of its reports or more are missing.</summary>
    Silent = 2,

    /// <summary>It has a controller that was never heard.</summary>
    NeverHeard = 4,

    /// <summary>Its container has to be emptied.</summary>
    Full = 8,

    /// <summary>It leans.</summary>
    Tilted = 16,

    /// <summary>Its settings are not those that it should have.</summary>
    OutOfStep = 32,

    /// <summary>Another alarm is open.</summary>
    Alarm = 64,

    /// <summary>It has no controller.</summary>
    NoController = 128,
}

/// <summary>A pole as it is.</summary>
public sealed record PoleStatus
{
    /// <summary>The pole.</summary>
    public required Pole Pole { get; init; }

    /// <summary>DevEUI of the controller in it; null when there is none.</summary>
    public string? DevEui { get; init; }

    /// <summary>When it was heard last, milliseconds since 1970 (UTC); null when never.</summary>
    public long? LastHeardUtcMs { get; init; }

    /// <summary>How often it reports, as it said last; null when it never did.</summary>
    public long? IntervalMs { get; init; }

    /// <summary>How many reports in a row are missing; 0 when none is.</summary>
    public int MissedReports { get; init; }

    /// <summary>Signal strength of the last uplink in dBm; null when not told.</summary>
    public int? RssiDbm { get; init; }

    /// <summary>Its last status; null when there is none.</summary>
    public StatusMessage? Status { get; init; }

    /// <summary>When that was; 0 when there is none.</summary>
    public long StatusAtUtcMs { get; init; }

    /// <summary>How full its container is, in percent; null when it has none or does not know.</summary>
    public int? FillPercent { get; init; }

    /// <summary>How far it leans, in tenths of a degree; null when it does not know.</summary>
    public int? TiltDecidegrees { get; init; }

    /// <summary>Alarms that are open, oldest first.</summary>
    public IReadOnlyList<AlarmEpisode> OpenAlarms { get; init; } = [];

    /// <summary>What there is to look at.</summary>
    public PoleFindings Findings { get; init; }
}

/// <summary>The fleet as it is.</summary>
public static class FleetStatus
{
    /// <summary>The words of the findings.</summary>
    public static IReadOnlyList<(PoleFindings Finding, string Word)> Words { get; } =
        [.. Enum.GetValues<PoleFindings>().Where(finding => finding != PoleFindings.None).Select(finding => (finding, SchemaWord.Of(finding)))];

    /// <summary>The poles of a filter, by identifier.</summary>
    /// <param name="workspace">The workspace.</param>
    /// <param name="filter">Which poles.</param>
    /// <param name="nowUtcMs">The moment for which silence is counted, milliseconds since 1970 (UTC).</param>
    public static IReadOnlyList<PoleStatus> Read(Workspace workspace, PoleFilter filter, long nowUtcMs)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        ArgumentNullException.ThrowIfNull(filter);
        return workspace.Read(connection => Read(connection, filter, nowUtcMs));
    }

    internal static List<PoleStatus> Read(DbConnection connection, PoleFilter filter, long nowUtcMs)
    {
        Dictionary<string, string> controllers = ControllerTable.ByPole(connection);
        Dictionary<string, (long LastUtcMs, int? RssiDbm)> heard = Heard(connection);
        LatestMessages latest = LatestMessages.Read(connection, MessageKind.Status, MessageKind.FillLevel, MessageKind.Pole);
        ILookup<string, AlarmEpisode> alarms = AlarmRows.Open(connection).ToLookup(alarm => alarm.DevEui);
        List<Pole> poles = [.. PoleTable.All(connection).Where(filter.Matches)];
        HashSet<string> outOfStep = OutOfStep(connection, poles);
        List<PoleStatus> all = [];
        foreach (Pole pole in poles)
        {
            PoleStatus status = controllers.TryGetValue(pole.Id, out string? devEui)
                ? Of(pole, devEui, heard.TryGetValue(devEui, out (long, int?) found) ? found : null, latest, [.. alarms[devEui]], nowUtcMs)
                : new PoleStatus { Pole = pole, Findings = PoleFindings.NoController };
            all.Add(outOfStep.Contains(pole.Id) ? status with { Findings = status.Findings | PoleFindings.OutOfStep } : status);
        }

        all.Sort((left, right) => string.CompareOrdinal(left.Pole.Id, right.Pole.Id));
        return all;
    }

    private static HashSet<string> OutOfStep(DbConnection connection, List<Pole> poles) =>
    [
        .. PoleComparison.Of(connection, poles)
            .Where(compared => compared.State is StepState.Behind or StepState.Refused or StepState.Differs or StepState.Unanswered)
            .Select(compared => compared.Pole.Id),
    ];

    private static PoleStatus Of(Pole pole, string devEui, (long LastUtcMs, int? RssiDbm)? heard, LatestMessages latest, IReadOnlyList<AlarmEpisode> alarms, long nowUtcMs)
    {
        Latest<StatusMessage>? status = latest.Status(devEui);
        FillLevelEntry? fill = latest.Entry<FillLevelEntry>(devEui)?.Message;
        PoleEntry? stand = latest.Entry<PoleEntry>(devEui)?.Message;
        long intervalMs = status?.Message.OccupancyIntervalSeconds * 1000L ?? 0;
        int missed = heard is { } last ? Silence.MissedReports(last.LastUtcMs, Silence.IntervalMs(status?.Message), nowUtcMs) : 0;
        PoleStatus found = new()
        {
            Pole = pole,
            DevEui = devEui,
            LastHeardUtcMs = heard?.LastUtcMs,
            RssiDbm = heard?.RssiDbm,
            IntervalMs = intervalMs > 0 ? intervalMs : null,
            MissedReports = missed,
            Status = status?.Message,
            StatusAtUtcMs = status?.AtUtcMs ?? 0,
            FillPercent = fill is { Quality: Quality.Ok or Quality.Substituted, FillPercent: >= 0 } ? fill.FillPercent : null,
            TiltDecidegrees = stand is { TiltQuality: Quality.Ok, TiltDecidegrees: >= 0 } ? stand.TiltDecidegrees : null,
            OpenAlarms = alarms,
        };
        return found with { Findings = FindingsOf(found, fill) };
    }

    private static PoleFindings FindingsOf(PoleStatus pole, FillLevelEntry? fill)
    {
        PoleFindings findings = pole.LastHeardUtcMs is null ? PoleFindings.NeverHeard : pole.MissedReports >= Silence.AfterReports ? PoleFindings.Silent : PoleFindings.None;
        foreach (AlarmEpisode alarm in pole.OpenAlarms)
        {
            findings |= AlarmKinds.MeansDark(alarm.Kind) ? PoleFindings.Dark
                : alarm.Kind switch
                {
                    AlarmKind.FillLevelAlarm => PoleFindings.Full,
                    AlarmKind.Tilt => PoleFindings.Tilted,
                    AlarmKinds.Silent => PoleFindings.None, // Looked for above, for the moment that is asked for.
                    _ => PoleFindings.Alarm,
                };
        }

        return findings | (fill is { Quality: Quality.Ok or Quality.Substituted, State: LevelState.Red } ? PoleFindings.Full : PoleFindings.None);
    }

    private static Dictionary<string, (long LastUtcMs, int? RssiDbm)> Heard(DbConnection connection)
    {
        Dictionary<string, (long, int?)> heard = new(StringComparer.Ordinal);
        connection.Each(
            "SELECT dev_eui, last_uplink_utc_ms, rssi_dbm FROM fleet_state",
            reader => heard[reader.GetString(0)] = (reader.GetInt64(1), reader.IsDBNull(2) ? null : Convert.ToInt32(reader.GetValue(2), CultureInfo.InvariantCulture)));
        return heard;
    }
}
