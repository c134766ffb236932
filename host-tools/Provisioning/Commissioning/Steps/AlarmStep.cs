// No alarm is on when the technician leaves, but those that the visit itself makes.
using System.Globalization;
using Provisioning.ServicePort;

namespace Provisioning.Commissioning.Steps;

/// <summary>Looks at alarms.</summary>
internal static class AlarmStep
{
    private static readonly string[] s_ofTheVisit = ["serviceOpened", "serviceRefused", "doorOpen", "restarted"];

    public static IEnumerable<CommissioningStep> Run(CommissioningVisit visit)
    {
        ServiceRecord[] raised =
        [
            .. visit.Session.Require("alarms").Lines.Where(record => record.Number("isRaised") == 1 && !s_ofTheVisit.Contains(record.Find("kind"))),
        ];
        yield return raised.Length == 0
            ? CommissioningStep.Passed(StepNames.Alarms, "")
            : CommissioningStep.Failed(
                StepNames.Alarms, "", StepReasons.Raised, [.. raised.Select(record => new MeasuredValue(record.Find("kind") ?? "unknown", record.Find("reason") ?? "unknown"))]);
        if (visit.Session.RestartCount > 0)
        {
            yield return CommissioningStep.Failed(
                StepNames.Alarms, "restarts", StepReasons.Restarted, new MeasuredValue("restarts", visit.Session.RestartCount.ToString(CultureInfo.InvariantCulture)));
        }
    }
}
