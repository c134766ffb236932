// Any valid settings, for property tests.
using FsCheck;
using FsCheck.Fluent;
using PoleController.Lighting;
using PoleController.Settings;

namespace PoleController.Tests.Settings;

internal static class SettingsGenerator
{
    /// <summary>A valid settings, every field anywhere in its range with its ends often.</summary>
    public static Gen<ControllerSettings> Valid { get; } = Gen.Choose(0, int.MaxValue - 1).Select(seed => Make(new Random(seed)));

    public static ControllerSettings Make(Random random)
    {
        ControllerSettings settings = new()
        {
            Revision = Pick(random, 0, int.MaxValue),
            LatitudeMicrodegrees = Pick(random, -90000000, 90000000),
            LongitudeMicrodegrees = Pick(random, -180000000, 180000000),
            HasPosition = random.Next(2) == 0,
            UtcOffsetMinutes = Pick(random, -720, 840),
            DaylightSaving = Pick(random, 0, 5),
            HoldTimeMs = Pick(random, 1000, 3600000),
            OccupancyFadeUpMs = Pick(random, 0, 10000),
            OccupancyFadeDownMs = Pick(random, 0, 60000),
            OccupancyDebounceMs = Pick(random, 0, 1000),
            StatusIntervalSeconds = Pick(random, 60, 86400),
            PowerReturnDelayMaximumMs = Pick(random, 0, 60000),
            PhotocellOnLux = Pick(random, 1, 1000),
            PhotocellDelaySeconds = Pick(random, 0, 600),
            LuminaireFullPowerMilliwatts = Pick(random, 0, SettingsRules.MaximumLuminairePowerMilliwatts),
            LuminaireStandbyPowerMilliwatts = Pick(random, 0, SettingsRules.MaximumLuminairePowerMilliwatts),
            IsStatusConfirmed = random.Next(2) == 0,
        };
        settings.PhotocellOffLux = Pick(random, settings.PhotocellOnLux + 1, 2000);
        foreach (LightingProgram program in settings.Programs)
        {
            Fill(program, random);
        }

        Fill(settings.Calendar, random);
        for (int i = 0; i < settings.MulticastAnswerWindowSeconds.Length; i++)
        {
            settings.MulticastAnswerWindowSeconds[i] = Pick(random, 0, ControllerSettings.MaximumMulticastAnswerWindowSeconds);
        }

        if (!settings.HasPosition)
        {
            settings.LatitudeMicrodegrees = 0;
            settings.LongitudeMicrodegrees = 0;
        }

        foreach (SettingsPart part in settings.Parts.Where(part => SettingsFields.Of(part).Length > 0))
        {
            SettingsFields.Fill(part, random);
        }

        FillLighting(settings, random);
        return settings;
    }

    // What a value at a time finds too seldom: dates, and levels that are whole in percent and in order.
    private static void FillLighting(ControllerSettings settings, Random random)
    {
        int[] limits = [.. Enumerable.Range(0, 3).Select(_ => Pick(random, 1, 100) * 10).OrderDescending()];
        for (int i = 0; i < limits.Length; i++)
        {
            settings.LoadShedding.LimitPermille[i] = (short)limits[i];
        }

        settings.LoadShedding.FloorPermille = Pick(random, 1, 100) * 10;
        (settings.DarkSky.IdleLevelPermille, settings.DarkSky.WarmSharePermille) = (Pick(random, 1, 100) * 10, Pick(random, 0, 100) * 10);
        (settings.DarkSky.FromMonthDay, settings.DarkSky.ToMonthDay) = (MonthDay(random, 2000), MonthDay(random, 2000));
        (settings.Emergency.EmergencyLevelPermille, settings.Emergency.CrisisLevelPermille) = (Pick(random, 10, 100) * 10, Pick(random, 0, 100) * 10);
        (settings.Groups.BoostPermille, settings.Daylight.LevelPermille) = (Pick(random, 0, 100) * 10, Pick(random, 1, 100) * 10);
        settings.Scenes.SceneCount = Pick(random, 0, SceneSettings.MaximumCount);
        for (int i = 0; i < settings.Scenes.SceneCount; i++)
        {
            settings.Scenes.SceneLevelPermille[i] = (short)(Pick(random, 0, 100) * 10);
            settings.Scenes.SceneFadeSeconds[i] = (short)Pick(random, 0, 3600);
            settings.Scenes.SceneWarmSharePermille[i] = (short)(random.Next(2) == 0 ? SceneSettings.WarmShareUnchanged : Pick(random, 0, 100) * 10);
        }

        settings.Holidays.HolidayCount = Pick(random, 1, HolidaySettings.MaximumCount);
        for (int i = 0; i < settings.Holidays.HolidayCount; i++)
        {
            settings.Holidays.HolidayYear[i] = (short)(random.Next(2) == 0 ? 0 : Pick(random, 2000, 2099));
            settings.Holidays.HolidayMonthDay[i] = MonthDay(random, settings.Holidays.HolidayYear[i] == 0 ? 2000 : settings.Holidays.HolidayYear[i]);
        }
    }

    private static void Fill(LightingProgram program, Random random)
    {
        program.PointCount = Pick(random, 0, LightingProgram.MaximumPoints);
        program.FadeSeconds = Pick(random, 0, 3600);
        for (int i = 0; i < program.PointCount; i++)
        {
            program.Reference[i] = (byte)Pick(random, 0, 4);
            program.OffsetMinutes[i] = (short)(program.Reference[i] == 0 ? Pick(random, 0, 1439) : Pick(random, -720, 720));
            program.LevelPermille[i] = (short)Pick(random, 0, 1000);
            program.OccupancyLevelPermille[i] = (short)Pick(random, 0, 1000);
        }
    }

    private static void Fill(Calendar calendar, Random random)
    {
        calendar.RuleCount = Pick(random, 0, Calendar.MaximumRules);
        for (int i = 0; i < calendar.RuleCount; i++)
        {
            calendar.RuleWeekdayMask[i] = (byte)Pick(random, 0, 255);
            calendar.RuleOccurrenceMask[i] = (byte)Pick(random, 0, 63);
            calendar.RuleFromMonthDay[i] = MonthDay(random, 2000);
            calendar.RuleToMonthDay[i] = MonthDay(random, 2000);
            calendar.RuleProgram[i] = (byte)Pick(random, 0, 3);
        }

        calendar.ExceptionDayCount = Pick(random, 0, Calendar.MaximumExceptionDays);
        for (int i = 0; i < calendar.ExceptionDayCount; i++)
        {
            int year = random.Next(2) == 0 ? 0 : Pick(random, 2000, 2099);
            calendar.ExceptionYear[i] = (short)year;
            calendar.ExceptionMonthDay[i] = MonthDay(random, year == 0 ? 2000 : year);
            calendar.ExceptionProgram[i] = (byte)Pick(random, 0, 3);
        }
    }

    private static short MonthDay(Random random, int year)
    {
        int month = Pick(random, 1, 12);
        return (short)((month * 100) + Pick(random, 1, DateTime.DaysInMonth(year, month)));
    }

    private static int Pick(Random random, int minimum, int maximum)
    {
        return random.Next(6) switch
        {
            0 => minimum,
            1 => maximum,
            _ => (int)random.NextInt64(minimum, maximum + 1L),
        };
    }
}
