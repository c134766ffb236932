// The reference workload: what is sent, from where, and through which channel, in the numbers of the ns-3 run it is compared with. It runs
// nothing.
using PoleController.LoRaWan;
using Simulation.Engine;
using Simulation.Radio;

namespace Simulation.Reference;

/// <summary>Where one device stands and how it sends.</summary>
/// <param name="DistanceMetres">From the gateway.</param>
/// <param name="SpreadingFactor">7 to 12: the fastest at which the end device could hear the gateway.</param>
/// <param name="PhaseUs">When it has its first message, from the beginning of the measured time, in microseconds.</param>
public readonly record struct ReferencePlace(double DistanceMetres, int SpreadingFactor, long PhaseUs);

/// <summary>
/// The workload by which LoRaWAN simulators are compared here: one gateway with eight demodulators, three channels, devices evenly over a disc
/// of 6 km, an unconfirmed frame of 33 bytes every 600 s at a random phase from each, path loss of 7.7 dB + 37.6 lg(d / 1 m) without
/// shadowing or fading, 14 dBm, and the spreading factor by the end device's sensitivity.
/// </summary>
public sealed record ReferenceWorkload
{
    /// <summary>Time between two messages of a device, in microseconds.</summary>
    public const long PeriodUs = 600_000_000;

    /// <summary>Bytes of PHY payload: 12 of frame and MIC, FPort, 20 of FRMPayload.</summary>
    public const int FrameLength = 33;

    /// <summary>Bytes of FRMPayload.</summary>
    public const int PayloadLength = FrameLength - FrameCodec.OverheadLength - 1;

    /// <summary>Radius of the disc in metres.</summary>
    public const double RadiusMetres = 6000;

    /// <summary>Radiated power (EIRP) of the devices in dBm: TXPower 1 of EU868.</summary>
    public const int PowerDbm = 14;

    // Sensitivities of the end device, SF7 to SF12, by which ns-3's helper gives out the spreading factors (signetlabdei/lorawan, EndDeviceLoraPhy).
    private static readonly double[] _deviceSensitivityDbm = [-124, -127, -130, -133, -135, -137];

    /// <summary>Devices, 1 to 1,000,000.</summary>
    public int DeviceCount { get; init; } = 10_000;

    /// <summary>Measured time, 1 to 744 hours.</summary>
    public int Hours { get; init; } = 24;

    /// <summary>The run's seed.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>
    /// Whether data rate and power are the network's decision. If not, the devices keep theirs and the gateway transmits nothing, as in the ns-3 run.
    /// </summary>
    public bool IsAdaptiveDataRate { get; init; }

    /// <summary>
    /// The channel: ns-3's path loss, and its gateway of -130 dBm at SF7 to -142.5 dBm at SF12, which is a noise figure of 0.5 dB.
    /// </summary>
    public static RadioSettings Radio { get; } = new()
    {
        ReferenceLossDecibel = 7.7,
        PathLossExponent = 3.76,
        ShadowingDecibel = 0,
        FadingDecibel = 0,
        GatewayNoiseFigureDecibel = 0.5,
        DemodulatorCount = 8,
    };

    /// <summary>Messages of all devices in the measured time.</summary>
    public long MessageCount => DeviceCount * (Hours * 3_600_000_000L / PeriodUs);

    /// <summary>Places the devices.</summary>
    public ReferencePlace[] MakePlaces()
    {
        var places = new ReferencePlace[DeviceCount];
        var random = new RandomStream(Seed, "reference", DeviceCount);
        for (int device = 0; device < places.Length; device++)
        {
            double distanceMetres = RadiusMetres * Math.Sqrt(random.NextDouble());
            double signalDbm = PowerDbm - PathLoss.LossDecibel(Radio, distanceMetres);
            int spreadingFactor = 7 + Math.Max(0, Array.FindIndex(_deviceSensitivityDbm, sensitivityDbm => signalDbm > sensitivityDbm));
            places[device] = new ReferencePlace(distanceMetres, spreadingFactor, (long)(random.NextDouble() * PeriodUs));
        }

        return places;
    }

    /// <summary>Refuses numbers outside their range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Names the number.</exception>
    public void Validate()
    {
        if (DeviceCount is < 1 or > 1_000_000)
        {
            throw new ArgumentOutOfRangeException(nameof(DeviceCount), DeviceCount, "DeviceCount must be from 1 to 1,000,000.");
        }

        if (Hours is < 1 or > 744)
        {
            throw new ArgumentOutOfRangeException(nameof(Hours), Hours, "Hours must be from 1 to 744.");
        }
    }
}
