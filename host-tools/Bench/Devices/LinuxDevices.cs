// The devices of the Linux kernel, through System.Device.Gpio and Iot.Device.Bindings.
using System.Device.Gpio;
using System.Device.Gpio.Drivers;
using System.Device.I2c;
using System.Device.Pwm;
using System.Device.Pwm.Drivers;
using System.Device.Spi;

namespace Bench.Devices;

/// <summary>Opens the devices of the machine that this runs on.</summary>
internal sealed class LinuxDevices : IDevices
{
    /// <inheritdoc/>
    public GpioController Gpio(int? chip) => chip is null ? new GpioController() : new GpioController(new LibGpiodDriver(chip.Value));

    /// <inheritdoc/>
    public I2cDevice I2c(int bus, int address) => I2cDevice.Create(new I2cConnectionSettings(bus, address));

    /// <inheritdoc/>
    public SpiDevice Spi(int bus, int select, int speedHz) =>
        SpiDevice.Create(new SpiConnectionSettings(bus, select) { ClockFrequency = speedHz, Mode = SpiMode.Mode0, DataBitLength = 8 });

    /// <inheritdoc/>
    public PwmChannel Pwm(int chip, int channel, int frequencyHz) => PwmChannel.Create(chip, channel, frequencyHz);

    /// <inheritdoc/>
    public PwmChannel SoftwarePwm(GpioController gpio, int line, int frequencyHz) =>
        new SoftwarePwmChannel(line, frequencyHz, 0, usePrecisionTimer: true, gpio, shouldDispose: false);

    /// <inheritdoc/>
    public ISerialLine Serial(string device, int bitsPerSecond) => new TermiosLine(device, bitsPerSecond);
}
