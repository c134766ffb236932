// SettingsRules: the range of every field, at both ends, as the settings' documentation states it.
using PoleController.Settings;
using Xunit;

namespace PoleController.Tests.Settings;

public sealed class SettingsRulesTests
{
    [Fact]
    public void The_defaults_are_valid()
    {
        Assert.Equal(SettingsFault.None, SettingsRules.Validate(new ControllerSettings()));
    }

    [Theory]
    [InlineData(nameof(ControllerSettings.Revision), 0, int.MaxValue, SettingsFault.Revision)]
    [InlineData(nameof(ControllerSettings.LatitudeMicrodegrees), -90000000, 90000000, SettingsFault.Position)]
    [InlineData(nameof(ControllerSettings.LongitudeMicrodegrees), -180000000, 180000000, SettingsFault.Position)]
    [InlineData(nameof(ControllerSettings.UtcOffsetMinutes), -720, 840, SettingsFault.UtcOffset)]
    [InlineData(nameof(ControllerSettings.DaylightSaving), 0, 5, SettingsFault.DaylightSaving)]
    [InlineData(nameof(ControllerSettings.HoldTimeMs), 1000, 3600000, SettingsFault.HoldTime)]
    [InlineData(nameof(ControllerSettings.OccupancyFadeUpMs), 0, 10000, SettingsFault.OccupancyFade)]
    [InlineData(nameof(ControllerSettings.OccupancyFadeDownMs), 0, 60000, SettingsFault.OccupancyFade)]
    [InlineData(nameof(ControllerSettings.OccupancyDebounceMs), 0, 1000, SettingsFault.OccupancyDebounce)]
    [InlineData(nameof(ControllerSettings.StatusIntervalSeconds), 60, 86400, SettingsFault.StatusInterval)]
    [InlineData(nameof(ControllerSettings.PowerReturnDelayMaximumMs), 0, 60000, SettingsFault.PowerReturnDelay)]
    [InlineData(nameof(ControllerSettings.PhotocellOnLux), 1, 39, SettingsFault.Photocell)]
    [InlineData(nameof(ControllerSettings.PhotocellOffLux), 21, 2000, SettingsFault.Photocell)]
    [InlineData(nameof(ControllerSettings.PhotocellDelaySeconds), 0, 600, SettingsFault.Photocell)]
    [InlineData(nameof(ControllerSettings.LuminaireFullPowerMilliwatts), 0, 5000000, SettingsFault.LuminairePower)]
    [InlineData(nameof(ControllerSettings.LuminaireStandbyPowerMilliwatts), 0, 5000000, SettingsFault.LuminairePower)]
    public void A_field_may_be_at_its_ends_and_not_beyond(string field, int minimum, int maximum, SettingsFault fault)
    {
        Assert.Equal(SettingsFault.None, With(field, minimum));
        Assert.Equal(SettingsFault.None, With(field, maximum));
        Assert.Equal(fault, With(field, minimum - 1));
        if (maximum < int.MaxValue)
        {
            Assert.Equal(fault, With(field, maximum + 1));
        }
    }

    [Fact]
    public void A_window_of_answers_may_be_at_its_ends_and_not_beyond()
    {
        ControllerSettings settings = new();
        for (int group = 0; group < ControllerSettings.MulticastGroupCount; group++)
        {
            foreach ((int seconds, SettingsFault fault) in new[] { (0, SettingsFault.None), (7200, SettingsFault.None), (-1, SettingsFault.MulticastAnswerWindow), (7201, SettingsFault.MulticastAnswerWindow) })
            {
                settings.MulticastAnswerWindowSeconds[group] = seconds;
                Assert.Equal(fault, SettingsRules.Validate(settings));
            }

            settings.MulticastAnswerWindowSeconds[group] = 300;
        }
    }

    [Theory]
    [InlineData(0, 0, 0, 0, SettingsFault.None)]
    [InlineData(0, 1439, 1000, 1000, SettingsFault.None)]
    [InlineData(0, 1440, 0, 0, SettingsFault.PointOffset)]
    [InlineData(0, -1, 0, 0, SettingsFault.PointOffset)]
    [InlineData(1, -720, 0, 0, SettingsFault.None)]
    [InlineData(4, 720, 0, 0, SettingsFault.None)]
    [InlineData(4, 721, 0, 0, SettingsFault.PointOffset)]
    [InlineData(1, -721, 0, 0, SettingsFault.PointOffset)]
    [InlineData(5, 0, 0, 0, SettingsFault.PointReference)]
    [InlineData(-1, 0, 0, 0, SettingsFault.PointReference)]
    [InlineData(0, 0, 1001, 0, SettingsFault.PointLevel)]
    [InlineData(0, 0, -1, 0, SettingsFault.PointLevel)]
    [InlineData(0, 0, 0, 1001, SettingsFault.PointLevel)]
    [InlineData(0, 0, 0, -1, SettingsFault.PointLevel)]
    public void A_point_has_its_ranges(int reference, int offsetMinutes, int level, int occupancyLevel, SettingsFault fault)
    {
        Assert.Equal(fault, SettingsRules.ValidatePoint(reference, offsetMinutes, level, occupancyLevel));
    }

    [Fact]
    public void A_fault_in_any_program_is_found()
    {
        for (int i = 0; i < ControllerSettings.ProgramCount; i++)
        {
            ControllerSettings settings = new();
            settings.Programs[i].PointCount = 9;
            Assert.Equal(SettingsFault.ProgramPointCount, SettingsRules.Validate(settings));
            settings.Programs[i].PointCount = -1;
            Assert.Equal(SettingsFault.ProgramPointCount, SettingsRules.Validate(settings));
            settings.Programs[i].PointCount = 8;
            settings.Programs[i].FadeSeconds = 3601;
            Assert.Equal(SettingsFault.ProgramFade, SettingsRules.Validate(settings));
            settings.Programs[i].FadeSeconds = 3600;
            settings.Programs[i].Reference[7] = 5;
            Assert.Equal(SettingsFault.PointReference, SettingsRules.Validate(settings));
            settings.Programs[i].PointCount = 7;
            Assert.Equal(SettingsFault.None, SettingsRules.Validate(settings));
        }
    }

    [Theory]
    [InlineData(127, 101, 1231, 3, SettingsFault.None)]
    [InlineData(0, 229, 229, 0, SettingsFault.None)]
    [InlineData(255, 101, 1231, 0, SettingsFault.None)]
    [InlineData(127, 100, 1231, 0, SettingsFault.CalendarDate)]
    [InlineData(127, 101, 1232, 0, SettingsFault.CalendarDate)]
    [InlineData(127, 101, 431, 0, SettingsFault.CalendarDate)]
    [InlineData(127, 1301, 1231, 0, SettingsFault.CalendarDate)]
    [InlineData(127, -101, 1231, 0, SettingsFault.CalendarDate)]
    [InlineData(127, 101, 1231, 4, SettingsFault.CalendarProgram)]
    public void A_rule_has_its_ranges(int weekdays, int from, int to, int program, SettingsFault fault)
    {
        ControllerSettings settings = new();
        settings.Calendar.RuleCount = 1;
        settings.Calendar.RuleWeekdayMask[0] = (byte)weekdays;
        settings.Calendar.RuleFromMonthDay[0] = (short)from;
        settings.Calendar.RuleToMonthDay[0] = (short)to;
        settings.Calendar.RuleProgram[0] = (byte)program;
        Assert.Equal(fault, SettingsRules.Validate(settings));
    }

    [Theory]
    [InlineData(63, SettingsFault.None)]
    [InlineData(64, SettingsFault.CalendarWeekdays)]
    public void Occurrences_of_a_weekday_are_the_first_to_the_fifth_and_the_last(int occurrences, SettingsFault fault)
    {
        ControllerSettings settings = new();
        settings.Calendar.RuleCount = 1;
        settings.Calendar.RuleWeekdayMask[0] = 127;
        settings.Calendar.RuleOccurrenceMask[0] = (byte)occurrences;
        settings.Calendar.RuleFromMonthDay[0] = 101;
        settings.Calendar.RuleToMonthDay[0] = 1231;
        Assert.Equal(fault, SettingsRules.Validate(settings));
    }

    [Theory]
    [InlineData(0, 229, 3, SettingsFault.None)]
    [InlineData(2000, 101, 0, SettingsFault.None)]
    [InlineData(2099, 1231, 0, SettingsFault.None)]
    [InlineData(2028, 229, 0, SettingsFault.None)]
    [InlineData(2027, 229, 0, SettingsFault.CalendarDate)]
    [InlineData(1999, 101, 0, SettingsFault.CalendarDate)]
    [InlineData(2100, 101, 0, SettingsFault.CalendarDate)]
    [InlineData(-1, 101, 0, SettingsFault.CalendarDate)]
    [InlineData(0, 0, 0, SettingsFault.CalendarDate)]
    [InlineData(0, 1224, 4, SettingsFault.CalendarProgram)]
    public void An_exception_day_has_its_ranges(int year, int monthDay, int program, SettingsFault fault)
    {
        ControllerSettings settings = new();
        settings.Calendar.ExceptionDayCount = 1;
        settings.Calendar.ExceptionYear[0] = (short)year;
        settings.Calendar.ExceptionMonthDay[0] = (short)monthDay;
        settings.Calendar.ExceptionProgram[0] = (byte)program;
        Assert.Equal(fault, SettingsRules.Validate(settings));
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(9, 0)]
    [InlineData(0, -1)]
    [InlineData(0, 25)]
    public void A_calendar_holds_so_many_entries(int rules, int exceptionDays)
    {
        ControllerSettings settings = new();
        settings.Calendar.RuleCount = rules;
        settings.Calendar.ExceptionDayCount = exceptionDays;
        Assert.Equal(SettingsFault.CalendarCount, SettingsRules.Validate(settings));
    }

    private static SettingsFault With(string field, int value)
    {
        ControllerSettings settings = new();
        typeof(ControllerSettings).GetField(field)!.SetValue(settings, value);
        return SettingsRules.Validate(settings);
    }
}
