// Parts of commissioning that need no pole: words, positions, protocols.
using Provisioning.Commissioning;
using Provisioning.Commissioning.Place;
using Provisioning.Language;
using Xunit;

namespace Provisioning.Tests;

public sealed class CommissioningTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    // The example sentence of the NMEA standard that receivers' manuals print: 48 deg 07.038 min N, 11 deg 31.000 min E.
    [Fact]
    public void Given_the_published_sentence_then_its_place_is_read_and_disturbed_ones_are_left_out()
    {
        NmeaReader reader = new();

        reader.Take("$GPGGA,123519,4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,*47");
        reader.Take("$GPGGA,123519,4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,*48");
        reader.Take("$GPGGA,123519,4807.038,N,01131.000,E,0,08,0.9,545.4,M,46.9,M,,*46");
        reader.Take("$GPGGA,1235");
        reader.Take("*47$");
        reader.Take("");

        Assert.Equal((1, 2), (reader.FixCount, reader.SentenceCount));
        Assert.Equal(48.1173, reader.Position!.Value.Latitude, 4);
        Assert.Equal(11.516667, reader.Position.Value.Longitude, 6);
    }

    [Fact]
    public void Given_a_recorded_receiver_then_its_fixes_are_averaged_and_a_file_of_something_else_is_refused()
    {
        string recorded = _folder.Write("gnss.txt", "$GPGGA,123519,4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,*47\r\n$GPGGA,123520,4807.040,S,01131.000,E,1,08,0.9,545.4,M,46.9,M,,*5F\r\n");

        Assert.NotNull(GnssSource.Read(recorded, 9600));
        Assert.Equal("problem.gnss.none", Assert.Throws<Problems.ProblemException>(() => GnssSource.Read(_folder.Write("other.txt", "hello"), 9600)).Problems[0].Key);
    }

    // Distances of GeographicLib's geodesics on WGS 84, to half a percent: the sphere's error.
    [Theory]
    [InlineData(49.009, 8.404, 49.009, 8.405, 73.15)]
    [InlineData(49.009, 8.404, 49.010, 8.404, 111.21)]
    [InlineData(0, 179.9999, 0, -179.9999, 22.26)]
    public void Given_places_then_their_distance_is_right(double latitude1, double longitude1, double latitude2, double longitude2, double metres)
    {
        Assert.InRange(GeoPoint.DistanceMetres((latitude1, longitude1), (latitude2, longitude2)), metres * 0.994, metres * 1.006);
    }

    [Theory]
    [InlineData("49.009,8.404", true)]
    [InlineData("49.009 8.404", true)]
    [InlineData("-33.86; 151.2", true)]
    [InlineData("91,8", false)]
    [InlineData("49,181", false)]
    [InlineData("49.009", false)]
    [InlineData("here", false)]
    public void Given_texts_then_positions_are_read_or_refused(string text, bool isRead)
    {
        Assert.Equal(isRead, GeoPoint.Parse(text) is not null);
    }

    [Fact]
    public void Given_any_protocol_then_it_is_read_back_as_it_was_written_and_its_hash_does_not_depend_on_blanks()
    {
        CommissioningProtocol protocol = Sample();

        string text = protocol.ToJson().ToJsonString();
        string indented = protocol.ToJson().ToJsonString(new System.Text.Json.JsonSerializerOptions { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

        Assert.Equal(text, CommissioningProtocol.Parse(text).ToJson().ToJsonString());
        Assert.Equal(CommissioningProtocol.Hash(protocol.ToJson()), CommissioningProtocol.Hash(System.Text.Json.Nodes.JsonNode.Parse(indented)!));
    }

    [Fact]
    public void Given_every_step_reason_and_result_then_the_protocol_has_words_for_it_in_both_languages()
    {
        foreach (TextCatalog texts in (TextCatalog[])[Texts.English, Texts.German])
        {
            Assert.All(StepNames.All, name => Assert.Contains("protocol.step." + name, texts.Texts.Keys));
            Assert.All(StepReasons.All, reason => Assert.Contains("protocol.reason." + reason, texts.Texts.Keys));
            Assert.All(Enum.GetValues<StepResult>(), result => Assert.Contains("protocol.result." + CommissioningProtocol.Word(result), texts.Texts.Keys));
            Assert.All(Enum.GetValues<CommissioningState>(), state => Assert.Contains("protocol.state." + CommissioningProtocol.Word(state), texts.Texts.Keys));
        }
    }

    [Theory]
    [InlineData("powerMilliwatts", "44774", "Leistung 44,8 W")]
    [InlineData("powerFactorPermille", "953", "Leistungsfaktor 0,95")]
    [InlineData("temperatureCentidegrees", "-512", "Temperatur -5,1 °C")]
    [InlineData("pm25DecimicrogramsPerCubicMetre", "101", "pm25 10,1 µg/m³")]
    [InlineData("snrQuarterDecibel", "-30", "SNR -7,5 dB")]
    [InlineData("asked", "nobody", "Techniker: nicht gefragt")]
    [InlineData("impactCount", "3", "impactCount 3")]
    public void Given_measured_values_then_people_read_them_in_usual_units(string name, string value, string expected)
    {
        Assert.Equal(expected, MeasuredText.Of(new MeasuredValue(name, value), Texts.German, TextLanguage.German));
    }

    public void Dispose() => _folder.Dispose();

    private static CommissioningProtocol Sample() => new()
    {
        Id = "0123456789abcdef", Workspace = "w", PoleId = "Löß \"1\" <&>", Latitude = 49.0093, Longitude = -8.4, DevEui = "70b3d50000000001", Board = "b", Firmware = "0.1.0", Member = "tim",
        BegunUtcMs = 1_796_000_000_123, FinishedUtcMs = 1_796_000_100_000, State = CommissioningState.Failed, FullPowerWatts = 41.5,
        Steps =
        [
            new CommissioningStep("identity", "", StepResult.Passed) { AtUtcMs = 1_796_000_000_200, Measured = [new("board", "007"), new("starts", "3")] },
            new CommissioningStep("sensor", "climate", StepResult.Failed, "noAnswer") { AtUtcMs = 1_796_000_000_300 },
        ],
    };
}
