// A channel of an ADS1115 (TI, SBAS444) behind a divider, in millivolts before the divider.
using System.Device.I2c;
using Bench.Boards;
using Iot.Device.Ads1115;

namespace Bench.Devices;

/// <summary>A voltage that is measured.</summary>
internal sealed class Ads1115Channel : IDisposable
{
    private static readonly InputMultiplexer[] Inputs = [InputMultiplexer.AIN0, InputMultiplexer.AIN1, InputMultiplexer.AIN2, InputMultiplexer.AIN3];

    private readonly I2cDevice _device;
    private readonly Ads1115 _converter;
    private readonly BoardSignal _signal;

    /// <summary>Opens the converter: range 4.096 V, 860 conversions a second, asleep between them.</summary>
    /// <param name="device">The converter on its bus; one object for each channel is right, because each reading sets the channel.</param>
    /// <param name="signal">Channel and divider.</param>
    public Ads1115Channel(I2cDevice device, BoardSignal signal)
    {
        _device = device;
        _signal = signal;
        _converter = new Ads1115(device, Inputs[signal.Channel], MeasuringRange.FS4096, DataRate.SPS860, DeviceMode.PowerDown);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            // The binding speaks to the converter once more, which is gone where a fault brought us here.
            _converter.Dispose();
        }
        catch (Exception exception) when (DeviceFault.Is(exception))
        {
            // It is as silent as before.
        }
        finally
        {
            _device.Dispose();
        }
    }

    /// <summary>Measures.</summary>
    /// <exception cref="IOException">The converter does not answer.</exception>
    public int ReadMillivolts()
    {
        double volts = _converter.ReadVoltage(Inputs[_signal.Channel]).Volts;
        double share = _signal.OhmsBelow == 0 ? 1 : (double)(_signal.OhmsAbove + _signal.OhmsBelow) / _signal.OhmsBelow;
        return (int)Math.Round(volts * share * 1000);
    }
}
