// What is sent of a container: read from its monitor when it is due.
using PoleController.Messages.Entries;
using PoleController.Sensing;

namespace PoleController.Messages.Sources
{
    /// <summary>Fill level.</summary>
    public sealed class FillLevelSource : MeasurementSource
    {
        private readonly FillLevelMonitor _monitor;
        private readonly FillLevelEntry _entry;

        /// <summary>Makes it over the monitor.</summary>
        public FillLevelSource(FillLevelMonitor monitor)
            : base(new FillLevelEntry())
        {
            _monitor = monitor;
            _entry = (FillLevelEntry)Entry;
        }

        /// <inheritdoc/>
        public override bool TryFill(long nowMs, long intervalMs)
        {
            _entry.Quality = _monitor.QualityAt(nowMs);
            _entry.State = _monitor.State;
            _entry.FillPercent = _monitor.FillPercent;
            _entry.DistanceMillimetres = _monitor.DistanceMillimetres;
            _entry.RatePermillePerDay = _monitor.RatePermillePerDay;
            _entry.HoursUntilFull = _monitor.HoursUntilFull;
            _entry.PingCount = _monitor.ValidPingCount;
            return true;
        }
    }
}
