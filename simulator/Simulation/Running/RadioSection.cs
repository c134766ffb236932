// The report's section about the radio.
using Simulation.Checks;
using Simulation.Engine;
using Simulation.Network;
using Simulation.Radio;
using Simulation.Reports;
using Simulation.Scenarios;

namespace Simulation.Running;

/// <summary>Makes the section.</summary>
internal static class RadioSection
{
    /// <summary>Makes the section.</summary>
    public static RadioReport Build(Fleet fleet, FleetResult result)
    {
        RadioStatistics radio = result.Radio;
        long received = result.Poles.Sum(pole => (long)pole.Parts.Radio.Antenna.ReceivedCount);
        return new RadioReport
        {
            StatusSent = result.Poles.Sum(pole => pole.Counters.StatusSentCount),
            StatusDelivered = result.Operator.Poles.Sum(pole => pole.StatusCount),
            IsStatusDeliveryKnown = !result.IsAttached,
            BySpreadingFactor = [.. Enumerable.Range(7, 6).Where(sf => radio.At(sf).SentCount > 0).Select(sf => Row(sf, radio.At(sf)))],
            JoinRequests = radio.JoinRequestCount,
            JoinAccepts = radio.JoinAcceptCount,
            DownlinksSent = radio.DownlinkSentCount,
            DownlinksReceived = received,
            DownlinksLost = Math.Max(0, radio.DownlinkSentCount - received),
            Gateways = [.. fleet.Gateways.Select((gateway, index) => Gateway(gateway, radio.Gateways[index]))],
        };
    }

    private static SpreadingFactorReport Row(int spreadingFactor, SpreadingFactorStatistics counts) => new()
    {
        SpreadingFactor = spreadingFactor,
        Sent = counts.SentCount,
        Delivered = counts.DeliveredCount,
        BelowSensitivity = counts.LostCounts[(int)UplinkLossCause.BelowSensitivity],
        Interference = counts.LostCounts[(int)UplinkLossCause.Interference],
        NoDemodulator = counts.LostCounts[(int)UplinkLossCause.NoDemodulator],
        GatewayTransmitting = counts.LostCounts[(int)UplinkLossCause.GatewayTransmitting],
        GatewayDown = counts.LostCounts[(int)UplinkLossCause.GatewayDown],
        AirtimeMs = counts.AirTimeUs / 1000.0,
    };

    private static GatewayReport Gateway(GatewayModel gateway, GatewayStatistics counts) => new()
    {
        Id = gateway.Id,
        Latitude = gateway.Latitude,
        Longitude = gateway.Longitude,
        Received = counts.ReceivedCount,
        Transmitted = counts.TransmittedCount,
        AirtimeMs = counts.AirTimeUs / 1000.0,
        DutyCycleBudgetPermille = counts.DutyCycleBudgetPermille,
        ClassCTimingErrorMs = counts.TimingErrorUs / 1000.0,
        RefusedTooLate = counts.RefusedCounts[(int)GatewayAnswer.TooLate],
        RefusedBusy = counts.RefusedCounts[(int)GatewayAnswer.CollisionPacket],
        Unanswered = counts.RefusedCounts[(int)GatewayAnswer.NoAnswer],
    };
}
