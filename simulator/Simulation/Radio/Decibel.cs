// Decibels and ratios.
namespace Simulation.Radio;

/// <summary>Conversions between decibels and power ratios (dBm and milliwatt are the same conversion).</summary>
public static class Decibel
{
    private static readonly float[] _milliwattByDbm = MakeTable();

    /// <summary>Power ratio of a level in decibels.</summary>
    /// <param name="decibel">Any level.</param>
    public static double ToRatio(double decibel) => Math.Pow(10.0, decibel / 10.0);

    /// <summary>Level of a power ratio in decibels.</summary>
    /// <param name="ratio">Greater than 0.</param>
    public static double FromRatio(double ratio) => 10.0 * Math.Log10(ratio);

    /// <summary>Milliwatt of a transmitter's power, without a power function per frame.</summary>
    /// <param name="dbm">-64 to 63; limited to that.</param>
    public static float ToMilliwatt(int dbm) => _milliwattByDbm[Math.Clamp(dbm, -64, 63) + 64];

    private static float[] MakeTable()
    {
        var table = new float[128];
        for (int index = 0; index < table.Length; index++)
        {
            table[index] = (float)ToRatio(index - 64);
        }

        return table;
    }
}
