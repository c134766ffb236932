// The multicast groups of a fleet: keys and members from the scenario, and over how long each group's answers are spread.
using Simulation.Network;
using Simulation.Operation;
using Simulation.Scenarios;
using Simulation.World;

namespace Simulation.Engine;

/// <summary>Makes the multicast groups that a scenario names.</summary>
internal sealed class FleetGroups
{
    private readonly IReadOnlyList<MulticastGroupModel> _models;

    /// <summary>Makes them.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="lamps">The lamps.</param>
    /// <param name="seed">The run's seed, from which the groups' keys come.</param>
    public FleetGroups(Scenario scenario, IReadOnlyList<Lamp> lamps, long seed)
    {
        _models = scenario.Network.MulticastGroups;
        List<MulticastGroupPlan> plans = [];
        for (int group = 0; group < _models.Count; group++)
        {
            RandomStream keys = new(seed, "multicast-keys", group);
            byte[] mcKey = [.. Enumerable.Range(0, 16).Select(_ => (byte)keys.Next(256))];
            plans.Add(new MulticastGroupPlan(_models[group].Name, _models[group].Poles.Select(lamps, seed, "multicast", group), mcKey));
        }

        Plans = plans;
    }

    /// <summary>The groups, in the order of the scenario.</summary>
    public IReadOnlyList<MulticastGroupPlan> Plans { get; }

    /// <summary>The group that a command goes to; -1 when it goes by unicast.</summary>
    public int GroupOf(ScenarioCommand command)
    {
        for (int group = 0; group < _models.Count && command.Path == CommandPath.Multicast; group++)
        {
            if (_models[group].Poles.SelectsTheSameAs(command.Poles))
            {
                return group;
            }
        }

        return -1;
    }

    /// <summary>Over how long a pole spreads its answers, group by group in the order of its McGroupIDs, in seconds.</summary>
    /// <param name="pole">The pole's index.</param>
    public IReadOnlyList<int> AnswerWindowsSecondsOf(int pole)
    {
        List<int> windows = [];
        foreach (MulticastGroupPlan plan in Plans)
        {
            if (plan.PoleIndices is int[] members && Array.BinarySearch(members, pole) >= 0)
            {
                windows.Add(MulticastOrders.AnswerWindowSeconds(members.Length));
            }
        }

        return windows;
    }
}
