// Port: a PWM output of the kernel. It starts at full duty, which is full light.
using System.Device.Pwm;
using Bench.Devices;
using PoleController.Hal;

namespace Bench.Pole;

/// <summary>A PWM output.</summary>
internal sealed class LinuxPwm : IPwmOutput
{
    private const double PartsPerMillion = 1e6;

    private readonly PwmChannel _channel;

    /// <summary>Takes a channel over and puts it at full duty.</summary>
    public LinuxPwm(PwmChannel channel)
    {
        _channel = channel;
        _channel.DutyCycle = 1;
        _channel.Start();
    }

    /// <inheritdoc/>
    public bool TrySetDuty(int dutyPartsPerMillion)
    {
        try
        {
            _channel.DutyCycle = Math.Clamp(dutyPartsPerMillion, 0, (int)PartsPerMillion) / PartsPerMillion;
            return true;
        }
        catch (Exception exception) when (DeviceFault.Is(exception))
        {
            return false;
        }
    }
}
