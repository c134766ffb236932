// One order of the operator to some poles, and what became of it.
using Simulation.Radio;
using Simulation.Scenarios;

namespace Simulation.Operation;

/// <summary>A command of the scenario, with the poles it means and their answers.</summary>
public sealed class CommandOrder
{
    private readonly List<long> _obeyedAfterUs = [];

    /// <summary>Makes an order.</summary>
    /// <param name="command">The scenario's command.</param>
    /// <param name="poleIndices">The poles that it means, ascending.</param>
    public CommandOrder(ScenarioCommand command, int[] poleIndices)
    {
        ArgumentNullException.ThrowIfNull(command);
        Command = command;
        PoleIndices = poleIndices;
        HearerCount = poleIndices.Length;
    }

    /// <summary>The scenario's command.</summary>
    public ScenarioCommand Command { get; }

    /// <summary>The poles that it means; by unicast it is sent to no others.</summary>
    public IReadOnlyList<int> PoleIndices { get; }

    /// <summary>Poles that a multicast of it reaches, those that are not in its lighting group included: by their number answers are spread.</summary>
    public int HearerCount { get; init; }

    /// <summary>The multicast group that it is sent to: its index in the network server's settings; -1 when it is sent by unicast.</summary>
    public int GroupIndex { get; init; } = -1;

    /// <summary>When it was given, in simulated time.</summary>
    public long TimeUs => Command.AtMs * 1000;

    /// <summary>Poles that refused it.</summary>
    public int RefusedCount { get; private set; }

    /// <summary>Poles that were sent it by unicast although it is for a group: not set up yet, or not heard of after the multicast.</summary>
    public int RepairedCount { get; private set; }

    /// <summary>What the air did with its downlinks, repetitions included.</summary>
    public DownlinkTally Tally { get; } = new();

    /// <summary>Times until the answers that said it was done, in microseconds, in the order in which they came.</summary>
    public IReadOnlyList<long> ObeyedAfterUs => _obeyedAfterUs;

    /// <summary>Time until a part of the poles had obeyed, in microseconds; null when that many never did.</summary>
    /// <param name="percent">The part, 1 to 100.</param>
    public long? TimeUntilUs(int percent) => Part(_obeyedAfterUs, PoleIndices.Count, percent);

    /// <summary>The time until a part of a whole was there; null when that many never were.</summary>
    /// <param name="sortedUs">The times, ascending.</param>
    /// <param name="count">The whole.</param>
    /// <param name="percent">The part, 1 to 100.</param>
    public static long? Part(IReadOnlyList<long> sortedUs, int count, int percent)
    {
        ArgumentNullException.ThrowIfNull(sortedUs);
        int needed = ((count * percent) + 99) / 100;
        return needed > 0 && sortedUs.Count >= needed ? sortedUs[needed - 1] : null;
    }

    internal void AddObeyed(long timeUs) => _obeyedAfterUs.Add(timeUs - TimeUs);

    internal void AddRefused() => RefusedCount++;

    internal void AddRepaired() => RepairedCount++;
}
