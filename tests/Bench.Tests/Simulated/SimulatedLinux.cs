// A Linux board whose kernel is simulated: what it opens is what a test put there; everything else is not there, as on a real machine.
using System.Device.Gpio;
using System.Device.I2c;
using System.Device.Pwm;
using System.Device.Spi;
using Bench.Devices;
using PoleController.Hal;

namespace Bench.Tests.Simulated;

/// <summary>The devices.</summary>
internal sealed class SimulatedLinux : IDevices
{
    public SimulatedLines Lines { get; } = new();

    public Dictionary<(int Bus, int Address), II2cDevice> I2cParts { get; } = [];

    public Dictionary<int, Action<byte[]>> SpiBuses { get; } = [];

    public Dictionary<int, SimulatedPwm> PwmChannels { get; } = [];

    public Dictionary<string, Func<int, ISerialLine>> SerialLines { get; } = [];

    public GpioController Gpio(int? chip) => new(Lines);

    public I2cDevice I2c(int bus, int address) => new SimulatedI2c(I2cParts.TryGetValue((bus, address), out II2cDevice? part) ? part : new Simulation.Parts.Sensors.I2cSocket(null), bus, address);

    public SpiDevice Spi(int bus, int select, int speedHz) => SpiBuses.TryGetValue(bus, out Action<byte[]>? exchange)
        ? new SimulatedSpi(new SpiConnectionSettings(bus, select) { ClockFrequency = speedHz }, exchange)
        : throw new IOException($"Error 2. Can not open SPI device file '/dev/spidev{bus}.{select}'.");

    public PwmChannel Pwm(int chip, int channel, int frequencyHz) => PwmChannels[channel] = new SimulatedPwm(frequencyHz);

    public PwmChannel SoftwarePwm(GpioController gpio, int line, int frequencyHz) => PwmChannels[1000 + line] = new SimulatedPwm(frequencyHz);

    public ISerialLine Serial(string device, int bitsPerSecond) => SerialLines.TryGetValue(device, out Func<int, ISerialLine>? open)
        ? open(bitsPerSecond)
        : throw new IOException($"{device} cannot be opened: No such file or directory (error 2).");
}
