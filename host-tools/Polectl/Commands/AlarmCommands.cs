// polectl alarms: what poles alarm about, and what people said to it.
using System.CommandLine;
using System.Text.Json.Nodes;
using Polectl.Cli;
using PoleController.Alarms;
using Provisioning.Alarms;
using Provisioning.Language;
using Provisioning.Members;
using Provisioning.Poles;
using Provisioning.Workspaces;

namespace Polectl.Commands;

/// <summary>The noun alarms.</summary>
internal static class AlarmCommands
{
    private const string Noun = "alarms";

    public static Command Create(CommandMaker make)
    {
        FilterOptions filter = new(make);
        Option<long?> from = make.Moment("from");
        Option<long?> to = make.Moment("to");
        Option<string[]> kinds = make.Texts("alarm", "alarm");
        kinds.AcceptOnlyFromAmong([.. AlarmKinds.All.Select(AlarmKinds.Word)]);
        Option<bool> unseen = make.Flag("unseen");
        Argument<string[]> numbers = make.Arguments("alarmNumbers");
        Option<string> reason = make.Needed("reason", "text");
        return make.NounWithFirst(
            Noun,
            make.Reading(Noun, "list", [kinds, unseen, .. filter.Chosen, from, to], run => List(run, filter.Read(run), run.Get(kinds), run.Get(unseen), run.Get(from), run.Get(to))),
            make.Writing(Noun, "acknowledge", [numbers, reason], run => Acknowledge(run, run.Get(numbers), run.Get(reason))),
            make.Writing(Noun, "send", [], Send),
            make.Reading(Noun, "undelivered", [], run => Deliveries(run, [], Undelivered(run))));
    }

    private static Outcome List(Run run, PoleFilter filter, string[] kinds, bool isUnseen, long? fromUtcMs, long? toUtcMs)
    {
        using Workspace workspace = run.Open();
        bool isOpenOnly = fromUtcMs is null && toUtcMs is null;
        IReadOnlyList<SeenAlarm> all = isOpenOnly ? AlarmList.OpenAt(workspace, run.Surroundings.Time.GetUtcNow().ToUnixTimeMilliseconds()) : AlarmList.Within(workspace, fromUtcMs ?? 0, toUtcMs ?? long.MaxValue);
        bool isAny = filter == new PoleFilter();
        HashSet<string> poles = isAny ? [] : [.. PoleInventory.List(workspace, filter).Select(pole => pole.Id)];
        List<SeenAlarm> chosen =
        [
            .. all.Where(seen => (kinds.Length == 0 || kinds.Contains(AlarmKinds.Word(seen.Alarm.Kind))) && (!isUnseen || seen.Acknowledgement is null)
                && (isAny || (seen.Alarm.PoleId is { } pole && poles.Contains(pole)))),
        ];
        return Told(run, chosen);
    }

    private static Outcome Acknowledge(Run run, string[] numbers, string reason)
    {
        using Workspace workspace = run.Open();
        List<SeenAlarm> seen = workspace.Write(Permission.Service, run.IsDryRun, writer => numbers.Select(number => AlarmList.Acknowledge(writer, AlarmNumber(number), reason)).ToList());
        return Told(run, seen);
    }

    private static Outcome Send(Run run)
    {
        using Workspace workspace = run.Open();
        (IReadOnlyList<AlarmDelivery> told, IReadOnlyList<AlarmDelivery> notTold) = AlarmSender.Send(workspace, run.IsDryRun, run.Surroundings.Time);
        return Deliveries(run, told, notTold) with { ExitCode = notTold.Count == 0 ? ExitCode.Done : told.Count > 0 ? ExitCode.PartlyDone : ExitCode.Failed };
    }

    private static IReadOnlyList<AlarmDelivery> Undelivered(Run run)
    {
        using Workspace workspace = run.Open();
        return AlarmSender.Undelivered(workspace);
    }

    private static Outcome Deliveries(Run run, IReadOnlyList<AlarmDelivery> told, IReadOnlyList<AlarmDelivery> notTold) => new()
    {
        Lines =
        [
            run.Words.Format("alarms.told", $"{told.Count}", $"{notTold.Count}"),
            .. notTold.Select(one => $"{one.Recipient}: {one.Key} ({one.Attempts}x, {one.Trouble})"),
        ],
        Result = new JsonObject
        {
            ["told"] = new JsonArray([.. told.Select(ToJson)]),
            ["notTold"] = new JsonArray([.. notTold.Select(ToJson)]),
        },
    };

    private static JsonNode ToJson(AlarmDelivery delivery) => new JsonObject
    {
        ["recipient"] = delivery.Recipient,
        ["key"] = delivery.Key,
        ["alarms"] = delivery.Count,
        ["state"] = delivery.State,
        ["attempts"] = delivery.Attempts,
        ["nextAttempt"] = UtcText.Milliseconds(delivery.DueUtcMs),
        ["trouble"] = delivery.Trouble,
    };

    // A number that no alarm has: the library says so, with the text as it was given.
    private static long AlarmNumber(string text) => long.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out long number)
        ? number
        : throw new Provisioning.Problems.ProblemException(new Provisioning.Problems.Problem("problem.alarm.absent") { Kind = Provisioning.Problems.ProblemKind.WrongUse, Value = text });

    private static Outcome Told(Run run, List<SeenAlarm> alarms) => new()
    {
        Lines =
        [
            .. Table.Lines(
                [run.Words["field.sequence"], run.Words["field.pole"], run.Words["field.alarm"], run.Words["field.size"], run.Words["field.began"], run.Words["field.ended"], run.Words["field.seen"]],
                alarms.Select(seen => (IReadOnlyList<string>)
                [
                    seen.Alarm.Number == 0 ? "" : $"{seen.Alarm.Number}", seen.Alarm.PoleId ?? seen.Alarm.DevEui, run.Words["alarm." + AlarmKinds.Word(seen.Alarm.Kind)], Size(seen.Alarm),
                    (seen.Alarm.IsBeginningKnown ? "" : "? ") + UtcText.Shown(seen.Alarm.BeganUtcMs), seen.Alarm.EndedUtcMs is { } ended ? UtcText.Shown(ended) : "",
                    seen.Acknowledgement is { } said ? $"{said.Member}: {said.Reason}" : "",
                ])),
            run.Words.Format("alarms.count", $"{alarms.Count}"),
        ],
        Result = new JsonObject { ["alarms"] = new JsonArray([.. alarms.Select(ToJson)]) },
    };

    private static string Size(AlarmEpisode alarm) => alarm.Size == 0 ? "" : alarm.Kind switch
    {
        AlarmKind.FillLevelWarning or AlarmKind.FillLevelAlarm or AlarmKind.ContainerEmptied or AlarmKind.PowerTooHigh or AlarmKind.PowerTooLow => $"{alarm.Size} %",
        AlarmKind.OverTemperature or AlarmKind.BoardOverheated => $"{alarm.Size} \u00b0C",
        AlarmKind.WaterWarning or AlarmKind.WaterAlarm => $"{alarm.Size} cm",
        AlarmKind.SupplyLoss => $"{alarm.Size} s",
        AlarmKind.SupplyLow => $"{alarm.Size} mV",
        AlarmKind.AirQualityPoor => $"{alarm.Size} \u00b5g/m\u00b3",
        AlarmKind.Tilt => (alarm.Size / 10.0).ToString("0.0", System.Globalization.CultureInfo.InvariantCulture) + "\u00b0",
        AlarmKind.Impact => (alarm.Size / 1000.0).ToString("0.0", System.Globalization.CultureInfo.InvariantCulture) + " g",
        _ => $"{alarm.Size}",
    };

    private static JsonNode ToJson(SeenAlarm seen) => new JsonObject
    {
        ["number"] = seen.Alarm.Number == 0 ? null : seen.Alarm.Number,
        ["pole"] = seen.Alarm.PoleId,
        ["devEui"] = seen.Alarm.DevEui,
        ["alarm"] = AlarmKinds.Word(seen.Alarm.Kind),
        ["size"] = seen.Alarm.Size,
        ["began"] = UtcText.Milliseconds(seen.Alarm.BeganUtcMs),
        ["isBeginningKnown"] = seen.Alarm.IsBeginningKnown,
        ["ended"] = seen.Alarm.EndedUtcMs is { } ended ? UtcText.Milliseconds(ended) : null,
        ["acknowledgement"] = seen.Acknowledgement is { } said
            ? new JsonObject { ["member"] = said.Member, ["at"] = UtcText.Milliseconds(said.AtUtcMs), ["reason"] = said.Reason }
            : null,
    };
}
