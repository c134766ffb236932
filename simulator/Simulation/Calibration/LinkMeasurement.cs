// One measured frame, or the mean of some, on one radio link.
namespace Simulation.Calibration;

/// <summary>How strongly a frame was received, and over what distance.</summary>
/// <param name="Link">Name of the link, such as the node's; measurements of one link share the link's shadowing.</param>
/// <param name="DistanceMetres">Length of the link, above 0.</param>
/// <param name="SignalDbm">Strength of the signal, without the noise: see <see cref="SignalDbmOf"/>.</param>
/// <param name="TransmitPowerDbm">What the transmitter radiated (EIRP).</param>
public readonly record struct LinkMeasurement(string Link, double DistanceMetres, double SignalDbm, double TransmitPowerDbm)
{
    /// <summary>Path loss in decibels. Gains of the receiver's antenna count as less loss.</summary>
    public double LossDecibel => TransmitPowerDbm - SignalDbm;

    /// <summary>
    /// Strength of the signal alone: what a receiver states as RSSI is signal and noise together, and the signal-to-noise ratio tells them apart.
    /// RSSI - 10 lg(1 + 10^(-SNR / 10)); matters below an SNR of about 10 dB.
    /// </summary>
    /// <param name="rssiDbm">Received signal strength indicator.</param>
    /// <param name="snrDecibel">Signal-to-noise ratio; null when it is not known: then the RSSI is taken for the signal.</param>
    public static double SignalDbmOf(double rssiDbm, double? snrDecibel) =>
        snrDecibel is double snr ? rssiDbm - (10.0 * Math.Log10(1.0 + Math.Pow(10.0, -snr / 10.0))) : rssiDbm;
}
