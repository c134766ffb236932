// SKELETON
#pragma warning disable
using PoleController.Hal;
using PoleController.Settings;
namespace PoleController.Sensing
{
    /// <summary>Occupancy from a digital input: debounced, with hold time; counts per interval and nothing else.</summary>
    public sealed class OccupancySensor : Component
    {
        /// <summary>Makes it. A null input means that none is fitted: never occupied, health NotFitted/Ok.</summary>
        public OccupancySensor(IDigitalInput? input, ControllerSettings settings) { _ = input; _ = settings; }
        /// <summary>Whether somebody is there or was within the hold time.</summary>
        public bool IsOccupied { get; private set; }
        /// <summary>Arrivals since the count was last taken, 0 to 65,535 (it stays there).</summary>
        public int Count { get; private set; }
        /// <summary>Starts.</summary>
        public override void Start(long nowMs, bool isPowerReturn) { throw new System.NotImplementedException(); }
        /// <summary>Runs; returns the next wake time.</summary>
        public override long Step(long nowMs) { throw new System.NotImplementedException(); }
        /// <summary>Returns the count and sets it to 0.</summary>
        public int TakeCount() { throw new System.NotImplementedException(); }
    }
}
