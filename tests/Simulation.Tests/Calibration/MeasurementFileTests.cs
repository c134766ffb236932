// Files as engineers bring them, and what is said of those that cannot be used.
using Simulation.Calibration;
using Simulation.Scenarios;
using Xunit;

namespace Simulation.Tests.Calibration;

public sealed class MeasurementFileTests
{
    [Theory]
    [InlineData("node,distance,rssi,snr,power\na,100,-80,40,2\n")]
    [InlineData("Node;Distance;RSSI;SNR;Power\r\na;100,0;-80,0;40;2\r\n")]
    [InlineData("rssi\tpower\tnode\tdistance\n-80\t2\ta\t1e2\n\n")]
    public void Given_a_file_in_any_usual_form_When_read_Then_the_measurement_is_the_same(string text)
    {
        LinkMeasurement measurement = Assert.Single(Read(text, new MeasurementColumns()).Measurements);

        Assert.Equal("a", measurement.Link);
        Assert.Equal(100, measurement.DistanceMetres);
        Assert.Equal(-80, measurement.SignalDbm, 0.001);
        Assert.Equal(82, measurement.LossDecibel, 0.001);
    }

    [Fact]
    public void Given_no_node_no_power_and_an_hour_without_a_frame_When_read_Then_rows_are_links_with_the_given_power_and_the_hour_is_counted()
    {
        MeasurementSet set = Read("distance,rssi\n100,-80\n100,\n100,-90\n", new MeasurementColumns());

        Assert.Equal([94.0, 104.0], set.Measurements.Select(measurement => measurement.LossDecibel));
        Assert.Equal(2, set.Measurements.DistinctBy(measurement => measurement.Link).Count());
        Assert.Equal(1, set.RowsWithoutRssi);
        Assert.False(set.HasNodes);
    }

    [Theory]
    [InlineData("", "the file is empty")]
    [InlineData("metres,rssi\n1,-3\n", ":1: there is no column 'distance'. Name it with --distance-column; the file has the columns 'metres', 'rssi'.")]
    [InlineData("distance,rssi\n10,-60\nfar,-60\n", ":3: distance: this is no measurement (found 'far'). Write a number from 0.1 to 1000000 metres.")]
    [InlineData("distance,rssi\n0,-60\n", ":2: distance: this is no measurement (found '0')")]
    [InlineData("distance,rssi\n10,NaN\n", ":2: rssi: this is no measurement (found 'NaN')")]
    [InlineData("distance,rssi\n10,60\n", "from -200 to 50 dBm")]
    [InlineData("distance,rssi,snr\n10,-60,good\n", "from -50 to 50 decibels")]
    [InlineData("node,distance,rssi\n,10,-60\n", "the measurement names no node")]
    [InlineData("node,distance,rssi\na,10,-60\na,20,-60\n", ":3: distance: node 'a' was 10 m away in a row before (found '20')")]
    public void Given_a_file_that_is_no_list_of_measurements_When_read_Then_it_is_said_where_and_what_to_do(string text, string expected)
    {
        ScenarioException wrong = Assert.Throws<ScenarioException>(() => Read(text, new MeasurementColumns()));

        Assert.Contains(expected, wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Given_a_column_that_was_named_and_is_not_there_When_read_Then_it_is_not_passed_over()
    {
        ScenarioException wrong = Assert.Throws<ScenarioException>(() => Read("distance,rssi\n1,-3\n", new MeasurementColumns { Snr = "SNR dB", Node = "eui" }));

        Assert.Contains("'eui'. Name it with --node-column", wrong.Message, StringComparison.Ordinal);
        Assert.Contains("'SNR dB'. Name it with --snr-column", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Given_a_thousand_bad_rows_When_read_Then_ten_are_named()
    {
        string text = "distance,rssi\n" + string.Concat(Enumerable.Repeat("x,y\n", 1000));

        Assert.InRange(Assert.Throws<ScenarioException>(() => Read(text, new MeasurementColumns())).Problems.Count, 10, 12);
    }

    private static MeasurementSet Read(string text, MeasurementColumns columns)
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, text);
            return MeasurementFile.Read(file, columns, 14);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
