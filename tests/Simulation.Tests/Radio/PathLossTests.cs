// The path-loss model against distances and signal strengths that were measured.
using System.Globalization;
using RepositoryFiles;
using Simulation.Radio;
using Xunit;

namespace Simulation.Tests.Radio;

public sealed class PathLossTests
{
    [Fact]
    public void Given_the_default_settings_the_loss_at_one_kilometre_is_that_of_TR_45_820()
    {
        Assert.Equal(120.5, PathLoss.LossDecibel(new RadioSettings(), 1000), 1);
    }

    [Fact]
    public void Given_shadowing_links_of_one_length_differ_by_its_standard_deviation_and_stay_as_they_are()
    {
        var settings = new RadioSettings { ShadowingDecibel = 8 };
        GatewaySite[] gateways = [new("one", 0, 0)];
        PoleSite[] poles = [.. Enumerable.Range(0, 5000).Select(_ => new PoleSite(0, 0.005, [], [], []))];
        double[] gains = Gains(settings, gateways, poles, seed: 1);
        double mean = gains.Average();
        double deviation = Math.Sqrt(gains.Average(gain => (gain - mean) * (gain - mean)));

        double distance = PathLoss.DistanceMetres(0, 0, 0, 0.005);
        Assert.InRange(-mean, PathLoss.LossDecibel(settings, distance) - 0.5, PathLoss.LossDecibel(settings, distance) + 0.5);
        Assert.InRange(deviation, 7.7, 8.3);
        Assert.Equal(gains, Gains(settings, gateways, poles, seed: 1));
        Assert.NotEqual(gains, Gains(settings, gateways, poles, seed: 2));
    }

    /// <summary>
    /// emanueleg/lora-rssi: eight nodes 40 to 340 m from an EU868 gateway in a vineyard, thousands of hours. A log-distance law fitted to
    /// the means has a plausible exponent and leaves less than the default shadowing.
    /// </summary>
    [Fact]
    public void Given_the_vineyard_measurements_the_log_distance_law_describes_them()
    {
        string folder = Folder("lorawan/vineyard");
        Dictionary<int, double> distances = ReadDistances(Path.Combine(folder, "nodes_coordinates.txt"));
        Dictionary<int, double> rssi = ReadMeanRssi(Path.Combine(folder, "combined_hourly_data.csv"));
        int[] nodes = [.. distances.Keys.Where(rssi.ContainsKey).Order()];
        Assert.Equal(8, nodes.Length);

        double meanX = nodes.Average(node => Math.Log10(distances[node]));
        double meanY = nodes.Average(node => rssi[node]);
        double slope = nodes.Sum(node => (Math.Log10(distances[node]) - meanX) * (rssi[node] - meanY))
            / nodes.Sum(node => Math.Pow(Math.Log10(distances[node]) - meanX, 2));
        double atOneMetre = meanY - (slope * meanX);
        var fitted = new RadioSettings { PathLossExponent = -slope / 10, ReferenceLossDecibel = 14 - atOneMetre };
        double error = Math.Sqrt(nodes.Average(node => Math.Pow(14 - PathLoss.LossDecibel(fitted, distances[node]) - rssi[node], 2)));

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"exponent {fitted.PathLossExponent:F2}, {fitted.ReferenceLossDecibel:F1} dB at 1 m (14 dBm assumed), residual {error:F1} dB");
        Assert.InRange(fitted.PathLossExponent, 1.5, 4.5);
        Assert.InRange(error, 0, new RadioSettings().ShadowingDecibel);
    }

    private static double[] Gains(RadioSettings settings, GatewaySite[] gateways, PoleSite[] poles, long seed)
    {
        var links = new LinkTable(settings, gateways, poles, seed);
        return [.. Enumerable.Range(0, poles.Length).Select(pole => links.GainDecibelOf(pole, 0))];
    }

    private static string Folder(string name) => RepositoryRoot.SharedPathOrSkip("data", name);

    private static Dictionary<int, double> ReadDistances(string file)
    {
        // The gateway's line is the first with a name; distances are worked out from the coordinates and compared with those in the file.
        var distances = new Dictionary<int, double>();
        (double Latitude, double Longitude) gateway = default;
        foreach (string line in File.ReadLines(file))
        {
            double[] numbers = [.. line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Where(part => double.TryParse(part, CultureInfo.InvariantCulture, out _)).Select(part => double.Parse(part, CultureInfo.InvariantCulture))];
            if (numbers.Length < 3)
            {
                continue;
            }

            (double latitude, double longitude, double stated) = (numbers[^3], numbers[^2], numbers[^1]);
            if (line.StartsWith("gateway", StringComparison.Ordinal))
            {
                gateway = (latitude, longitude);
                continue;
            }

            double distance = PathLoss.DistanceMetres(gateway.Latitude, gateway.Longitude, latitude, longitude);
            Assert.InRange(distance, stated - 12, stated + 12);
            distances.Add(int.Parse(line.AsSpan(7, 2), CultureInfo.InvariantCulture), distance);
        }

        return distances;
    }

    private static Dictionary<int, double> ReadMeanRssi(string file)
    {
        string[] lines = File.ReadAllLines(file);
        string[] names = lines[0].Split(';');
        var means = new Dictionary<int, double>();
        for (int column = 0; column < names.Length; column++)
        {
            if (!names[column].StartsWith("RSSI_", StringComparison.Ordinal))
            {
                continue;
            }

            double[] values = [.. lines.Skip(1).Select(line => line.Split(';')).Where(cells => cells.Length > column && cells[column].Length > 0)
                .Select(cells => double.Parse(cells[column], CultureInfo.InvariantCulture))];
            means.Add(int.Parse(names[column].AsSpan(5), CultureInfo.InvariantCulture), values.Average());
        }

        return means;
    }
}
