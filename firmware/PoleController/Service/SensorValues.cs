// The values of each sensor as key=value pairs, with how good they are as the sensor itself can say it: what the sensor measured, before anything is
// made of it.
using PoleController.Hal;
using PoleController.Sensing;

namespace PoleController.Service
{
    /// <summary>Writes the values of sensors.</summary>
    internal sealed class SensorValues
    {
        /// <summary>A sample that is older counts as stale, in milliseconds: an hour, as air is asked for every few minutes and a container every hour.</summary>
        internal const int StaleAfterMs = 3600000;

        private readonly PoleHardware _hardware;

        /// <summary>Makes it over the ports.</summary>
        internal SensorValues(PoleHardware hardware)
        {
            _hardware = hardware;
        }

        /// <summary>How good a sensor's values are.</summary>
        internal static Quality QualityOf(ISensor sensor, long nowMs)
        {
            if (sensor.State == SensorState.WarmingUp)
            {
                return Quality.WarmingUp;
            }

            if (sensor.SampleCount == 0)
            {
                return Quality.NotMeasured;
            }

            return sensor.State == SensorState.Failed || nowMs - sensor.SampleMs > StaleAfterMs ? Quality.Stale : Quality.Ok;
        }

        /// <summary>Writes a sensor's values; nothing when it has taken no sample yet.</summary>
        /// <param name="writer">Takes them.</param>
        /// <param name="index">Which sensor of <see cref="SensorTable"/>; it must be fitted.</param>
        internal void Write(ServiceWriter writer, int index)
        {
            switch (index)
            {
                case 0:
                    WriteMeter(writer, _hardware.Meter!.Reading);
                    break;
                case 1:
                    WriteGear(writer, _hardware.Gear!);
                    break;
                case 2:
                    WritePresence(writer, _hardware.Presence!);
                    break;
                case 3:
                    WriteRange(writer, _hardware.FillLevel!);
                    break;
                case 4:
                    WriteRange(writer, _hardware.WaterLevel!);
                    break;
                case 5:
                    WriteParticulates(writer, _hardware.Particulates!);
                    break;
                case 6:
                    WriteClimate(writer, _hardware.Climate!);
                    break;
                case 7:
                    WriteCarbonDioxide(writer, _hardware.CarbonDioxide!);
                    break;
                case 8:
                    writer.Pair("vocTicks", _hardware.Gas!.VocTicks).Pair("noxTicks", _hardware.Gas.NoxTicks);
                    break;
                case 9:
                    writer.Pair("illuminanceMillilux", _hardware.Photocell!.IlluminanceMillilux);
                    break;
                default:
                    WriteAccelerometer(writer, _hardware.Accelerometer!);
                    break;
            }
        }

        private static void WriteMeter(ServiceWriter writer, LuminaireReading reading)
        {
            writer.Pair("powerMilliwatts", reading.PowerMilliwatts).Pair("voltageMillivolts", reading.VoltageMillivolts);
            writer.Pair("currentMilliamperes", reading.CurrentMilliamperes).Pair("powerFactorPermille", reading.PowerFactorPermille);
            writer.Pair("energyMilliwattHours", reading.EnergyMilliwattHours);
        }

        private static void WriteGear(ServiceWriter writer, IControlGear gear)
        {
            writer.Pair("isLampFailed", gear.IsLampFailed ? 1 : 0).Pair("isGearFailed", gear.IsGearFailed ? 1 : 0).Pair("actualLevel", gear.ActualLevel);
            writer.Pair("powerMilliwatts", gear.PowerMilliwatts).Pair("energyWattHours", gear.EnergyWattHours);
            writer.Pair("gearTemperatureDegrees", gear.GearTemperatureDegrees).Pair("lampOperatingSeconds", gear.LampOperatingSeconds);
        }

        // Distances of people stay out of what is sent; the technician who stands in front of the radar needs them to aim it.
        private static void WritePresence(ServiceWriter writer, IPresenceSensor presence)
        {
            writer.Pair("isMoving", presence.IsMoving ? 1 : 0).Pair("isStill", presence.IsStill ? 1 : 0);
            writer.Pair("movingDistanceCentimetres", presence.MovingDistanceCentimetres).Pair("movingEnergy", presence.MovingEnergy);
            writer.Pair("stillDistanceCentimetres", presence.StillDistanceCentimetres).Pair("stillEnergy", presence.StillEnergy);
        }

        private static void WriteRange(ServiceWriter writer, IRangeSensor range)
        {
            writer.Pair("outcome", ServiceWords.Of(range.Outcome)).Pair("distanceMillimetres", range.DistanceMillimetres);
            writer.Pair("blindZoneMillimetres", range.BlindZoneMillimetres).Pair("maximumMillimetres", range.MaximumMillimetres);
        }

        private static void WriteParticulates(ServiceWriter writer, IParticulateSensor particulates)
        {
            writer.Pair("pm1DecimicrogramsPerCubicMetre", particulates.Pm1DecimicrogramsPerCubicMetre);
            writer.Pair("pm25DecimicrogramsPerCubicMetre", particulates.Pm25DecimicrogramsPerCubicMetre);
            writer.Pair("pm10DecimicrogramsPerCubicMetre", particulates.Pm10DecimicrogramsPerCubicMetre);
        }

        private static void WriteClimate(ServiceWriter writer, IClimateSensor climate)
        {
            writer.Pair("temperatureCentidegrees", climate.TemperatureCentidegrees).Pair("humidityPermille", climate.HumidityPermille);
            writer.Pair("pressurePascals", climate.PressurePascals);
        }

        private static void WriteCarbonDioxide(ServiceWriter writer, ICarbonDioxideSensor sensor)
        {
            writer.Pair("carbonDioxidePpm", sensor.CarbonDioxidePpm);
        }

        private static void WriteAccelerometer(ServiceWriter writer, IAccelerometer accelerometer)
        {
            writer.Pair("xMilligravities", accelerometer.XMilligravities).Pair("yMilligravities", accelerometer.YMilligravities);
            writer.Pair("zMilligravities", accelerometer.ZMilligravities).Pair("impactCount", accelerometer.ImpactCount);
        }
    }
}
