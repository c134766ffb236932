// The light of one lighting day, as the controller's own lighting code makes it, stepped through in virtual time over ports that do nothing. What is drawn of it is
// NightText's and NightSvg's.
using PoleController.Alarms;
using PoleController.Hal;
using PoleController.Lighting;
using PoleController.Sensing;
using PoleController.Settings;
using PoleController.Time;

namespace Provisioning.Programs.Night;

/// <summary>A change of the light: from here on it is so.</summary>
/// <param name="AtUtcMs">When, UTC in milliseconds since 1970.</param>
/// <param name="LevelPermille">Level while nobody is there, 0 to 1000.</param>
/// <param name="OccupancyLevelPermille">Level while somebody is there; not above the other where nobody matters.</param>
/// <param name="FadeMs">How long the way there takes.</param>
/// <param name="Cause">Why it has that level.</param>
/// <param name="ProgramIndex">The program in force, 0 to 3.</param>
/// <param name="PointIndex">Its point in force, 0 to 7; -1 for the built-in program.</param>
public sealed record NightChange(long AtUtcMs, int LevelPermille, int OccupancyLevelPermille, int FadeMs, LevelCause Cause, int ProgramIndex, int PointIndex);

/// <summary>An event of the sun.</summary>
/// <param name="Event">Whether it happens.</param>
/// <param name="AtUtcMs">When, UTC in milliseconds since 1970; without meaning when it does not happen.</param>
public readonly record struct SunEvent(SolarEvent Event, long AtUtcMs)
{
    /// <summary>Whether it happens.</summary>
    public bool Happens => Event == SolarEvent.Passes;
}

/// <summary>The light of a lighting day.</summary>
public sealed record NightCourse
{
    // A step that asks for itself without end would be a defect of the lighting code; a day with every fade and window needs some thousand.
    private const int MostSteps = 200_000;

    private const long StartMs = 1000;

    /// <summary>The lighting day: the local date on which it begins, at noon.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>Its begin, UTC in milliseconds since 1970.</summary>
    public required long BeginUtcMs { get; init; }

    /// <summary>Its end.</summary>
    public required long EndUtcMs { get; init; }

    /// <summary>The changes; the first is at the begin.</summary>
    public required IReadOnlyList<NightChange> Changes { get; init; }

    /// <summary>The program of the day, 0 to 3.</summary>
    public required int ProgramIndex { get; init; }

    /// <summary>Why the calendar chose it.</summary>
    public required CalendarReason Reason { get; init; }

    /// <summary>Whether the date is a public holiday.</summary>
    public required bool IsPublicHoliday { get; init; }

    /// <summary>Sunset, civil dusk, civil dawn and sunrise; null without a position.</summary>
    public required (SunEvent Sunset, SunEvent CivilDusk, SunEvent CivilDawn, SunEvent Sunrise)? Sun { get; init; }

    /// <summary>The settings that it was made from.</summary>
    public required ControllerSettings Settings { get; init; }

    /// <summary>Computes it.</summary>
    /// <param name="settings">The pole's settings; valid.</param>
    /// <param name="date">The local date on which the lighting day begins, 2000-01-02 to 2100-12-30.</param>
    public static NightCourse Compute(ControllerSettings settings, DateOnly date)
    {
        ArgumentNullException.ThrowIfNull(settings);
        int day = CivilDate.ToDays(date.Year, date.Month, date.Day);
        long beginUtcMs = LightingDay.BeginUtcMs(day, settings);
        long endUtcMs = LightingDay.BeginUtcMs(day + 1, settings);
        return new NightCourse
        {
            Date = date,
            BeginUtcMs = beginUtcMs,
            EndUtcMs = endUtcMs,
            Changes = Run(settings, beginUtcMs, endUtcMs),
            ProgramIndex = settings.Calendar.ProgramOn(day, settings.Holidays.Contains(day)),
            Reason = CalendarReason.Of(settings, day),
            IsPublicHoliday = settings.Holidays.Contains(day),
            Sun = settings.HasPosition ? SunOf(settings, beginUtcMs, endUtcMs) : null,
            Settings = settings,
        };
    }

    /// <summary>Local wall time.</summary>
    public DateTime Local(long utcMs) => DateTime.UnixEpoch.AddMilliseconds(LocalTime.FromUtcMs(utcMs, Settings.UtcOffsetMinutes, Settings.DaylightSaving));

    /// <summary>The change in force at a time.</summary>
    public NightChange At(long utcMs) => Changes.Last(change => change.AtUtcMs <= utcMs || change == Changes[0]);

    private static List<NightChange> Run(ControllerSettings settings, long beginUtcMs, long endUtcMs)
    {
        PoleClock clock = new();
        clock.Set(StartMs, beginUtcMs, 0);
        LightingSchedule schedule = new(settings);
        OccupancySensor nobody = new(null, null, settings);
        LightingControl lighting = new(clock, settings, schedule, nobody, new SilentDimmer(), null, null, null, new NoRandom(), new AlarmBoard());
        nobody.Start(StartMs, false);
        lighting.Start(StartMs, false);
        List<NightChange> changes = [];
        long nowMs = StartMs;
        for (int step = 0; step < MostSteps && clock.UtcMs(nowMs) < endUtcMs; step++)
        {
            long wakeMs = lighting.Step(nowMs);
            NightChange now = new(
                clock.UtcMs(nowMs), lighting.TargetLevelPermille, schedule.OccupancyLevelPermille, schedule.FadeMs, lighting.Cause, schedule.ProgramIndex, schedule.PointIndex);
            if (changes.Count == 0 || changes[^1] with { AtUtcMs = now.AtUtcMs } != now)
            {
                changes.Add(now);
            }

            nowMs = Math.Max(wakeMs, nowMs + 1);
        }

        return changes;
    }

    private static (SunEvent, SunEvent, SunEvent, SunEvent) SunOf(ControllerSettings settings, long beginUtcMs, long endUtcMs)
    {
        SunTimes sun = new();
        sun.Compute(beginUtcMs, endUtcMs, settings.LatitudeMicrodegrees, settings.LongitudeMicrodegrees);
        return (new SunEvent(sun.Sunset, sun.SunsetUtcMs), new SunEvent(sun.CivilDusk, sun.CivilDuskUtcMs), new SunEvent(sun.CivilDawn, sun.CivilDawnUtcMs), new SunEvent(sun.Sunrise, sun.SunriseUtcMs));
    }

    private sealed class SilentDimmer : IDimmerOutput
    {
        public bool TrySetLevel(int levelPermille) => true;
    }

    private sealed class NoRandom : IRandom
    {
        public int Next(int exclusiveUpperBound) => 0;
    }
}
