// Of nanoFramework.Hardware.Esp32.
using NanoFrameworkPackages;

namespace nanoFramework.Hardware.Esp32;

// Names only: the numbers are the package's.
public enum DeviceFunction
{
    PWM1,
    PWM2,
    PWM3,
    PWM4,
    PWM5,
    PWM6,
    PWM7,
    PWM8,
    SPI1_CLOCK,
    SPI1_MOSI,
    SPI1_MISO,
    SPI2_CLOCK,
    SPI2_MOSI,
    SPI2_MISO,
    I2C1_DATA,
    I2C1_CLOCK,
    I2C2_DATA,
    I2C2_CLOCK,
    COM2_TX,
    COM2_RX,
    COM3_TX,
    COM3_RX,
}

public class Configuration
{
    public static void SetPinFunction(int pin, DeviceFunction value) => SimulatedChip.Current.Functions[value] = pin;
}

public class HighResTimer
{
    public static ulong GetCurrent() => SimulatedChip.Current.TimeUs;
}
