// Every sensor asked now, and learning of the upright position begun.
using System.Diagnostics;
using Provisioning.ServicePort;

namespace Provisioning.Commissioning.Steps;

/// <summary>Tests sensors.</summary>
internal static class SensorSteps
{
    private const int WarmUpSeconds = 180;
    private const int LookMs = 2_000;
    private const string Accelerometer = "accelerometer";

    public static IEnumerable<CommissioningStep> Sensors(CommissioningVisit visit)
    {
        string[] fitted = Fitted(visit);
        foreach (string part in fitted.Where(name => !visit.IsDone(StepNames.Sensor, name)))
        {
            yield return Test(visit, part);
        }

        foreach (string part in ExpectedParts.Sensors(visit.Controller.Board).Except(fitted).Order(StringComparer.Ordinal))
        {
            yield return CommissioningStep.Failed(StepNames.Sensor, part, StepReasons.Missing);
        }
    }

    public static IEnumerable<CommissioningStep> Upright(CommissioningVisit visit)
    {
        if (!Fitted(visit).Contains(Accelerometer))
        {
            yield return CommissioningStep.Skipped(StepNames.Upright, "", StepReasons.NotFitted);
            yield break;
        }

        ServiceAnswer answer = visit.Session.Ask("zero");
        if (answer.ErrorCode is { } code)
        {
            yield return CommissioningStep.Failed(StepNames.Upright, "", code);
            yield break;
        }

        // Learning takes ten minutes of stillness by default; the pole tells when it leans afterwards.
        ServiceRecord? tilt = visit.Value("tilt");
        yield return CommissioningStep.Passed(StepNames.Upright, "", tilt is null ? [] : CommissioningVisit.Measured(tilt, "value", "quality"));
    }

    private static string[] Fitted(CommissioningVisit visit) => [.. visit.Session.Require("health").Lines.Select(record => record.Find("sensor")).OfType<string>()];

    private static CommissioningStep Test(CommissioningVisit visit, string part)
    {
        Stopwatch waited = Stopwatch.StartNew();
        while (true)
        {
            ServiceAnswer answer = visit.Session.Ask("sensor " + part, ServiceClient.SensorSilenceMs);
            if (answer.ErrorCode is { } code)
            {
                IReadOnlyList<MeasuredValue> said = CommissioningVisit.Measured(answer.Last, "code", "at", "do");
                return code == "switchedOff" ? CommissioningStep.Skipped(StepNames.Sensor, part, code) : CommissioningStep.Failed(StepNames.Sensor, part, code, said);
            }

            ServiceRecord record = answer.Lines.Count > 0 ? answer.Lines[0] : answer.Last;
            string quality = record.Find("quality") ?? "unknown";
            IReadOnlyList<MeasuredValue> measured = CommissioningVisit.Measured(record, "sensor", "quality", "ageSeconds");
            if (quality == "ok")
            {
                return CommissioningStep.Passed(StepNames.Sensor, part, measured);
            }

            if (quality != "warmingUp" || waited.Elapsed.TotalSeconds > WarmUpSeconds)
            {
                return CommissioningStep.Failed(StepNames.Sensor, part, quality == "warmingUp" ? StepReasons.NotReady : quality, measured);
            }

            CommissioningVisit.Pause(LookMs);
        }
    }
}
