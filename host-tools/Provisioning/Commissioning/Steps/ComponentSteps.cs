// The controller's self-test: every component with its state, and what the board measures of itself.
using Provisioning.ServicePort;

namespace Provisioning.Commissioning.Steps;

/// <summary>Reads health.</summary>
internal static class ComponentSteps
{
    // A component may just have been told the time, or be starting.
    private const int Looks = 4;
    private const int LookMs = 1_500;
    private static readonly string[] s_board = ["supply", "boardTemperature", "door"];

    public static IEnumerable<CommissioningStep> Components(CommissioningVisit visit)
    {
        IReadOnlyList<ServiceRecord> health = Health(visit);
        for (int look = 1; look < Looks && health.Any(record => record.Find("state") != "ok"); look++)
        {
            CommissioningVisit.Pause(LookMs);
            health = Health(visit);
        }

        IReadOnlySet<string> expected = ExpectedParts.Components(visit.Controller.Board);
        return health.Select(record => Judge(visit, record, expected));
    }

    public static IEnumerable<CommissioningStep> Board(CommissioningVisit visit)
    {
        IReadOnlyList<ServiceRecord> values = visit.Session.Require("values").Lines;
        foreach (string part in s_board)
        {
            ServiceRecord? record = values.FirstOrDefault(value => value.Find("value") == part);
            string quality = record?.Find("quality") ?? "notMeasured";
            yield return quality switch
            {
                "ok" => CommissioningStep.Passed(StepNames.Board, part, CommissioningVisit.Measured(record!, "value", "quality")),
                "notMeasured" => CommissioningStep.Skipped(StepNames.Board, part, StepReasons.NotFitted),
                _ => CommissioningStep.Failed(StepNames.Board, part, quality, CommissioningVisit.Measured(record!, "value", "quality")),
            };
        }
    }

    private static IReadOnlyList<ServiceRecord> Health(CommissioningVisit visit) => [.. visit.Session.Require("health").Lines.Where(record => record.Find("component") is not null)];

    private static CommissioningStep Judge(CommissioningVisit visit, ServiceRecord record, IReadOnlySet<string> expected)
    {
        string part = record.Find("component")!;
        string reason = record.Find("reason") ?? "";
        IReadOnlyList<MeasuredValue> measured = CommissioningVisit.Measured(record, "component", "number", "reason");
        if (reason == StepReasons.NotFitted)
        {
            return expected.Contains(part)
                ? CommissioningStep.Failed(StepNames.Component, part, StepReasons.Missing, measured)
                : CommissioningStep.Skipped(StepNames.Component, part, StepReasons.NotFitted, measured);
        }

        if (record.Find("state") == "ok")
        {
            return CommissioningStep.Passed(StepNames.Component, part, measured);
        }

        // That the network was not waited for is no fault of the radio.
        return part == "radio" && reason == StepReasons.NotJoined && visit.Request.NetworkSeconds == 0
            ? CommissioningStep.Skipped(StepNames.Component, part, StepReasons.NotJoined, measured)
            : CommissioningStep.Failed(StepNames.Component, part, reason, measured);
    }
}
