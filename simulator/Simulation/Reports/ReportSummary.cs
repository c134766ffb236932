// The report in a few lines of plain text: for the console at the end of a run, and for whoever opens the page without scripts.
using System.Globalization;

namespace Simulation.Reports;

/// <summary>The summary of a report.</summary>
public static class ReportSummary
{
    /// <summary>The lines: verdict, what has run, saving, delivery, alarms and faults, then a line a check.</summary>
    public static IReadOnlyList<string> Lines(RunReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        List<string> lines = [Verdict(report), Run(report), Saving(report.Energy), Delivery(report.Radio), Events(report)];
        if (report.Journal.Messages > 0)
        {
            lines.Add(Later(report.Journal));
        }

        if (report.Neighbours.Lines > 0)
        {
            lines.Add(Ahead(report.Neighbours));
        }

        if (report.RejectedRows.Count > 0)
        {
            lines.Add(Format($"Input: {report.RejectedRows.Count:#,0} rows could not be used, see the report"));
        }

        foreach (CheckReport check in report.Checks)
        {
            string verdict = check.IsPassed ? "pass" : check.IsJudged ? "FAIL" : "----";
            lines.Add(Format($"  {verdict}  {check.Name}: {check.Measured} (expected {check.Expectation})"));
        }

        return lines;
    }

    /// <summary>The headline: whether every promise held, and which did not.</summary>
    public static string Verdict(RunReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        int failed = report.Checks.Count(check => check.HasFailed());
        int judged = report.Checks.Count(check => check.IsJudged);
        string verdict = (judged, failed) switch
        {
            (0, _) => report.Checks.Count == 0 ? "No checks were asked for" : "No check could be judged",
            (1, 0) => "The one check passed",
            (_, 0) => Format($"All {judged} checks passed"),
            _ => Format($"{failed} of {judged} checks FAILED"),
        };
        verdict += judged > 0 && judged < report.Checks.Count ? Format($", {report.Checks.Count - judged} not judged") : "";
        return report.Scenario.IsComplete ? verdict : verdict + " on what has run; the run was stopped early";
    }

    private static string Run(RunReport report)
    {
        ScenarioReport scenario = report.Scenario;
        string simulated = Duration(scenario.SimulatedSeconds);
        string of = scenario.IsComplete ? "" : " of " + Duration(scenario.DurationSeconds);
        return Format($"Run: {scenario.Name}, {report.Totals.Poles:#,0} poles, {simulated}{of} from {scenario.StartLocal}, seed {scenario.Seed}");
    }

    private static string Saving(EnergyReport energy) =>
        energy.SavingAgainstUndimmedPercent is double undimmed
            ? Format($"Saving: {undimmed:0.0} % against undimmed LED")
              + (energy.SavingAgainstTimerPercent is double timer ? Format($", {timer:0.0} % against a plain timer") : "")
              + " (controllers' own consumption counted)"
            : "Saving: none to state, the lamps had nothing to do";

    private static string Delivery(RadioReport radio) =>
        radio.StatusDeliveryPercent is double percent
            ? Format($"Status messages: {percent:0.00} % of {radio.StatusSent:#,0} delivered")
            : radio.IsStatusDeliveryKnown ? "Status messages: none sent"
            : Format($"Status messages: {radio.StatusSent:#,0} sent; which of them arrived is known to the attached server alone");

    private static string Later(JournalReport journal) =>
        Format($"Told later: {journal.Intervals:#,0} intervals with {journal.Arrivals:#,0} arrivals, {journal.Alarms:#,0} alarms")
        + (journal.MedianDelaySeconds is double median ? ", " + Duration(median) + " after they happened at the median" : "")
        + Format($"; {journal.Lost:#,0} entries lost on the poles");

    private static string Ahead(NeighboursReport neighbours) =>
        Format($"Neighbours: {neighbours.Ahead:#,0} of {neighbours.Coming:#,0} travellers found the next pole lit for them")
        + (neighbours.Delays.Count > 0 ? Format($"; it begins to rise {neighbours.Delays[0].MedianMs:0} ms after the arrival at the median, {neighbours.Delays[0].Percent95Ms:0} ms for 95 %") : "");

    private static string Events(RunReport report)
    {
        int raised = report.Alarms.Count(alarm => alarm.IsRaised);
        string alarms = Format($"Alarms: {raised:#,0} raised");
        return report.Faults.Count == 0
            ? alarms
            : alarms + Format($"; faults: {report.Faults.Count(fault => fault.DetectedAfterSeconds is not null):#,0} of {report.Faults.Count:#,0} found");
    }

    private static string Duration(double seconds)
    {
        long minutes = (long)Math.Round(seconds / 60);
        return Format($"{minutes / 60} h {minutes % 60:00} min");
    }

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
