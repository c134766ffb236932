// Poles that tell each other of arrivals, and the short-range radio between them. Data only.
namespace Simulation.Scenarios;

/// <summary>How the poles of a line are numbered.</summary>
public enum LineOrder
{
    /// <summary>By where they stand along the line's principal axis.</summary>
    Position = 0,

    /// <summary>As the scenario lists their ids: for a street that bends.</summary>
    Given = 1,
}

/// <summary>A line of poles that tell each other of arrivals.</summary>
public sealed record NeighbourLinePlan
{
    /// <summary>The most poles of a line: an index is a byte, and 0 is none (NeighbourSettings).</summary>
    public const int MaximumPoles = 255;

    /// <summary>Its poles, two to 255.</summary>
    public PoleSelector Poles { get; init; } = PoleSelector.All;

    /// <summary>How they are numbered. Default by their position.</summary>
    public LineOrder Order { get; init; }

    /// <summary>How many poles ahead an arrival raises, 1 to 8. Default 2.</summary>
    public int Reach { get; init; } = 2;

    /// <summary>How long a pole stays raised by a neighbour's arrival, 1 to 600 s. Default 30: the way to the next pole at a slow walk.</summary>
    public int HoldSeconds { get; init; } = 30;
}

/// <summary>
/// The radio between neighbouring poles: Bluetooth LE advertisements (Bluetooth Core Specification, volume 6, part B). The loss of a link is
/// lossAtOneMetre + 10 * exponent * log10(distance in metres) + shadowing + installation + fading.
/// </summary>
public sealed record ShortRangeModel
{
    /// <summary>Transmitter power in dBm, -12 to 9. Default 3: what ESP-IDF sets when nobody says otherwise (ESP_PWR_LVL_P3).</summary>
    public int TransmitDbm { get; init; } = 3;

    /// <summary>Below this a receiver hears nothing, -100 to -70 dBm. Default -93: the ESP32's at 30.8 % of packet errors (data sheet, typical).</summary>
    public int SensitivityDbm { get; init; } = -93;

    /// <summary>Path-loss exponent, 1.5 to 6. Default 2.1 (3GPP TR 38.901 table 7.4.1-1, UMi street canyon, line of sight).</summary>
    public double PathLossExponent { get; init; } = 2.1;

    /// <summary>Loss at one metre in decibels, 20 to 130. Default 40.1: the same model's 32.4 + 20 log10(2.44 GHz).</summary>
    public double LossAtOneMetreDecibel { get; init; } = 40.1;

    /// <summary>Standard deviation of the shadowing of a pair of poles, 0 to 15 dB. Default 4 (the same table).</summary>
    public double ShadowingDecibel { get; init; } = 4;

    /// <summary>Standard deviation of the fading from packet to packet, 0 to 10 dB. Default 4: an assumption.</summary>
    public double FadingDecibel { get; init; } = 4;

    /// <summary>What the housings of both poles and their antennas take away, 0 to 40 dB. Default 10: an assumption.</summary>
    public double InstallationLossDecibel { get; init; } = 10;

    /// <summary>Part of the packets that are lost to everybody else in the band (phones, wireless networks), 0 to 100 %. Default 10: an assumption.</summary>
    public double OtherTrafficPercent { get; init; } = 10;

    /// <summary>Time between two advertising events, without the random 0 to 10 ms of the standard, 20 to 10,240 ms. Default 100: NimBLE's for what cannot be connected to.</summary>
    public int AdvertisingIntervalMs { get; init; } = 100;

    /// <summary>How long a scanner stays on one of the three channels, 3 to 10,240 ms. Default 30 (NimBLE).</summary>
    public int ScanIntervalMs { get; init; } = 30;

    /// <summary>How much of that it listens, 3 ms up to the interval. Default 30 (NimBLE): all of it.</summary>
    public int ScanWindowMs { get; init; } = 30;

    /// <summary>The longest time between the radio and the controller's loop, either way, 3 to 1,000 ms; each packet's is drawn between 2 and this. Default 30: an assumption, a tick and a
    /// thread quantum of nanoFramework (10 and 20 ms).</summary>
    public int HostDelayMaximumMs { get; init; } = 30;
}
