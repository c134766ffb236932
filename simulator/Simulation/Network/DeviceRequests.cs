// What an operator can ask of single poles by MAC command, and what is known of them through it.
using PoleController;

namespace Simulation.Network;

/// <summary>
/// Requests by MAC command to single poles. A request goes out with the next downlink in a class A window and is repeated until it is answered;
/// a newer one for the same thing takes its place.
/// </summary>
public sealed class DeviceRequests
{
    private readonly DeviceDirectory _devices;

    private readonly int _classCFrequencyHz;

    internal DeviceRequests(DeviceDirectory devices, int classCFrequencyHz)
    {
        _devices = devices;
        _classCFrequencyHz = classCFrequencyHz;
    }

    /// <summary>What a pole last said of itself; null before.</summary>
    public DeviceStatus? StatusOf(int poleIndex) => _devices[poleIndex].Status;

    /// <summary>The channels that a pole is known to have, a bit each.</summary>
    public int ChannelMaskOf(int poleIndex) => _devices[poleIndex].ChannelMask;

    /// <summary>How many requests of a pole wait for their answers.</summary>
    public int WaitingCountOf(int poleIndex) => _devices[poleIndex].MacRequests.Count;

    /// <summary>Asks for battery and margin (DevStatusReq).</summary>
    public void AskStatus(int poleIndex) => MacRequests.Add(_devices[poleIndex], MacRequestKind.DeviceStatus, []);

    /// <summary>Makes or changes a channel, or removes it (NewChannelReq).</summary>
    /// <param name="poleIndex">Which pole.</param>
    /// <param name="channel">3 to 15.</param>
    /// <param name="frequencyHz">A multiple of 100; 0 removes the channel.</param>
    /// <param name="minimumDataRate">0 to 15.</param>
    /// <param name="maximumDataRate">0 to 15, not below the minimum.</param>
    public void AskChannel(int poleIndex, int channel, int frequencyHz, int minimumDataRate, int maximumDataRate)
    {
        CheckRange(channel, 3, 15, nameof(channel));
        CheckRange(frequencyHz, 0, 0xFFFFFF * 100, nameof(frequencyHz));
        CheckRange(minimumDataRate, 0, 15, nameof(minimumDataRate));
        CheckRange(maximumDataRate, minimumDataRate, 15, nameof(maximumDataRate));
        byte[] arguments = [(byte)channel, 0, 0, 0, (byte)((maximumDataRate << 4) | minimumDataRate)];
        Wire.WriteUInt24(arguments, 1, frequencyHz / 100);
        MacRequests.Add(_devices[poleIndex], MacRequestKind.NewChannel, arguments);
    }

    /// <summary>Moves a channel's RX1 to another frequency (DlChannelReq).</summary>
    /// <param name="poleIndex">Which pole.</param>
    /// <param name="channel">0 to 15.</param>
    /// <param name="frequencyHz">A multiple of 100.</param>
    public void AskDownlinkChannel(int poleIndex, int channel, int frequencyHz)
    {
        CheckRange(channel, 0, 15, nameof(channel));
        CheckRange(frequencyHz, 100, 0xFFFFFF * 100, nameof(frequencyHz));
        byte[] arguments = [(byte)channel, 0, 0, 0];
        Wire.WriteUInt24(arguments, 1, frequencyHz / 100);
        MacRequests.Add(_devices[poleIndex], MacRequestKind.DownlinkChannel, arguments);
    }

    /// <summary>Sets RECEIVE_DELAY1 (RXTimingSetupReq).</summary>
    /// <param name="poleIndex">Which pole.</param>
    /// <param name="delayS">1 to 15 s.</param>
    public void AskReceiveDelay(int poleIndex, int delayS)
    {
        CheckRange(delayS, 1, 15, nameof(delayS));
        MacRequests.Add(_devices[poleIndex], MacRequestKind.RxTimingSetup, [(byte)delayS]);
    }

    /// <summary>Sets RX1DROffset and RX2's data rate (RXParamSetupReq); RX2's frequency stays the network's.</summary>
    /// <param name="poleIndex">Which pole.</param>
    /// <param name="rx1DataRateOffset">0 to 7.</param>
    /// <param name="rx2DataRate">0 to 15.</param>
    public void AskReceiveParameters(int poleIndex, int rx1DataRateOffset, int rx2DataRate)
    {
        CheckRange(rx1DataRateOffset, 0, 7, nameof(rx1DataRateOffset));
        CheckRange(rx2DataRate, 0, 15, nameof(rx2DataRate));
        byte[] arguments = [(byte)((rx1DataRateOffset << 4) | rx2DataRate), 0, 0, 0];
        Wire.WriteUInt24(arguments, 1, _classCFrequencyHz / 100);
        MacRequests.Add(_devices[poleIndex], MacRequestKind.RxParameterSetup, arguments);
    }

    /// <summary>Limits a pole's duty cycle over all channels to 1 / 2^n (DutyCycleReq).</summary>
    /// <param name="poleIndex">Which pole.</param>
    /// <param name="exponent">n, 0 (no limit) to 15.</param>
    public void AskMaximumDutyCycle(int poleIndex, int exponent)
    {
        CheckRange(exponent, 0, 15, nameof(exponent));
        MacRequests.Add(_devices[poleIndex], MacRequestKind.DutyCycle, [(byte)exponent]);
    }

    private static void CheckRange(int value, int minimum, int maximum, string name)
    {
        if (value < minimum || value > maximum)
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be from {minimum} to {maximum}.");
        }
    }
}
