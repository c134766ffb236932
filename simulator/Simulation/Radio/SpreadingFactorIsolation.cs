// Which interference a LoRa frame survives.
namespace Simulation.Radio;

/// <summary>
/// Signal-to-interference ratio that a frame needs, by its own spreading factor and the interferer's. Equal factors: 6 dB, the capture
/// effect. Unequal: the rejection of the quasi-orthogonal factors (Goursaud, Gorce, "Dedicated networks for IoT: PHY/MAC state of the art
/// and challenges", EAI Endorsed Transactions on IoT 2015, table 2; in the form of ns-3's lorawan module).
/// </summary>
public static class SpreadingFactorIsolation
{
    // Row: the frame's factor, SF7 to SF12. Column: the interferer's.
    private static readonly int[] _decibel =
    [
        6, -16, -18, -19, -19, -20,
        -24, 6, -20, -22, -22, -22,
        -27, -27, 6, -23, -25, -25,
        -30, -30, -30, 6, -26, -28,
        -33, -33, -33, -33, 6, -29,
        -36, -36, -36, -36, -36, 6,
    ];

    private static readonly double[] _ratio = MakeRatios();

    /// <summary>The needed ratio in decibels.</summary>
    /// <param name="spreadingFactor">Of the frame, 7 to 12.</param>
    /// <param name="interfererSpreadingFactor">Of the interferer, 7 to 12.</param>
    public static int NeededDecibel(int spreadingFactor, int interfererSpreadingFactor) =>
        _decibel[((spreadingFactor - 7) * 6) + interfererSpreadingFactor - 7];

    /// <summary>
    /// Whether a frame survives. Per interfering factor the energy that overlaps with the frame is added up and compared with the
    /// frame's own energy, as in ns-3's lorawan module.
    /// </summary>
    /// <param name="spreadingFactor">Of the frame, 7 to 12.</param>
    /// <param name="signalEnergy">Power times duration of the frame.</param>
    /// <param name="interferenceEnergies">Six sums of power times overlap, SF7 to SF12, in the same unit.</param>
    public static bool Survives(int spreadingFactor, double signalEnergy, ReadOnlySpan<double> interferenceEnergies)
    {
        ReadOnlySpan<double> needed = _ratio.AsSpan((spreadingFactor - 7) * 6, 6);
        for (int index = 0; index < 6; index++)
        {
            if (signalEnergy < needed[index] * interferenceEnergies[index])
            {
                return false;
            }
        }

        return true;
    }

    private static double[] MakeRatios()
    {
        var ratios = new double[_decibel.Length];
        for (int index = 0; index < ratios.Length; index++)
        {
            ratios[index] = Decibel.ToRatio(_decibel[index]);
        }

        return ratios;
    }
}
