// A fleet that a test runs bit by bit, looking at lamps, operator and controllers in between.
using PoleController.Alarms;
using PoleController;
using Simulation.Engine;
using Simulation.Operation;
using Simulation.Reports;
using Simulation.Running;
using Xunit;

namespace Simulation.Tests.Runs;

/// <summary>A run in progress.</summary>
internal sealed class StreetRun : IDisposable
{
    private readonly FleetRunner _runner;
    private RunReport? _report;

    public StreetRun(Fleet fleet, int threads) =>
        _runner = new FleetRunner(fleet, new RunOptions { ThreadCount = threads, ReplayCommand = "polesim run street" });

    public Fleet Fleet => _runner.Fleet;

    public FleetOperator Operator => Fleet.Operator;

    /// <summary>Simulated time in minutes.</summary>
    public double Minutes => _runner.Simulation.TimeUs / 60e6;

    public SimulatedPole Pole(int index) => Fleet.Poles[index];

    /// <summary>The light that really comes out of a lamp, in permille.</summary>
    public int Light(int pole) => Pole(pole).Parts.Luminaire.LightPermille;

    public Controller Controller(int pole) => Pole(pole).Controller ?? throw new InvalidOperationException($"Pole {pole} has no mains at {Minutes} min.");

    /// <summary>Runs up to a moment in minutes after the start.</summary>
    public StreetRun RunTo(double minutes)
    {
        _runner.Simulation.RunTo((long)Math.Round(minutes * 60e6), null, CancellationToken.None);
        return this;
    }

    /// <summary>Runs up to a moment and looks after every step in between.</summary>
    /// <param name="minutes">The moment, in minutes after the start.</param>
    /// <param name="stepSeconds">Length of a step.</param>
    /// <param name="look">Gets the time in seconds.</param>
    public StreetRun Watch(double minutes, double stepSeconds, Action<double> look)
    {
        double seconds = _runner.Simulation.TimeUs / 1e6;
        while (seconds < minutes * 60)
        {
            seconds = Math.Min(seconds + stepSeconds, minutes * 60);
            RunTo(seconds / 60);
            look(seconds);
        }

        return this;
    }

    /// <summary>Runs to the end and makes the report.</summary>
    public RunReport Finish()
    {
        if (_report is null)
        {
            _runner.Run(null, CancellationToken.None);
            _report = _runner.Report();
        }

        return _report;
    }

    /// <summary>A check of the finished run.</summary>
    public CheckReport Check(string name) => Assert.Single(Finish().Checks, check => check.Name == name);

    public void AssertHolds(string check)
    {
        CheckReport report = Check(check);
        Assert.True(report.IsPassed, Describe(report));
    }

    public void AssertFails(string check)
    {
        CheckReport report = Check(check);
        Assert.False(report.IsPassed, Describe(report));
        Assert.NotEmpty(report.Failures);
        Assert.NotEqual("", report.ReplayCommand);
    }

    /// <summary>The alarms of a kind from a pole, in the order of their arrival.</summary>
    public ReceivedAlarm[] Alarms(int pole, AlarmKind kind) => [.. Operator.Alarms.Where(alarm => alarm.PoleIndex == pole && alarm.Kind == kind)];

    public void Dispose() => _runner.Dispose();

    private static string Describe(CheckReport report) =>
        $"{report.Name}: {report.Measured}; {string.Join("; ", report.Failures.Select(failure => $"{failure.PoleId} {failure.LocalTime} {failure.Text}"))}";
}
