// Which poles are in which lighting groups of the scenario.
using PoleController.Settings;
using Simulation.Scenarios;
using Simulation.World;

namespace Simulation.Engine;

/// <summary>The lighting groups of a fleet.</summary>
internal sealed class LightingGroups
{
    private readonly SortedSet<int>?[] _numbers;

    /// <summary>Works them out.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="lamps">The lamps.</param>
    /// <param name="seed">The run's seed.</param>
    public LightingGroups(Scenario scenario, IReadOnlyList<Lamp> lamps, long seed)
    {
        _numbers = new SortedSet<int>?[lamps.Count];
        for (int i = 0; i < scenario.LightingGroups.Count; i++)
        {
            LightingGroupPlan plan = scenario.LightingGroups[i];
            foreach (int pole in plan.Poles.Select(lamps, seed, "lighting-group", i))
            {
                (_numbers[pole] ??= []).Add(plan.Number);
            }
        }
    }

    /// <summary>The groups of a pole, ascending.</summary>
    public IReadOnlyCollection<int> Of(int pole) => _numbers[pole] ?? (IReadOnlyCollection<int>)[];

    /// <summary>Whether a command means a pole that hears it.</summary>
    public bool Means(CommandAction action, int pole) =>
        action is not GroupAction { LightingGroup: not GroupSettings.Everybody and int number } || (_numbers[pole]?.Contains(number) ?? false);
}
