// What readers of report.json rely on: the same bytes for the same data, names and units of the fields, nothing lost on the way.
using System.Globalization;
using System.Text;
using System.Text.Json;
using PoleController.Lighting;
using Simulation.Reports;
using Xunit;

namespace Simulation.Tests.Reports;

public class ReportJsonTests
{
    [Fact]
    public void The_same_data_gives_the_same_bytes_whatever_the_culture()
    {
        byte[] first = ReportJson.Serialize(SampleReport.Create());
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo commaCulture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            commaCulture.NumberFormat.NumberDecimalSeparator = ",";
            commaCulture.NumberFormat.NegativeSign = "~";
            commaCulture.DateTimeFormat.TimeSeparator = ".";
            CultureInfo.CurrentCulture = commaCulture;

            Assert.Equal(first, ReportJson.Serialize(SampleReport.Create()));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void What_was_written_can_be_read_again()
    {
        byte[] json = ReportJson.Serialize(SampleReport.Create());

        RunReport read = ReportJson.Deserialize(json);

        Assert.Equal(json, ReportJson.Serialize(read));
        Assert.Equal(152, read.Poles.Count);
        Assert.Equal(DateTimeKind.Utc, read.Scenario.StartUtc.Kind);
    }

    [Fact]
    public void Fields_have_the_names_units_and_forms_that_readers_know()
    {
        RunReport report = SampleReport.Create();
        report.Poles[23].LevelSeries = [0, 100, 200];

        using JsonDocument document = JsonDocument.Parse(ReportJson.Serialize(report));
        JsonElement root = document.RootElement;

        Assert.Equal(1, root.GetProperty("formatVersion").GetInt32());
        Assert.False(root.GetProperty("isPassed").GetBoolean());
        Assert.Equal("2026-06-20T15:00:00Z", root.GetProperty("scenario").GetProperty("startUtc").GetString());
        Assert.Equal("2026-06-20T17:00:00", root.GetProperty("scenario").GetProperty("startLocal").GetString());
        JsonElement pole = root.GetProperty("poles")[23];
        Assert.Equal("dark", pole.GetProperty("outcome").GetString());
        Assert.Equal("AGTI", pole.GetProperty("levelSeries").GetString());
        Assert.Equal(JsonValueKind.Null, root.GetProperty("poles")[61].GetProperty("joinedAfterSeconds").ValueKind);
        Assert.Equal("checkFailed", root.GetProperty("poles")[40].GetProperty("outcome").GetString());
        Assert.Equal("silent", root.GetProperty("poles")[61].GetProperty("outcome").GetString());
        Assert.Equal(7, root.GetProperty("radio").GetProperty("bySpreadingFactor")[0].GetProperty("spreadingFactor").GetInt32());
    }

    [Theory]
    [InlineData(1.23456, "1.235")]
    [InlineData(0.1 + 0.2, "0.3")]
    [InlineData(-0.0001, "0")]
    [InlineData(1e12, "1000000000000")]
    public void Numbers_are_rounded_to_three_decimals(double value, string expected)
    {
        RunReport report = new() { Energy = new EnergyReport { LampWattHours = value } };

        string json = Encoding.UTF8.GetString(ReportJson.Serialize(report));

        Assert.Contains("\"lampWattHours\": " + expected + ",", json, StringComparison.Ordinal);
    }

    [Fact]
    public void Coordinates_keep_a_tenth_of_a_metre()
    {
        RunReport report = new() { Poles = [new PoleReport { Latitude = 49.40331249, Longitude = -8.65121251 }] };

        string json = Encoding.UTF8.GetString(ReportJson.Serialize(report));

        Assert.Contains("\"latitude\": 49.403312,", json, StringComparison.Ordinal);
        Assert.Contains("\"longitude\": -8.651213,", json, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_number_that_is_none_is_refused(double value)
    {
        RunReport report = new() { Energy = new EnergyReport { LampWattHours = value } };

        Assert.Throws<ArgumentException>(() => ReportJson.Serialize(report));
    }

    [Fact]
    public void Every_cause_of_a_level_has_a_field_of_its_name()
    {
        foreach (LevelCause cause in Enum.GetValues<LevelCause>())
        {
            PoleReport pole = new();
            pole.SecondsByCause.Add(cause, 12.5);
            using JsonDocument document = JsonDocument.Parse(ReportJson.Serialize(new RunReport { Poles = [pole] }));

            JsonElement seconds = document.RootElement.GetProperty("poles")[0].GetProperty("secondsByCause");

            string name = JsonNamingPolicy.CamelCase.ConvertName(cause.ToString());
            Assert.Equal(12.5, seconds.GetProperty(name).GetDouble());
            Assert.Equal(12.5, seconds.EnumerateObject().Sum(property => property.Value.GetDouble()));
        }
    }

    [Fact]
    public void The_saving_counts_the_controllers_own_consumption()
    {
        EnergyReport energy = new() { UndimmedWattHours = 1000, TimerWattHours = 500, LampWattHours = 380, ControllersWattHours = 20 };

        Assert.Equal(60, energy.SavingAgainstUndimmedPercent!.Value, 9);
        Assert.Equal(20, energy.SavingAgainstTimerPercent!.Value, 9);
        Assert.Null(new EnergyReport { LampWattHours = 1 }.SavingAgainstUndimmedPercent);
    }

    [Fact]
    public void Local_time_follows_a_change_to_standard_time_within_the_run()
    {
        // Central Europe, 2026-10-25: at 01:00 UTC summer time ends; 02:59:59 is followed by 02:00:00.
        ScenarioReport scenario = new()
        {
            StartUtc = new DateTime(2026, 10, 24, 22, 0, 0, DateTimeKind.Utc),
            UtcOffsetMinutes = 120,
            UtcOffsetChanges = [new UtcOffsetChangeReport { AtSeconds = 3 * 3600, UtcOffsetMinutes = 60 }],
        };

        Assert.Equal("2026-10-25T00:00:00", scenario.StartLocal);
        Assert.Equal("2026-10-25T02:59:59", scenario.LocalTimeAt((3 * 3600) - 0.001));
        Assert.Equal("2026-10-25T02:00:00", scenario.LocalTimeAt(3 * 3600));
    }
}
