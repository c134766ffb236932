// LightingSchedule against the oracle for every minute of a year at several places, and what else its users rely on.
using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using PoleController.Lighting;
using PoleController.Settings;
using PoleController.Time;
using Xunit;

namespace PoleController.Tests.Lighting;

public sealed class LightingScheduleTests(ITestOutputHelper output)
{
    private const long MinuteMs = 60000;
    private const long DayMs = 86400000;

    public static TheoryData<string, double, double, string, int, DaylightSavingRule, int> Places => new()
    {
        { "Berlin", 52.52, 13.405, "Europe/Berlin", 60, DaylightSavingRule.EuropeanUnion, 2026 },
        { "Montpellier", 43.61, 3.877, "Europe/Paris", 60, DaylightSavingRule.EuropeanUnion, 2028 },
        { "New York", 40.713, -74.006, "America/New_York", -300, DaylightSavingRule.UnitedStates, 2026 },
        { "Quito", -0.18, -78.468, "America/Guayaquil", -300, DaylightSavingRule.None, 2026 },
        { "Tromsoe", 69.649, 18.956, "Europe/Oslo", 60, DaylightSavingRule.EuropeanUnion, 2026 },
        { "Sydney", -33.869, 151.209, "Australia/Sydney", 600, DaylightSavingRule.AustraliaSouthEast, 2026 },
    };

    [Theory]
    [MemberData(nameof(Places))]
    public void Every_minute_of_a_year_has_the_level_of_the_oracle(
        string place, double latitude, double longitude, string zone, int utcOffsetMinutes, DaylightSavingRule rule, int year)
    {
        ControllerSettings settings = ScheduleSettings.ForPlace(latitude, longitude, utcOffsetMinutes, (int)rule);
        ScheduleOracle oracle = new(settings, DateTimeZoneProviders.Tzdb[zone], new SunOracle(latitude, longitude, year));
        LightingSchedule schedule = new(settings);
        int doubtful = 0;
        HashSet<(int Program, int Point)> seen = [];
        for (long utcMs = Utc(year, 1, 1, 0); utcMs < Utc(year + 1, 1, 1, 0); utcMs += MinuteMs)
        {
            schedule.Update(utcMs);
            OraclePoint expected = oracle.At(utcMs);
            seen.Add((schedule.ProgramIndex, schedule.PointIndex));
            if (expected.Level == schedule.LevelPermille && expected.OccupancyLevel == schedule.OccupancyLevelPermille
                && expected.Program == schedule.ProgramIndex && expected.Point == schedule.PointIndex && schedule.CanCompute)
            {
                continue;
            }

            // Both computations of the sun are good to 0.01 degree, and the oracle's events are interpolated between minutes.
            Assert.True(
                oracle.IsDoubtful(utcMs, 0.03),
                $"{place} {Instant.FromUnixTimeMilliseconds(utcMs)}: program {schedule.ProgramIndex} point {schedule.PointIndex} "
                + $"level {schedule.LevelPermille} instead of {expected}");
            doubtful++;
        }

        output.WriteLine($"{place}: {doubtful} minutes differ at a time of the sun");

        // About 1,000 times of the sun in a year, each some seconds apart in the two computations; Tromsoe has sun that grazes.
        Assert.InRange(doubtful, 0, 100);
        Assert.True(seen.Count >= 15, $"only {seen.Count} of the points were ever in force");
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void The_next_change_is_exact(
        string place, double latitude, double longitude, string zone, int utcOffsetMinutes, DaylightSavingRule rule, int year)
    {
        Assert.NotEmpty(place);
        Assert.NotEmpty(zone);
        ControllerSettings settings = ScheduleSettings.ForPlace(latitude, longitude, utcOffsetMinutes, (int)rule);
        LightingSchedule schedule = new(settings);
        LightingSchedule before = new(settings);
        LightingSchedule at = new(settings);
        long utcMs = Utc(year, 1, 1, 0);
        int changes = 0;
        while (utcMs < Utc(year + 1, 1, 1, 0))
        {
            schedule.Update(utcMs);
            long nextUtcMs = schedule.NextChangeUtcMs;
            Assert.True(nextUtcMs > utcMs);
            before.Invalidate();
            before.Update(nextUtcMs - 1);
            Assert.Equal(State(schedule), State(before));
            at.Invalidate();
            at.Update(nextUtcMs);
            Assert.True(at.NextChangeUtcMs > nextUtcMs);
            changes += State(at) == State(schedule) ? 0 : 1;
            utcMs = nextUtcMs;
        }

        Assert.InRange(changes, 365, 365 * 8);
    }

    [Fact]
    public void The_time_may_jump_anywhere()
    {
        ControllerSettings settings = ScheduleSettings.ForPlace(52.52, 13.405, 60, (int)DaylightSavingRule.EuropeanUnion);
        LightingSchedule schedule = new(settings);
        Gen<long> far = Gen.Choose(-20 * 366, 140 * 366).Select(days => days * DayMs);
        Gen<long> near = Gen.Choose(0, 3 * 1440).Select(minutes => Utc(2026, 3, 28, 0) + (minutes * MinuteMs));
        Gen<long> any = Gen.OneOf(
            far, near, Gen.Constant(long.MinValue), Gen.Constant(long.MaxValue), Gen.Constant(LightingSchedule.FirstUtcMs), Gen.Constant(LightingSchedule.EndUtcMs));
        Prop.ForAll(any.ToArbitrary(), utcMs =>
        {
            LightingSchedule fresh = new(settings);
            fresh.Update(utcMs);
            schedule.Update(utcMs);
            return State(fresh) == State(schedule) && fresh.NextChangeUtcMs == schedule.NextChangeUtcMs;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5000));
    }

    [Fact]
    public void Any_settings_in_range_have_a_level_at_any_time()
    {
        Gen<(int[] Numbers, int Minutes)> cases =
            from numbers in Gen.ArrayOf(Gen.Choose(0, int.MaxValue - 1), 40)
            from minutes in Gen.Choose(0, 101 * 365 * 1440)
            select (numbers, minutes);
        Prop.ForAll(cases.ToArbitrary(), c =>
        {
            ControllerSettings settings = Arbitrary(c.Numbers);
            LightingSchedule schedule = new(settings);
            long utcMs = LightingSchedule.FirstUtcMs + (c.Minutes * MinuteMs);
            schedule.Update(utcMs);
            int day = LightingDay.At(utcMs, settings);
            return schedule.CanCompute && schedule.LevelPermille is >= 0 and <= 1000 && schedule.NextChangeUtcMs > utcMs
                && LightingDay.BeginUtcMs(day, settings) <= utcMs && utcMs < LightingDay.BeginUtcMs(day + 1, settings)
                && schedule.NextChangeUtcMs <= LightingDay.BeginUtcMs(day + 1, settings);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5000));
    }

    [Theory]
    [InlineData(2026, 3, 28, 23)]
    [InlineData(2026, 10, 24, 25)]
    [InlineData(2026, 6, 1, 24)]
    public void A_lighting_day_has_the_hours_between_two_local_noons(int year, int month, int day, int hours)
    {
        ControllerSettings settings = ScheduleSettings.ForPlace(52.52, 13.405, 60, (int)DaylightSavingRule.EuropeanUnion);
        int lightingDay = CivilDate.ToDays(year, month, day);
        Assert.Equal(hours * 60 * MinuteMs, LightingDay.BeginUtcMs(lightingDay + 1, settings) - LightingDay.BeginUtcMs(lightingDay, settings));
    }

    [Theory]
    [InlineData(DaylightSavingRule.EuropeanUnion, 2026, 3, 28)]
    [InlineData(DaylightSavingRule.EuropeanUnion, 2026, 10, 24)]
    [InlineData(DaylightSavingRule.UnitedStates, 2026, 3, 7)]
    [InlineData(DaylightSavingRule.UnitedStates, 2026, 10, 31)]
    [InlineData(DaylightSavingRule.AustraliaSouthEast, 2026, 4, 4)]
    [InlineData(DaylightSavingRule.NewZealand, 2026, 9, 26)]
    [InlineData(DaylightSavingRule.Chile, 2026, 9, 5)]
    public void Wherever_the_clock_is_changed_every_time_lies_in_one_lighting_day(DaylightSavingRule rule, int year, int month, int day)
    {
        // The EU's rule with an offset of UTC+10 and more changes the clock over noon.
        for (int utcOffsetMinutes = -720; utcOffsetMinutes <= 840; utcOffsetMinutes += 15)
        {
            ControllerSettings settings = ScheduleSettings.ForPlace(0, utcOffsetMinutes / 4.0 > 180 ? 180 : utcOffsetMinutes / 4.0, utcOffsetMinutes, (int)rule);
            LightingSchedule schedule = new(settings);
            int before = int.MinValue;
            for (long utcMs = Utc(year, month, day, 0); utcMs < Utc(year, month, day, 0) + (3 * DayMs); utcMs += 5 * MinuteMs)
            {
                int lightingDay = LightingDay.At(utcMs, settings);
                Assert.True(lightingDay >= before, "a lighting day came back");
                before = lightingDay;
                Assert.True(LightingDay.BeginUtcMs(lightingDay, settings) <= utcMs);
                Assert.True(utcMs < LightingDay.BeginUtcMs(lightingDay + 1, settings));
                schedule.Update(utcMs);
                Assert.True(schedule.NextChangeUtcMs > utcMs);
            }
        }
    }

    [Fact]
    public void Without_a_position_a_program_by_the_clock_runs_and_one_by_the_sun_does_not()
    {
        ControllerSettings settings = new();
        LightingSchedule schedule = new(settings);
        schedule.Update(Utc(2026, 7, 1, 22));
        Assert.False(schedule.CanCompute);
        Assert.Equal(1000, schedule.LevelPermille);

        ScheduleSettings.AddPoint(settings.Programs[0], SwitchingReference.Clock, 20 * 60, 600);
        ScheduleSettings.AddPoint(settings.Programs[0], SwitchingReference.Clock, 6 * 60, 0);
        schedule.Invalidate();
        schedule.Update(Utc(2026, 7, 1, 22));
        Assert.True(schedule.CanCompute);
        Assert.Equal(600, schedule.LevelPermille);

        ScheduleSettings.AddPoint(settings.Programs[0], SwitchingReference.Sunrise, 0, 0);
        schedule.Invalidate();
        schedule.Update(Utc(2026, 7, 1, 22));
        Assert.False(schedule.CanCompute);
    }

    [Fact]
    public void Outside_2000_to_2100_there_is_no_level_and_the_light_is_full()
    {
        LightingSchedule schedule = new(ScheduleSettings.ForPlace(52.52, 13.405, 60, (int)DaylightSavingRule.EuropeanUnion));
        schedule.Update(0);
        Assert.False(schedule.CanCompute);
        Assert.Equal(1000, schedule.LevelPermille);
        Assert.Equal(LightingSchedule.FirstUtcMs, schedule.NextChangeUtcMs);
        schedule.Update(LightingSchedule.EndUtcMs);
        Assert.False(schedule.CanCompute);
        schedule.Update(LightingSchedule.EndUtcMs - 1);
        Assert.True(schedule.CanCompute);
    }

    [Fact]
    public void Changed_settings_act_after_Invalidate()
    {
        ControllerSettings settings = ScheduleSettings.ForPlace(52.52, 13.405, 60, (int)DaylightSavingRule.EuropeanUnion);
        LightingSchedule schedule = new(settings);

        // A Wednesday night in winter: the workdays' program at 23:30.
        schedule.Update(Utc(2026, 1, 14, 22) + (30 * MinuteMs));
        Assert.Equal((300, 800, 60000, 1), (schedule.LevelPermille, schedule.OccupancyLevelPermille, schedule.FadeMs, schedule.PointIndex));
        settings.Programs[1].LevelPermille[1] = 350;
        schedule.Invalidate();
        schedule.Update(Utc(2026, 1, 14, 22) + (30 * MinuteMs));
        Assert.Equal(350, schedule.LevelPermille);
    }

    [Fact]
    public void In_polar_night_the_built_in_program_never_goes_dark_and_in_polar_day_never_on()
    {
        ControllerSettings settings = new() { HasPosition = true, LatitudeMicrodegrees = 78220000, LongitudeMicrodegrees = 15650000 };
        LightingSchedule schedule = new(settings);
        for (long minute = 0; minute < 20 * 1440; minute++)
        {
            schedule.Update(Utc(2026, 12, 11, 0) + (minute * MinuteMs));
            Assert.Equal(1000, schedule.LevelPermille);
            schedule.Update(Utc(2026, 6, 11, 0) + (minute * MinuteMs));
            Assert.Equal(0, schedule.LevelPermille);
        }
    }

    [Fact]
    public void Update_makes_no_garbage()
    {
        LightingSchedule schedule = new(ScheduleSettings.ForPlace(52.52, 13.405, 60, (int)DaylightSavingRule.EuropeanUnion));
        schedule.Update(Utc(2026, 1, 1, 0));
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int minute = 0; minute < 366 * 1440; minute++)
        {
            schedule.Update(Utc2026Ms + (minute * MinuteMs));
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static readonly long Utc2026Ms = Utc(2026, 1, 1, 0);

    private static (bool CanCompute, int Program, int Point, int Level, int OccupancyLevel, int FadeMs) State(LightingSchedule schedule)
    {
        return (schedule.CanCompute, schedule.ProgramIndex, schedule.PointIndex, schedule.LevelPermille, schedule.OccupancyLevelPermille, schedule.FadeMs);
    }

    // Any position, offset and rule, and a program of any points.
    private static ControllerSettings Arbitrary(int[] numbers)
    {
        ControllerSettings settings = new()
        {
            HasPosition = true,
            LatitudeMicrodegrees = (numbers[0] % 180000001) - 90000000,
            LongitudeMicrodegrees = (numbers[1] % 360000001) - 180000000,
            UtcOffsetMinutes = ((numbers[2] % 105) * 15) - 720,
            DaylightSaving = numbers[3] % 3,
        };
        int count = numbers[4] % (LightingProgram.MaximumPoints + 1);
        for (int i = 0; i < count; i++)
        {
            SwitchingReference reference = (SwitchingReference)(numbers[5 + (4 * i)] % 5);
            int offset = reference == SwitchingReference.Clock ? numbers[6 + (4 * i)] % 1440 : (numbers[6 + (4 * i)] % 1441) - 720;
            ScheduleSettings.AddPoint(settings.Programs[0], reference, offset, numbers[7 + (4 * i)] % 1001, numbers[8 + (4 * i)] % 1001);
        }

        Assert.Equal(SettingsFault.None, SettingsRules.Validate(settings));
        return settings;
    }

    private static long Utc(int year, int month, int day, int hour)
    {
        return new DateTimeOffset(year, month, day, hour, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
    }
}
