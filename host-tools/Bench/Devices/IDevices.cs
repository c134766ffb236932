// What is opened of a Linux board: GPIO, I2C, SPI, PWM, serial lines. The types are those of System.Device.Gpio, so that whoever stands in for the kernel stands behind
// the real library.
using System.Device.Gpio;
using System.Device.I2c;
using System.Device.Pwm;
using System.Device.Spi;

namespace Bench.Devices;

/// <summary>Opens a board's devices. Everything throws <see cref="IOException"/> or what the library throws when it cannot.</summary>
internal interface IDevices
{
    /// <summary>The GPIO lines.</summary>
    /// <param name="chip">Number of the kernel's GPIO chip; null for the one that the library picks.</param>
    GpioController Gpio(int? chip);

    /// <summary>A part on an I2C bus.</summary>
    /// <param name="bus">Number of the bus: 1 is /dev/i2c-1.</param>
    /// <param name="address">7-bit address.</param>
    I2cDevice I2c(int bus, int address);

    /// <summary>A part on an SPI bus, mode 0, eight bits, the highest first.</summary>
    /// <param name="bus">Number of the bus.</param>
    /// <param name="select">Number of the chip select: bus 0 and select 1 are /dev/spidev0.1.</param>
    /// <param name="speedHz">Clock in hertz.</param>
    SpiDevice Spi(int bus, int select, int speedHz);

    /// <summary>A PWM channel of the kernel (/sys/class/pwm), not started.</summary>
    PwmChannel Pwm(int chip, int channel, int frequencyHz);

    /// <summary>A PWM made by software on a GPIO line, not started: for slow signals behind a filter.</summary>
    PwmChannel SoftwarePwm(GpioController gpio, int line, int frequencyHz);

    /// <summary>A serial line, 8N1, raw.</summary>
    /// <param name="device">Its file, such as /dev/ttyAMA0.</param>
    /// <param name="bitsPerSecond">Speed; any, not only those of POSIX.</param>
    ISerialLine Serial(string device, int bitsPerSecond);
}
