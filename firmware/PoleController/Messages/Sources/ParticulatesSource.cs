// What is sent of particulate matter: the means of the last whole clock hour.
using PoleController.Messages.Entries;
using PoleController.Sensing;

namespace PoleController.Messages.Sources
{
    /// <summary>Particulate matter.</summary>
    public sealed class ParticulatesSource : MeasurementSource
    {
        private readonly AirStation _air;
        private readonly ParticulatesEntry _entry;
        private int _sampleCount;

        /// <summary>Makes it over the air station.</summary>
        public ParticulatesSource(AirStation air)
            : base(new ParticulatesEntry())
        {
            _air = air;
            _entry = (ParticulatesEntry)Entry;
        }

        /// <inheritdoc/>
        public override bool TryFill(long nowMs, long intervalMs)
        {
            HourlyMeans means = _air.Means;
            _entry.Pm1Quality = means.Quality(AirQuantity.Pm1);
            _entry.Pm25Quality = means.Quality(AirQuantity.Pm25);
            _entry.Pm4Quality = means.Quality(AirQuantity.Pm4);
            _entry.Pm10Quality = means.Quality(AirQuantity.Pm10);
            _entry.Pm25CorrectedQuality = means.Quality(AirQuantity.Pm25Corrected);
            _entry.Pm10CorrectedQuality = means.Quality(AirQuantity.Pm10Corrected);
            _entry.Pm1DecimicrogramsPerCubicMetre = AirMean.Of(means, AirQuantity.Pm1, MeasurementEntry.Unknown);
            _entry.Pm25DecimicrogramsPerCubicMetre = AirMean.Of(means, AirQuantity.Pm25, MeasurementEntry.Unknown);
            _entry.Pm4DecimicrogramsPerCubicMetre = AirMean.Of(means, AirQuantity.Pm4, MeasurementEntry.Unknown);
            _entry.Pm10DecimicrogramsPerCubicMetre = AirMean.Of(means, AirQuantity.Pm10, MeasurementEntry.Unknown);
            _entry.Pm25CorrectedDecimicrogramsPerCubicMetre = AirMean.Of(means, AirQuantity.Pm25Corrected, MeasurementEntry.Unknown);
            _entry.Pm10CorrectedDecimicrogramsPerCubicMetre = AirMean.Of(means, AirQuantity.Pm10Corrected, MeasurementEntry.Unknown);
            _entry.HumidityPermille = AirMean.Of(means, AirQuantity.Humidity, MeasurementEntry.Unknown);
            int sampleCount = _air.ParticulatesSampleCount - _sampleCount;
            _sampleCount = _air.ParticulatesSampleCount;
            _entry.SampleCount = sampleCount < 255 ? sampleCount : 255;
            return true;
        }
    }
}
