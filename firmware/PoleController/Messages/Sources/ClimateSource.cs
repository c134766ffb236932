// What is sent of temperature, humidity and pressure: the means of the last whole clock hour.
using PoleController.Messages.Entries;
using PoleController.Sensing;

namespace PoleController.Messages.Sources
{
    /// <summary>Temperature, humidity and pressure.</summary>
    public sealed class ClimateSource : MeasurementSource
    {
        private readonly AirStation _air;
        private readonly ClimateEntry _entry;

        /// <summary>Makes it over the air station.</summary>
        public ClimateSource(AirStation air)
            : base(new ClimateEntry())
        {
            _air = air;
            _entry = (ClimateEntry)Entry;
        }

        /// <inheritdoc/>
        public override bool TryFill(long nowMs, long intervalMs)
        {
            HourlyMeans means = _air.Means;
            _entry.TemperatureQuality = means.Quality(AirQuantity.Temperature);
            _entry.HumidityQuality = means.Quality(AirQuantity.Humidity);
            _entry.PressureQuality = means.Quality(AirQuantity.Pressure);
            _entry.TemperatureCentidegrees = AirMean.Of(means, AirQuantity.Temperature, MeasurementEntry.UnknownSigned);
            _entry.HumidityPermille = AirMean.Of(means, AirQuantity.Humidity, MeasurementEntry.Unknown);
            _entry.PressurePascals = AirMean.Of(means, AirQuantity.Pressure, MeasurementEntry.Unknown);
            return true;
        }
    }
}
