// The right controller at the right pole: what the controller says, what the workspace says, what stands on the pole.
using Provisioning.ServicePort;

namespace Provisioning.Commissioning.Steps;

/// <summary>Compares identities.</summary>
internal static class IdentityStep
{
    // What a controller without a board file says.
    private const string Unnamed = "unnamed";

    public static IEnumerable<CommissioningStep> Run(CommissioningVisit visit)
    {
        ServiceIdentity identity = visit.Session.Identity;
        List<MeasuredValue> measured =
        [
            new("board", identity.Board), new("firmware", identity.Firmware), new("starts", $"{identity.StartCount}"),
        ];
        string? reason = Judge(visit, identity);
        bool? isRight = reason is null ? visit.Technician.Ask(Questions.RightPole, visit.Pole.Id) : null;
        measured.Add(new("asked", isRight is { } answer ? (answer ? "yes" : "no") : "nobody"));
        reason ??= isRight == false ? StepReasons.OtherPole : null;
        yield return reason is null ? CommissioningStep.Passed(StepNames.Identity, "", measured) : CommissioningStep.Failed(StepNames.Identity, "", reason, measured);
    }

    private static string? Judge(CommissioningVisit visit, ServiceIdentity identity)
    {
        if (!identity.IsProvisioned)
        {
            return StepReasons.NotProvisioned;
        }

        if (visit.Controller.PoleId != visit.Pole.Id)
        {
            return visit.Controller.PoleId is null ? StepReasons.NotMounted : StepReasons.OtherController;
        }

        string expected = ExpectedParts.BoardOf(visit.Controller.Board);
        return identity.Board is "" or Unnamed || identity.Board == expected ? null : StepReasons.OtherBoard;
    }
}
