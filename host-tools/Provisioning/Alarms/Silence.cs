// When a pole counts as silent: the one definition for status, alarms and what recipients are told.
using PoleController.Messages;

namespace Provisioning.Alarms;

/// <summary>When a pole counts as silent.</summary>
public static class Silence
{
    /// <summary>So many reports in a row have to be missing before a pole counts as silent: single frames get lost.</summary>
    public const int AfterReports = 3;

    /// <summary>How often a pole reports that never said so, in milliseconds.</summary>
    public const long UsualIntervalMs = 3_600_000;

    /// <summary>How often a pole reports, in milliseconds.</summary>
    /// <param name="last">Its last status; null when there is none.</param>
    public static long IntervalMs(StatusMessage? last) => last is { OccupancyIntervalSeconds: > 0 } ? last.OccupancyIntervalSeconds * 1000L : UsualIntervalMs;

    /// <summary>How many reports in a row are missing at a moment; 0 when none is.</summary>
    public static int MissedReports(long lastHeardUtcMs, long intervalMs, long nowUtcMs) => (int)Math.Clamp((nowUtcMs - lastHeardUtcMs) / intervalMs, 0, int.MaxValue);

    /// <summary>From when on a pole counts as silent that is not heard again, milliseconds since 1970 (UTC).</summary>
    public static long BeginsUtcMs(long lastHeardUtcMs, long intervalMs) => lastHeardUtcMs + (AfterReports * intervalMs);
}
