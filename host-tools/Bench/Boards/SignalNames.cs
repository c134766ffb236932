// The names of signals that the pole and the jig know, and what kind each is. Names are those of hardware/boards where the signal is the same.
namespace Bench.Boards;

/// <summary>Names of signals.</summary>
internal static class SignalNames
{
    /// <summary>A lamp's PWM on a pole; on a jig the controller's, sampled.</summary>
    public const string DimmerPwm = "dimmerPwm";

    /// <summary>The relay's coil: active is open. A jig reads it.</summary>
    public const string RelayOpen = "relayOpen";

    /// <summary>The watchdog's pulses. A jig counts them.</summary>
    public const string WatchdogPet = "watchdogPet";

    /// <summary>The occupancy sensor's output. A jig drives it.</summary>
    public const string Occupancy = "occupancy";

    /// <summary>The door contact: active is open. A jig drives it.</summary>
    public const string Door = "door";

    /// <summary>The accelerometer's interrupt.</summary>
    public const string AccelerometerEvent = "accelerometerEvent";

    /// <summary>Reset of the radio.</summary>
    public const string RadioReset = "radioReset";

    /// <summary>DIO1 of the radio.</summary>
    public const string RadioEvent = "radioEvent";

    /// <summary>BUSY of the radio.</summary>
    public const string RadioBusy = "radioBusy";

    /// <summary>The radio's SPI.</summary>
    public const string RadioSpi = "radioSpi";

    /// <summary>The sensors' I2C bus.</summary>
    public const string SensorI2c = "sensorI2c";

    /// <summary>The sensor on a UART. A jig plays the sensor.</summary>
    public const string SerialUart = "serialUart";

    /// <summary>The energy meter's UART, on a jig that plays the meter.</summary>
    public const string MeterUart = "meterUart";

    /// <summary>The service port. A jig is the technician.</summary>
    public const string ServiceUart = "serviceUart";

    /// <summary>The supply, measured.</summary>
    public const string SupplyVoltage = "supplyVoltage";

    /// <summary>The thermometer; on a jig a voltage that stands in for it.</summary>
    public const string BoardTemperature = "boardTemperature";

    /// <summary>Jig: switches the controller's supply.</summary>
    public const string Supply = "supply";

    /// <summary>Jig: pulls the controller's reset.</summary>
    public const string Reset = "reset";

    /// <summary>Jig: the 0-10 V output, measured.</summary>
    public const string Dimmer = "dimmer";

    /// <summary>Jig: the DALI bus, sampled.</summary>
    public const string Dali = "dali";

    private static readonly Dictionary<string, SignalKind> PoleKinds = new()
    {
        [DimmerPwm] = SignalKind.Pwm, [RelayOpen] = SignalKind.Output, [WatchdogPet] = SignalKind.Output, [Occupancy] = SignalKind.Input, [Door] = SignalKind.Input,
        [AccelerometerEvent] = SignalKind.Input, [RadioReset] = SignalKind.Output, [RadioEvent] = SignalKind.Input, [RadioBusy] = SignalKind.Input,
        [RadioSpi] = SignalKind.Spi, [SensorI2c] = SignalKind.I2c, [SerialUart] = SignalKind.Uart, [ServiceUart] = SignalKind.Uart, [SupplyVoltage] = SignalKind.Adc,
        [BoardTemperature] = SignalKind.Adc,
    };

    private static readonly Dictionary<string, SignalKind> JigKinds = new()
    {
        [Supply] = SignalKind.Output, [Reset] = SignalKind.Output, [Occupancy] = SignalKind.Output, [Door] = SignalKind.Output, [BoardTemperature] = SignalKind.Pwm,
        [SerialUart] = SignalKind.Uart, [MeterUart] = SignalKind.Uart, [ServiceUart] = SignalKind.Uart, [Dimmer] = SignalKind.Adc, [DimmerPwm] = SignalKind.Sampler,
        [RelayOpen] = SignalKind.Input, [WatchdogPet] = SignalKind.Input, [Dali] = SignalKind.Sampler,
    };

    /// <summary>Without these a pole cannot be.</summary>
    public static IReadOnlyList<string> Needed(BoardRole role) =>
        role == BoardRole.Pole ? [DimmerPwm, RelayOpen, RadioReset, RadioEvent, RadioBusy, RadioSpi] : [ServiceUart];

    /// <summary>The signals of a role and what kind each is.</summary>
    public static IReadOnlyDictionary<string, SignalKind> Of(BoardRole role) => role == BoardRole.Pole ? PoleKinds : JigKinds;
}
