// The crew that empties containers: it comes some time after it was told that one is red.
using PoleController.Alarms;
using Simulation.Operation;
using Simulation.World;

namespace Simulation.Engine;

/// <summary>The crew.</summary>
/// <param name="poles">The poles with their containers.</param>
internal sealed class Crew(IReadOnlyList<SimulatedPole> poles)
{
    /// <summary>The operator got an alarm; called between two windows, in order of time.</summary>
    public void OnAlarm(ReceivedAlarm alarm)
    {
        // A crew needs a quarter of an hour at least, and no pole runs further ahead than ten minutes: its container was not looked at so late yet.
        if (alarm.Kind == AlarmKind.FillLevelAlarm && alarm.IsRaised && poles[alarm.PoleIndex].Parts.Surroundings?.Bin is BinModel { Plan.WhenToldMs: long afterMs } bin)
        {
            bin.TryScheduleEmptying(alarm.ReceivedUs + (afterMs * 1000));
        }
    }
}
