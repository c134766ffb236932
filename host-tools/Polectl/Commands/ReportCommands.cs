// polectl report: energy, saving and availability of a time, as a page and in numbers.
using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Polectl.Cli;
using Provisioning.Files;
using Provisioning.Language;
using Provisioning.Problems;
using Provisioning.Reports;
using Provisioning.Workspaces;

namespace Polectl.Commands;

/// <summary>The noun report.</summary>
internal static class ReportCommands
{
    private const string Noun = "report";
    private const long LongestMs = 3_653L * 86_400_000;

    public static Command Create(CommandMaker make)
    {
        Argument<string> file = make.Argument("newFile");
        (Func<Run, ReportRequest> read, IReadOnlyList<Symbol> options) = Options(make);
        (Func<Run, ReportRequest> readShown, IReadOnlyList<Symbol> shownOptions) = Options(make);
        return make.Noun(
            Noun,
            make.Reading(Noun, "show", shownOptions, run => Show(run, readShown(run))),
            make.Writing(Noun, "write", [file, .. options], run => Write(run, run.Get(file), read(run))));
    }

    private static (Func<Run, ReportRequest> Read, IReadOnlyList<Symbol> Options) Options(CommandMaker make)
    {
        Option<long?> from = make.Moment("from");
        Option<long?> to = make.Moment("to");
        from.Required = to.Required = true;
        Option<string?> by = make.Text("by", "by");
        by.AcceptOnlyFromAmong("group", "district", "street", "circuit");
        Option<int?> reference = make.Number("reference-watts", 1, 5_000);
        FilterOptions filter = new(make);
        return (run => new ReportRequest
        {
            FromUtcMs = run.Get(from) is { } begin && run.Get(to) is { } end && begin < end && end - begin <= LongestMs
                ? begin
                : throw new ProblemException(new Problem("problem.report.period") { Kind = ProblemKind.WrongUse }),
            ToUtcMs = run.Get(to)!.Value,
            Filter = filter.Read(run),
            By = run.Get(by) ?? "group",
            ReferenceWatts = run.Get(reference),
        }, [from, to, by, reference, .. filter.All]);
    }

    private static Outcome Show(Run run, ReportRequest request)
    {
        using Workspace workspace = run.Open();
        FleetReport report = FleetReport.Make(workspace, request);
        return new Outcome
        {
            Lines = Table.Lines(
                [run.Words["field.name"], run.Words["field.poles"], "kWh", run.Words["field.saving"], run.Words["field.covered"], run.Words["field.available"], run.Words["field.alarm"]],
                report.Groups.Append(report.Whole).Select((line, index) => (IReadOnlyList<string>)
                [
                    index == report.Groups.Count ? run.Words["report.whole"] : line.Name, $"{line.Poles}",
                    line.CoveredMs > 0 ? Number((line.LuminaireWattHours + line.ControllerWattHours) / 1000) : "?", line.SavingPercent is { } saving ? Number(saving) + " %" : "?",
                    Number(line.CoveredPercent) + " %", Number(line.LightAvailabilityPercent) + " %", $"{line.Alarms}",
                ])),
            Result = ToJson(report),
        };
    }

    private static Outcome Write(Run run, string file, ReportRequest request)
    {
        NewFile.Require(file);
        using Workspace workspace = run.Open();
        FleetReport report = FleetReport.Make(workspace, request);
        byte[] page = Encoding.UTF8.GetBytes(ReportPage.Write(report, run.Words.Problems, run.Words.Language));
        if (!run.IsDryRun)
        {
            NewFile.Write(file, page, isSecret: false);
        }

        return new Outcome { Lines = [run.Words.Format("report.written", file)], Result = ToJson(report) };
    }

    private static JsonObject ToJson(FleetReport report) => new()
    {
        ["from"] = UtcText.Milliseconds(report.Request.FromUtcMs),
        ["to"] = UtcText.Milliseconds(report.Request.ToUtcMs),
        ["by"] = report.Request.By,
        ["referenceWatts"] = report.Request.ReferenceWatts,
        ["whole"] = ToJson(report.Whole),
        ["groups"] = new JsonArray([.. report.Groups.Select(group => (JsonNode)ToJson(group))]),
        ["alarms"] = new JsonObject(report.AlarmKinds.Select(pair => KeyValuePair.Create(pair.Kind, (JsonNode?)pair.Count))),
        ["steps"] = new JsonArray([.. report.Steps.Select(step => (JsonNode)new JsonObject
        {
            ["from"] = UtcText.Milliseconds(step.FromUtcMs),
            ["meanWatts"] = step.MeanWatts is { } watts ? Math.Round(watts, 2) : null,
            ["coveredPercent"] = Math.Round(step.CoveredPercent, 1),
        })]),
    };

    private static JsonObject ToJson(ReportLine line) => new()
    {
        ["name"] = line.Name,
        ["poles"] = line.Poles,
        ["reportingPoles"] = line.ReportingPoles,
        ["luminaireWattHours"] = Round(line.CoveredMs > 0, line.LuminaireWattHours),
        ["controllerWattHours"] = Round(line.CoveredMs > 0, line.ControllerWattHours),
        ["assumedControllers"] = line.AssumedControllers,
        ["gapWattHours"] = Math.Round(line.GapWattHours, 1),
        ["lampHours"] = Round(line.CoveredMs > 0, line.LampHours),
        ["referenceWattHours"] = Round(line.ReferenceWattHours > 0, line.ReferenceWattHours),
        ["savingPercent"] = line.SavingPercent is { } saving ? Math.Round(saving, 2) : null,
        ["coveredPercent"] = Math.Round(line.CoveredPercent, 2),
        ["lightAvailabilityPercent"] = Math.Round(line.LightAvailabilityPercent, 3),
        ["alarms"] = line.Alarms,
    };

    private static double? Round(bool isKnown, double value) => isKnown ? Math.Round(value, 1) : null;

    private static string Number(double value) => value.ToString("0.0", CultureInfo.InvariantCulture);
}
