// What control gear with diagnostics has to say of itself and of the lamp.
using PoleController.Hal;
using PoleController.Messages.Entries;
using PoleController.Sensing;

namespace PoleController.Messages.Sources
{
    /// <summary>Fills <see cref="GearEntry"/>.</summary>
    public sealed class GearSource : MeasurementSource
    {
        private readonly IControlGear _gear;
        private readonly GearEntry _entry;

        /// <summary>Makes it.</summary>
        public GearSource(IControlGear gear)
            : base(new GearEntry())
        {
            _gear = gear;
            _entry = (GearEntry)Entry;
        }

        /// <inheritdoc/>
        public override bool TryFill(long nowMs, long intervalMs)
        {
            if (_gear.SampleCount == 0)
            {
                return false;
            }

            _entry.Quality = _gear.State == SensorState.Failed || nowMs - _gear.SampleMs > intervalMs ? Quality.Stale : Quality.Ok;
            _entry.IsLampFailed = _gear.IsLampFailed;
            _entry.IsGearFailed = _gear.IsGearFailed;
            _entry.PowerFactorPermille = _gear.PowerFactorPermille;
            _entry.ActualLevel = _gear.ActualLevel;
            _entry.GearTemperatureDegrees = _gear.GearTemperatureDegrees;
            _entry.LampTemperatureDegrees = _gear.LampTemperatureDegrees;
            _entry.SupplyMillivolts = _gear.SupplyMillivolts;
            _entry.PowerMilliwatts = _gear.PowerMilliwatts;
            _entry.EnergyWattHours = _gear.EnergyWattHours;
            _entry.GearOperatingHours = Hours(_gear.GearOperatingSeconds);
            _entry.GearStarts = _gear.GearStarts;
            _entry.LampOperatingHours = Hours(_gear.LampOperatingSeconds);
            _entry.LampStarts = _gear.LampStarts;
            _entry.LampMillivolts = _gear.LampMillivolts;
            _entry.LampMilliamperes = _gear.LampMilliamperes;
            return true;
        }

        private static int Hours(long seconds)
        {
            return seconds < 0 ? MeasurementEntry.Unknown : Limit(seconds / 3600);
        }
    }
}
