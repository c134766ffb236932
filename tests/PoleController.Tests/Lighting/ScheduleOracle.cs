// What a schedule has to say, worked out the slow way: time zones from NodaTime, the sun from SunOracle, everything in lists.
using NodaTime;
using NodaTime.TimeZones;
using PoleController.Lighting;
using PoleController.Settings;

namespace PoleController.Tests.Lighting;

/// <summary>A point in force.</summary>
internal sealed record OraclePoint(long UtcMs, int Program, int Point, int Level, int OccupancyLevel, bool IsSun, bool IsPolarDay);

internal sealed class ScheduleOracle(ControllerSettings settings, DateTimeZone zone, SunOracle sun)
{
    private static readonly LocalTime Noon = new(12, 0);

    private static readonly ZoneLocalMappingResolver Resolver =
        Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnStartOfIntervalAfter);

    private readonly Dictionary<LocalDate, IReadOnlyList<OraclePoint>> _days = [];

    public OraclePoint At(long utcMs)
    {
        LocalDate date = Instant.FromUnixTimeMilliseconds(utcMs).InZone(zone).LocalDateTime.PlusHours(-12).Date;
        return Day(date).LastOrDefault(point => point.UtcMs <= utcMs) ?? Day(date.PlusDays(-1))[^1];
    }

    /// <summary>
    /// Whether two computations of the sun may disagree about which point is in force: the sun is within some hundredths of a degree of the altitude
    /// of one of the points that today's or yesterday's program has, or at midnight of a polar day, which the oracle takes as the minute of
    /// the lowest sun: at 70 degrees that is up to half a minute from the transit.
    /// </summary>
    public bool IsDoubtful(long utcMs, double degrees)
    {
        LocalDate date = Instant.FromUnixTimeMilliseconds(utcMs).InZone(zone).LocalDateTime.PlusHours(-12).Date;
        return Day(date).Concat(Day(date.PlusDays(-1))).Where(point => point.IsSun).Any(point =>
        {
            LightingProgram program = settings.Programs[point.Program];
            (SwitchingReference reference, int offset) = program.PointCount == 0
                ? (SwitchingReference.CivilDusk, 0)
                : ((SwitchingReference)program.Reference[point.Point], program.OffsetMinutes[point.Point]);
            return (point.IsPolarDay && Math.Abs(utcMs - point.UtcMs) <= 90000) || Math.Abs(sun.AltitudeAt(utcMs - (offset * 60000L)) - SunOracle.ReferenceAltitude(reference)) < degrees;
        });
    }

    private IReadOnlyList<OraclePoint> Day(LocalDate date)
    {
        if (!_days.TryGetValue(date, out IReadOnlyList<OraclePoint>? points))
        {
            points = Compute(date);
            _days.Add(date, points);
        }

        return points;
    }

    private List<OraclePoint> Compute(LocalDate date)
    {
        long beginUtcMs = Utc(date + Noon);
        long endUtcMs = Utc(date.PlusDays(1) + Noon);
        int index = ProgramOn(date);
        LightingProgram program = settings.Programs[index];
        if (program.PointCount == 0)
        {
            (long duskUtcMs, bool isDuskPolar) = SunUtcMs(SwitchingReference.CivilDusk, 0, beginUtcMs, endUtcMs);
            (long dawnUtcMs, bool isDawnPolar) = SunUtcMs(SwitchingReference.CivilDawn, 0, beginUtcMs, endUtcMs);
            return [new(duskUtcMs, index, -1, 1000, 0, true, isDuskPolar), new(dawnUtcMs, index, -1, 0, 0, true, isDawnPolar)];
        }

        // OrderBy keeps the order of equal times.
        return [.. Enumerable.Range(0, program.PointCount).Select(i =>
        {
            SwitchingReference reference = (SwitchingReference)program.Reference[i];
            int offset = program.OffsetMinutes[i];
            (long utcMs, bool isPolarDay) = reference == SwitchingReference.Clock
                ? (Utc(date.PlusDays(offset < 720 ? 1 : 0) + new LocalTime(offset / 60, offset % 60)), false)
                : SunUtcMs(reference, offset, beginUtcMs, endUtcMs);
            return new OraclePoint(
                utcMs, index, i, program.LevelPermille[i], program.OccupancyLevelPermille[i], reference != SwitchingReference.Clock, isPolarDay);
        }).OrderBy(point => point.UtcMs)];
    }

    private (long UtcMs, bool IsPolarDay) SunUtcMs(SwitchingReference reference, int offsetMinutes, long beginUtcMs, long endUtcMs)
    {
        (long utcMs, bool isPolarDay) = sun.Event(reference, beginUtcMs, endUtcMs);
        return (Math.Clamp(utcMs + (offsetMinutes * 60000L), beginUtcMs, endUtcMs), isPolarDay);
    }

    private int ProgramOn(LocalDate date)
    {
        Calendar calendar = settings.Calendar;
        int monthDay = (date.Month * 100) + date.Day;
        IEnumerable<int> exceptions = Enumerable.Range(0, calendar.ExceptionDayCount)
            .Where(i => calendar.ExceptionMonthDay[i] == monthDay && (calendar.ExceptionYear[i] == 0 || calendar.ExceptionYear[i] == date.Year))
            .Select(i => (int)calendar.ExceptionProgram[i]);
        IEnumerable<int> rules = Enumerable.Range(0, calendar.RuleCount)
            .Where(i => IsOnWeekday(calendar, i, date) || ((calendar.RuleWeekdayMask[i] & 128) != 0 && IsHoliday(date)))
            .Where(i => Season(calendar.RuleFromMonthDay[i], calendar.RuleToMonthDay[i]).Contains(monthDay))
            .Select(i => (int)calendar.RuleProgram[i]);
        return exceptions.Concat(rules).FirstOrDefault(0);
    }

    // The nth such weekday of its month, as NodaTime finds it.
    private static bool IsOnWeekday(Calendar calendar, int rule, LocalDate date)
    {
        int occurrences = calendar.RuleOccurrenceMask[rule];
        LocalDate first = new LocalDate(date.Year, date.Month, 1).With(DateAdjusters.NextOrSame(date.DayOfWeek));
        LocalDate last = date.With(DateAdjusters.EndOfMonth).With(DateAdjusters.PreviousOrSame(date.DayOfWeek));
        bool isOccurrence = occurrences == 0 || (date == last && (occurrences & 32) != 0)
            || Enumerable.Range(0, 5).Any(n => (occurrences & (1 << n)) != 0 && date == first.PlusWeeks(n));
        return isOccurrence && (calendar.RuleWeekdayMask[rule] & (1 << ((int)date.DayOfWeek - 1))) != 0;
    }

    private bool IsHoliday(LocalDate date) => Enumerable.Range(0, settings.Holidays.HolidayCount).Any(i =>
        settings.Holidays.HolidayMonthDay[i] == (date.Month * 100) + date.Day && (settings.Holidays.HolidayYear[i] == 0 || settings.Holidays.HolidayYear[i] == date.Year));

    private static HashSet<int> Season(int from, int to)
    {
        HashSet<int> days = [];
        for (int i = from; i != to; i = i == 1231 ? 101 : i + 1)
        {
            days.Add(i);
        }

        days.Add(to);
        return days;
    }

    private long Utc(LocalDateTime local)
    {
        return zone.ResolveLocal(local, Resolver).ToInstant().ToUnixTimeMilliseconds();
    }
}
