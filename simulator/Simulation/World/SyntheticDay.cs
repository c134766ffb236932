// Made-up days of traffic: smooth curves with the peaks that such streets have. Not measured anywhere; for runs without counts.
using Simulation.Scenarios;

namespace Simulation.World;

/// <summary>Travellers per quarter of an hour of a made-up day.</summary>
public static class SyntheticDay
{
    // Of each shape, the relative traffic in each hour of the day; only the proportions matter.
    private static readonly double[] ResidentialHours = [4, 2, 1, 1, 2, 8, 30, 80, 60, 35, 35, 40, 45, 40, 45, 60, 80, 95, 80, 60, 40, 28, 18, 9];
    private static readonly double[] ArterialHours = [15, 10, 7, 7, 12, 35, 75, 100, 90, 75, 72, 75, 78, 78, 82, 92, 100, 98, 80, 62, 48, 38, 30, 22];
    private static readonly double[] ParkHours = [1, 0.5, 0.2, 0.2, 0.5, 4, 12, 18, 20, 25, 35, 40, 45, 55, 70, 85, 95, 100, 90, 70, 45, 25, 10, 4];

    /// <summary>Makes the day.</summary>
    /// <param name="traffic">Shape and number of travellers.</param>
    /// <returns>96 expected numbers that add up to <see cref="SyntheticTraffic.TravellersPerDay"/>.</returns>
    public static double[] Make(SyntheticTraffic traffic)
    {
        ArgumentNullException.ThrowIfNull(traffic);
        double[] hours = traffic.Kind switch
        {
            SyntheticTrafficKind.Residential => ResidentialHours,
            SyntheticTrafficKind.Arterial => ArterialHours,
            _ => ParkHours,
        };
        double[] bins = new double[TrafficProfile.BinsPerDay];
        for (int bin = 0; bin < bins.Length; bin++)
        {
            // An hour's value holds in its middle; between two middles it changes evenly.
            double hour = ((bin + 0.5) / 4) - 0.5;
            int before = (int)Math.Floor(hour);
            double part = hour - before;
            bins[bin] = (hours[(before + 24) % 24] * (1 - part)) + (hours[(before + 1) % 24] * part);
        }

        double scale = traffic.TravellersPerDay / bins.Sum();
        for (int bin = 0; bin < bins.Length; bin++)
        {
            bins[bin] *= scale;
        }

        return bins;
    }
}
