// The counts of the radars against who really passed: how many in all, and in which direction.
using Simulation.Engine;
using Simulation.Operation;
using Simulation.Scenarios;
using Simulation.World;

namespace Simulation.Checks;

/// <summary>The promise of counts.</summary>
internal static class TrafficCheck
{
    /// <summary>Judges.</summary>
    public static CheckOutcome Run(FleetResult result, TrafficCountedCheck check)
    {
        FailureList failures = new(result);
        long counted = 0;
        long passed = 0;
        long rightDirections = 0;
        long directions = 0;
        foreach (SimulatedPole pole in result.Poles)
        {
            IReadOnlyList<ToldTraffic> told = result.Told.Traffic(pole.Index);
            if (pole.Parts.Surroundings?.Radar is null || told.Count == 0)
            {
                continue;
            }

            (long poleCounted, long polePassed) = (0, 0);
            PassedTravellers truth = new(result.Traffic.OpenSequence(pole.Index));
            foreach (ToldTraffic interval in told.OrderBy(static item => item.MeasuredUs))
            {
                int[] who = truth.Between(interval.MeasuredUs - interval.LengthUs, interval.MeasuredUs);
                if (interval.Quality == PoleController.Sensing.Quality.NotMeasured || result.Outages[pole.Index].OverlapUs(interval.MeasuredUs - interval.LengthUs, interval.MeasuredUs) > 0)
                {
                    continue;
                }

                poleCounted += interval.Sum;
                polePassed += who[0] + who[1];
                (long right, long all) = Directions(interval, who);
                rightDirections += right;
                directions += all;
            }

            counted += poleCounted;
            passed += polePassed;
            if (polePassed > 50 && Math.Abs(poleCounted - polePassed) * 100 > check.TolerancePercent * polePassed * 1.5)
            {
                failures.Add(pole.Index, null, $"{poleCounted} counted, {polePassed} passed");
            }
        }

        double offPercent = passed == 0 ? 0 : 100.0 * (counted - passed) / passed;
        double directionPercent = Text.Share(rightDirections, directions);
        bool isPassed = Math.Abs(offPercent) <= check.TolerancePercent && directionPercent >= check.DirectionPercent && (passed > 0 || !result.ScenarioReport.IsComplete);
        return CheckOutcome.From(
            "trafficCounted",
            "Travellers are counted",
            isPassed,
            $"the sum within {Text.Percent(check.TolerancePercent)} of the truth, {Text.Percent(check.DirectionPercent)} of the told directions right",
            FormattableString.Invariant($"{counted} counted, {passed} passed ({offPercent:+0.0;-0.0} %); {Text.Percent(directionPercent)} of {directions} told directions right"),
            failures,
            result);
    }

    // Of what was told with a direction, as much is right as really went there.
    private static (long Right, long All) Directions(ToldTraffic interval, int[] who)
    {
        long approaching = interval.Counts.Take(ToldTraffic.ClassCount).Where(static count => count > 0).Sum();
        long receding = interval.Counts.Skip(ToldTraffic.ClassCount).Take(ToldTraffic.ClassCount).Where(static count => count > 0).Sum();
        return (Math.Min(approaching, who[0]) + Math.Min(receding, who[1]), approaching + receding);
    }

    /// <summary>Who passed a pole, read once from the start to the end.</summary>
    private sealed class PassedTravellers
    {
        private readonly ArrivalSequence _sequence;

        public PassedTravellers(ArrivalSequence sequence)
        {
            _sequence = sequence;
            sequence.MoveNext();
        }

        /// <summary>How many came towards the pole's radar and how many went away from it, between two moments, the first not before the last one asked for.</summary>
        public int[] Between(long fromUs, long toUs)
        {
            int[] who = new int[2];
            while (_sequence.EnterUs < toUs)
            {
                if (_sequence.EnterUs >= fromUs)
                {
                    who[_sequence.IsForward ? 1 : 0]++;
                }

                _sequence.MoveNext();
            }

            return who;
        }
    }
}
