// Lists from elsewhere: every form, encoding and separator, and what is refused.
using System.Text;
using CsvHelper;
using FsCheck;
using FsCheck.Fluent;
using Provisioning.Members;
using Provisioning.Poles;
using Provisioning.Poles.Import;
using Provisioning.Problems;
using Provisioning.Storage;
using Provisioning.Workspaces;
using RepositoryFiles;
using Xunit;

namespace Provisioning.Tests;

public sealed class PoleImportTests : IDisposable
{
    private const string German = "Mastnummer;Breite;Länge;Straße;Leistung;Kritikalität\nÄ-1;49,9876543;8,1234567;Große Bäckergasse;41,5;hoch\n";

    private readonly TemporaryFolder _folder = new();
    private readonly Workspace _workspace;

    public PoleImportTests()
    {
        WorkspaceAddress address = WorkspaceAddress.Parse(_folder.PathOf("w.polectl"));
        Author author = new("anna", "anna@test");
        WorkspaceSetup.Create(address, author, false);
        _workspace = Workspace.Open(address, author);
    }

    [Theory]
    [InlineData("utf-8", "utf-8", false)]
    [InlineData("utf-16", "utf-16", false)]
    [InlineData("utf-16BE", "utf-16BE", false)]
    [InlineData("windows-1252", "windows-1252", true)]
    [InlineData("iso-8859-1", "windows-1252", true)]
    [InlineData("ibm850", "ibm850", true)]
    [InlineData("macintosh", "macintosh", true)]
    public void Given_a_german_list_in_any_encoding_then_it_is_found_and_reported(string encodingName, string found, bool isGuessed)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        Encoding encoding = Encoding.GetEncoding(encodingName);
        bool hasMark = encodingName.StartsWith("utf-16", StringComparison.Ordinal);
        byte[] bytes = [.. hasMark ? encoding.GetPreamble() : [], .. encoding.GetBytes(German)];

        PoleImportResult result = Import(_folder.Write("list.csv", bytes));

        Assert.Equal((found, isGuessed, ';'), (result.EncodingName, result.IsEncodingGuessed, result.Separator));
        Pole pole = PoleInventory.Get(_workspace, "Ä-1");
        Assert.Equal(("Große Bäckergasse", 49.9876543, 8.1234567, 41.5, Criticality.High), (pole.Street, pole.Latitude, pole.Longitude, pole.FullPowerWatts, pole.Criticality));
    }

    [Fact]
    public void Given_utf_16_without_a_mark_then_it_is_found()
    {
        PoleImportResult result = Import(_folder.Write("list.csv", Encoding.Unicode.GetBytes(German)));

        Assert.Equal("utf-16", result.EncodingName);
        Assert.Equal(1, result.NewCount);
    }

    [Theory]
    [InlineData(',')]
    [InlineData(';')]
    [InlineData('\t')]
    [InlineData('|')]
    public void Given_any_separator_then_it_is_found_although_others_stand_in_quotes(char separator)
    {
        string text = string.Join(separator, "id", "lat", "lon", "\"a,b;c|d\te,f;g|h\ti\"") + "\n" + string.Join(separator, "P-1", "50.1", "8.1", "x") + "\n";

        PoleImportResult result = Import(_folder.Write("list.csv", text));

        Assert.Equal(separator, result.Separator);
        Assert.Equal(1, result.NewCount);
    }

    [Theory]
    [InlineData("P-2;91;8;;", "problem.pole.degrees", "latitude", "91")]
    [InlineData("P-2;50;181;;", "problem.pole.degrees", "longitude", "181")]
    [InlineData("P-2;5550000;3450000;;", "problem.pole.degrees", "latitude", "5550000")]
    [InlineData("P-2;;8;;", "problem.pole.positionMissing", "latitude", "")]
    [InlineData("P-2;0;0;;", "problem.pole.nullIsland", "latitude", "0")]
    [InlineData("P-2;fifty;8;;", "problem.number", "latitude", "fifty")]
    [InlineData("P-2;1.234,5;8;;", "problem.number", "latitude", "1.234,5")]
    [InlineData("P-2;NaN;8;;", "problem.number", "latitude", "NaN")]
    [InlineData("P-2;1e1;8;;", "problem.number", "latitude", "1e1")]
    [InlineData("P-2;50;8;-1;", "problem.pole.watts", "watts", "-1")]
    [InlineData("P-2;50;8;5000,1;", "problem.pole.watts", "watts", "5000,1")]
    [InlineData("P-2;50;8;;urgent", "problem.pole.criticality", "criticality", "urgent")]
    [InlineData(";50;8;;", "problem.pole.idMissing", "id", "")]
    [InlineData("P-1;50;8;;", "problem.pole.twice", "id", "P-1")]
    [InlineData("P-2;50;8", "problem.csv.count", "", "")]
    [InlineData("P-2;50;8;;;;", "problem.csv.count", "", "")]
    [InlineData("P-2;50;8;\"4\"5;", "problem.csv.quotes", "", "")]
    public void Given_a_row_that_cannot_be_right_then_line_field_value_and_reason_are_told_and_nothing_is_written(string row, string key, string field, string value)
    {
        string file = _folder.Write("list.csv", $"id;lat;lon;watts;criticality\nP-1;50;8;;\n\n{row}\nP-3;50.1;8.1;;\n");

        PoleImportResult result = Import(file);

        Problem refused = Assert.Single(result.Refused);
        Assert.Equal((key, file, 4, field, value), (refused.Key, refused.File, refused.Line, refused.Field, refused.Value));
        Assert.False(result.IsWritten);
        Assert.Empty(PoleInventory.List(_workspace));
    }

    [Fact]
    public void Given_rows_that_are_refused_when_they_are_to_be_skipped_then_the_others_are_taken_and_all_are_accounted_for()
    {
        string file = _folder.Write("list.csv", "id,lat,lon\nP-1,50,8\nP-2,x,8\nP-3,50.1,8.1\n");

        PoleImportResult result = Import(file, request => request with { SkipsRefused = true });

        Assert.Equal((3, 2, 1, true), (result.RowCount, result.NewCount, result.Refused.Count, result.IsWritten));
        Assert.Equal(["P-1", "P-3"], PoleInventory.List(_workspace).Select(pole => pole.Id));
    }

    [Fact]
    public void Given_a_quote_that_is_never_closed_then_its_row_is_refused_and_the_rest_of_the_file_is_not_swallowed()
    {
        PoleImportResult result = Import(_folder.Write("list.csv", "id,lat,lon\nP-1,50,8\n\"P-2,50,8\nP-3,50.1,8.1\n"));

        Assert.Equal((2, 3), (result.NewCount, Assert.Single(result.Refused).Line));
    }

    [Fact]
    public void Given_quoted_values_over_several_lines_then_lines_are_counted_as_an_editor_counts_them()
    {
        PoleImportResult result = Import(_folder.Write("list.csv", "id,lat,lon,street\r\nP-1,50,8,\"two\r\nlines\"\r\nP-2,bad,8,x\r\n"));

        Assert.Equal(["problem.pole.text:2", "problem.number:4"], result.Refused.Select(problem => $"{problem.Key}:{problem.Line}"));
    }

    [Fact]
    public void Given_poles_that_differ_then_they_are_refused_with_both_values_and_changed_when_asked_for()
    {
        Import(_folder.Write("a.csv", "id,lat,lon,street\nP-1,50,8,Alt\n"));
        string file = _folder.Write("b.csv", "id,lat,lon,street\nP-1,50,8,Neu\n");

        Problem refused = Assert.Single(Import(file).Refused);
        PoleImportResult update = Import(file, request => request with { IsUpdate = true });

        Assert.Equal(("problem.pole.differs", "street", "Neu", "Alt"), (refused.Key, refused.Field, refused.Value, refused.Arguments[1]));
        Assert.Equal(1, update.ChangedCount);
        Assert.Equal(("Neu", 2), (PoleInventory.Get(_workspace, "P-1").Street, PoleInventory.Get(_workspace, "P-1").Version));
    }

    [Fact]
    public void Given_a_list_with_some_fields_then_the_other_fields_of_its_poles_stay()
    {
        Import(_folder.Write("a.csv", "id,lat,lon,street,owner\nP-1,50,8,Weg,Stadt\n"));

        Import(_folder.Write("b.csv", "id,lat,lon,owner\nP-1,50,8,Werke\n"), request => request with { IsUpdate = true });

        Assert.Equal(("Weg", "Werke"), (PoleInventory.Get(_workspace, "P-1").Street, PoleInventory.Get(_workspace, "P-1").Owner));
    }

    [Fact]
    public void Given_a_retired_pole_then_no_list_brings_it_back()
    {
        Import(_folder.Write("a.csv", "id,lat,lon\nP-1,50,8\n"));
        _workspace.Write(Permission.Plan, false, writer => PoleInventory.Retire(writer, "P-1", null));

        PoleImportResult result = Import(_folder.Write("b.csv", "id,lat,lon\nP-1,50,8.5\n"), request => request with { IsUpdate = true });

        Assert.Equal("problem.pole.retired", Assert.Single(result.Refused).Key);
    }

    [Fact]
    public void Given_a_mapping_then_it_wins_over_the_usual_names_and_unknown_columns_are_named()
    {
        string file = _folder.Write("a.csv", "id;Nr;lat;lon;Typ\nx;P-1;50;8;LED\n");

        PoleImportResult result = Import(file, request => request with { Columns = new Dictionary<string, string> { ["id"] = "nr", ["luminaire"] = "Typ" } });

        Assert.Equal("LED", PoleInventory.Get(_workspace, "P-1").Luminaire);
        Assert.Equal(["id"], result.IgnoredColumns);
        ProblemException thrown = Assert.Throws<ProblemException>(() => Import(file, request => request with { Columns = new Dictionary<string, string> { ["street"] = "Str" } }));
        Assert.Contains("id, Nr, lat, lon, Typ", Texts.Of(thrown), StringComparison.Ordinal);
    }

    [Fact]
    public void Given_geojson_then_points_become_poles_and_everything_else_is_refused_by_line()
    {
        string file = _folder.Write("a.geojson", """
            { "name": "lamps", "features": [
              { "type": "Feature", "properties": { "id": "P-1", "street": "Weg", "watts": 40.5 }, "geometry": { "type": "Point", "coordinates": [8.25, 50.5, 120] } },
              { "type": "Feature", "properties": { "id": "P-2" }, "geometry": { "type": "LineString", "coordinates": [[8, 50], [9, 51]] } },
              { "type": "Feature", "properties": null, "geometry": { "type": "Point", "coordinates": [8, 50] } },
              { "type": "Feature", "properties": { "id": 4711 }, "geometry": { "type": "Point", "coordinates": ["8", "50"] } } ],
              "type": "FeatureCollection" }
            """);

        PoleImportResult result = Import(file, request => request with { SkipsRefused = true });

        Assert.Equal(["problem.geojson.point:3", "problem.pole.idMissing:4", "problem.geojson.point:5"], result.Refused.Select(problem => $"{problem.Key}:{problem.Line}"));
        Pole pole = PoleInventory.Get(_workspace, "P-1");
        Assert.Equal((50.5, 8.25, 40.5, "Weg"), (pole.Latitude, pole.Longitude, pole.FullPowerWatts, pole.Street));
    }

    [Theory]
    [InlineData("{ \"type\": \"FeatureCollection\", \"features\": [ { \"type\": ")]
    [InlineData("{ \"type\": \"Feature\" }")]
    [InlineData("[]")]
    [InlineData("")]
    [InlineData("{ \"type\": \"FeatureCollection\", \"features\": {} }")]
    public void Given_something_else_than_geojson_then_it_is_refused_as_a_whole(string text)
    {
        Assert.Throws<ProblemException>(() => Import(_folder.Write("a.geojson", text)));
    }

    [Fact]
    public void Given_exports_when_they_are_imported_into_another_workspace_then_the_poles_are_the_same()
    {
        Import(_folder.Write("a.csv", German + "B 2;50;8;\"Weg \"\"am\"\" See; links\";;\n"));
        IReadOnlyList<Pole> poles = PoleInventory.List(_workspace);
        foreach ((string name, string text) in ((string, string)[])[("e.csv", PoleExport.ToCsv(poles)), ("e.geojson", PoleExport.ToGeoJson(poles))])
        {
            using PoleImportTests other = new();

            other.Import(_folder.Write(name, text));

            Assert.Equal(poles, PoleInventory.List(other._workspace));
        }
    }

    [Fact]
    public void Given_any_texts_then_what_is_written_as_csv_is_read_back_the_same_here_and_by_csvhelper()
    {
        Arbitrary<string[]> values = ArbMap.Default.GeneratorFor<string>().Select(text => new string([.. (text ?? "").Where(character => character is not '\0')]))
            .ArrayOf(3).ToArbitrary();
        Prop.ForAll(values, row =>
        {
            string text = "a;b;c\n" + string.Join(';', row.Select(value => CsvText.Quote(value, ';'))) + "\nlast;x;y\n";
            bool isBlank = row.All(string.IsNullOrWhiteSpace) && row.Length == 0;
            FileRows rows = CsvText.Read(text, ';');
            using CsvReader judge = CsvReader.FromText(text, new CsvReaderOptions { Separator = ';', HasHeader = false, AllowLineBreaksInQuotes = true });
            judge.Read();
            judge.Read();
            return isBlank || (rows.Rows[0].Problem is null && rows.Rows[0].Values.SequenceEqual(row) && judge.Current.ToArray().SequenceEqual(row));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Given_hostile_bytes_then_they_are_refused_or_read_and_nothing_is_thrown_but_problems()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes =>
        {
            foreach (string name in (string[])["h.csv", "h.geojson"])
            {
                try
                {
                    Import(_folder.Write(name, bytes));
                }
                catch (ProblemException)
                {
                    // Refused as a whole.
                }
            }
        }).QuickCheckThrowOnFailure();
    }

    // The reference points of Niemeyer's article and of the Wikipedia page on Geohash.
    [Theory]
    [InlineData(57.64911, 10.40744, "u4pruydqqvj")]
    [InlineData(42.6, -5.6, "ezs42")]
    public void Given_a_published_position_then_its_geohash_is_the_published_one(double latitude, double longitude, string hash)
    {
        Assert.StartsWith(hash, Geohash.Of(latitude, longitude), StringComparison.Ordinal);
    }

    [Fact]
    public void Given_thirty_thousand_real_lanterns_then_every_row_is_accounted_for_and_twice_changes_nothing()
    {
        string file = RepositoryRoot.SharedPathOrSkip("data", "lamps", "montpellier_eclairage_public.csv");
        PoleImportRequest Request(PoleImportRequest request) => request with
        {
            MadeIdPrefix = "MTP-", SkipsRefused = true, Columns = new Dictionary<string, string> { ["luminaire"] = "type_lante" },
        };

        PoleImportResult first = Import(file, Request);
        PoleImportResult second = Import(file, Request);

        // 29,743 different positions (counted with another tool); two of them are within 0.15 m of each other.
        Assert.Equal((29_969, 29_742, 227), (first.RowCount, first.NewCount, first.Refused.Count));
        Assert.All(first.Refused, refused => Assert.Equal("problem.pole.samePlace", refused.Key));
        Assert.Equal((0, 0, 29_742), (second.NewCount, second.ChangedCount, second.UnchangedCount));
    }

    public void Dispose()
    {
        _workspace.Dispose();
        _folder.Dispose();
    }

    private PoleImportResult Import(string file, Func<PoleImportRequest, PoleImportRequest>? how = null)
    {
        PoleImportRequest request = new() { Path = file };
        return _workspace.Write(Permission.Plan, false, writer => PoleImport.Run(writer, how is null ? request : how(request)));
    }
}
