// What is sent in the two windows after a data uplink: acknowledgement, MAC commands, and what waits from the application.
using Simulation.Radio;

namespace Simulation.Network;

/// <summary>Answers data uplinks in RX1 or RX2.</summary>
internal sealed class ClassAAnswers(ServerParts parts)
{
    /// <summary>Sends what there is for a pole in one of the two windows.</summary>
    /// <param name="device">The pole; its commands and its acknowledgement are used up.</param>
    /// <param name="uplink">What is answered.</param>
    /// <param name="mustAnswer">Whether an answer is due even when nothing waits.</param>
    public void Answer(NetworkDevice device, UplinkTransmission uplink, bool mustAnswer)
    {
        ApplicationDownlink? waiting = parts.Queue.ForAnswer(device, uplink.EndUs);
        mustAnswer |= device.CommandsLength > 0;
        if (!mustAnswer && waiting is null)
        {
            return;
        }

        parts.MacRequests.Append(device);

        long rx1DelayUs = device.ReceiveDelayS * 1_000_000L;
        var rx1 = new ReceiveWindow(uplink.EndUs, rx1DelayUs, Rx1FrequencyHz(device, uplink.FrequencyHz), parts.Region.Rx1DataRate(device.DataRate, device.Rx1DataRateOffset));
        var rx2 = new ReceiveWindow(uplink.EndUs, rx1DelayUs + 1_000_000, parts.Region.Rx2FrequencyHz, device.Rx2DataRate);
        bool isRx2First = IsRx2First(device, rx1);
        bool isSent = TryAnswerIn(isRx2First ? rx2 : rx1, device, waiting, mustAnswer)
            || TryAnswerIn(isRx2First ? rx1 : rx2, device, waiting, mustAnswer);
        device.CommandsLength = 0;
        if (!isSent && mustAnswer)
        {
            parts.Statistics.MissedAnswerCount++;
        }
    }

    private bool IsRx2First(NetworkDevice device, in ReceiveWindow rx1) =>
        (device.DataRate < parts.Settings.PreferRx2BelowDataRate && device.Rx2DataRate > device.DataRate)
        || parts.Scheduler.MarginDecibel(device, 0, rx1.FrequencyHz, rx1.DataRate) < parts.Settings.PreferRx2BelowMarginDecibel;

    /// <summary>Where RX1 is: on the uplink's frequency, or the region's channel for it, unless DlChannelReq moved it.</summary>
    private int Rx1FrequencyHz(NetworkDevice device, int uplinkHz)
    {
        foreach ((int channel, int frequencyHz) in device.DownlinkFrequencies)
        {
            if (ChannelHz(channel) == uplinkHz)
            {
                return frequencyHz;
            }
        }

        return parts.Region.Rx1FrequencyHz(uplinkHz, device.DataRate);
    }

    private int ChannelHz(int channel)
    {
        int[] defaults = parts.Region.Parameters.DefaultFrequenciesHz;
        return channel < defaults.Length ? defaults[channel]
            : channel < defaults.Length + parts.Settings.ChannelPlanHz.Count ? parts.Settings.ChannelPlanHz[channel - defaults.Length]
            : 0;
    }

    private bool TryAnswerIn(in ReceiveWindow window, NetworkDevice device, ApplicationDownlink? waiting, bool mustAnswer)
    {
        // RP002-1.0.4, section 2.4.6: FOpts and FRMPayload together are limited by the data rate.
        bool fits = waiting is not null
            && device.CommandsLength + waiting.Length <= parts.Region.MaximumPayloadLength(window.DataRate);
        if (fits && TrySendIn(window, device, waiting))
        {
            return true;
        }

        return mustAnswer && TrySendIn(window, device, null);
    }

    private bool TrySendIn(in ReceiveWindow window, NetworkDevice device, ApplicationDownlink? downlink)
    {
        int length = DownlinkBuilder.LengthOf(device.CommandsLength, downlink);
        if (!parts.Scheduler.TryPlanWindow(device, window, length, out DownlinkPlan plan))
        {
            return false;
        }

        parts.Builder.Build(device, downlink, isAnswer: true);
        if (parts.Scheduler.TransmitAnswer(device, plan, window, parts.Builder.Frame, downlink?.Tally) is not { } transmission)
        {
            return false; // the counter is used up, the message is not: the other window sends it anew
        }

        parts.MacRequests.Sent(device);
        parts.Statistics.ClassADownlinkCount++;
        if (downlink is not null)
        {
            parts.Queue.Sent(device, transmission);
        }

        return true;
    }
}
