// The jig's time on a real machine.
using System.Diagnostics;

namespace Bench.Jig;

/// <summary>The system's monotonic clock.</summary>
internal sealed class SystemBenchClock(CancellationToken end) : IBenchClock
{
    private readonly long _start = Stopwatch.GetTimestamp();

    /// <inheritdoc/>
    public long NowUs => (long)Stopwatch.GetElapsedTime(_start).TotalMicroseconds;

    /// <inheritdoc/>
    public void Rest(long microseconds)
    {
        end.ThrowIfCancellationRequested();
        Thread.Sleep((int)Math.Max(1, microseconds / 1000));
    }
}
