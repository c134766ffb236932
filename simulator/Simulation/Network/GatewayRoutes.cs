// What an uplink tells about the way back: the gateways that heard the pole, best first, its data rate and power.
using PoleController.LoRaWan;
using Simulation.Radio;

namespace Simulation.Network;

/// <summary>Keeps at a device what later downlinks need to know.</summary>
internal static class GatewayRoutes
{
    private const int RadioMaximumPowerDbm = 22; // what a pole's radio can do, where the region would allow more

    /// <summary>Remembers data rate, time, and the gateways that heard the pole best.</summary>
    public static void Remember(NetworkDevice device, UplinkTransmission uplink, ReadOnlySpan<GatewayReception> receptions, Region region)
    {
        int dataRate = DataRateOf(region, uplink);
        if (dataRate < device.DataRate)
        {
            device.PowerIndex = 0; // the pole's own back-off goes to full power first (TS001-1.0.4, section 4.3.1.1)
        }

        device.DataRate = dataRate;
        device.UplinkPowerDbm = Math.Min(region.PowerDbm(device.PowerIndex), RadioMaximumPowerDbm);
        device.LastUplinkEndUs = uplink.EndUs;
        device.RouteLength = 0;
        foreach (GatewayReception reception in receptions)
        {
            Insert(device, reception);
        }
    }

    /// <summary>The reception with the best signal-to-noise ratio; of equals the first.</summary>
    public static GatewayReception Best(ReadOnlySpan<GatewayReception> receptions)
    {
        GatewayReception best = receptions[0];
        foreach (GatewayReception reception in receptions)
        {
            if (reception.SnrQuarterDecibel > best.SnrQuarterDecibel)
            {
                best = reception;
            }
        }

        return best;
    }

    private static int DataRateOf(Region region, UplinkTransmission uplink)
    {
        for (int dataRate = 0; dataRate <= region.MaximumUplinkDataRate; dataRate++)
        {
            if (region.SpreadingFactors[dataRate] == uplink.SpreadingFactor && region.BandwidthsHz[dataRate] == uplink.BandwidthHz)
            {
                return dataRate;
            }
        }

        return 0;
    }

    private static void Insert(NetworkDevice device, in GatewayReception reception)
    {
        int at = device.RouteLength;
        while (at > 0 && device.RouteSnrQuarterDecibel[at - 1] < reception.SnrQuarterDecibel)
        {
            at--;
        }

        if (at >= NetworkDevice.RouteCount)
        {
            return;
        }

        device.RouteLength = Math.Min(device.RouteLength + 1, NetworkDevice.RouteCount);
        for (int moved = device.RouteLength - 1; moved > at; moved--)
        {
            device.RouteGateway[moved] = device.RouteGateway[moved - 1];
            device.RouteSnrQuarterDecibel[moved] = device.RouteSnrQuarterDecibel[moved - 1];
        }

        device.RouteGateway[at] = reception.GatewayIndex;
        device.RouteSnrQuarterDecibel[at] = reception.SnrQuarterDecibel;
    }
}
