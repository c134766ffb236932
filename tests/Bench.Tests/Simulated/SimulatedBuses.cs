// I2C, SPI and PWM of a simulated kernel, as the classes of System.Device.Gpio; failures come as the kernel's do: an IOException, and the number of the last call.
using System.Device.I2c;
using System.Device.Pwm;
using System.Device.Spi;
using System.Runtime.InteropServices;
using PoleController.Hal;

namespace Bench.Tests.Simulated;

/// <summary>A part on I2C.</summary>
internal sealed class SimulatedI2c(II2cDevice part, int bus, int address) : I2cDevice
{
    public override I2cConnectionSettings ConnectionSettings { get; } = new(bus, address);

    public override void Read(Span<byte> buffer)
    {
        byte[] bytes = new byte[buffer.Length];
        Judge(part.Read(bytes, bytes.Length));
        bytes.CopyTo(buffer);
    }

    public override void Write(ReadOnlySpan<byte> buffer) => Judge(part.Write(buffer.ToArray(), buffer.Length));

    public override void WriteRead(ReadOnlySpan<byte> writeBuffer, Span<byte> readBuffer)
    {
        byte[] bytes = new byte[readBuffer.Length];
        Judge(part.WriteRead(writeBuffer.ToArray(), writeBuffer.Length, bytes, bytes.Length));
        bytes.CopyTo(readBuffer);
    }

    // include/uapi/asm-generic/errno.h, errno-base.h: EREMOTEIO 121, ETIMEDOUT 110, EIO 5.
    private static void Judge(I2cResult result)
    {
        int error = result switch
        {
            I2cResult.Ok => 0,
            I2cResult.AddressNotAcknowledged or I2cResult.Partial => 121,
            I2cResult.ClockStretchTimeout => 110,
            _ => 5,
        };
        if (error != 0)
        {
            Marshal.SetLastPInvokeError(error);
            throw new IOException($"Error {error} performing I2C data transfer.");
        }
    }
}

/// <summary>A part on SPI.</summary>
internal sealed class SimulatedSpi(SpiConnectionSettings settings, Action<byte[]> exchange) : SpiDevice
{
    public override SpiConnectionSettings ConnectionSettings => settings;

    public override void Read(Span<byte> buffer)
    {
        byte[] bytes = new byte[buffer.Length];
        exchange(bytes);
        bytes.CopyTo(buffer);
    }

    public override void Write(ReadOnlySpan<byte> buffer) => exchange(buffer.ToArray());

    public override void TransferFullDuplex(ReadOnlySpan<byte> writeBuffer, Span<byte> readBuffer)
    {
        byte[] bytes = writeBuffer.ToArray();
        exchange(bytes);
        bytes.CopyTo(readBuffer);
    }
}

/// <summary>A PWM channel.</summary>
internal sealed class SimulatedPwm(int frequencyHz) : PwmChannel
{
    public override int Frequency { get; set; } = frequencyHz;

    public override double DutyCycle { get; set; }

    public bool IsStarted { get; private set; }

    /// <summary>What comes out, as a share of the full voltage.</summary>
    public double Share => IsStarted ? DutyCycle : 0;

    public override void Start() => IsStarted = true;

    public override void Stop() => IsStarted = false;
}
