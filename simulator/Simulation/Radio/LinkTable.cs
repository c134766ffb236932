// The links between poles and gateways, worked out once. Only gateways that a pole's signal can matter to are kept.
using Simulation.Engine;

namespace Simulation.Radio;

/// <summary>Gain of every link that matters, by pole; ten bytes a link.</summary>
public sealed class LinkTable
{
    private readonly int[] _first;
    private readonly ushort[] _gateway;
    private readonly float[] _gainDecibel;
    private readonly float[] _gain;

    /// <summary>Works the links out. Shadowing is drawn from the stream ("shadowing", pole x gateways + gateway).</summary>
    /// <param name="settings">The model's numbers.</param>
    /// <param name="gateways">At most 65,535.</param>
    /// <param name="poles">The poles.</param>
    /// <param name="seed">The run's seed.</param>
    public LinkTable(RadioSettings settings, IReadOnlyList<GatewaySite> gateways, IReadOnlyList<PoleSite> poles, long seed)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(gateways);
        ArgumentNullException.ThrowIfNull(poles);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(gateways.Count, ushort.MaxValue);

        double floorDecibel = LowestGainDecibel(settings);
        var gatewayIndexes = new List<ushort>(poles.Count * Math.Min(gateways.Count, 4));
        var gains = new List<float>(gatewayIndexes.Capacity);
        _first = new int[poles.Count + 1];
        for (int pole = 0; pole < poles.Count; pole++)
        {
            _first[pole] = gatewayIndexes.Count;
            for (int gateway = 0; gateway < gateways.Count; gateway++)
            {
                double gain = GainOf(settings, gateways[gateway], poles[pole], seed, ((long)pole * gateways.Count) + gateway);
                if (gain >= floorDecibel)
                {
                    gatewayIndexes.Add((ushort)gateway);
                    gains.Add((float)gain);
                }
            }

            MaximumReach = Math.Max(MaximumReach, gatewayIndexes.Count - _first[pole]);
        }

        _first[poles.Count] = gatewayIndexes.Count;
        _gateway = [.. gatewayIndexes];
        _gainDecibel = [.. gains];
        _gain = new float[_gainDecibel.Length];
        for (int link = 0; link < _gain.Length; link++)
        {
            _gain[link] = (float)Decibel.ToRatio(_gainDecibel[link]);
        }
    }

    /// <summary>Most gateways that one pole has in reach.</summary>
    public int MaximumReach { get; }

    /// <summary>Gateways in reach of a pole, ascending by index.</summary>
    /// <param name="pole">The pole's index.</param>
    public ReadOnlySpan<ushort> GatewaysOf(int pole) => _gateway.AsSpan(_first[pole], _first[pole + 1] - _first[pole]);

    /// <summary>Gains as power ratios, in the order of <see cref="GatewaysOf"/>.</summary>
    /// <param name="pole">The pole's index.</param>
    public ReadOnlySpan<float> GainsOf(int pole) => _gain.AsSpan(_first[pole], _first[pole + 1] - _first[pole]);

    /// <summary>Gain of one link as a power ratio; 0 when the gateway is out of the pole's reach.</summary>
    /// <param name="pole">The pole's index.</param>
    /// <param name="gateway">The gateway's index.</param>
    public float GainOf(int pole, int gateway)
    {
        int at = GatewaysOf(pole).BinarySearch((ushort)gateway);
        return at < 0 ? 0f : _gain[_first[pole] + at];
    }

    /// <summary>Gain of one link in decibels; negative infinity when the gateway is out of the pole's reach.</summary>
    /// <param name="pole">The pole's index.</param>
    /// <param name="gateway">The gateway's index.</param>
    public double GainDecibelOf(int pole, int gateway)
    {
        int at = GatewaysOf(pole).BinarySearch((ushort)gateway);
        return at < 0 ? double.NegativeInfinity : _gainDecibel[_first[pole] + at];
    }

    private static double GainOf(RadioSettings settings, GatewaySite gateway, PoleSite pole, long seed, long linkNumber)
    {
        double distanceMetres = PathLoss.DistanceMetres(pole.Latitude, pole.Longitude, gateway.Latitude, gateway.Longitude);
        double loss = PathLoss.LossDecibel(settings, distanceMetres);
        if (settings.ShadowingDecibel > 0)
        {
            loss += settings.ShadowingDecibel * new RandomStream(seed, "shadowing", linkNumber).NextGaussian();
        }

        return -Math.Max(loss, 0.0);
    }

    /// <summary>A link matters when the strongest transmitter on it is within the capture ratio of the most sensitive receiver, with room for fading.</summary>
    private static double LowestGainDecibel(RadioSettings settings)
    {
        const int StrongestPoleDbm = 22; // the SX1262's limit
        double sensitivity = new ReceiverSensitivity(Math.Min(settings.GatewayNoiseFigureDecibel, settings.PoleNoiseFigureDecibel)).Dbm(12, 125_000);
        int strongest = Math.Max(StrongestPoleDbm, Math.Max(settings.DownlinkPowerDbm, settings.Rx2DownlinkPowerDbm));
        return sensitivity - SpreadingFactorIsolation.NeededDecibel(12, 12) - strongest - (3.0 * settings.FadingDecibel);
    }
}
