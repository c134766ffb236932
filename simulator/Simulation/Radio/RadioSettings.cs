// The numbers of the channel and of the receivers, each with its source. README.md in this folder has the formulas.
namespace Simulation.Radio;

/// <summary>The channel, the gateways' and the poles' receivers. Defaults: a built-up area in EU868.</summary>
public sealed record RadioSettings
{
    /// <summary>
    /// Loss at one metre in decibels, -50 to 200. Default 7.7: together with the exponent 120.5 dB at one kilometre, the urban model of
    /// 3GPP TR 45.820 annex D as ns-3's lorawan module uses it (Magrin, Centenaro, Vangelista, ICC 2017).
    /// </summary>
    public double ReferenceLossDecibel { get; init; } = 7.7;

    /// <summary>Path-loss exponent, 1 to 8. Default 3.76, of the same source.</summary>
    public double PathLossExponent { get; init; } = 3.76;

    /// <summary>
    /// Standard deviation of the loss between links of equal length, in decibels, 0 to 20: drawn once for each link and kept.
    /// Default 8: 3GPP TR 45.820 annex D (Petajajarvi et al., ITST 2015, measured 7.8 in Oulu).
    /// </summary>
    public double ShadowingDecibel { get; init; } = 8.0;

    /// <summary>
    /// Standard deviation of the loss from frame to frame on one link, in decibels, 0 to 20; 0 for none. Default 2: poles do not move,
    /// what passes by does.
    /// </summary>
    public double FadingDecibel { get; init; } = 2.0;

    /// <summary>Distances below this are taken as this, in metres.</summary>
    public double MinimumDistanceMetres { get; init; } = 1.0;

    /// <summary>Noise figure of a gateway in decibels. Default 3: sensitivity -127.5 dBm at SF7 to -140 dBm at SF12, an SX1301 with a front end.</summary>
    public double GatewayNoiseFigureDecibel { get; init; } = 3.0;

    /// <summary>Noise figure of a pole in decibels. Default 6: -124.5 dBm at SF7 to -137 dBm at SF12, the SX1262's data sheet within 1 dB.</summary>
    public double PoleNoiseFigureDecibel { get; init; } = 6.0;

    /// <summary>Frames a gateway can demodulate at once. Default 8: SX1301 data sheet.</summary>
    public int DemodulatorCount { get; init; } = 8;

    /// <summary>Radiated power (EIRP) of a gateway in dBm outside 869.4-869.65 MHz. Default 16: 14 dBm ERP, EN 300 220-2 annex B.</summary>
    public int DownlinkPowerDbm { get; init; } = 16;

    /// <summary>Radiated power (EIRP) of a gateway in dBm in 869.4-869.65 MHz. Default 29: 27 dBm ERP, EN 300 220-2 annex B.</summary>
    public int Rx2DownlinkPowerDbm { get; init; } = 29;

    /// <summary>Refuses numbers outside their range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Names the setting.</exception>
    public void Validate()
    {
        CheckRange(ReferenceLossDecibel, -50, 200, nameof(ReferenceLossDecibel));
        CheckRange(PathLossExponent, 1, 8, nameof(PathLossExponent));
        CheckRange(ShadowingDecibel, 0, 20, nameof(ShadowingDecibel));
        CheckRange(FadingDecibel, 0, 20, nameof(FadingDecibel));
        CheckRange(MinimumDistanceMetres, 0.1, 1000, nameof(MinimumDistanceMetres));
        CheckRange(GatewayNoiseFigureDecibel, 0, 20, nameof(GatewayNoiseFigureDecibel));
        CheckRange(PoleNoiseFigureDecibel, 0, 20, nameof(PoleNoiseFigureDecibel));
        CheckRange(DemodulatorCount, 1, 1000, nameof(DemodulatorCount));
        CheckRange(DownlinkPowerDbm, -20, 40, nameof(DownlinkPowerDbm));
        CheckRange(Rx2DownlinkPowerDbm, -20, 40, nameof(Rx2DownlinkPowerDbm));
    }

    private static void CheckRange(double value, double minimum, double maximum, string name)
    {
        if (!(value >= minimum && value <= maximum))
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be from {minimum} to {maximum}.");
        }
    }
}
