// Energy in the report against what a calculator says, with dusk and dawn from the US Naval Observatory where its tables are.
using System.Globalization;
using PoleController.Time;
using Simulation.Reports;
using Simulation.Scenarios;
using Simulation.Tests.Scenarios;
using Simulation.World;
using Xunit;

namespace Simulation.Tests.Runs;

public class EnergyTests
{
    private const double FullPowerWatts = 60;
    private const double StandbyPowerWatts = 0.3;

    [Theory]
    [InlineData(1000)]
    [InlineData(500)]
    [InlineData(100)]
    public void Given_a_constant_level_When_a_night_goes_by_Then_the_lamp_used_power_times_time(int levelPermille)
    {
        using StreetRun run = Street.AtNight(6).Poles(2).Constant(levelPermille).Build();
        double watts = StandbyPowerWatts + ((FullPowerWatts - StandbyPowerWatts) * levelPermille / 1000);

        // Until the time is known the lamp burns fully, at most for some minutes.
        double startHours = (run.Finish().Poles.Max(pole => pole.JoinedAfterSeconds!.Value) + 60) / 3600;
        Assert.InRange(startHours, 0, 0.1);
        double expected = watts * 6;
        Assert.All(run.Finish().Poles, pole => Assert.InRange(pole.LampEnergyWattHours, expected * 0.995, (expected * 1.005) + (startHours * (FullPowerWatts - watts))));
    }

    [Fact]
    public void Given_two_levels_and_a_fade_When_a_night_goes_by_Then_the_lamp_used_the_integral()
    {
        // 900 permille until 22:00, then down to 100 in ten minutes along a straight line; counted from 21:30 on.
        using StreetRun run = Street.AtNight(2).Poles(1).Program(600, Street.Clock(12, 0, 900), Street.Clock(22, 0, 100)).Build();
        run.RunTo(30);
        run.Pole(0).Parts.Recorder.AdvanceTo(30 * 60_000_000L);
        long before = run.Pole(0).Parts.Recorder.EnergyMilliwattHours;
        run.Finish();
        double lampHours = (0.9 * 0.5) + (0.5 / 6) + (0.1 * (1 - (1 / 6.0)));
        double expected = (StandbyPowerWatts * 1.5) + ((FullPowerWatts - StandbyPowerWatts) * lampHours);
        Assert.Equal(expected, (run.Pole(0).Parts.Recorder.EnergyMilliwattHours - before) / 1000.0, expected * 0.005);
    }

    [Fact]
    public void Given_outages_When_the_controllers_use_power_Then_it_is_power_times_the_time_with_mains()
    {
        using StreetRun run = Street.AtNight(3).Poles(2).Constant(300).Controller(new ControllerModel { PowerMilliwatts = 800 }).Outage(30, 15, 0).Outage(100, 45, 0).Build();
        RunReport report = run.Finish();
        Assert.Equal(0.8 * 2, report.Poles[0].ControllerEnergyWattHours, 0.0001);
        Assert.Equal(0.8 * 3, report.Poles[1].ControllerEnergyWattHours, 0.0001);
        Assert.Equal(0.8 * 5, report.Energy.ControllersWattHours, 0.0001);
        Assert.Equal(FullPowerWatts * 2, report.Poles[0].UndimmedEnergyWattHours, 0.001);
        Assert.Equal(FullPowerWatts * 3, report.Poles[1].UndimmedEnergyWattHours, 0.001);
    }

    [Fact]
    public void Given_known_nights_When_compared_with_full_light_and_with_a_timer_Then_both_are_what_a_calculator_says()
    {
        KnownNight[] nights = [.. NavalObservatoryNights().GroupBy(night => night.Latitude).Select(group => group.First())];
        Assert.True(nights.Length >= 4, "the table has fewer places than it had");
        Assert.All(nights, AssertBaselines);
    }

    [Fact]
    public void Given_a_changing_night_When_the_pole_reports_its_energy_Then_it_agrees_with_the_lamp_within_two_percent()
    {
        using StreetRun run = Street.AtNight(6).Poles(3).Constant(300, 1000).Travellers(2000).Settings(new PoleSettings { StatusIntervalSeconds = 60 }).Build();
        RunReport report = run.Finish();
        for (int pole = 0; pole < 3; pole++)
        {
            double lampWattHours = report.Poles[pole].LampEnergyWattHours;
            Assert.InRange(lampWattHours, 110, 300);

            // The last status is a minute old.
            Assert.InRange(run.Operator.Poles[pole].EnergyWattHours, (lampWattHours * 0.98) - 2, lampWattHours * 1.02);
        }
    }

    // Full light until two hours after dusk, then half light by the timer until an hour before dawn.
    private static void AssertBaselines(KnownNight night)
    {
        TimeZoneRule zone = new() { UtcOffsetMinutes = (int)Math.Round(night.Longitude / 15) * 60, DaylightSaving = DaylightSavingRule.None };
        DateTime startLocal = zone.ToLocal(Ms(night.DuskUtc.AddHours(-2)));
        TimerBaseline timer = new()
        {
            DimFromMinute = Minute(zone.ToLocal(Ms(night.DuskUtc.AddHours(2)))),
            DimToMinute = Minute(zone.ToLocal(Ms(night.DawnUtc.AddHours(-1)))),
            LevelPermille = 500,
        };
        double nightHours = (night.DawnUtc - night.DuskUtc).TotalHours;
        using StreetRun run = Street.From(startLocal.ToString("s", CultureInfo.InvariantCulture), nightHours + 3).PoleAt(night.Latitude, night.Longitude)
            .With(scenario => scenario with { TimeZone = zone, StartUtcMs = zone.ToUtcMs(startLocal), Baselines = new BaselinePlan { Timer = timer } }).Build();
        PoleReport pole = Assert.Single(run.Finish().Poles);

        // The table is in whole minutes, so is the timer: four minutes of full power are the tolerance.
        double tolerance = FullPowerWatts * 4 / 60;
        double dimmedWatts = StandbyPowerWatts + ((FullPowerWatts - StandbyPowerWatts) / 2);
        Assert.Equal(FullPowerWatts * nightHours, pole.UndimmedEnergyWattHours, tolerance);
        Assert.Equal((FullPowerWatts * 3) + (dimmedWatts * (nightHours - 3)), pole.TimerEnergyWattHours, tolerance);
    }

    // Both times of a row are of its day of UTC, and the table has single days: the dawn after a dusk comes from the world's sun, which other
    // tests hold against the same tables.
    private static IEnumerable<KnownNight> NavalObservatoryNights()
    {
        string file = ScenarioFiles.SharedData("solar/klausbrunner_sunrise_usno_reference_testdata_civil.csv");
        foreach (string[] row in File.ReadLines(file).Where(line => !line.StartsWith('#')).Select(line => line.Split(',')).Where(row => row.Length > 5 && row[3] == "NORMAL"))
        {
            double latitude = double.Parse(row[1], CultureInfo.InvariantCulture);
            double longitude = double.Parse(row[2], CultureInfo.InvariantCulture);
            DateTime dusk = Utc(row[0][..10] + "T" + row[5]);
            Night night = SunModel.NightsBetween(Ms(dusk.AddHours(-6)), Ms(dusk.AddHours(24)), latitude, longitude)
                .Single(candidate => Math.Abs(candidate.FromUtcMs - Ms(dusk)) < 90_000);
            yield return new KnownNight(latitude, longitude, dusk, DateTime.UnixEpoch.AddMilliseconds(night.ToUtcMs));
        }
    }

    private static int Minute(DateTime local) => (local.Hour * 60) + local.Minute;

    private static long Ms(DateTime utc) => (utc.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond;

    private static DateTime Utc(string text) => DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal);

    private sealed record KnownNight(double Latitude, double Longitude, DateTime DuskUtc, DateTime DawnUtc);
}
