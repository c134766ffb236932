// What the level has to be, worked out from what was commanded and when, without anything of the lamp's code: the order of precedence of
// Lighting/README.md, written down a second time.
using PoleController.Lighting;
using PoleController.Settings;

namespace PoleController.Tests.Lighting;

internal sealed class PrecedenceModel(ControllerSettings settings, bool hasPhotocell) : INeighbourPresence
{
    private const long Minute = 60000;

    public (long AtMs, int Kind, int Minutes)? Emergency { get; set; }

    public (long AtMs, int Seconds)? Identify { get; set; }

    public (long AtMs, LevelCause Cause, int Level, long DurationMs)? Command { get; set; }

    public (long AtMs, int Amount, int Minutes)? Boost { get; set; }

    public (long AtMs, int Step, int Minutes)? Shedding { get; set; }

    public long SomebodyComingUntilMs { get; set; }

    public bool IsEmergency(long nowMs) => Emergency is var (atMs, _, minutes) && nowMs < atMs + (Math.Min(minutes, settings.Emergency.MaximumMinutes) * Minute);

    public (int Level, LevelCause Cause) At(long nowMs, long utcMs, bool isOccupied, bool isDark)
    {
        if (IsEmergency(nowMs))
        {
            return (Emergency!.Value.Kind == 0 ? settings.Emergency.EmergencyLevelPermille : settings.Emergency.CrisisLevelPermille, LevelCause.Emergency);
        }

        if (Identify is var (beginMs, seconds) && nowMs < beginMs + (Math.Min(seconds, 600) * 1000L))
        {
            return ((nowMs - beginMs) / 1000 % 2 == 0 ? 1000 : 300, LevelCause.Identify);
        }

        (int level, LevelCause cause) = Command is { } command && nowMs < command.AtMs + command.DurationMs
            ? (command.Level, command.Cause)
            : Scheduled(nowMs, utcMs, isOccupied, isDark);
        int limit = 1000;
        if (Shedding is var (atMs, step, minutes) && step > 0 && nowMs < atMs + (Math.Min(minutes, settings.LoadShedding.MaximumMinutes) * Minute))
        {
            limit = Math.Max(settings.LoadShedding.LimitPermille[step - 1], settings.LoadShedding.FloorPermille);
        }

        return level > limit ? (limit, LevelCause.LoadShedding) : (level, cause);
    }

    private (int Level, LevelCause Cause) Scheduled(long nowMs, long utcMs, bool isOccupied, bool isDark)
    {
        if (!settings.HasPosition)
        {
            return hasPhotocell ? (isDark ? 1000 : 0, LevelCause.Photocell) : (1000, LevelCause.ClockUnknown);
        }

        // Local time is UTC. The points are in the order of the lighting day.
        LightingProgram program = settings.Programs[0];
        int minuteSinceNoon = (int)((utcMs / Minute + 720) % 1440);
        int[] points = [.. Enumerable.Range(0, program.PointCount).Select(i => (program.OffsetMinutes[i] + 720) % 1440)];
        int point = Array.FindLastIndex(points, at => at <= minuteSinceNoon);
        int level = program.LevelPermille[point];
        LevelCause cause = LevelCause.Program;
        long msOfDay = (utcMs + (720 * Minute)) % (1440 * Minute);
        if (level == 0)
        {
            (level, cause) = (Daylight(program, points, point, msOfDay, isDark), LevelCause.Daylight);
        }

        if (level == 0)
        {
            cause = LevelCause.Program;
        }
        else
        {
            (level, cause) = Adjust(level, cause, nowMs, utcMs, minuteSinceNoon);
        }

        int occupied = program.OccupancyLevelPermille[point];
        bool isComing = nowMs < SomebodyComingUntilMs;
        return (isOccupied || isComing) && occupied > level ? (occupied, isOccupied ? LevelCause.Occupancy : LevelCause.Neighbour) : (level, cause);
    }

    private int Daylight(LightingProgram program, int[] points, int point, long msOfDay, bool isDark)
    {
        if (!isDark)
        {
            return 0;
        }

        // Just off goes before soon on; the first point of the day cannot be just off, because what was before it is another day's.
        int before = point > 0 ? program.LevelPermille[point - 1] : 0;
        if (before > 0 && msOfDay < (points[point] + settings.Daylight.MaximumLaterMinutes) * Minute)
        {
            return Math.Min(before, settings.Daylight.LevelPermille);
        }

        int next = point + 1 < points.Length ? program.LevelPermille[point + 1] : 0;
        bool isSoon = next > 0 && settings.Daylight.MaximumEarlierMinutes > 0 && msOfDay >= (points[point + 1] - settings.Daylight.MaximumEarlierMinutes) * Minute;
        return isSoon ? Math.Min(next, settings.Daylight.LevelPermille) : 0;
    }

    private (int Level, LevelCause Cause) Adjust(int level, LevelCause cause, long nowMs, long utcMs, int minuteSinceNoon)
    {
        DateTime lightingDay = DateTime.UnixEpoch.AddMilliseconds(utcMs - (720 * Minute)).Date;
        bool isDarkSky = settings.DarkSky.FromMonthDay == 601 && minuteSinceNoon is >= 750 and < 840;
        if (isDarkSky && level > settings.DarkSky.IdleLevelPermille)
        {
            (level, cause) = (settings.DarkSky.IdleLevelPermille, LevelCause.DarkSky);
        }

        int weekday = ((int)lightingDay.DayOfWeek + 6) % 7;
        bool isHotspot = (settings.Groups.BoostWeekdayMask & (1 << weekday)) != 0 && minuteSinceNoon is >= 660 and < 765;
        int amount = isHotspot ? settings.Groups.BoostPermille : 0;
        if (Boost is var (atMs, commanded, minutes) && minutes > 0 && nowMs < atMs + (minutes * Minute))
        {
            amount = Math.Max(amount, commanded);
        }

        return amount > 0 && level < 1000 ? (Math.Min(1000, level + amount), LevelCause.Boost) : (level, cause);
    }
}
