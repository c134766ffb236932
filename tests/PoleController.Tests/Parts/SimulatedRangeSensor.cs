// A ranging sensor: what a ping says is a function of the time.
using PoleController.Hal;

namespace PoleController.Tests.Parts;

internal sealed class SimulatedRangeSensor : SimulatedSensor, IRangeSensor
{
    public RangeOutcome Outcome { get; private set; }

    public int DistanceMillimetres { get; private set; }

    public int BlindZoneMillimetres { get; set; } = 30;

    public int MaximumMillimetres { get; set; } = 4500;

    public int ReferenceCentidegrees { get; set; } = int.MinValue;

    /// <summary>The distance of a ping at a time; 0 says too near, a negative one no echo.</summary>
    public Func<long, int> Ping { get; set; } = _ => 1000;

    protected override void TakeSample(long nowMs)
    {
        int distance = Ping(nowMs);
        Outcome = distance > 0 ? RangeOutcome.Distance : distance == 0 ? RangeOutcome.TooNear : RangeOutcome.NoEcho;
        DistanceMillimetres = distance;
    }
}
