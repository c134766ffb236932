// The sensors of a pole by number and name, for the service port. What their values mean is SensorValues'.
using PoleController.Hal;
using PoleController.Settings;

namespace PoleController.Service
{
    /// <summary>The sensors.</summary>
    internal sealed class SensorTable
    {
        /// <summary>How many kinds of sensors there are.</summary>
        internal const int Count = 11;

        private readonly PoleHardware _hardware;

        /// <summary>Makes it over the ports.</summary>
        internal SensorTable(PoleHardware hardware)
        {
            _hardware = hardware;
        }

        /// <summary>The name of a sensor.</summary>
        /// <param name="index">From 0 up to <see cref="Count"/>.</param>
        internal static string NameOf(int index)
        {
            switch (index)
            {
                case 0:
                    return "meter";
                case 1:
                    return "gear";
                case 2:
                    return "presence";
                case 3:
                    return "fillLevel";
                case 4:
                    return "waterLevel";
                case 5:
                    return "particulates";
                case 6:
                    return "climate";
                case 7:
                    return "carbonDioxide";
                case 8:
                    return "gas";
                case 9:
                    return "photocell";
                default:
                    return "accelerometer";
            }
        }

        /// <summary>Whether the operator has switched off what only this sensor measures: then it is not asked at all, not even here.</summary>
        /// <param name="index">From 0 up to <see cref="Count"/>.</param>
        /// <param name="measurements">Which quantities are measured.</param>
        internal static bool IsSwitchedOff(int index, MeasurementSettings measurements)
        {
            switch (index)
            {
                case 3:
                    return !measurements.IsMeasured(MeasurementKind.FillLevel);
                case 4:
                    return !measurements.IsMeasured(MeasurementKind.WaterLevel);
                case 5:
                    return !measurements.IsMeasured(MeasurementKind.Particulates);
                case 6:
                    return !measurements.IsMeasured(MeasurementKind.Climate);
                case 7:
                case 8:
                    return !measurements.IsMeasured(MeasurementKind.Gas);
                case 10:
                    return !measurements.IsMeasured(MeasurementKind.Pole);
                default:
                    return false;
            }
        }

        /// <summary>A sensor; null when it is not fitted.</summary>
        /// <param name="index">From 0 up to <see cref="Count"/>.</param>
        internal ISensor? Of(int index)
        {
            switch (index)
            {
                case 0:
                    return _hardware.Meter;
                case 1:
                    return _hardware.Gear;
                case 2:
                    return _hardware.Presence;
                case 3:
                    return _hardware.FillLevel;
                case 4:
                    return _hardware.WaterLevel;
                case 5:
                    return _hardware.Particulates;
                case 6:
                    return _hardware.Climate;
                case 7:
                    return _hardware.CarbonDioxide;
                case 8:
                    return _hardware.Gas;
                case 9:
                    return _hardware.Photocell;
                default:
                    return _hardware.Accelerometer;
            }
        }
    }
}
