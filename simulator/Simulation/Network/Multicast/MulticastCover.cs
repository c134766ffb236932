// Which gateways send a frame of a group, and for whom: as few as reach every member with something in hand.
namespace Simulation.Network;

/// <summary>
/// Chooses gateways. Every gateway that sends costs time on the air, in which it hears nothing, so the fewest are looked for: again and
/// again the one that reaches most of the members that are still without (the greedy rule for covering sets; Chvatal 1979).
/// </summary>
internal sealed class MulticastCover(DownlinkScheduler scheduler, DeviceDirectory devices, int gatewayCount)
{
    private const int EnoughDecibel = 10;
    private const int Nobody = -1;

    private readonly int[] _counts = new int[gatewayCount];
    private readonly bool[] _isChosen = new bool[gatewayCount];

    /// <summary>Chooses for some members; those that no working gateway has heard are left out.</summary>
    /// <param name="poleIndices">The members.</param>
    /// <returns>The copies, by gateway.</returns>
    public List<MulticastCopy> Choose(IReadOnlyList<int> poleIndices)
    {
        Array.Clear(_isChosen);
        List<int> uncovered = [.. poleIndices.Where(pole => BestRoute(devices[pole], onlyChosen: false) != Nobody)];
        List<int> all = [.. uncovered];
        while (uncovered.Count > 0)
        {
            int best = MostWanted(uncovered);
            _isChosen[best] = true;
            uncovered.RemoveAll(pole => Reaches(devices[pole], best));
        }

        List<MulticastCopy> copies = [];
        for (int gateway = 0; gateway < gatewayCount; gateway++)
        {
            if (_isChosen[gateway])
            {
                copies.Add(new MulticastCopy(gateway, [.. all.Where(pole => BestRoute(devices[pole], onlyChosen: true) == gateway)]));
            }
        }

        copies.RemoveAll(static copy => copy.PoleIndices.Length == 0);
        return copies;
    }

    private int MostWanted(List<int> uncovered)
    {
        Array.Clear(_counts);
        foreach (int pole in uncovered)
        {
            NetworkDevice device = devices[pole];
            for (int route = 0; route < device.RouteLength; route++)
            {
                int gateway = device.RouteGateway[route];
                _counts[gateway] += Reaches(device, gateway) ? 1 : 0;
            }
        }

        return Array.IndexOf(_counts, _counts.Max());
    }

    /// <summary>Whether a gateway will do for a pole: it has enough in hand, or there is no better one.</summary>
    private bool Reaches(NetworkDevice device, int gateway)
    {
        for (int route = 0; route < device.RouteLength; route++)
        {
            if (device.RouteGateway[route] == gateway)
            {
                return !scheduler.IsDown(gateway) && (HasEnough(device, route) || BestRoute(device, onlyChosen: false) == gateway);
            }
        }

        return false;
    }

    private bool HasEnough(NetworkDevice device, int route) => scheduler.ClassCMarginDecibel(device, route) >= EnoughDecibel;

    // Routes are in order of strength.
    private int BestRoute(NetworkDevice device, bool onlyChosen)
    {
        for (int route = 0; route < device.RouteLength; route++)
        {
            int gateway = device.RouteGateway[route];
            if (!scheduler.IsDown(gateway) && (!onlyChosen || _isChosen[gateway]))
            {
                return gateway;
            }
        }

        return Nobody;
    }
}
