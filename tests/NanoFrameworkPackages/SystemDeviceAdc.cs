// Of System.Device.Adc.
using NanoFrameworkPackages;

namespace System.Device.Adc;

public class AdcController
{
    public AdcChannel OpenChannel(int channelNumber) => new(channelNumber);
}

public class AdcChannel
{
    private readonly int _channel;

    internal AdcChannel(int channel) => _channel = channel;

    public int ReadValue() => SimulatedChip.Current.Adc(_channel);
}
