// What is sent of traffic: the counts of the interval that ends now. What is below the smallest count that is published is told as 0 and goes on
// being counted.
using PoleController.Messages.Entries;
using PoleController.Sensing;
using PoleController.Settings;

namespace PoleController.Messages.Sources
{
    /// <summary>Counts of people and vehicles.</summary>
    public sealed class TrafficSource : MeasurementSource
    {
        private readonly TrafficCounter _counter;
        private readonly TrafficSettings _settings;
        private readonly TrafficEntry _entry;

        /// <summary>Makes it over the counter.</summary>
        public TrafficSource(TrafficCounter counter, ControllerSettings settings)
            : base(new TrafficEntry())
        {
            _counter = counter;
            _settings = settings.Traffic;
            _entry = (TrafficEntry)Entry;
        }

        /// <inheritdoc/>
        public override bool TryFill(long nowMs, long intervalMs)
        {
            _counter.CloseInterval(nowMs);
            _entry.Quality = _counter.Quality;
            _entry.IsWithheld = _counter.IsWithheld;
            _entry.SmallestCount = _settings.SmallestCount;
            _entry.IntervalSeconds = _counter.IntervalSeconds;
            _entry.ApproachingWalkingCount = Count(TravelDirection.Approaching, SpeedClass.Walking);
            _entry.ApproachingCyclingCount = Count(TravelDirection.Approaching, SpeedClass.Cycling);
            _entry.ApproachingDrivingCount = Count(TravelDirection.Approaching, SpeedClass.Driving);
            _entry.ApproachingUnclassifiedCount = Count(TravelDirection.Approaching, SpeedClass.Unknown);
            _entry.RecedingWalkingCount = Count(TravelDirection.Receding, SpeedClass.Walking);
            _entry.RecedingCyclingCount = Count(TravelDirection.Receding, SpeedClass.Cycling);
            _entry.RecedingDrivingCount = Count(TravelDirection.Receding, SpeedClass.Driving);
            _entry.RecedingUnclassifiedCount = Count(TravelDirection.Receding, SpeedClass.Unknown);
            _entry.OtherWalkingCount = Count(TravelDirection.Unknown, SpeedClass.Walking);
            _entry.OtherCyclingCount = Count(TravelDirection.Unknown, SpeedClass.Cycling);
            _entry.OtherDrivingCount = Count(TravelDirection.Unknown, SpeedClass.Driving);
            _entry.OtherUnclassifiedCount = Count(TravelDirection.Unknown, SpeedClass.Unknown);
            return true;
        }

        private int Count(TravelDirection direction, SpeedClass speedClass)
        {
            return _counter.Quality == Quality.NotMeasured ? MeasurementEntry.Unknown : _counter.Count(direction, speedClass);
        }
    }
}
