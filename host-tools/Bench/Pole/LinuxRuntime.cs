// The runtime of a pole on Linux: the monotonic clock, rest, and a restart that is the end of the process.
using System.Diagnostics;
using PoleController.Esp32.Loop;

namespace Bench.Pole;

/// <summary>The runtime on Linux. Once the end was asked for, whoever rests never comes back: nothing is half done then, and no fault is written down.</summary>
internal sealed class LinuxRuntime(CancellationToken end) : IBoardRuntime, IDisposable
{
    private readonly ManualResetEventSlim _parked = new();
    private readonly long _start = Stopwatch.GetTimestamp();

    /// <inheritdoc/>
    public long NowMs => NowUs / 1000;

    /// <inheritdoc/>
    public long NowUs => (long)Stopwatch.GetElapsedTime(_start).TotalMicroseconds;

    /// <summary>Whether a restart was asked for.</summary>
    public bool IsRestartAsked { get; private set; }

    /// <inheritdoc/>
    public void Rest(int milliseconds)
    {
        if (end.IsCancellationRequested)
        {
            _parked.Set();
            Thread.Sleep(Timeout.Infinite);
        }

        if (milliseconds == 0)
        {
            Thread.Yield();
        }
        else
        {
            Thread.Sleep(milliseconds);
        }
    }

    /// <summary>Waits until the loop rests for good.</summary>
    public void WaitUntilParked(TimeSpan longest) => _parked.Wait(longest);

    /// <inheritdoc/>
    public void Dispose() => _parked.Dispose();

    /// <summary>Whoever started the process starts it again (systemd, Restart=always).</summary>
    public void Restart() => IsRestartAsked = true;
}
