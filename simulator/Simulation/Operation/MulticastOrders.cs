// Orders for a multicast group: one downlink for all members who listen, then patience while their answers come in, spread over a window;
// whoever is missing after that is asked by unicast. The rest of an order's life is FleetOperator's.
using PoleController.Messages;
using Simulation.Network;

namespace Simulation.Operation;

/// <summary>Gives orders by multicast.</summary>
internal sealed class MulticastOrders
{
    /// <summary>How long a multicast waits for gateways before it is given up.</summary>
    private const long LifetimeUs = 60_000_000;

    private const double SecondsPerAnswer = 0.75;
    private const int ShortestWindowSeconds = 30;
    private const int LongestWindowSeconds = 7200; // what a pole can be set to (setMulticastAnswerWindow)

    private readonly PoleRecord[] _poles;
    private readonly Dictionary<(int Group, long Id), CommandOrder> _onTheirWay = [];

    /// <summary>Makes it over the operator's records.</summary>
    public MulticastOrders(PoleRecord[] poles) => _poles = poles;

    /// <summary>
    /// Over how long poles of a group spread their answers, in seconds: 0.75 s each, 300 s for 400 poles, so that a few of their frames are in the air at
    /// a time and the gateways' channels and demodulators suffice.
    /// </summary>
    /// <param name="poleCount">Poles in the group.</param>
    public static int AnswerWindowSeconds(int poleCount) =>
        Math.Clamp((int)Math.Ceiling(poleCount * SecondsPerAnswer), ShortestWindowSeconds, LongestWindowSeconds);

    /// <summary>Sends an order to its group.</summary>
    /// <param name="network">The network server.</param>
    /// <param name="order">The order; it has a group.</param>
    /// <param name="payload">The command; its sequence number is filled in.</param>
    /// <param name="nowUs">Now.</param>
    /// <returns>The members that the multicast is for: they listen and nothing else is asked of them. Empty when it could not be queued.</returns>
    public int[] Give(FleetNetwork network, CommandOrder order, byte[] payload, long nowUs)
    {
        int[] members = [.. order.PoleIndices.Where(pole => _poles[pole].Pending is null && network.IsListening(order.GroupIndex, pole, nowUs))];
        if (members.Length == 0)
        {
            return [];
        }

        payload[1] = (byte)FreeSequence(order.PoleIndices);
        if (!network.TryEnqueueMulticast(
            order.GroupIndex, MessagePort.Command, payload, payload.Length, nowUs, out long id, LifetimeUs, order.Tally))
        {
            return [];
        }

        _onTheirWay.Add((order.GroupIndex, id), order);
        return members;
    }

    /// <summary>The order that a multicast carried, which is over with this; null when it is none of ours.</summary>
    public CommandOrder? Take(int group, long id) => _onTheirWay.Remove((group, id), out CommandOrder? order) ? order : null;

    /// <summary>
    /// A sequence number that no pole of the group was sent last: with another one's it would take the command for a repetition. All hear the
    /// command, also those that are asked by unicast.
    /// </summary>
    private int FreeSequence(IReadOnlyList<int> poles)
    {
        const int Numbers = 256;
        bool[] isUsed = new bool[Numbers];
        foreach (int pole in poles)
        {
            isUsed[(_poles[pole].NextSequence + Numbers - 1) % Numbers] = true;
        }

        int first = _poles[poles[0]].NextSequence;
        for (int tried = 0; tried < Numbers; tried++)
        {
            int sequence = (first + tried) % Numbers;
            if (!isUsed[sequence])
            {
                return sequence;
            }
        }

        return first; // every number was the last of some pole: for that one it is a repetition, which its missing answer brings up again
    }
}
