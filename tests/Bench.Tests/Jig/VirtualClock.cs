// The jig's time is the controller's: waiting lets the controller live.
using Bench.Jig;

namespace Bench.Tests.Jig;

/// <summary>The clock.</summary>
internal sealed class VirtualClock(ControllerOnJig controller) : IBenchClock
{
    /// <summary>The plan is broken off at this time.</summary>
    public long EndUs { get; set; } = long.MaxValue;

    public long NowUs => controller.Clock.NowUs;

    public void Rest(long microseconds)
    {
        if (NowUs >= EndUs)
        {
            throw new OperationCanceledException();
        }

        controller.AdvanceTo(NowUs + microseconds);
    }
}
