// The one model behind report.json, report.html and junit.xml: what a run was, what came of it. Plain data that the engine fills once at
// the end of a run; no behaviour beyond sums that follow from the data. Writing it is the writers' business (ReportWriter).
namespace Simulation.Reports;

/// <summary>Everything a run has to say. Times are seconds since the start of the run; the same run gives the same report, byte for byte.</summary>
public sealed class RunReport
{
    /// <summary>Version of this model's JSON form; raised when a reader of the old form would misread the new one.</summary>
    public int FormatVersion { get; init; } = 1;

    /// <summary>What was run.</summary>
    public ScenarioReport Scenario { get; set; } = new();

    /// <summary>Counts over the whole run.</summary>
    public TotalsReport Totals { get; set; } = new();

    /// <summary>Energy of all poles, against the two baselines.</summary>
    public EnergyReport Energy { get; set; } = new();

    /// <summary>What the radio carried.</summary>
    public RadioReport Radio { get; set; } = new();

    /// <summary>What poles sensed.</summary>
    public SensorsReport Sensors { get; set; } = new();

    /// <summary>What poles told each other of arrivals.</summary>
    public NeighboursReport Neighbours { get; set; } = new();

    /// <summary>What poles told later than it happened.</summary>
    public JournalReport Journal { get; set; } = new();

    /// <summary>The nights that touch the run, in order; for shading the charts.</summary>
    public IReadOnlyList<NightReport> Nights { get; set; } = [];

    /// <summary>The length of a bin of every pole's series, in seconds.</summary>
    public int SeriesBinSeconds { get; set; } = 300;

    /// <summary>The poles, in the scenario's order.</summary>
    public IReadOnlyList<PoleReport> Poles { get; set; } = [];

    /// <summary>The lighting commands that were sent, in order of time.</summary>
    public IReadOnlyList<CommandReport> Commands { get; set; } = [];

    /// <summary>Every alarm raised or cleared by a pole, in order of time.</summary>
    public IReadOnlyList<AlarmReport> Alarms { get; set; } = [];

    /// <summary>The faults that the scenario put in, in order of time.</summary>
    public IReadOnlyList<FaultReport> Faults { get; set; } = [];

    /// <summary>The scenario's checks, in its order. The run passed if all of them did.</summary>
    public IReadOnlyList<CheckReport> Checks { get; set; } = [];

    /// <summary>Rows of the input files that could not be used, in order of file and line.</summary>
    public IReadOnlyList<RejectedRowReport> RejectedRows { get; set; } = [];

    /// <summary>Anything else the reader has to know, such as a setting that was out of range and what was taken instead.</summary>
    public IReadOnlyList<string> Warnings { get; set; } = [];

    /// <summary>Whether no check failed. A run without checks passes.</summary>
    public bool IsPassed => !Checks.Any(check => check.HasFailed());
}
