// Collects the failures of a check: all are counted, the first are kept.
using Simulation.Reports;

namespace Simulation.Checks;

/// <summary>The failures of one check.</summary>
internal sealed class FailureList
{
    private readonly FleetResult _result;
    private readonly List<CheckFailureReport> _failures = [];

    /// <summary>Makes an empty list for a run.</summary>
    public FailureList(FleetResult result) => _result = result;

    /// <summary>How many were added.</summary>
    public long Count { get; private set; }

    /// <summary>The poles that failed.</summary>
    public HashSet<int> PoleIndices { get; } = [];

    /// <summary>The first of them.</summary>
    public IReadOnlyList<CheckFailureReport> Failures => _failures;

    /// <summary>Adds a failure at a pole.</summary>
    /// <param name="poleIndex">Which pole.</param>
    /// <param name="atUs">When, in simulated time; null when it concerns the whole run.</param>
    /// <param name="text">What happened.</param>
    public void Add(int poleIndex, long? atUs, string text)
    {
        Count++;
        PoleIndices.Add(poleIndex);
        if (_failures.Count < CheckReport.MaximumListedFailures)
        {
            double? atSeconds = atUs / 1_000_000.0;
            _failures.Add(new CheckFailureReport
            {
                PoleId = _result.Lamps[poleIndex].Id,
                AtSeconds = atSeconds,
                LocalTime = atSeconds is double seconds ? _result.ScenarioReport.LocalTimeAt(seconds) : "",
                Text = text,
            });
        }
    }
}
