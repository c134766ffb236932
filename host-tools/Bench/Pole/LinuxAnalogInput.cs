// Port: an analogue input of an ADS1115, through the binding of Iot.Device.Bindings: a Raspberry Pi has no converter of its own.
using Bench.Devices;
using PoleController.Hal;

namespace Bench.Pole;

/// <summary>An analogue input. A reading takes a conversion: 1.2 ms.</summary>
internal sealed class LinuxAnalogInput(Func<Ads1115Channel> open) : IAnalogInput
{
    private Ads1115Channel? _channel;

    /// <inheritdoc/>
    public bool TryRead(out int millivolts)
    {
        millivolts = 0;
        try
        {
            _channel ??= open();
            millivolts = _channel.ReadMillivolts();
            return true;
        }
        catch (Exception exception) when (DeviceFault.Is(exception))
        {
            _channel?.Dispose();
            _channel = null;
            return false;
        }
    }
}
