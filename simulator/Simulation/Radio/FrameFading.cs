// How the loss of one link changes from frame to frame.
namespace Simulation.Radio;

/// <summary>
/// Log-normal fading per frame: a function of seed, pole, gateway and time alone, so that no frame changes what another one gets.
/// </summary>
/// <param name="standardDeviationDecibel">Of the gain.</param>
/// <param name="seed">The run's seed.</param>
internal sealed class FrameFading(double standardDeviationDecibel, long seed)
{
    private readonly ulong _seed = Mix(unchecked((ulong)seed) + 0x66616469_6E670000);

    /// <summary>Gain of a frame relative to the link's mean, as a power ratio.</summary>
    /// <param name="pole">The pole's index.</param>
    /// <param name="gateway">The gateway's index.</param>
    /// <param name="startUs">When the frame starts.</param>
    public float Ratio(int pole, int gateway, long startUs)
    {
        ulong first = Mix(_seed ^ Mix(((ulong)(uint)pole << 32) | (uint)gateway) ^ unchecked((ulong)startUs * 0xD1342543DE82EF95));
        ulong second = Mix(first + 0x9E3779B97F4A7C15);
        double u = 1.0 - ((first >> 11) * (1.0 / (1UL << 53)));
        double v = (second >> 11) * (1.0 / (1UL << 53));
        double gaussian = Math.Sqrt(-2.0 * Math.Log(u)) * Math.Cos(2.0 * Math.PI * v); // Box and Muller 1958
        return (float)Decibel.ToRatio(standardDeviationDecibel * gaussian);
    }

    private static ulong Mix(ulong z)
    {
        // Finaliser of SplitMix64 (Steele, Lea, Flood 2014).
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
