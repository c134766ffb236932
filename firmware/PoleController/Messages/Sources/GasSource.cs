// What is sent of carbon dioxide and the indices of the gas sensor: the means of the last whole clock hour.
using PoleController.Messages.Entries;
using PoleController.Sensing;

namespace PoleController.Messages.Sources
{
    /// <summary>Carbon dioxide, VOC and NOx.</summary>
    public sealed class GasSource : MeasurementSource
    {
        private readonly AirStation _air;
        private readonly GasEntry _entry;

        /// <summary>Makes it over the air station.</summary>
        public GasSource(AirStation air)
            : base(new GasEntry())
        {
            _air = air;
            _entry = (GasEntry)Entry;
        }

        /// <inheritdoc/>
        public override bool TryFill(long nowMs, long intervalMs)
        {
            HourlyMeans means = _air.Means;
            _entry.CarbonDioxideQuality = means.Quality(AirQuantity.CarbonDioxide);
            _entry.VocQuality = means.Quality(AirQuantity.VocIndex);
            _entry.NoxQuality = means.Quality(AirQuantity.NoxIndex);
            _entry.CarbonDioxidePpm = AirMean.Of(means, AirQuantity.CarbonDioxide, MeasurementEntry.Unknown);
            _entry.VocIndex = AirMean.Of(means, AirQuantity.VocIndex, MeasurementEntry.Unknown);
            _entry.NoxIndex = AirMean.Of(means, AirQuantity.NoxIndex, MeasurementEntry.Unknown);
            return true;
        }
    }
}
