// The path-loss model against measurements: emanueleg/lora-rssi, a vineyard in 2020-21 and a town in 2018. The numbers to be found were worked out apart
// from this code, from the normal equations and in another language.
using System.Globalization;
using RepositoryFiles;
using Simulation.Calibration;
using Simulation.Radio;
using Xunit;

namespace Simulation.Tests.Calibration;

public sealed class VineyardTests
{
    // Residuals of nodes 1 to 8: the mean of each node's hours less the line, to a tenth of a decibel.
    private static readonly double[] _residualsDecibel = [3.1, -9.7, 10.1, -2.7, -4.8, 0.4, 9.3, -5.7];

    [Fact]
    public void Given_the_vineyard_as_a_measurement_file_When_fitted_Then_the_law_is_the_one_calculated_elsewhere()
    {
        PathLossFit fit = Fit(Folder());

        Assert.Equal(8, fit.Links.Count);
        Assert.Equal(16_078, fit.MeasurementCount);
        Assert.Equal(1.9455, fit.PathLossExponent, 0.0001);
        Assert.Equal(42.450, fit.LossAtOneMetreDecibel, 0.001);
        Assert.Equal(7.6994, fit.ShadowingDecibel, 0.0001);
        Assert.Equal(2.8406, fit.FadingDecibel!.Value, 0.0001);
        Assert.Equal(0.850, fit.PathLossExponentError, 0.001);
        Assert.Equal(18.40, fit.LossAtOneMetreErrorDecibel, 0.02);
        foreach (FittedLink link in fit.Links)
        {
            Assert.Equal(_residualsDecibel[int.Parse(link.Link, CultureInfo.InvariantCulture) - 1], link.ResidualDecibel, 0.06);
        }
    }

    [Fact]
    public void Given_the_vineyard_When_the_fitted_model_says_what_a_gateway_hears_Then_every_node_is_heard_as_it_was()
    {
        string folder = Folder();
        PathLossFit fit = Fit(folder);
        double sensitivityDbm = new ReceiverSensitivity(new RadioSettings().GatewayNoiseFigureDecibel).Dbm(7, 125_000);
        string[][] hours = ReadHours(folder);

        // Shadowing would have to take four standard deviations, which happens to one link in 30,000: the model says that all is delivered.
        double spread = Math.Sqrt(Math.Pow(fit.ShadowingDecibel, 2) + Math.Pow(fit.FadingDecibel!.Value, 2));
        Assert.All(fit.Links, link => Assert.True(link.ModelledDbm - (4 * spread) > sensitivityDbm));

        // And so it was: in every hour since it was first heard each node was heard again, but for one hour of five nodes.
        for (int node = 1; node <= 8; node++)
        {
            int column = Array.IndexOf(hours[0], $"RSSI_0{node}");
            string[][] sinceFirst = [.. hours.Skip(1).SkipWhile(row => row[column].Length == 0)];
            Assert.InRange(sinceFirst.Count(row => row[column].Length == 0), 0, 1);
        }
    }

    [Theory]
    [InlineData("channel2018_indoor_LOS_avg_rssi_dist.txt", 1, 2.16, 1.43)]
    [InlineData("channel2018_indoor_NLOS_avg_rssi_dist.txt", 1, 3.12, 1.89)]
    [InlineData("channel2018_outdoor_LOS_avg_rssi_dist.txt", 1, 2.13, 2.19)]
    [InlineData("channel2018_outdoor_LOS_avg_rssi_dist.txt", 10, 2.37, 2.65)]
    public void Given_the_walks_of_2018_When_fitted_Then_line_of_sight_and_walls_have_the_exponents_calculated_elsewhere(
        string file, int column, double exponent, double errorDecibel)
    {
        double[][] rows = [.. File.ReadLines(Path.Combine(Folder(), file)).Where(line => line.Trim().Length > 0)
            .Select(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)).ToArray())];
        PathLossFit fit = PathLossFit.Of([.. rows.Select((row, place) => new LinkMeasurement($"{place}", row[0], row[column], 14))]);

        Assert.Equal(exponent, fit.PathLossExponent, 0.006);
        Assert.Equal(errorDecibel, fit.ErrorOf(fit.PathLossExponent, fit.LossAtOneMetreDecibel), 0.006);
    }

    private static string Folder() => RepositoryRoot.SharedPathOrSkip("data", "lorawan", "vineyard");

    private static string[][] ReadHours(string folder) =>
        [.. File.ReadLines(Path.Combine(folder, "combined_hourly_data.csv")).Select(line => line.Split(';'))];

    // The table with a column for each node, as a file with a row for each measurement.
    private static PathLossFit Fit(string folder)
    {
        Dictionary<int, double> lengths = ReadLengths(Path.Combine(folder, "nodes_coordinates.txt"));
        string[][] hours = ReadHours(folder);
        string file = Path.GetTempFileName();
        try
        {
            IEnumerable<string> rows = Enumerable.Range(1, 8).SelectMany(node => hours.Skip(1).Select(hour => string.Create(
                CultureInfo.InvariantCulture, $"{node};{lengths[node]:R};{hour[Array.IndexOf(hours[0], $"RSSI_0{node}")]}")));
            File.WriteAllLines(file, ["node;gw_distance;RSSI", .. rows]);
            MeasurementSet set = MeasurementFile.Read(file, new MeasurementColumns { Distance = "gw_distance" }, 14);
            Assert.Equal((8 * (hours.Length - 1)) - set.Measurements.Count, set.RowsWithoutRssi);
            return PathLossFit.Of(set.Measurements);
        }
        finally
        {
            File.Delete(file);
        }
    }

    // Worked out from the coordinates, which are more exact than the distances beside them, and compared with those.
    private static Dictionary<int, double> ReadLengths(string file)
    {
        string[][] lines = [.. File.ReadLines(file).Skip(2).Select(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Where(cells => cells.Length > 3)];
        (double Latitude, double Longitude) gateway = Place(lines.Single(cells => cells[0].StartsWith("gateway", StringComparison.Ordinal)));
        var lengths = new Dictionary<int, double>();
        foreach (string[] cells in lines.Where(cells => cells[0].StartsWith("tinovi", StringComparison.Ordinal)))
        {
            (double latitude, double longitude) = Place(cells);
            double length = PathLoss.DistanceMetres(gateway.Latitude, gateway.Longitude, latitude, longitude);
            double stated = double.Parse(cells[^1], CultureInfo.InvariantCulture);
            Assert.InRange(length, stated - 12, stated + 12);
            lengths.Add(int.Parse(cells[0].AsSpan(7), CultureInfo.InvariantCulture), length);
        }

        return lengths;
    }

    private static (double Latitude, double Longitude) Place(string[] cells) =>
        (double.Parse(cells[^3], CultureInfo.InvariantCulture), double.Parse(cells[^2], CultureInfo.InvariantCulture));
}
