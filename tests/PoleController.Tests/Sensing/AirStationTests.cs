// What a city may say of its air with these values: raw and corrected, by the clock hour, each with its quality; noise and leaps are not passed off as data.
using System.Globalization;
using PoleController.Alarms;
using PoleController.Hal;
using PoleController.Sensing;
using PoleController.Settings;
using PoleController.Tests.Parts;
using PoleController.Time;
using RepositoryFiles;
using Xunit;

namespace PoleController.Tests.Sensing;

public sealed class AirStationTests : IDisposable
{
    /// <summary>A full hour of UTC.</summary>
    private const long HourUtcMs = 1782140400000 / 3600000 * 3600000;

    private readonly SimulatedParticulates _particulates = new() { AnswerMs = 30000 };
    private readonly StationClimate _climate = new();
    private readonly SimulatedCarbonDioxide _carbonDioxide = new() { AnswerMs = 5000 };
    private readonly SimulatedGas _gas = new();
    private readonly ControllerSettings _settings = new();
    private readonly PoleClock _utc = new();
    private readonly AlarmBoard _board = new();
    private readonly SimulatedAes _aes = new();
    private readonly PoleHardware _hardware;
    private AirStation _station;
    private ComponentClock _clock;

    public AirStationTests()
    {
        _hardware = new PoleHardware(new SimulatedDimmer(), new SilentRadio(), _aes, new FaultableStore(), new SimulatedRandom(1))
        {
            Particulates = _particulates, Climate = _climate, CarbonDioxide = _carbonDioxide, Gas = _gas,
        };
        _utc.Set(0, HourUtcMs, 0);
        _station = Station();
        _clock = new ComponentClock(_station);
    }

    public void Dispose() => _aes.Dispose();

    [Fact]
    public void Given_no_sensor_Then_it_sleeps_and_is_healthy()
    {
        PoleHardware bare = new(new SimulatedDimmer(), new SilentRadio(), _aes, new FaultableStore(), new SimulatedRandom(1));
        AirStation none = new(bare, _settings, _utc, _board);
        none.Start(0, false);
        Assert.Equal(Wake.Never, none.Step(10));
        Assert.Equal(HealthReason.NotFitted, none.Health.Reason);
        Assert.Equal(Quality.NotMeasured, none.QualityAt(AirQuantity.Pm25, 10));
    }

    [Fact]
    public void Given_a_dry_hour_Then_every_value_is_there_and_good()
    {
        _clock.Start().RunHours(2);
        Assert.Equal(100, _station.Value(AirQuantity.Pm25));
        Assert.Equal(50, _station.Value(AirQuantity.Pm1));
        Assert.Equal(150, _station.Value(AirQuantity.Pm10));
        Assert.Equal(AirValues.Unknown, _station.Value(AirQuantity.Pm4));
        Assert.Equal(1500, _station.Value(AirQuantity.Temperature));
        Assert.Equal(500, _station.Value(AirQuantity.Humidity));
        Assert.Equal(98000, _station.Value(AirQuantity.Pressure));
        Assert.Equal(430, _station.Value(AirQuantity.CarbonDioxide));
        Assert.Equal(100, _station.Means.Mean(AirQuantity.Pm25));
        Assert.Equal(Quality.NotMeasured, _station.QualityAt(AirQuantity.Pm4, _clock.NowMs));
        foreach (AirQuantity quantity in new[] { AirQuantity.Pm25, AirQuantity.Pm25Corrected, AirQuantity.Temperature, AirQuantity.Pressure, AirQuantity.CarbonDioxide })
        {
            Assert.Equal(Quality.Ok, _station.QualityAt(quantity, _clock.NowMs));
            Assert.Equal(Quality.Ok, _station.Means.Quality(quantity));
        }

        Assert.Equal(0, _board.ChangeCount);
    }

    [Fact]
    public void Given_the_climate_is_measured_Then_it_is_handed_to_the_sensors_that_need_it()
    {
        _clock.Start().RunHours(1);
        Assert.Equal(98000, _carbonDioxide.Pascals);
        Assert.Equal((1500, 500), _gas.Compensation);
    }

    /// <summary>
    /// Growth factors of Crilley et al. 2018, C = 1 + (kappa / 1.65) / (1 / aw - 1), computed by hand. In fog light scattering reads about five times too much.
    /// </summary>
    [Theory]
    [InlineData(500, 400, 1.2424)]
    [InlineData(750, 400, 1.7273)]
    [InlineData(900, 400, 3.1818)]
    [InlineData(950, 400, 5.6061)]
    [InlineData(1000, 400, 5.6061)]
    [InlineData(900, 0, 1.0)]
    [InlineData(0, 400, 1.0)]
    public void Given_any_humidity_Then_the_growth_is_that_of_the_published_formula(int humidity, int kappa, double growth)
    {
        Assert.Equal(growth, HumidityCorrection.GrowthPermille(humidity, kappa) / 1000.0, 2);
    }

    [Fact]
    public void Given_fog_over_clean_air_Then_the_raw_value_is_high_and_flagged_and_the_corrected_one_is_near_the_truth()
    {
        // Truth: 12 ug/m3 of dry dust, which the part sees as five and a half times as much at 95 %.
        _climate.HumidityPermille = 950;
        _particulates.Pm25 = _ => (int)(120 * 5.6061);
        _clock.Start().RunHours(2);
        Assert.Equal(670, _station.Value(AirQuantity.Pm25));
        Assert.Equal(Quality.Humid, _station.QualityAt(AirQuantity.Pm25, _clock.NowMs));
        Assert.Equal(120, _station.Value(AirQuantity.Pm25Corrected));
        Assert.Equal(Quality.Humid, _station.Means.Quality(AirQuantity.Pm25Corrected));
        Assert.Equal(1, _station.IndexClass);
        Assert.False(_board.IsRaised(AlarmKind.AirQualityPoor));
    }

    [Fact]
    public void Given_the_climate_sensor_fails_Then_the_humidity_of_another_part_is_used_and_said_to_be_a_substitute()
    {
        _clock.Start().RunHours(1);
        _climate.Trouble = SensorFaultKind.NoAnswer;
        _clock.RunHours(2);
        Assert.Equal(Quality.Stale, _station.QualityAt(AirQuantity.Humidity, _clock.NowMs));
        Assert.Equal(Quality.Substituted, _station.QualityAt(AirQuantity.Pm25Corrected, _clock.NowMs));
        Assert.Equal(Quality.Substituted, _station.QualityAt(AirQuantity.CarbonDioxide, _clock.NowMs));
        Assert.Equal(Quality.Ok, _station.QualityAt(AirQuantity.Pm25, _clock.NowMs));
        Assert.False(_station.TryGetTemperature(_clock.NowMs, out _));
        Assert.True(_board.IsRaised(AlarmKind.AirSensorFault));
        Assert.Equal(HealthReason.NoAnswer, _board.Reason(AlarmKind.AirSensorFault));

        _carbonDioxide.Trouble = SensorFaultKind.NoAnswer;
        _clock.RunHours(1);
        Assert.Equal(AirValues.Unknown, _station.Value(AirQuantity.Pm25Corrected));
        Assert.Equal(Quality.NotMeasured, _station.QualityAt(AirQuantity.Pm25Corrected, _clock.NowMs));

        _climate.Trouble = SensorFaultKind.None;
        _carbonDioxide.Trouble = SensorFaultKind.None;
        _clock.RunHours(1);
        Assert.Equal(Quality.Ok, _station.QualityAt(AirQuantity.Pm25Corrected, _clock.NowMs));
        Assert.Equal(HealthState.Ok, _station.Health.State);
        Assert.False(_board.IsRaised(AlarmKind.AirSensorFault));
    }

    [Fact]
    public void Given_the_fan_runs_up_Then_there_is_no_value_and_it_is_warming_up()
    {
        _particulates.IsWarmingUp = true;
        _clock.Start().Run(60000);
        Assert.Equal(Quality.WarmingUp, _station.QualityAt(AirQuantity.Pm25, _clock.NowMs));
        Assert.Equal(AirValues.Unknown, _station.Value(AirQuantity.Pm25));
    }

    [Theory]
    [InlineData(30, Quality.Stale)]
    [InlineData(5, Quality.Ok)]
    public void Given_an_hour_with_a_gap_Then_less_than_45_minutes_of_data_are_flagged(int gapMinutes, Quality quality)
    {
        _clock.Start().RunHours(1.25);
        _particulates.Trouble = SensorFaultKind.NoAnswer;
        _clock.Run(gapMinutes * 60000L);
        _particulates.Trouble = SensorFaultKind.None;
        _clock.Run((long)((2.01 - 1.25) * 3600000) - (gapMinutes * 60000L));
        Assert.Equal(quality, _station.Means.Quality(AirQuantity.Pm25));
        Assert.Equal(100, _station.Means.Mean(AirQuantity.Pm25));
        Assert.Equal(Quality.Ok, _station.Means.Quality(AirQuantity.Temperature));
    }

    [Fact]
    public void Given_values_that_change_within_the_hour_Then_the_mean_is_that_of_the_clock_hour()
    {
        _settings.Air.ParticulatesIntervalSeconds = 60;
        _particulates.Pm25 = nowMs => nowMs % 3600000 < 1800000 ? 100 : 200;
        _clock.Start().RunHours(1.05);
        Assert.InRange(_station.Means.Mean(AirQuantity.Pm25), 140, 160);
        _particulates.Pm25 = _ => 400;
        Assert.InRange(_station.Means.Mean(AirQuantity.Pm25), 140, 160);
        _clock.RunHours(1);
        Assert.InRange(_station.Means.Mean(AirQuantity.Pm25), 380, 400);
    }

    [Fact]
    public void Given_an_unknown_clock_Then_there_are_values_and_no_hourly_means()
    {
        _station = new AirStation(_hardware, _settings, new PoleClock(), _board);
        _clock = new ComponentClock(_station);
        _clock.Start().RunHours(3);
        Assert.Equal(100, _station.Value(AirQuantity.Pm25));
        Assert.Equal(0, _station.HourCount);
        Assert.Equal(Quality.NotMeasured, _station.Means.Quality(AirQuantity.Pm25));
    }

    /// <summary>The bounds of the Umweltbundesamt's index, whole micrograms.</summary>
    [Theory]
    [InlineData(54, -1, 0)]
    [InlineData(56, -1, 1)]
    [InlineData(154, 94, 1)]
    [InlineData(156, 94, 2)]
    [InlineData(304, 544, 2)]
    [InlineData(100, 546, 3)]
    [InlineData(504, 904, 3)]
    [InlineData(506, 0, 4)]
    [InlineData(0, 906, 4)]
    [InlineData(-1, -1, -1)]
    public void Given_hourly_means_Then_the_class_is_that_of_the_Umweltbundesamt(int pm25, int pm10, int expected)
    {
        Assert.Equal(expected, AirIndex.Class(pm25, pm10));
    }

    [Fact]
    public void Given_smoke_for_an_hour_Then_the_alarm_comes_with_the_hour_and_goes_with_the_next()
    {
        _particulates.Pm25 = nowMs => nowMs is >= 3600000 and < 7200000 ? 900 : 100;
        _clock.Start().RunHours(1.9);
        Assert.False(_board.IsRaised(AlarmKind.AirQualityPoor));
        _clock.RunHours(0.2);
        Assert.True(_board.IsRaised(AlarmKind.AirQualityPoor));
        Assert.InRange(_board.Value(AlarmKind.AirQualityPoor), 60, 74);
        Assert.Equal(AirIndex.VeryPoor, _station.IndexClass);
        _clock.RunHours(1);
        Assert.False(_board.IsRaised(AlarmKind.AirQualityPoor));
    }

    [Fact]
    public void Given_one_sample_that_leaps_Then_it_is_not_passed_on_and_one_that_stays_is()
    {
        bool isInsect = false;
        int level = 100;
        _particulates.Pm25 = _ => isInsect ? 5000 : level;
        _clock.Start().RunHours(1);
        isInsect = true;
        _clock.Run(600000);
        Assert.Equal(100, _station.Value(AirQuantity.Pm25));
        Assert.Equal(Quality.OutOfRange, _station.QualityAt(AirQuantity.Pm25, _clock.NowMs));
        isInsect = false;
        _clock.Run(600000);
        Assert.Equal(Quality.Ok, _station.QualityAt(AirQuantity.Pm25, _clock.NowMs));
        level = 900;
        _clock.Run(1200000);
        Assert.Equal(900, _station.Value(AirQuantity.Pm25));
        Assert.Equal(Quality.Ok, _station.QualityAt(AirQuantity.Pm25, _clock.NowMs));
    }

    [Fact]
    public void Given_noise_finer_than_the_parts_resolution_Then_it_is_not_passed_on()
    {
        Random random = new(1);
        _climate.Weather = _ => (_climate.TemperatureCentidegrees, _climate.PressurePascals) = (1500 + random.Next(-4, 5), 98000 + random.Next(-4, 5));
        _clock.Start();
        _clock.Check = () => Assert.True(_station.Value(AirQuantity.Temperature) is 1500 or AirValues.Unknown && _station.Value(AirQuantity.Pressure) is 98000 or AirValues.Unknown);
        _clock.RunHours(12);
    }

    [Theory]
    [InlineData(9000, 500, 98000, AirQuantity.Temperature)]
    [InlineData(1500, 1200, 98000, AirQuantity.Humidity)]
    [InlineData(1500, 500, 200000, AirQuantity.Pressure)]
    public void Given_a_value_that_no_part_can_measure_Then_it_is_refused(int temperature, int humidity, int pressure, AirQuantity quantity)
    {
        _clock.Start().RunHours(1);
        int before = _station.Value(quantity);
        (_climate.TemperatureCentidegrees, _climate.HumidityPermille, _climate.PressurePascals) = (temperature, humidity, pressure);
        _clock.RunHours(1);
        Assert.Equal(before, _station.Value(quantity));
        Assert.Equal(Quality.OutOfRange, _station.QualityAt(quantity, _clock.NowMs));
    }

    [Fact]
    public void Given_a_gas_sensor_in_the_usual_air_Then_its_indices_count_once_they_have_learnt_and_learn_anew_after_a_gap()
    {
        _clock.Start().RunHours(0.5);
        Assert.Equal(Quality.WarmingUp, _station.QualityAt(AirQuantity.VocIndex, _clock.NowMs));
        _clock.RunHours(0.5);
        Assert.Equal(Quality.Ok, _station.QualityAt(AirQuantity.VocIndex, _clock.NowMs));
        Assert.Equal(Quality.WarmingUp, _station.QualityAt(AirQuantity.NoxIndex, _clock.NowMs));
        _clock.RunHours(6);
        Assert.Equal(Quality.Ok, _station.QualityAt(AirQuantity.NoxIndex, _clock.NowMs));
        Assert.InRange(_station.Value(AirQuantity.VocIndex), 90, 110);
        Assert.InRange(_station.Value(AirQuantity.NoxIndex), 1, 2);

        // Solvent: the resistance falls, and with it the signal.
        _gas.VocTicks = 27000;
        _clock.Run(120000);
        Assert.True(_station.Value(AirQuantity.VocIndex) > 150);

        _gas.VocTicks = 30000;
        _gas.Trouble = SensorFaultKind.NoAnswer;
        _clock.Run(900000);
        _gas.Trouble = SensorFaultKind.None;
        _clock.RunHours(0.25);
        Assert.Equal(Quality.WarmingUp, _station.QualityAt(AirQuantity.VocIndex, _clock.NowMs));
    }

    [Theory]
    [InlineData(MeasurementKind.Particulates, AirQuantity.Pm25)]
    [InlineData(MeasurementKind.Climate, AirQuantity.Humidity)]
    [InlineData(MeasurementKind.Gas, AirQuantity.CarbonDioxide)]
    public void Given_a_kind_is_switched_off_Then_its_sensors_are_not_asked_and_the_others_are(MeasurementKind kind, AirQuantity quantity)
    {
        _clock.Start().RunHours(1);
        _settings.Measurements.IntervalSeconds[kind - MeasurementSettings.FirstKind] = 0;
        _settings.Revision++;
        _clock.Step().RunHours(1);
        int[] before = Requests();
        _clock.RunHours(5);
        int[] after = Requests();
        Assert.Equal(kind == MeasurementKind.Particulates, before[0] == after[0]);
        Assert.Equal(kind == MeasurementKind.Climate, before[1] == after[1]);
        Assert.Equal(kind == MeasurementKind.Gas, before[2] == after[2]);
        Assert.Equal(kind == MeasurementKind.Gas, before[3] == after[3]);
        Assert.Equal(Quality.NotMeasured, _station.QualityAt(quantity, _clock.NowMs));
        Assert.Equal(AirValues.Unknown, _station.Value(quantity));
        Assert.Equal(Quality.NotMeasured, _station.Means.Quality(quantity));

        int[] Requests() => [_particulates.RequestCount, _climate.RequestCount, _carbonDioxide.RequestCount, _gas.RequestCount];
    }

    /// <summary>A year of hourly temperature and humidity at a road (../shared/data/air), gaps of the reference station included.</summary>
    [Fact]
    public void Given_a_real_year_with_gaps_Then_every_hourly_mean_that_is_good_is_the_hours_and_every_gap_is_flagged()
    {
        string path = RepositoryRoot.SharedPathOrSkip("data", "air", "AirQualityUCI.csv");
        List<(double Temperature, double Humidity)> hours =
        [
            .. File.ReadLines(path).Skip(1).Select(line => line.Split(';')).Where(f => f.Length > 13 && f[0].Length > 0)
                .Select(f => (double.Parse(f[12].Replace(',', '.'), CultureInfo.InvariantCulture), double.Parse(f[13].Replace(',', '.'), CultureInfo.InvariantCulture))),
        ];
        Assert.True(hours.Count > 9000);
        _climate.Weather = nowMs =>
        {
            (double temperature, double humidity) = hours[(int)(nowMs / 3600000)];
            _climate.Trouble = temperature <= -200 ? SensorFaultKind.NoAnswer : SensorFaultKind.None;
            (_climate.TemperatureCentidegrees, _climate.HumidityPermille) = ((int)Math.Round(temperature * 100), (int)Math.Round(humidity * 10));
        };
        _hardware.Particulates = null;
        _hardware.CarbonDioxide = null;
        _hardware.Gas = null;
        _station = Station();
        _clock = new ComponentClock(_station, 0);
        int gaps = 0;
        int good = 0;
        int seen = 0;
        _clock.Check = () =>
        {
            int hour = (int)(_clock.NowMs / 3600000);
            _climate.Trouble = hours[Math.Min(hour, hours.Count - 1)].Temperature <= -200 ? SensorFaultKind.NoAnswer : SensorFaultKind.None;
            if (_station.HourCount == seen)
            {
                return;
            }

            seen = _station.HourCount;
            (double temperature, double humidity) = hours[hour - 1];
            if (temperature <= -200)
            {
                gaps++;
                Assert.NotEqual(Quality.Ok, _station.Means.Quality(AirQuantity.Temperature));
            }
            else if (_station.Means.Quality(AirQuantity.Temperature) == Quality.Ok && _station.Means.Quality(AirQuantity.Humidity) == Quality.Ok)
            {
                good++;
                Assert.InRange(_station.Means.Mean(AirQuantity.Temperature) / 100.0, temperature - 0.9, temperature + 0.9);
                Assert.InRange(_station.Means.Mean(AirQuantity.Humidity) / 10.0, humidity - 3.0, humidity + 3.0);
            }
        };
        _clock.Start().Run((hours.Count - 1) * 3600000L);
        int known = hours.Take(hours.Count - 1).Count(hour => hour.Temperature > -200);
        Assert.Equal(hours.Count - 1 - known, gaps);
        Assert.InRange(good, known * 0.97, known);
    }

    private AirStation Station() => new(_hardware, _settings, _utc, _board);
}
