// The device's clock as it would be on a board: it steps, its crystal is off, and the loop comes late. The tester itself works in true time.
using Simulation.Engine;

namespace Simulation.Conformance.Bench;

/// <summary>How true time and the device's clock hang together.</summary>
/// <param name="stepMs">The clock shows multiples of this.</param>
/// <param name="errorPpm">How fast it runs, in millionths; negative for slow.</param>
/// <param name="noticeUs">How long after a radio event the device notices it, in microseconds.</param>
/// <param name="radioStartUs">How long the radio takes to receive after it was told to, in microseconds.</param>
internal sealed class TesterClock(int stepMs = 1, int errorPpm = 0, int noticeUs = 0, int radioStartUs = 0)
{
    private readonly Crystal _crystal = new(errorPpm * 1000);

    /// <summary>How long after a radio event the device notices it.</summary>
    public int NoticeUs => noticeUs;

    /// <summary>How long the radio takes to receive after it was told to.</summary>
    public int RadioStartUs => radioStartUs;

    /// <summary>The device starts: its milliseconds begin at 0.</summary>
    public void Restart(long timeUs) => _crystal.Restart(timeUs);

    /// <summary>What the device's clock shows.</summary>
    public long LocalMs(long timeUs) => _crystal.LocalMs(timeUs) / stepMs * stepMs;

    /// <summary>The first moment at which the clock shows a time or a later one.</summary>
    public long TimeUs(long localMs) =>
        localMs > long.MaxValue / 4000 ? long.MaxValue : _crystal.TimeUs((localMs + stepMs - 1) / stepMs * stepMs);
}
