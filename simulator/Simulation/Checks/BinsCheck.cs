// Containers: those that get red are told in time, no others, and emptyings are told. The truth is the world's, not the sensor's.
using PoleController.Alarms;
using Simulation.Engine;
using Simulation.Operation;
using Simulation.Scenarios;
using Simulation.World;

namespace Simulation.Checks;

/// <summary>The promises about containers.</summary>
internal static class BinsCheck
{
    /// <summary>An emptying of less than this is not one that a pole has to tell: the controller's own default is a fall by 30 percent.</summary>
    private const double TellablePercent = 40;

    /// <summary>Whether red containers are told.</summary>
    public static CheckOutcome RunReported(FleetResult result, BinsReportedCheck check)
    {
        FailureList failures = new(result);
        long withinUs = check.WithinMs * 1000;
        int episodes = 0;
        int told = 0;
        List<long> delaysUs = [];
        foreach (BinModel bin in Bins(result))
        {
            ReceivedAlarm[] reds = [.. result.Operator.Alarms.Where(alarm => alarm.PoleIndex == bin.PoleIndex && alarm.Kind == AlarmKind.FillLevelAlarm && alarm.IsRaised)];
            foreach ((long fromUs, long surelyUs, long untilUs) in RedTimes(bin, check.TolerancePercent, result.TimeUs))
            {
                if (surelyUs + withinUs > untilUs || IsInTrouble(result, bin.PoleIndex, fromUs, surelyUs + withinUs))
                {
                    continue;
                }

                episodes++;
                ReceivedAlarm? alarm = reds.FirstOrDefault(red => red.ReceivedUs >= fromUs && red.ReceivedUs <= untilUs);
                if (alarm is not null && alarm.ReceivedUs <= surelyUs + withinUs)
                {
                    told++;
                    delaysUs.Add(Math.Max(0, alarm.ReceivedUs - surelyUs));
                }
                else
                {
                    failures.Add(bin.PoleIndex, surelyUs, alarm is null ? "red and never told" : $"red and told only {Text.Duration(alarm.ReceivedUs - surelyUs)} later");
                }
            }

            foreach (ReceivedAlarm red in reds.Where(red => bin.FillPercentAt(red.HappenedUs) < bin.Plan.AlarmPercent - check.TolerancePercent
                && !IsInTrouble(result, bin.PoleIndex, red.HappenedUs - withinUs, red.HappenedUs)))
            {
                failures.Add(bin.PoleIndex, red.HappenedUs, FormattableString.Invariant($"told as red at {bin.FillPercentAt(red.HappenedUs):0} % fill"));
            }
        }

        string slowest = delaysUs.Count == 0 ? "" : ", the slowest after " + Text.Duration(delaysUs.Max());
        return CheckOutcome.From(
            "binsReported",
            "Containers that get red are told, no others",
            failures.Count == 0,
            $"each within {Text.Duration(withinUs)} of being that full; none more than {Text.Percent(check.TolerancePercent)} below its threshold",
            $"{told} of {Text.Count(episodes, "time")} told{slowest}",
            failures,
            result);
    }

    /// <summary>Whether emptyings are told.</summary>
    public static CheckOutcome RunEmptied(FleetResult result, EmptiedToldCheck check)
    {
        FailureList failures = new(result);
        long withinUs = check.WithinMs * 1000;
        int emptyings = 0;
        int told = 0;
        foreach (BinModel bin in Bins(result))
        {
            ReceivedAlarm[] messages = [.. result.Operator.Alarms.Where(alarm => alarm.PoleIndex == bin.PoleIndex && alarm.Kind == AlarmKind.ContainerEmptied && alarm.IsRaised)];
            foreach (BinMoment emptied in bin.Emptied)
            {
                if (emptied.FillPercent < TellablePercent || emptied.TimeUs + withinUs > result.TimeUs || IsInTrouble(result, bin.PoleIndex, emptied.TimeUs - withinUs, emptied.TimeUs + withinUs))
                {
                    continue;
                }

                emptyings++;
                if (messages.Any(message => message.ReceivedUs >= emptied.TimeUs && message.ReceivedUs <= emptied.TimeUs + withinUs))
                {
                    told++;
                }
                else
                {
                    failures.Add(bin.PoleIndex, emptied.TimeUs, FormattableString.Invariant($"emptied at {emptied.FillPercent:0} % fill and not told"));
                }
            }

            foreach (ReceivedAlarm message in messages.Where(message => !bin.Emptied.Any(emptied => emptied.TimeUs <= message.ReceivedUs && emptied.TimeUs + withinUs >= message.ReceivedUs)
                && !IsInTrouble(result, bin.PoleIndex, message.ReceivedUs - withinUs, message.ReceivedUs)))
            {
                failures.Add(bin.PoleIndex, message.HappenedUs, "told as emptied, which it was not");
            }
        }

        return CheckOutcome.From(
            "emptiedTold",
            "Emptyings are told, nothing else is taken for one",
            failures.Count == 0,
            $"each within {Text.Duration(withinUs)}",
            $"{told} of {Text.Count(emptyings, "emptying")} told",
            failures,
            result);
    }

    /// <summary>The containers, their truth worked out to the end of the run.</summary>
    public static IEnumerable<BinModel> Bins(FleetResult result)
    {
        foreach (SimulatedPole pole in result.Poles)
        {
            if (pole.Parts.Surroundings?.Bin is { } bin)
            {
                bin.AdvanceTo(result.TimeUs);
                yield return bin;
            }
        }
    }

    /// <summary>Whether the sensor or its pole was in trouble, or the pole without mains, at some time.</summary>
    public static bool IsInTrouble(FleetResult result, int poleIndex, long fromUs, long untilUs) =>
        result.Outages[poleIndex].OverlapUs(fromUs, untilUs) > 0
        || result.Faults.Any(fault => fault.PoleIndex == poleIndex && fault.Kind == FaultKind.PartTrouble && fault.StartUs <= untilUs && (fault.EndUs == long.MaxValue || fault.EndUs >= fromUs));

    // From when it may be called red, from when it has to be, and until when it was.
    private static IEnumerable<(long FromUs, long SurelyUs, long UntilUs)> RedTimes(BinModel bin, double tolerancePercent, long endUs)
    {
        long fromUs = -1;
        long surelyUs = -1;
        foreach (BinMoment moment in bin.History)
        {
            if (moment.FillPercent >= bin.Plan.AlarmPercent - tolerancePercent)
            {
                fromUs = fromUs < 0 ? moment.TimeUs : fromUs;
                surelyUs = surelyUs < 0 && moment.FillPercent >= Math.Min(bin.Plan.AlarmPercent + tolerancePercent, 100) ? moment.TimeUs : surelyUs;
            }
            else
            {
                if (surelyUs >= 0)
                {
                    yield return (fromUs, surelyUs, moment.TimeUs);
                }

                fromUs = -1;
                surelyUs = -1;
            }
        }

        if (surelyUs >= 0)
        {
            yield return (fromUs, surelyUs, endUs);
        }
    }
}
