// The promises of a scenario, in its order, and one that always holds: that the controllers themselves are sound.
using Simulation.Scenarios;

namespace Simulation.Checks;

/// <summary>Judges a run.</summary>
public static class FleetChecks
{
    /// <summary>Runs the checks the scenario asks for.</summary>
    public static IReadOnlyList<CheckOutcome> Run(FleetResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        CheckPlan plan = result.Scenario.Checks;
        List<CheckOutcome> outcomes = [SoundnessCheck.Run(result)];
        if (plan.NoLampDark is not null)
        {
            outcomes.Add(LampDarkCheck.Run(result));
        }

        if (plan.OccupancyResponse is not null)
        {
            outcomes.Add(ResponseCheck.Run(result, plan.OccupancyResponse));
        }

        if (plan.StatusDelivery is not null)
        {
            outcomes.Add(OfApplication(result, DeliveryCheck.Run(result, plan.StatusDelivery)));
        }

        if (plan.CountsComplete is not null)
        {
            outcomes.Add(OfApplication(result, CountsCheck.Run(result, plan.CountsComplete)));
        }

        if (plan.EnergySaving is not null)
        {
            outcomes.Add(SavingCheck.Run(result, plan.EnergySaving));
        }

        if (plan.AllJoined is not null)
        {
            outcomes.Add(OfApplication(result, JoinCheck.Run(result, plan.AllJoined)));
        }

        if (plan.AlarmsRaised is not null)
        {
            outcomes.Add(OfApplication(result, AlarmCheck.RunRaised(result, plan.AlarmsRaised)));
        }

        if (plan.NoUnexpectedAlarms is not null)
        {
            outcomes.Add(OfApplication(result, AlarmCheck.RunUnexpected(result)));
        }

        if (plan.CommandsObeyed is not null)
        {
            outcomes.Add(OfApplication(result, CommandCheck.Run(result, plan.CommandsObeyed)));
        }

        outcomes.AddRange(plan.ObeyedWithin.Select(check => OfApplication(result, ObedienceCheck.Run(result, check))));
        if (plan.NoDownlinkCollisions is not null)
        {
            outcomes.Add(CollisionCheck.Run(result));
        }

        outcomes.AddRange(OfSensors(result, plan));
        return outcomes;
    }

    private static IEnumerable<CheckOutcome> OfSensors(FleetResult result, CheckPlan plan)
    {
        if (plan.BinsReported is not null)
        {
            yield return OfApplication(result, BinsCheck.RunReported(result, plan.BinsReported));
        }

        if (plan.EmptiedTold is not null)
        {
            yield return OfApplication(result, BinsCheck.RunEmptied(result, plan.EmptiedTold));
        }

        if (plan.FloodWarned is not null)
        {
            yield return OfApplication(result, FloodCheck.Run(result, plan.FloodWarned));
        }

        if (plan.TrafficCounted is not null)
        {
            yield return OfApplication(result, TrafficCheck.Run(result, plan.TrafficCounted));
        }

        if (plan.FlagsRight is not null)
        {
            yield return OfApplication(result, FlagsCheck.Run(result, plan.FlagsRight));
        }

        if (plan.EventsRight is not null)
        {
            yield return OfApplication(result, EventsCheck.Run(result, plan.EventsRight));
        }

        if (plan.LightAhead is not null)
        {
            yield return AheadCheck.Run(result, plan.LightAhead);
        }

        if (plan.LampUndisturbed is not null && !result.IsAttached)
        {
            yield return UndisturbedCheck.Run(result, plan.LampUndisturbed);
        }
    }

    // What these promise shows at the application behind the network server. In an attached run that is somebody else's, and unknown here.
    private static CheckOutcome OfApplication(FleetResult result, CheckOutcome outcome) =>
        result.IsAttached ? CheckOutcome.NotJudged(outcome, "the run is attached to another network server, whose application is not known here") : outcome;
}
