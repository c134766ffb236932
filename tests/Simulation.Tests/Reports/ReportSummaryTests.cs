// The lines somebody reads at the end of a run.
using Simulation.Reports;
using Xunit;

namespace Simulation.Tests.Reports;

public class ReportSummaryTests
{
    [Fact]
    public void A_run_with_failures_says_how_many_and_which()
    {
        IReadOnlyList<string> lines = ReportSummary.Lines(SampleReport.Create());

        Assert.Equal("2 of 5 checks FAILED", lines[0]);
        Assert.Contains(lines, line => line.StartsWith("  FAIL  noLampDarkAtNight: 1 pole, longest 1 h 15 min", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("  pass  statusDelivery: ", StringComparison.Ordinal));
        Assert.Contains("Alarms: 3 raised; faults: 3 of 4 found", lines);
        Assert.Contains("Input: 2 rows could not be used, see the report", lines);
        Assert.All(lines, line => Assert.DoesNotContain('\n', line));
    }

    [Fact]
    public void A_run_that_passed_says_so()
    {
        Assert.Equal("All 5 checks passed", ReportSummary.Verdict(SampleReport.CreatePassed()));
    }

    [Fact]
    public void A_run_that_was_stopped_does_not_claim_the_rest_of_the_night()
    {
        RunReport report = SampleReport.CreatePassed();
        report.Scenario.IsComplete = false;
        report.Scenario.SimulatedSeconds = 3 * 3600;

        IReadOnlyList<string> lines = ReportSummary.Lines(report);

        Assert.Equal("All 5 checks passed on what has run; the run was stopped early", lines[0]);
        Assert.Contains("3 h 00 min of 14 h 00 min", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_run_states_no_figures_that_it_does_not_have()
    {
        IReadOnlyList<string> lines = ReportSummary.Lines(new RunReport());

        Assert.Contains("Status messages: none sent", lines);
        Assert.Contains("Saving: none to state, the lamps had nothing to do", lines);
    }

    [Fact]
    public void Figures_are_the_report_s_own()
    {
        RunReport report = new()
        {
            Energy = new EnergyReport { UndimmedWattHours = 1000, TimerWattHours = 500, LampWattHours = 380, ControllersWattHours = 20 },
            Radio = new RadioReport { StatusSent = 20_000, StatusDelivered = 19_001 },
        };

        IReadOnlyList<string> lines = ReportSummary.Lines(report);

        Assert.Contains("Saving: 60.0 % against undimmed LED, 20.0 % against a plain timer (controllers' own consumption counted)", lines);
        Assert.Contains("Status messages: 95.01 % of 20,000 delivered", lines);
    }
}
