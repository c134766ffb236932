// How weak a LoRa signal a receiver can still demodulate, and what it reports about it.
namespace Simulation.Radio;

/// <summary>
/// Noise floor, sensitivity and signal-to-noise ratio of a receiver at 125, 250 and 500 kHz:
/// floor = -174 + 10 lg(bandwidth) + noise figure; sensitivity = floor + the demodulator's limit (Semtech AN1200.22, section 3).
/// </summary>
public sealed class ReceiverSensitivity
{
    private const double ThermalNoiseDbmPerHertz = -174.0;

    // Signal-to-noise ratio the demodulator needs, SF7 to SF12, in decibels (SX1276 data sheet, table 13; SX1262 data sheet, 6.1.1).
    private static readonly double[] _limitDecibel = [-7.5, -10.0, -12.5, -15.0, -17.5, -20.0];

    private readonly double _noiseFigureDecibel;
    private readonly float[] _sensitivityMilliwatt = new float[18];

    /// <summary>Makes the tables.</summary>
    /// <param name="noiseFigureDecibel">The receiver's noise figure.</param>
    public ReceiverSensitivity(double noiseFigureDecibel)
    {
        _noiseFigureDecibel = noiseFigureDecibel;
        for (int spreadingFactor = 7; spreadingFactor <= 12; spreadingFactor++)
        {
            foreach (int bandwidthHz in (int[])[125_000, 250_000, 500_000])
            {
                _sensitivityMilliwatt[Index(spreadingFactor, bandwidthHz)] = (float)Decibel.ToRatio(Dbm(spreadingFactor, bandwidthHz));
            }
        }
    }

    /// <summary>Signal-to-noise ratio that a spreading factor needs, in decibels.</summary>
    /// <param name="spreadingFactor">7 to 12.</param>
    public static double LimitDecibel(int spreadingFactor) => _limitDecibel[spreadingFactor - 7];

    /// <summary>Noise in the receiver's bandwidth, in dBm.</summary>
    /// <param name="bandwidthHz">125,000, 250,000 or 500,000.</param>
    public double NoiseFloorDbm(int bandwidthHz) => ThermalNoiseDbmPerHertz + (10.0 * Math.Log10(bandwidthHz)) + _noiseFigureDecibel;

    /// <summary>Weakest signal that is demodulated, in dBm.</summary>
    /// <param name="spreadingFactor">7 to 12.</param>
    /// <param name="bandwidthHz">125,000, 250,000 or 500,000.</param>
    public double Dbm(int spreadingFactor, int bandwidthHz) => NoiseFloorDbm(bandwidthHz) + LimitDecibel(spreadingFactor);

    /// <summary>Weakest signal that is demodulated, in milliwatt.</summary>
    /// <param name="spreadingFactor">7 to 12.</param>
    /// <param name="bandwidthHz">125,000, 250,000 or 500,000.</param>
    public float Milliwatt(int spreadingFactor, int bandwidthHz) => _sensitivityMilliwatt[Index(spreadingFactor, bandwidthHz)];

    /// <summary>Signal-to-noise ratio as a LoRa chip reports it: quarters of a decibel in a signed byte.</summary>
    /// <param name="signalDbm">Signal strength.</param>
    /// <param name="bandwidthHz">125,000, 250,000 or 500,000.</param>
    public int SnrQuarterDecibel(double signalDbm, int bandwidthHz) =>
        Math.Clamp((int)Math.Round((signalDbm - NoiseFloorDbm(bandwidthHz)) * 4.0, MidpointRounding.AwayFromZero), sbyte.MinValue, sbyte.MaxValue);

    private static int Index(int spreadingFactor, int bandwidthHz) =>
        ((spreadingFactor - 7) * 3) + (bandwidthHz >= 500_000 ? 2 : bandwidthHz >= 250_000 ? 1 : 0);
}
