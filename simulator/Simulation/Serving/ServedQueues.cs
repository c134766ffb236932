// The queues of devices, as an application fills and sees them. The network server behind gets one downlink of a device at a time, once the device has a
// session, so that a queue can be filled before the join and emptied while the first waits for its acknowledgement.
using Simulation.Network;

namespace Simulation.Serving;

/// <summary>Queues by the index of the pole.</summary>
/// <param name="network">The network server.</param>
/// <param name="poleCount">Poles in the fleet.</param>
internal sealed class ServedQueues(FleetNetwork network, int poleCount)
{
    /// <summary>Queues do not expire; the network server's longest lifetime stands for that.</summary>
    private const long LifetimeUs = 7L * 86_400_000_000;

    private readonly List<ServedDownlink>?[] _queues = new List<ServedDownlink>?[poleCount];
    private readonly SortedSet<int> _waiting = [];

    /// <summary>What waits for a pole, in order.</summary>
    public IReadOnlyList<ServedDownlink> Of(int pole) => _queues[pole] ?? [];

    /// <summary>Puts a downlink at the end.</summary>
    public void Add(int pole, ServedDownlink downlink)
    {
        (_queues[pole] ??= []).Add(downlink);
        _waiting.Add(pole);
    }

    /// <summary>Empties a queue but for what is on its way already.</summary>
    public void Flush(int pole) => _queues[pole]?.RemoveAll(static downlink => downlink.NetworkId == 0);

    /// <summary>Empties a queue whose device is gone.</summary>
    public void Drop(int pole)
    {
        _queues[pole] = null;
        _waiting.Remove(pole);
    }

    /// <summary>The downlink that the network server speaks of; null when it is not one of these.</summary>
    public ServedDownlink? Find(int pole, long networkId) => _queues[pole]?.Find(downlink => downlink.NetworkId == networkId);

    /// <summary>Takes a downlink out: it was sent, acknowledged or given up.</summary>
    public void Remove(int pole, ServedDownlink downlink) => _queues[pole]?.Remove(downlink);

    /// <summary>Gives the network server what it can take.</summary>
    /// <param name="nowUs">Now.</param>
    /// <param name="refused">Told of a downlink that fits into no frame.</param>
    public void Pump(long nowUs, Action<int, ServedDownlink, long> refused)
    {
        foreach (int pole in _waiting.ToArray())
        {
            if (_queues[pole] is not { Count: > 0 } queue)
            {
                _waiting.Remove(pole);
                continue;
            }

            ServedDownlink first = queue[0];
            if (first.NetworkId != 0 || network.DevAddr(pole) is null || network.WaitingCount(pole) > 0)
            {
                continue;
            }

            if (network.TryEnqueue(pole, first.FPort, first.Payload, first.Payload.Length, first.IsConfirmed, nowUs, out long id, LifetimeUs))
            {
                first.NetworkId = id;
            }
            else
            {
                queue.RemoveAt(0);
                refused(pole, first, nowUs);
            }
        }
    }
}
