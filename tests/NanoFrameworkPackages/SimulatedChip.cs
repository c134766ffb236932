// What the declarations do: a chip that tests script and look at. One chip per thread of a test.
using System.Device.Gpio;
using System.Device.I2c;
using nanoFramework.Device.Bluetooth.Advertisement;
using nanoFramework.Hardware.Esp32;
using nanoFramework.Hardware.Esp32.Rmt;

namespace NanoFrameworkPackages;

/// <summary>A simulated chip.</summary>
internal sealed class SimulatedChip
{
    [ThreadStatic]
    private static SimulatedChip? s_current;

    /// <summary>The chip of this thread.</summary>
    public static SimulatedChip Current => s_current ??= new SimulatedChip();

    /// <summary>Puts a new chip in.</summary>
    public static SimulatedChip Replace() => s_current = new SimulatedChip();

    /// <summary>Microseconds since start.</summary>
    public ulong TimeUs { get; set; }

    /// <summary>Whether a reboot was asked for.</summary>
    public int Reboots { get; set; }

    /// <summary>Which pin has which function.</summary>
    public Dictionary<DeviceFunction, int> Functions { get; } = [];

    /// <summary>Pins by number.</summary>
    public Dictionary<int, SimulatedPin> Pins { get; } = [];

    /// <summary>Whether opening a pin fails.</summary>
    public Func<int, bool> RefusesPin { get; set; } = _ => false;

    /// <summary>PWM channels by pin.</summary>
    public Dictionary<int, SimulatedPwm> Pwm { get; } = [];

    /// <summary>What a device on SPI answers; throws what the bus throws.</summary>
    public Func<byte[], byte[]> Spi { get; set; } = sent => new byte[sent.Length];

    /// <summary>The settings of SPI devices that were opened.</summary>
    public List<System.Device.Spi.SpiConnectionSettings> SpiOpened { get; } = [];

    /// <summary>SPI devices that were closed.</summary>
    public int SpiClosed { get; set; }

    /// <summary>What a device on I2C answers: address, what is written, how many bytes are read.</summary>
    public Func<int, byte[], int, (I2cTransferStatus Status, byte[] Read)> I2c { get; set; } =
        (_, _, count) => (I2cTransferStatus.FullTransfer, new byte[count]);

    /// <summary>I2C devices that are open.</summary>
    public int I2cOpen { get; set; }

    /// <summary>UARTs by name.</summary>
    public Dictionary<string, SimulatedUart> Uarts { get; } = [];

    /// <summary>Counts of the analogue channels.</summary>
    public Func<int, int> Adc { get; set; } = _ => 0;

    /// <summary>How many pulses have come at a pin since the start.</summary>
    public Func<int, long> PulsesAt { get; set; } = _ => 0;

    /// <summary>Units of the pulse counter by the pin that they count at.</summary>
    public Dictionary<int, SimulatedPulseUnit> PulseUnits { get; } = [];

    /// <summary>Units of the pulse counter that are left: an ESP32-S3 has four.</summary>
    public int PulseUnitsLeft { get; set; } = 4;

    /// <summary>What was given to the RMT unit.</summary>
    public List<(TransmitChannelSettings Settings, byte[] Items)> RmtSent { get; } = [];

    /// <summary>Called with what is sent.</summary>
    public Action<byte[]>? RmtSend { get; set; }

    /// <summary>Asked for a recording before those that wait.</summary>
    public Func<RmtCommand[]?>? RmtRecord { get; set; }

    /// <summary>Recordings that wait in the RMT unit.</summary>
    public Queue<RmtCommand[]> RmtRecorded { get; } = new();

    /// <summary>The settings of the receiver.</summary>
    public ReceiverChannelSettings? RmtReceiver { get; set; }

    /// <summary>How often the recordings were cleared.</summary>
    public int RmtCleared { get; set; }

    /// <summary>Whether the RMT unit throws.</summary>
    public bool IsRmtBroken { get; set; }

    /// <summary>What goes on in Bluetooth: "scan", "stop scan", "advertise", "stop advertise".</summary>
    public List<string> Bluetooth { get; } = [];

    /// <summary>The advertisement on the air.</summary>
    public BluetoothLEAdvertisement? Advertisement { get; set; }

    /// <summary>Whether the Bluetooth stack throws.</summary>
    public bool IsBluetoothBroken { get; set; }

    /// <summary>The watcher that scans.</summary>
    public nanoFramework.Device.Bluetooth.BluetoothLEAdvertisementWatcher? Watcher { get; set; }

    /// <summary>A pin, made when it is first asked for.</summary>
    public SimulatedPin PinAt(int number)
    {
        if (!Pins.TryGetValue(number, out SimulatedPin? pin))
        {
            Pins[number] = pin = new SimulatedPin();
        }

        return pin;
    }

    /// <summary>A unit of the pulse counter for a pin, which is nobody else's from then on.</summary>
    public SimulatedPulseUnit TakePulseUnit(int pin)
    {
        SimulatedPin used = PinAt(pin);
        if (PulseUnitsLeft == 0 || used.IsOpen)
        {
            throw new NotSupportedException();
        }

        PulseUnitsLeft--;
        used.IsOpen = true;
        return PulseUnits[pin] = new SimulatedPulseUnit();
    }

    /// <summary>A UART, made when it is first asked for.</summary>
    public SimulatedUart UartAt(string name)
    {
        if (!Uarts.TryGetValue(name, out SimulatedUart? uart))
        {
            Uarts[name] = uart = new SimulatedUart();
        }

        return uart;
    }
}

/// <summary>A pin of the chip.</summary>
internal sealed class SimulatedPin
{
    /// <summary>How it is used.</summary>
    public PinMode Mode { get; set; }

    /// <summary>Whether it is open.</summary>
    public bool IsOpen { get; set; }

    /// <summary>Its level.</summary>
    public bool IsHigh { get; set; }

    /// <summary>What drives it from outside, where something does.</summary>
    public Func<bool>? Source { get; set; }

    /// <summary>Levels that were driven, in order.</summary>
    public List<bool> Driven { get; } = [];

    /// <summary>Called after a level was driven.</summary>
    public Action? OnDriven { get; set; }

    /// <summary>Whether driving it throws.</summary>
    public bool IsBroken { get; set; }

    /// <summary>Drives it.</summary>
    public void Drive(bool isHigh)
    {
        if (IsBroken)
        {
            throw new InvalidOperationException();
        }

        IsHigh = isHigh;
        Driven.Add(isHigh);
        OnDriven?.Invoke();
    }
}

/// <summary>A PWM channel of the chip, as nf-interpreter has it: duty in ten-thousandths, cut off below.</summary>
internal sealed class SimulatedPwm
{
    /// <summary>Frequency in hertz.</summary>
    public int FrequencyHz { get; set; }

    /// <summary>Duty in ten-thousandths.</summary>
    public uint Duty { get; set; }

    /// <summary>The duties since it was started.</summary>
    public List<uint> Duties { get; } = [];

    /// <summary>Whether it runs.</summary>
    public bool IsStarted { get; set; }

    /// <summary>Whether setting the duty throws.</summary>
    public bool IsBroken { get; set; }
}

/// <summary>A UART of the chip.</summary>
internal sealed class SimulatedUart
{
    /// <summary>What has arrived and was not read.</summary>
    public Queue<byte> Arrived { get; } = new();

    /// <summary>What was sent.</summary>
    public List<byte> Sent { get; } = [];

    /// <summary>Whether every call throws.</summary>
    public bool IsBroken { get; set; }

    /// <summary>How often it was opened.</summary>
    public int Opens { get; set; }

    /// <summary>Bytes of a part that never pauses, still to come: as many as are read arrive meanwhile.</summary>
    public int BabbleLength { get; set; }

    /// <summary>What arrives while bytes are read.</summary>
    public void Babble(int count)
    {
        for (int i = 0; i < count && BabbleLength > 0; i++)
        {
            BabbleLength--;
            Arrived.Enqueue(0x33);
        }
    }
}
