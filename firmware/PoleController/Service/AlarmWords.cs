// The words that the service port has for kinds of alarms: names as they stand in messages.yaml.
using PoleController.Alarms;

namespace PoleController.Service
{
    /// <summary>Words for kinds of alarms.</summary>
    internal static class AlarmWords
    {
        /// <summary>A kind of alarm.</summary>
        internal static string Of(AlarmKind kind)
        {
            switch (kind)
            {
                case AlarmKind.None:
                    return "none";
                case AlarmKind.LampFailure:
                    return "lampFailure";
                case AlarmKind.DayBurner:
                    return "dayBurner";
                case AlarmKind.LightingFault:
                    return "lightingFault";
                case AlarmKind.OccupancyFault:
                    return "occupancyFault";
                case AlarmKind.MeterFault:
                    return "meterFault";
                case AlarmKind.SettingsFault:
                    return "settingsFault";
                case AlarmKind.ClockUnknown:
                    return "clockUnknown";
                case AlarmKind.GearFailure:
                    return "gearFailure";
                case AlarmKind.UnexpectedOff:
                    return "unexpectedOff";
                case AlarmKind.Cycling:
                    return "cycling";
                case AlarmKind.PowerTooHigh:
                    return "powerTooHigh";
                case AlarmKind.PowerTooLow:
                    return "powerTooLow";
                case AlarmKind.OverTemperature:
                    return "overTemperature";
                case AlarmKind.SupplyLoss:
                    return "supplyLoss";
                case AlarmKind.GearFault:
                    return "gearFault";
                case AlarmKind.FillLevelWarning:
                    return "fillLevelWarning";
                case AlarmKind.FillLevelAlarm:
                    return "fillLevelAlarm";
                case AlarmKind.ContainerEmptied:
                    return "containerEmptied";
                case AlarmKind.FillLevelFault:
                    return "fillLevelFault";
                case AlarmKind.WaterWarning:
                    return "waterWarning";
                case AlarmKind.WaterAlarm:
                    return "waterAlarm";
                case AlarmKind.WaterLevelFault:
                    return "waterLevelFault";
                case AlarmKind.AirSensorFault:
                    return "airSensorFault";
                case AlarmKind.AirQualityPoor:
                    return "airQualityPoor";
                case AlarmKind.Tilt:
                    return "tilt";
                case AlarmKind.Impact:
                    return "impact";
                case AlarmKind.DoorOpen:
                    return "doorOpen";
                case AlarmKind.PoleSensorFault:
                    return "poleSensorFault";
                case AlarmKind.ServiceOpened:
                    return "serviceOpened";
                case AlarmKind.ServiceRefused:
                    return "serviceRefused";
                case AlarmKind.Restarted:
                    return "restarted";
                case AlarmKind.SupplyLow:
                    return "supplyLow";
                case AlarmKind.EmergencyProfile:
                    return "emergencyProfile";
                case AlarmKind.LoadShedding:
                    return "loadShedding";
                case AlarmKind.StoreFault:
                    return "storeFault";
                case AlarmKind.NeighbourFault:
                    return "neighbourFault";
                case AlarmKind.BoardOverheated:
                    return "boardOverheated";
                case AlarmKind.BoardSensorFault:
                    return "boardSensorFault";
                default:
                    return "unknown";
            }
        }
    }
}
