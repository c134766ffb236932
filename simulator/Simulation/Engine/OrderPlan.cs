// The operator's orders from the commands of a scenario, and what they mean for each lamp: when it has to be at which level, when it may be dark.
using Simulation.Operation;
using Simulation.Scenarios;
using Simulation.World;

namespace Simulation.Engine;

/// <summary>The orders of a run.</summary>
internal sealed class OrderPlan
{
    private readonly List<(long FromUs, long DurationUs)>?[] _dark;
    private readonly List<LevelOrder>?[] _levels;

    private OrderPlan(IReadOnlyList<CommandOrder> orders, int poleCount)
    {
        Orders = orders;
        _dark = new List<(long FromUs, long DurationUs)>?[poleCount];
        _levels = new List<LevelOrder>?[poleCount];
    }

    /// <summary>The orders, by time.</summary>
    public IReadOnlyList<CommandOrder> Orders { get; }

    /// <summary>Makes them.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="lamps">The lamps.</param>
    /// <param name="multicast">The multicast groups.</param>
    /// <param name="lighting">The lighting groups.</param>
    /// <param name="seed">The run's seed.</param>
    public static OrderPlan Make(Scenario scenario, IReadOnlyList<Lamp> lamps, FleetGroups multicast, LightingGroups lighting, long seed)
    {
        List<CommandOrder> orders = [];
        for (int i = 0; i < scenario.Commands.Count; i++)
        {
            ScenarioCommand command = scenario.Commands[i];
            int[] hearers = command.Poles.Select(lamps, seed, "command", i);
            int[] meant = [.. hearers.Where(pole => lighting.Means(command.Action, pole))];
            if (meant.Length > 0)
            {
                orders.Add(new CommandOrder(command, meant) { GroupIndex = multicast.GroupOf(command), HearerCount = hearers.Length });
            }
        }

        OrderPlan plan = new([.. orders.OrderBy(static order => order.TimeUs)], lamps.Count);
        plan.Collect(scenario.Settings);
        return plan;
    }

    /// <summary>No orders from the scenario, but anybody may give any at any time: darkness by command may be true.</summary>
    public static OrderPlan OfSomebodyElse(int poleCount)
    {
        OrderPlan plan = new([], poleCount);
        for (int pole = 0; pole < poleCount; pole++)
        {
            plan._dark[pole] = [(0, long.MaxValue / 2)];
        }

        return plan;
    }

    /// <summary>When a command for darkness is given to a pole, and for how long.</summary>
    public IReadOnlyList<(long FromUs, long DurationUs)> DarkCommands(int pole) => _dark[pole] ?? (IReadOnlyList<(long FromUs, long DurationUs)>)[];

    /// <summary>Makes the instrument that measures how soon a lamp is at the commanded levels; null when none is commanded.</summary>
    public ObedienceMeter? MakeMeter(int pole) => _levels[pole] is { } levels ? new ObedienceMeter(levels) : null;

    private void Collect(PoleSettings settings)
    {
        // Of each pole the load shedding that was ordered last: it cuts what is commanded while it lasts, emergencies apart.
        (int LimitPermille, long UntilUs)[] shedding = new (int LimitPermille, long UntilUs)[_levels.Length];
        for (int index = 0; index < Orders.Count; index++)
        {
            CommandOrder order = Orders[index];
            CommandAction action = order.Command.Action;
            CommandEffect? effect = CommandEffect.Of(action, settings);
            foreach (int pole in order.PoleIndices)
            {
                if (action is ShedLoadAction)
                {
                    shedding[pole] = (effect?.LevelPermille ?? 0, order.TimeUs + (effect?.DurationUs ?? 0));
                }

                if (effect is { } meant)
                {
                    bool isCut = action is not CallEmergencyAction && order.TimeUs < shedding[pole].UntilUs;
                    int levelPermille = isCut ? Math.Min(meant.LevelPermille, shedding[pole].LimitPermille) : meant.LevelPermille;
                    (_levels[pole] ??= []).Add(new LevelOrder(index, order.TimeUs, levelPermille, meant.IsUpperLimit));
                    if (levelPermille == 0)
                    {
                        (_dark[pole] ??= []).Add((order.TimeUs, meant.DurationUs));
                    }
                }
            }
        }
    }
}
