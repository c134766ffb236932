// CivilDate against the base library's calendar, every day of two centuries.
using PoleController.Time;
using Xunit;

namespace PoleController.Tests.Time;

public sealed class CivilDateTests
{
    [Fact]
    public void Every_day_from_1900_to_2200_agrees_with_the_base_library()
    {
        DateOnly epoch = new(1970, 1, 1);
        for (DateOnly date = new(1900, 1, 1); date.Year < 2200; date = date.AddDays(1))
        {
            int days = date.DayNumber - epoch.DayNumber;
            CivilDate.FromDays(days, out int year, out int month, out int day);
            Assert.True(date == new DateOnly(year, month, day), $"{date} came back as {year}-{month}-{day}");
            Assert.Equal(days, CivilDate.ToDays(date.Year, date.Month, date.Day));
            Assert.Equal(((int)date.DayOfWeek + 6) % 7, CivilDate.WeekdayOf(days));
            Assert.Equal(date.Year, CivilDate.YearOf(days));
        }
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(1600, 2, 29)]
    [InlineData(2000, 2, 29)]
    [InlineData(2100, 3, 1)]
    [InlineData(9999, 12, 31)]
    public void The_ends_of_the_range_come_back(int year, int month, int day)
    {
        int days = CivilDate.ToDays(year, month, day);
        Assert.Equal(new DateOnly(year, month, day).DayNumber - new DateOnly(1970, 1, 1).DayNumber, days);
        CivilDate.FromDays(days, out int yearBack, out int monthBack, out int dayBack);
        Assert.Equal((year, month, day), (yearBack, monthBack, dayBack));
    }

    [Fact]
    public void Months_have_their_days()
    {
        for (int year = 1999; year <= 2101; year++)
        {
            Assert.Equal(DateTime.IsLeapYear(year), CivilDate.IsLeapYear(year));
            for (int month = 1; month <= 12; month++)
            {
                Assert.Equal(DateTime.DaysInMonth(year, month), CivilDate.DaysInMonth(year, month));
            }
        }
    }

    [Theory]
    [InlineData(0L, 0)]
    [InlineData(86399999L, 0)]
    [InlineData(86400000L, 1)]
    [InlineData(-1L, -1)]
    [InlineData(-86400000L, -1)]
    [InlineData(-86400001L, -2)]
    public void A_time_lies_on_the_day_that_began_before_it(long timeMs, int days)
    {
        Assert.Equal(days, CivilDate.DayOf(timeMs));
    }
}
