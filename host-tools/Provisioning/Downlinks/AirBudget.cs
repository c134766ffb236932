// How much time on air there is for what polectl sends, and how much of it is spent.
using System.Data.Common;
using Provisioning.Controllers;
using Provisioning.Downlinks.Multicast;

namespace Provisioning.Downlinks;

/// <summary>Time on air of the last hour.</summary>
/// <param name="settings">How downlinks are given.</param>
internal sealed class AirBudget(PumpSettings settings)
{
    private const long HourMs = 3_600_000;

    private readonly Dictionary<string, Channel> _channels = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _regions = new(StringComparer.Ordinal);

    /// <summary>Gateways that send.</summary>
    public int GatewayCount => settings.GatewayCount;

    /// <summary>Time on air of what was given to the server within an hour, in microseconds. A group's frame is sent by every gateway.</summary>
    public long SpentUs(DbConnection connection, long nowUtcMs) =>
        OrderTable.AirtimeUsSince(connection, nowUtcMs - HourMs) + (DeliveryTable.AirtimeUsSince(connection, nowUtcMs - HourMs) * settings.GatewayCount);

    /// <summary>Time on air that polectl takes in an hour, in microseconds.</summary>
    public long HourlyUs(Channel channel) => HourMs * channel.DutyPermille * settings.GatewayCount * OrderPump.SharePercent / 100;

    /// <summary>How long the gateways need to send something, within their duty cycle, in milliseconds.</summary>
    public long SendingMs(Channel channel, long airtimeUs) => airtimeUs / channel.DutyPermille / settings.GatewayCount;

    /// <summary>The channel of a region.</summary>
    public Channel ChannelOf(string region)
    {
        if (!_channels.TryGetValue(region, out Channel? channel))
        {
            _channels.Add(region, channel = new Channel(region, settings.DataRate));
        }

        return channel;
    }

    /// <summary>The channel of an order's controller.</summary>
    public Channel ChannelOf(DbConnection connection, Order order)
    {
        if (!_regions.TryGetValue(order.DevEui, out string? region))
        {
            _regions.Add(order.DevEui, region = ControllerTable.Find(connection, order.DevEui)?.Region ?? RegionNames.All[0]);
        }

        return ChannelOf(region);
    }
}
