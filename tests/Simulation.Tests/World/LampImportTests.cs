// Lamp files as they come: separators, encodings, wrong rows, and the accounting of every row.
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Simulation.Scenarios;
using Simulation.Tests.Scenarios;
using Simulation.World;
using Xunit;

namespace Simulation.Tests.World;

public class LampImportTests
{
    private static readonly LampColumns Columns = new() { Id = "id", Street = "street", Group = "group", FullPowerWatts = "watts" };

    private static LampImportResult Load(string text, LampSource? source = null, string ending = ".csv", Encoding? encoding = null)
    {
        using TemporaryFile file = ScenarioFiles.Write(text, ending, encoding);
        return LampImport.Load((source ?? new LampSource { FilePath = "" }) with { FilePath = file.Path });
    }

    private static ScenarioProblem Problem(string text, LampSource? source = null, string ending = ".csv") =>
        Assert.Single(Assert.Throws<ScenarioException>(() => Load(text, source, ending)).Problems);

    [Fact]
    public void Every_row_that_cannot_be_used_is_listed_with_line_value_and_reason()
    {
        LampImportResult result = Load(
            "id,lat,lon,watts\nA,51.0,9.0,40\nA,51.1,9.1,40\nB,,9.0,40\nC,95,9.0,40\nD,51,x,40\n\nE,0,0,40\nF,51,181,1\nG,6400000,400000,1\nH,NaN,9,1\nI,51.2,9.2,lots\nJ,51.0,9.0,40\n,51.3,9.3,40\nK\n",
            new LampSource { FilePath = "", Columns = new LampColumns { Id = "id", FullPowerWatts = "watts" } });

        Assert.Equal(["A", "I", "J", "pole-14"], result.Lamps.Select(lamp => lamp.Id));
        Assert.Equal(
            [(3, "A"), (4, ""), (5, "95"), (6, "x"), (8, "0, 0"), (9, "181"), (10, "6400000"), (11, "NaN"), (15, "")],
            result.Rejected.Select(row => (row.Line, row.Value)));
        Assert.Contains("row 2", result.Rejected[0].Reason, StringComparison.Ordinal);
        Assert.Contains("projected", result.Rejected[6].Reason, StringComparison.Ordinal);
        Assert.Equal([12, 13, 14], result.Warnings.Select(warning => warning.Line));
        Assert.Null(result.Lamps[1].FullPowerWatts);
        Assert.Equal(13, result.RowCount);
    }

    [Theory]
    [InlineData("id;lat;lon;watts;street;group\nA;51,5;9,25;40,5;Hauptstraße;x\n")]
    [InlineData("id\tlat\tlon\twatts\tstreet\tgroup\nA\t51.5\t9.25\t40.5\tHauptstraße\tx\n")]
    [InlineData("id|lat|lon|watts|street|group\r\nA|51.5|9.25|40.5|\"Hauptstraße\"|x\r\n")]
    [InlineData("\n\nid,LAT, Lon ,watts,street,group\nA,51.5,9.25,40.5,Hauptstraße,x")]
    [InlineData("id,lat,lon,watts,street,group\nA,\"51.5\",9.25,4.05e1,Hauptstraße,x\n")]
    public void Separators_decimal_commas_and_quotes_are_understood(string text)
    {
        Lamp lamp = Assert.Single(Load(text, new LampSource { FilePath = "", Columns = Columns }).Lamps);

        Assert.Equal((51.5, 9.25, 40.5, "Hauptstraße", "x"), (lamp.Latitude, lamp.Longitude, lamp.FullPowerWatts, lamp.Street, lamp.Group));
    }

    [Fact]
    public void Every_usual_encoding_is_found()
    {
        Encoding[] encodings =
        [
            new UTF8Encoding(false), new UTF8Encoding(true), Encoding.Unicode, Encoding.BigEndianUnicode, CodePagesEncodingProvider.Instance.GetEncoding(1252)!,
        ];
        foreach (Encoding encoding in encodings)
        {
            Lamp lamp = Assert.Single(Load("id,lat,lon,watts,street,group\nA,51,9,40,Größe €,x\n", new LampSource { FilePath = "", Columns = Columns }, encoding: encoding).Lamps);
            Assert.Equal("Größe €", lamp.Street);
        }
    }

    [Fact]
    public void A_decimal_comma_between_commas_is_rejected_with_advice()
    {
        ScenarioProblem problem = Problem("lat,lon\n\"51,5\",\"9,1\"\n");

        Assert.Contains("decimal comma", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_quote_that_is_never_closed_costs_its_own_row_only()
    {
        LampImportResult result = Load("id,lat,lon\nA,51,9\nB,\"51,9\nC,51.1,9\nD,51.2,9\n", new LampSource { FilePath = "", Columns = new LampColumns { Id = "id" } });

        Assert.Equal(["A", "C", "D"], result.Lamps.Select(lamp => lamp.Id));
        Assert.Equal(3, Assert.Single(result.Rejected).Line);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("\n\n  \n", "empty")]
    [InlineData("lat,lon\n", "no row")]
    [InlineData("lat,lon\n0,0\n", "none of the 1 rows")]
    [InlineData("breadth,depth\n1,2\n", null)]
    public void A_file_without_lamps_says_why(string text, string? message)
    {
        IReadOnlyList<ScenarioProblem> problems = Assert.Throws<ScenarioException>(() => Load(text)).Problems;

        if (message is not null)
        {
            Assert.Contains(message, Assert.Single(problems).Message, StringComparison.Ordinal);
            return;
        }

        Assert.Equal(["lamps.columns.latitude", "lamps.columns.longitude"], problems.Select(problem => problem.KeyPath));
        Assert.All(problems, problem => Assert.Contains("'breadth', 'depth'", problem.Remedy, StringComparison.Ordinal));
    }

    [Fact]
    public void GeoJson_points_become_lamps_and_everything_else_is_listed()
    {
        LampImportResult result = Load(
            """
            {"type":"FeatureCollection","features":[
             {"type":"Feature","properties":{"nr":7,"watts":35.5},"geometry":{"type":"Point","coordinates":[9.5,51.25,120]}},
             {"type":"Feature","properties":null,"geometry":{"type":"Point","coordinates":[9.6,51.26]}},
             {"type":"Feature","properties":{},"geometry":{"type":"LineString","coordinates":[[9,51],[9,52]]}},
             {"type":"Feature","properties":{},"geometry":null},
             {"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[9.5]}},
             {"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[9.5,"x"]}},
             17
            ]}
            """,
            new LampSource { FilePath = "", Columns = new LampColumns { Id = "nr", FullPowerWatts = "watts" } },
            ".geojson");

        Assert.Equal([("7", 51.25, 9.5), ("pole-2", 51.26, 9.6)], result.Lamps.Select(lamp => (lamp.Id, lamp.Latitude, lamp.Longitude)));
        Assert.Equal(35.5, result.Lamps[0].FullPowerWatts);
        Assert.Equal([3, 4, 5, 6, 7], result.Rejected.Select(row => row.Line));
        Assert.Equal("feature", result.RowNoun);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[1,2")]
    [InlineData("{\"type\":\"Feature\"}")]
    [InlineData("{\"features\":[]}")]
    [InlineData("17")]
    public void What_is_not_a_feature_collection_is_refused(string text) => Assert.NotEmpty(Problem(text, ending: ".geojson").Remedy);

    [Theory]
    [InlineData("{\"features\":[{\"properties\":{\"id\":\"\\ud800\"},\"geometry\":{\"type\":\"Point\",\"coordinates\":[9,51]}}]}")]
    [InlineData("{\"features\":[{\"properties\":{\"\\udc00\":1},\"geometry\":{\"type\":\"Point\",\"coordinates\":[9,51]}}]}")]
    public void Half_a_character_in_json_is_refused_without_a_crash(string text) =>
        Assert.Contains("half a character", Problem(text, new LampSource { FilePath = "", Columns = new LampColumns { Id = "id" } }, ".geojson").Message, StringComparison.Ordinal);

    [Fact]
    public void Deep_json_is_refused_without_a_crash() => Assert.Contains("not JSON", Problem(new string('[', 1_000_000), ending: ".json").Message, StringComparison.Ordinal);

    [Fact]
    public void The_circle_and_the_limit_take_the_nearest_in_the_order_of_the_file()
    {
        StringBuilder text = new("id,lat,lon\n");
        for (int i = 0; i < 10; i++)
        {
            // 111 m apart, the nearest to the centre last.
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"L{i},{51.009 - (i * 0.001):0.000},9\n");
        }

        LampSource source = new() { FilePath = "", Columns = new LampColumns { Id = "id" }, Within = new Circle { Latitude = 51, Longitude = 9, RadiusMetres = 560 } };

        Assert.Equal(["L4", "L5", "L6", "L7", "L8", "L9"], Load(text.ToString(), source).Lamps.Select(lamp => lamp.Id));
        LampImportResult limited = Load(text.ToString(), source with { Limit = 2 });
        Assert.Equal(["L8", "L9"], limited.Lamps.Select(lamp => lamp.Id));
        Assert.Equal((4, 4), (limited.OutsideCount, limited.OverLimitCount));
        Assert.Equal(["L0", "L1"], Load(text.ToString(), source with { Within = null, Limit = 2 }).Lamps.Select(lamp => lamp.Id));
    }

    [Fact]
    public void A_circle_without_lamps_says_how_far_the_nearest_is()
    {
        ScenarioProblem problem = Problem("lat,lon\n51,9\n", new LampSource { FilePath = "", Within = new Circle { Latitude = 51.01, Longitude = 9, RadiusMetres = 50 } });

        Assert.Contains("1112 m", problem.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_text_gives_lamps_or_problems_and_every_row_is_accounted_for()
    {
        Gen<string> cell = Gen.Elements("51", "9,5", "\"", "\"a\nb\"", "", "0", "-91", "x;y", "NaN", "1e400", "\0", "é");
        Gen<string> row = cell.ListOf(4).Select(cells => string.Join(',', cells));
        Gen<string> text = row.ListOf(8).Select(rows => "lat,lon,id,watts\n" + string.Join('\n', rows));
        Prop.ForAll(text.ToArbitrary(), csv =>
        {
            try
            {
                LampImportResult result = Load(csv, new LampSource { FilePath = "", Columns = new LampColumns { Id = "id", FullPowerWatts = "watts" } });
                return result.RowCount == result.Lamps.Count + result.Rejected.Count
                    && result.Lamps.Select(lamp => lamp.Id).Distinct().Count() == result.Lamps.Count
                    && result.Lamps.All(lamp => Math.Abs(lamp.Latitude) <= 90 && Math.Abs(lamp.Longitude) <= 180);
            }
            catch (ScenarioException exception)
            {
                return exception.Problems.Count > 0;
            }
        }).QuickCheckThrowOnFailure();
    }
}
