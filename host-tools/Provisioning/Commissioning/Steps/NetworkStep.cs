// Whether the LoRaWAN network hears the pole, and how well the pole hears it. Without the network the pole lights by its own program, but nobody learns of its faults.
using System.Diagnostics;
using Provisioning.ServicePort;

namespace Provisioning.Commissioning.Steps;

/// <summary>Waits for the network.</summary>
internal static class NetworkStep
{
    private const int LookMs = 3_000;

    public static IEnumerable<CommissioningStep> Run(CommissioningVisit visit)
    {
        if (visit.Request.NetworkSeconds == 0)
        {
            yield return CommissioningStep.Skipped(StepNames.Network, "", StepReasons.NotAskedFor);
            yield break;
        }

        Stopwatch waited = Stopwatch.StartNew();
        ServiceRecord? radio = visit.Value("radio");
        if (radio?.Number("isJoined") != 1)
        {
            visit.Session.Ask("rejoin");
        }

        while (radio?.Number("isJoined") != 1 && waited.Elapsed.TotalSeconds < visit.Request.NetworkSeconds)
        {
            CommissioningVisit.Pause(LookMs);
            radio = visit.Value("radio");
        }

        IReadOnlyList<MeasuredValue> measured = radio is null ? [] : CommissioningVisit.Measured(radio, "value", "quality");
        yield return radio?.Number("isJoined") == 1
            ? CommissioningStep.Passed(StepNames.Network, "", measured)
            : CommissioningStep.Failed(StepNames.Network, "", StepReasons.NotJoined, measured);
    }
}
