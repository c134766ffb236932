// Which alarm goes first when several wait: what endangers people, then what leaves the street dark, then what somebody has to drive out for, then the rest.
namespace PoleController.Messages
{
    /// <summary>The order of alarms that wait at the same time.</summary>
    internal static class AlarmRank
    {
        // By kind, from AlarmKind.None on; a smaller number goes first. Ranks: 1 danger to people, 2 light, 3 somebody has to come or to look, 4 parts, 5 news.
        private static readonly byte[] Ranks = new byte[]
        {
            9, // None
            2, // LampFailure
            4, // DayBurner
            2, // LightingFault
            4, // OccupancyFault
            4, // MeterFault
            4, // SettingsFault
            4, // ClockUnknown
            2, // GearFailure
            2, // UnexpectedOff
            2, // Cycling
            4, // PowerTooHigh
            4, // PowerTooLow
            2, // OverTemperature
            2, // SupplyLoss
            2, // GearFault
            4, // FillLevelWarning
            3, // FillLevelAlarm
            5, // ContainerEmptied
            4, // FillLevelFault
            3, // WaterWarning
            1, // WaterAlarm
            3, // WaterLevelFault
            4, // AirSensorFault
            3, // AirQualityPoor
            1, // Tilt
            1, // Impact
            3, // DoorOpen
            4, // PoleSensorFault
            3, // ServiceOpened
            3, // ServiceRefused
            5, // Restarted
            3, // SupplyLow
            1, // EmergencyProfile
            2, // LoadShedding
            4, // StoreFault
            4, // NeighbourFault
            3, // BoardOverheated
            4, // BoardSensorFault
        };

        /// <summary>The rank of a kind: a smaller number goes first. A kind that this table does not know goes last.</summary>
        public static int Of(int kind)
        {
            return kind < Ranks.Length ? Ranks[kind] : 9;
        }
    }
}
