// What is sent of a water gauge: read from its monitor when it is due.
using PoleController.Messages.Entries;
using PoleController.Sensing;

namespace PoleController.Messages.Sources
{
    /// <summary>Water level.</summary>
    public sealed class WaterLevelSource : MeasurementSource
    {
        private readonly WaterLevelMonitor _monitor;
        private readonly WaterLevelEntry _entry;

        /// <summary>Makes it over the monitor.</summary>
        public WaterLevelSource(WaterLevelMonitor monitor)
            : base(new WaterLevelEntry())
        {
            _monitor = monitor;
            _entry = (WaterLevelEntry)Entry;
        }

        /// <inheritdoc/>
        public override bool TryFill(long nowMs, long intervalMs)
        {
            bool isKnown = _monitor.LevelMillimetres != WaterLevelMonitor.UnknownLevel;
            _entry.Quality = _monitor.QualityAt(nowMs);
            _entry.State = _monitor.State;
            _entry.LevelMillimetres = isKnown ? _monitor.LevelMillimetres : MeasurementEntry.UnknownSigned;
            _entry.RateMillimetresPerHour = isKnown ? _monitor.RateMillimetresPerHour : MeasurementEntry.UnknownSigned;
            _entry.SpreadMillimetres = isKnown ? _monitor.SpreadMillimetres : MeasurementEntry.Unknown;
            return true;
        }
    }
}
