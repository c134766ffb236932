// What the luminaire's supervision has to say: power, energy, hours, starts.
using PoleController.Luminaire;
using PoleController.Messages.Entries;
using PoleController.Sensing;

namespace PoleController.Messages.Sources
{
    /// <summary>Fills <see cref="LuminaireEntry"/>.</summary>
    public sealed class LuminaireSource : MeasurementSource
    {
        private readonly LuminaireMonitor _luminaire;
        private readonly LuminaireEntry _entry;

        /// <summary>Makes it.</summary>
        public LuminaireSource(LuminaireMonitor luminaire)
            : base(new LuminaireEntry())
        {
            _luminaire = luminaire;
            _entry = (LuminaireEntry)Entry;
        }

        /// <inheritdoc/>
        public override bool TryFill(long nowMs, long intervalMs)
        {
            bool isOk = _luminaire.Health.State == HealthState.Ok;
            _entry.Quality = _luminaire.PowerMilliwatts < 0 ? Quality.NotMeasured : isOk ? Quality.Ok : Quality.OutOfRange;
            _entry.EnergyQuality = isOk ? Quality.Ok : Quality.Stale;
            _entry.PowerMilliwatts = _luminaire.PowerMilliwatts;
            _entry.PowerFactorPermille = _luminaire.PowerFactorPermille;
            _entry.VoltageMillivolts = _luminaire.MainsMillivolts;
            _entry.EnergyWattHours = _luminaire.EnergyWattHours;
            _entry.LampOnHours = Limit(_luminaire.LampOnSeconds / 3600);
            _entry.StartCount = _luminaire.LampStarts;
            _entry.ControllerWattHours = Limit(_luminaire.ControllerEnergyWattHours);
            return true;
        }
    }
}
