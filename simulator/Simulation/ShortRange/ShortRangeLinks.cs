// Who hears whom how well, over short range: worked out once. Poles that can hear or disturb each other form a group.
using Simulation.Engine;
using Simulation.Scenarios;
using Simulation.World;

namespace Simulation.ShortRange;

/// <summary>The links from one pole.</summary>
/// <param name="To">The pole at the other end.</param>
/// <param name="GainDecibel">Mean gain, negative.</param>
public readonly record struct ShortRangeLink(int To, float GainDecibel);

/// <summary>The links between the poles that have a radio.</summary>
public sealed class ShortRangeLinks
{
    /// <summary>How much stronger than all others together a packet has to be (ESP32 data sheet, co-channel C/I, typical).</summary>
    public const double NeededDecibel = 10;

    private readonly Dictionary<int, List<ShortRangeLink>> _links = [];
    private readonly Dictionary<int, int> _group = [];

    /// <summary>Works them out. Shadowing is the same in both directions, drawn from the stream ("short-range", lower index x lamps + higher index).</summary>
    /// <param name="model">The numbers of the radio.</param>
    /// <param name="lamps">All lamps.</param>
    /// <param name="poles">Indices of those with a radio, ascending.</param>
    /// <param name="seed">The run's seed.</param>
    public ShortRangeLinks(ShortRangeModel model, IReadOnlyList<Lamp> lamps, IReadOnlyList<int> poles, long seed)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(lamps);
        ArgumentNullException.ThrowIfNull(poles);

        // Weaker than this a packet is neither heard nor disturbs one that is.
        double floorDecibel = model.SensitivityDbm - NeededDecibel - model.TransmitDbm - (3 * model.FadingDecibel);
        foreach (int pole in poles)
        {
            _links[pole] = [];
            _group[pole] = pole;
        }

        for (int i = 0; i < poles.Count; i++)
        {
            LocalPlane plane = new(lamps[poles[i]].Latitude, lamps[poles[i]].Longitude);
            for (int k = i + 1; k < poles.Count; k++)
            {
                Lamp other = lamps[poles[k]];
                double metres = Math.Max(1, plane.DistanceMetres(other.Latitude, other.Longitude));
                double gain = -(model.LossAtOneMetreDecibel + (10 * model.PathLossExponent * Math.Log10(metres)) + model.InstallationLossDecibel);
                if (gain + (4 * model.ShadowingDecibel) < floorDecibel)
                {
                    continue;
                }

                gain += model.ShadowingDecibel * new RandomStream(seed, "short-range", ((long)poles[i] * lamps.Count) + poles[k]).NextGaussian();
                if (gain >= floorDecibel)
                {
                    _links[poles[i]].Add(new ShortRangeLink(poles[k], (float)gain));
                    _links[poles[k]].Add(new ShortRangeLink(poles[i], (float)gain));
                    Join(poles[i], poles[k]);
                }
            }
        }
    }

    /// <summary>The links from a pole, ascending by the other end.</summary>
    public IReadOnlyList<ShortRangeLink> From(int pole) => _links[pole];

    /// <summary>The groups of poles that hear or disturb each other, each ascending, in the order of their first poles.</summary>
    public IReadOnlyList<int[]> Groups() =>
        [.. _group.Keys.Order().GroupBy(Root).OrderBy(static group => group.Min()).Select(static group => group.Order().ToArray())];

    private int Root(int pole)
    {
        while (_group[pole] != pole)
        {
            pole = _group[pole];
        }

        return pole;
    }

    // The lower root stays, so that the result does not hang on the order in which pairs are looked at.
    private void Join(int one, int other)
    {
        int first = Math.Min(Root(one), Root(other));
        int second = Math.Max(Root(one), Root(other));
        _group[second] = first;
    }
}
