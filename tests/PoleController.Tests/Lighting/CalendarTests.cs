// Which program the calendar selects for a lighting day.
using PoleController.Lighting;
using PoleController.Settings;
using PoleController.Time;
using Xunit;

namespace PoleController.Tests.Lighting;

public sealed class CalendarTests
{
    private const byte EveryDay = 127;
    private const byte Weekend = 0b1100000;

    private readonly Calendar _calendar = new();

    [Fact]
    public void An_empty_calendar_selects_program_0()
    {
        Assert.Equal(0, On(2026, 7, 1));
    }

    [Fact]
    public void The_first_rule_that_holds_selects()
    {
        AddRule(Weekend, 101, 1231, 2);
        AddRule(EveryDay, 601, 831, 1);
        Assert.Equal(2, On(2026, 7, 4));
        Assert.Equal(2, On(2026, 7, 5));
        Assert.Equal(1, On(2026, 7, 6));
        Assert.Equal(1, On(2026, 6, 1));
        Assert.Equal(1, On(2026, 8, 31));
        Assert.Equal(0, On(2026, 9, 1));
        Assert.Equal(0, On(2027, 5, 31));
    }

    [Theory]
    [InlineData(12, 1, 3)]
    [InlineData(12, 31, 3)]
    [InlineData(1, 1, 3)]
    [InlineData(2, 29, 3)]
    [InlineData(3, 1, 0)]
    [InlineData(11, 30, 0)]
    public void A_season_goes_over_the_new_year_when_its_end_is_before_its_begin(int month, int day, int program)
    {
        AddRule(EveryDay, 1201, 229, 3);
        Assert.Equal(program, On(2028, month, day));
    }

    [Fact]
    public void Each_weekday_has_its_bit()
    {
        // 2026-06-01 is a Monday.
        for (int weekday = 0; weekday < 7; weekday++)
        {
            _calendar.RuleCount = 0;
            AddRule((byte)(1 << weekday), 101, 1231, 1);
            for (int day = 0; day < 7; day++)
            {
                Assert.Equal(day == weekday ? 1 : 0, On(2026, 6, 1 + day));
            }
        }
    }

    [Theory]
    [InlineData(1, 6)]
    [InlineData(2, 13)]
    [InlineData(4, 20)]
    [InlineData(8, 27)]
    [InlineData(32, 27)]
    public void A_rule_can_mean_one_of_a_months_weekdays(byte occurrences, int friday)
    {
        // November 2026 has four Fridays: 6, 13, 20, 27.
        AddRule(0b0010000, 101, 1231, 1);
        _calendar.RuleOccurrenceMask[0] = occurrences;
        for (int day = 1; day <= 30; day++)
        {
            Assert.Equal(day == friday ? 1 : 0, On(2026, 11, day));
        }
    }

    [Fact]
    public void A_fifth_weekday_exists_in_some_months_only()
    {
        AddRule(0b1000000, 101, 1231, 1);
        _calendar.RuleOccurrenceMask[0] = 16;
        Assert.Equal(1, On(2026, 5, 31));
        Assert.All(Enumerable.Range(1, 30), day => Assert.Equal(0, On(2026, 6, day)));
    }

    [Fact]
    public void A_rule_for_holidays_holds_on_whatever_weekday_and_gives_way_to_the_rules_before_it()
    {
        AddRule(0b0000001, 101, 1231, 1);
        AddRule(Calendar.HolidayBit, 101, 1231, 2);
        Assert.Equal(2, On(2026, 5, 1, isHoliday: true));
        Assert.Equal(0, On(2026, 5, 1));
        Assert.Equal(1, On(2026, 5, 25, isHoliday: true));
    }

    [Fact]
    public void Public_holidays_are_dates_of_every_year_or_of_one()
    {
        HolidaySettings holidays = new() { HolidayCount = 2 };
        (holidays.HolidayMonthDay[0], holidays.HolidayYear[1], holidays.HolidayMonthDay[1]) = (1225, 2026, 405);
        Assert.True(holidays.Contains(CivilDate.ToDays(2031, 12, 25)));
        Assert.True(holidays.Contains(CivilDate.ToDays(2026, 4, 5)));
        Assert.False(holidays.Contains(CivilDate.ToDays(2027, 4, 5)));
        Assert.False(holidays.Contains(CivilDate.ToDays(2026, 12, 24)));
    }

    [Fact]
    public void An_exception_day_goes_before_every_rule()
    {
        AddRule(EveryDay, 101, 1231, 1);
        AddException(2026, 714, 2);
        AddException(0, 1224, 3);
        Assert.Equal(2, On(2026, 7, 14));
        Assert.Equal(1, On(2027, 7, 14));
        Assert.Equal(3, On(2026, 12, 24));
        Assert.Equal(3, On(2031, 12, 24));
    }

    [Fact]
    public void The_29th_of_February_of_every_year_exists_in_leap_years_only()
    {
        AddException(0, 229, 3);
        Assert.Equal(3, On(2028, 2, 29));
        Assert.Equal(0, On(2027, 2, 28));
        Assert.Equal(0, On(2027, 3, 1));
    }

    [Fact]
    public void A_program_that_does_not_exist_is_program_0()
    {
        AddRule(EveryDay, 101, 1231, 200);
        AddException(2026, 714, 4);
        Assert.Equal(0, On(2026, 7, 13));
        Assert.Equal(0, On(2026, 7, 14));
    }

    private int On(int year, int month, int day, bool isHoliday = false)
    {
        return _calendar.ProgramOn(CivilDate.ToDays(year, month, day), isHoliday);
    }

    private void AddRule(byte weekdays, short from, short to, byte program)
    {
        _calendar.RuleWeekdayMask[_calendar.RuleCount] = weekdays;
        _calendar.RuleFromMonthDay[_calendar.RuleCount] = from;
        _calendar.RuleToMonthDay[_calendar.RuleCount] = to;
        _calendar.RuleProgram[_calendar.RuleCount] = program;
        _calendar.RuleCount++;
    }

    private void AddException(short year, short monthDay, byte program)
    {
        _calendar.ExceptionYear[_calendar.ExceptionDayCount] = year;
        _calendar.ExceptionMonthDay[_calendar.ExceptionDayCount] = monthDay;
        _calendar.ExceptionProgram[_calendar.ExceptionDayCount] = program;
        _calendar.ExceptionDayCount++;
    }
}
