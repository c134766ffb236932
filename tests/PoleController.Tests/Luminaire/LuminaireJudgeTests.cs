// What is wrong with a luminaire by its power, against a model written from the README's table alone; no sequence of readings makes an alarm flicker.
using FsCheck;
using FsCheck.Fluent;
using PoleController.Luminaire;
using PoleController.Settings;
using Xunit;

namespace PoleController.Tests.Luminaire;

public sealed class LuminaireJudgeTests
{
    private const int Full = 40000;
    private const int Standby = 500;
    private const long Minute = 60000;

    private readonly ControllerSettings _settings = new() { LuminaireFullPowerMilliwatts = Full, LuminaireStandbyPowerMilliwatts = Standby };

    [Theory]
    [InlineData(1000, 52000, false)]
    [InlineData(1000, 52100, true)]
    [InlineData(500, 26325, false)]
    [InlineData(500, 26400, true)]
    [InlineData(100, 6450, false)]
    [InlineData(100, 6500, true)]
    [InlineData(50, 40000, false)]
    public void Given_a_level_When_more_is_drawn_than_it_explains_Then_the_limit_is_the_tolerance_and_at_least_five_percent_of_full(int level, int power, bool isTooHigh)
    {
        LuminaireJudge judge = Judged(level, power, 2);
        Assert.Equal(isTooHigh, judge.IsPowerTooHigh);
        Assert.Equal(0, Judged(level, power, 1).ChangeCount);
    }

    [Theory]
    [InlineData(1000, 27900, true, false)]
    [InlineData(1000, 28100, false, false)]
    [InlineData(1000, 19000, false, true)]
    public void Given_a_level_When_less_is_drawn_Then_it_is_too_low_and_below_half_a_lamp_failure(int level, int power, bool isTooLow, bool isFailure)
    {
        LuminaireJudge judge = Judged(level, power, 4);
        Assert.Equal((isTooLow, isFailure), (judge.IsPowerTooLow, judge.IsLampFailure));
    }

    [Fact]
    public void Given_a_curve_of_the_gear_When_judged_Then_its_points_are_what_is_expected()
    {
        _settings.Supervision.PointCount = 2;
        _settings.Supervision.PointLevelPermille[0] = 200;
        _settings.Supervision.PointPowerPermille[0] = 350;
        _settings.Supervision.PointLevelPermille[1] = 600;
        _settings.Supervision.PointPowerPermille[1] = 750;
        foreach ((int level, double share) in new[] { (100, 0.175), (200, 0.35), (400, 0.55), (600, 0.75), (800, 0.875), (1000, 1.0) })
        {
            int power = Standby + (int)((Full - Standby) * share);
            LuminaireJudge judge = Judged(level, power, 2);
            Assert.InRange(judge.PercentOfExpected, 99, 101);
            Assert.Equal(0, judge.ChangeCount);
        }
    }

    [Fact]
    public void Given_a_lamp_that_fails_while_it_is_lit_When_judged_Then_that_is_told_apart_from_one_that_never_lit()
    {
        LuminaireJudge lit = new(_settings);
        Read(lit, 0, 1000, Full, 3);
        Read(lit, 3 * Minute, 700, Standby, 2);
        Assert.True(lit.IsLampFailure && lit.IsUnexpectedOff && !lit.IsGearFailure);

        // Switched off and on again it is a lamp that does not light.
        Read(lit, 5 * Minute, 0, Standby, 2);
        Assert.True(lit.IsLampFailure && lit.IsUnexpectedOff);
        Read(lit, 7 * Minute, 700, Full * 7 / 10, 2);
        Assert.False(lit.IsLampFailure || lit.IsUnexpectedOff);

        LuminaireJudge never = Judged(1000, Standby, 5);
        Assert.True(never.IsLampFailure && !never.IsUnexpectedOff);
    }

    [Fact]
    public void Given_gear_that_draws_not_even_its_standby_When_judged_Then_it_is_the_gear_unless_the_meter_could_not_tell()
    {
        Assert.True(Judged(1000, 100, 2).IsGearFailure);
        Assert.False(Judged(1000, 130, 2).IsGearFailure);
        _settings.LuminaireStandbyPowerMilliwatts = LuminaireJudge.GearFailureMinimumMilliwatts - 1;
        Assert.False(Judged(1000, 0, 2).IsGearFailure);
    }

    [Fact]
    public void Given_a_lamp_that_goes_off_and_on_by_itself_When_judged_Then_it_cycles_until_an_hour_had_less_than_half_of_that()
    {
        LuminaireJudge judge = new(_settings);
        long now = 0;
        for (int i = 0; i < 4; i++)
        {
            Assert.False(judge.IsCycling);
            Read(judge, now, 1000, Full, 5);
            Read(judge, now + (5 * Minute), 1000, Standby, 1);
            now += 6 * Minute;
        }

        Assert.True(judge.IsCycling);
        Assert.Equal(4, judge.CyclesPerHour);
        Read(judge, now, 1000, Full, 30);
        Assert.True(judge.IsCycling);
        Read(judge, now + (30 * Minute), 1000, Full, 45);
        Assert.False(judge.IsCycling);
    }

    /// <summary>Any luminaire, any readings: what is raised is what a model says that knows the limits and nothing else.</summary>
    [Fact]
    public void Given_any_readings_When_judged_Then_alarms_are_those_of_the_model_and_none_changes_without_two_readings_in_a_row()
    {
        Prop.ForAll(Arb.From(Gen.Choose(0, int.MaxValue - 1)), seed =>
        {
            Random random = new(seed);
            ControllerSettings settings = new()
            {
                LuminaireFullPowerMilliwatts = 10000 + random.Next(190000),
                LuminaireStandbyPowerMilliwatts = random.Next(2000),
            };
            settings.Supervision.TolerancePercent = 10 + random.Next(51);
            LuminaireJudge judge = new(settings);
            Model model = new(settings);
            int level = 1000;
            double share = 1;
            for (int i = 0; i < 400; i++)
            {
                level = random.Next(5) == 0 ? random.Next(4) == 0 ? 0 : random.Next(1001) : level;
                share = random.Next(6) == 0 ? random.NextDouble() * 2 : share;
                int expected = settings.LuminaireStandbyPowerMilliwatts
                    + (int)((settings.LuminaireFullPowerMilliwatts - settings.LuminaireStandbyPowerMilliwatts) * (long)level / 1000);
                int power = (int)(expected * share);
                judge.Judge(i * Minute, level, power, true);
                model.Take(level, power);
                Assert.Equal(model.State, (judge.IsLampFailure, judge.IsDayBurner, judge.IsPowerTooHigh, judge.IsPowerTooLow));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));
    }

    private LuminaireJudge Judged(int level, int power, int readings)
    {
        LuminaireJudge judge = new(_settings);
        Read(judge, 0, level, power, readings);
        return judge;
    }

    private static void Read(LuminaireJudge judge, long now, int level, int power, int readings)
    {
        for (int i = 0; i < readings; i++)
        {
            judge.Judge(now + (i * Minute), level, power, true);
        }
    }

    private sealed class Model(ControllerSettings settings)
    {
        private readonly Dictionary<string, (bool Raised, int Count)> _alarms = [];

        public (bool Lamp, bool Burner, bool High, bool Low) State => (Is("lamp"), Is("burner"), Is("high"), Is("low"));

        public void Take(int level, int power)
        {
            double standby = settings.LuminaireStandbyPowerMilliwatts;
            double full = settings.LuminaireFullPowerMilliwatts;
            if (level == 0)
            {
                Vote("burner", power > Math.Max(2 * standby, standby + (full / 10)), power <= Math.Max(Math.Floor(1.5 * standby), standby + (full / 20)));
            }
            else if (level >= 100)
            {
                double due = Math.Floor((full - standby) * level / 1000);
                Vote("lamp", (power - standby) < 0.5 * due, power - standby >= 0.6 * due);
                double limit = Math.Max(Math.Floor((due + standby) * settings.Supervision.TolerancePercent / 100), Math.Floor(full / 20));
                double off = power - due - standby;
                bool isFailure = power - standby < 0.5 * due || Is("lamp");
                Vote("high", off > limit, off <= Math.Floor(limit * 0.7));
                Vote("low", !isFailure && -off > limit, isFailure || -off <= Math.Floor(limit * 0.7));
            }
        }

        private bool Is(string alarm) => _alarms.GetValueOrDefault(alarm).Raised;

        private void Vote(string alarm, bool isBad, bool isGood)
        {
            (bool raised, int count) = _alarms.GetValueOrDefault(alarm);
            count = (raised ? isGood : isBad) ? count + 1 : 0;
            _alarms[alarm] = count == 2 ? (!raised, 0) : (raised, count);
        }
    }
}
