// The controller's clock: set from this computer's when the network has not done it yet, compared with it otherwise.
using System.Globalization;
using Provisioning.ServicePort;

namespace Provisioning.Commissioning.Steps;

/// <summary>Sets or compares the clock.</summary>
internal static class ClockStep
{
    /// <summary>How far a known clock may be off, in seconds: what of this is this computer's fault nobody knows here; polectl doctor looks at that.</summary>
    public const int LargestDifferenceSeconds = 60;

    public static IEnumerable<CommissioningStep> Run(CommissioningVisit visit)
    {
        ServiceRecord before = visit.Session.Require("time").Last;
        long nowSeconds = visit.Time.GetUtcNow().ToUnixTimeSeconds();
        if (before.Number("isKnown") == 1)
        {
            long difference = (before.Number("utcSeconds") ?? 0) - nowSeconds;
            MeasuredValue[] measured = [new("differenceSeconds", difference.ToString(CultureInfo.InvariantCulture)), new("wasSet", "0")];
            yield return Math.Abs(difference) <= LargestDifferenceSeconds
                ? CommissioningStep.Passed(StepNames.Clock, "", measured)
                : CommissioningStep.Failed(StepNames.Clock, "", StepReasons.TooFar, measured);
            yield break;
        }

        ServiceAnswer answer = visit.Session.Ask(string.Create(CultureInfo.InvariantCulture, $"time {nowSeconds}"));
        yield return answer.ErrorCode is { } code
            ? CommissioningStep.Failed(StepNames.Clock, "", code)
            : CommissioningStep.Passed(StepNames.Clock, "", new MeasuredValue("wasSet", "1"));
    }
}
