// The jig's time. Everything that waits does it through here, so that a simulated controller can live in the same time.
namespace Bench.Jig;

/// <summary>A monotonic clock that can be waited for.</summary>
internal interface IBenchClock
{
    /// <summary>Microseconds since some moment.</summary>
    long NowUs { get; }

    /// <summary>Waits.</summary>
    /// <exception cref="OperationCanceledException">The plan is broken off.</exception>
    void Rest(long microseconds);
}
