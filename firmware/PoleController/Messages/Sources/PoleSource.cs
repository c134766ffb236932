// How the pole stands and how the controller is.
using PoleController.Hal;
using PoleController.Luminaire;
using PoleController.Messages.Entries;
using PoleController.Sensing;

namespace PoleController.Messages.Sources
{
    /// <summary>Fills <see cref="PoleEntry"/>.</summary>
    public sealed class PoleSource : MeasurementSource
    {
        private readonly PoleGuard _guard;
        private readonly BoardMonitor _board;
        private readonly IAccelerometer? _accelerometer;
        private readonly PoleEntry _entry;
        private int _seenImpactCount;

        /// <summary>Makes it.</summary>
        public PoleSource(PoleGuard guard, BoardMonitor board, IAccelerometer? accelerometer)
            : base(new PoleEntry())
        {
            _guard = guard;
            _board = board;
            _accelerometer = accelerometer;
            _entry = (PoleEntry)Entry;
        }

        /// <inheritdoc/>
        public override bool TryFill(long nowMs, long intervalMs)
        {
            int impactCount = _accelerometer == null ? 0 : _accelerometer.ImpactCount;
            bool isTemperatureKnown = _board.Centidegrees != MeasurementEntry.UnknownSigned;
            _entry.TiltQuality = _guard.QualityAt(nowMs);
            _entry.TemperatureQuality = isTemperatureKnown ? Quality.Ok : Quality.NotMeasured;
            _entry.SupplyQuality = _board.SupplyMillivolts >= 0 ? Quality.Ok : Quality.NotMeasured;
            _entry.IsDoorOpen = _guard.IsDoorOpen;
            _entry.IsZeroed = _guard.Zero.IsKnown;
            _entry.TiltDecidegrees = _guard.TiltDecidegrees;
            _entry.BoardCentidegrees = _board.Centidegrees;
            _entry.SupplyMillivolts = _board.SupplyMillivolts;
            _entry.ImpactCount = impactCount - _seenImpactCount;
            _seenImpactCount = impactCount;
            return true;
        }
    }
}
