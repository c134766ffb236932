// What is sent of the pole itself: lean and door. Temperature and supply of the board are told with the luminaire's supervision.
using PoleController.Messages.Entries;
using PoleController.Sensing;

namespace PoleController.Messages.Sources
{
    /// <summary>Tilt and door.</summary>
    public sealed class PoleSource : MeasurementSource
    {
        private readonly PoleGuard _guard;
        private readonly PoleEntry _entry;

        /// <summary>Makes it over the guard.</summary>
        public PoleSource(PoleGuard guard)
            : base(new PoleEntry())
        {
            _guard = guard;
            _entry = (PoleEntry)Entry;
        }

        /// <inheritdoc/>
        public override bool TryFill(long nowMs, long intervalMs)
        {
            _entry.TiltQuality = _guard.QualityAt(nowMs);
            _entry.TiltDecidegrees = _guard.TiltDecidegrees;
            _entry.IsDoorOpen = _guard.IsDoorOpen;
            _entry.TemperatureQuality = Quality.NotMeasured;
            _entry.SupplyQuality = Quality.NotMeasured;
            _entry.BoardCentidegrees = MeasurementEntry.UnknownSigned;
            _entry.SupplyMillivolts = MeasurementEntry.Unknown;
            return true;
        }
    }
}
