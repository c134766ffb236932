// Made from firmware/PoleController/Messages/messages.yaml by host-tools/MessageGenerator; do not edit. How it is read: SectionCursor.
using PoleController.Settings;

namespace PoleController.Service
{
    /// <summary>The fields of the sections, one text each, and the names of what can be wrong with settings.</summary>
    internal static class SectionText
    {
        /// <summary>The fields of a section, in their order; empty when it has none that can be set.</summary>
        internal static string Of(SettingsSection section)
        {
            switch (section)
            {
                case SettingsSection.Position:
                    return "latitudeMicrodegrees:i4[-90000000,90000000] longitudeMicrodegrees:i4[-180000000,180000000] ";
                case SettingsSection.LocalTime:
                    return "utcOffsetMinutes:i2[-720,840] daylightSaving:e1{none,europeanUnion,unitedStates,australiaSouthEast,newZealand,chile} ";
                case SettingsSection.Occupancy:
                    return "holdTimeMs:u4[1000,3600000] occupancyFadeUpMs:u2[0,10000] occupancyFadeDownMs:u2[0,60000] occupancyDebounceMs:u2[0,1000] ";
                case SettingsSection.Reporting:
                    return "statusIntervalSeconds:u4[60,86400] isStatusConfirmed:f1 ";
                case SettingsSection.Photocell:
                    return "powerReturnDelayMaximumMs:u2[0,60000] photocellOnLux:u2[1,1000] photocellOffLux:u2[2,2000] photocellDelaySeconds:u2[0,600] ";
                case SettingsSection.Luminaire:
                    return "luminaireFullPowerMilliwatts:u4[0,5000000] luminaireStandbyPowerMilliwatts:u4[0,5000000] ";
                case SettingsSection.Program:
                    return "programIndex:u1[0,3] pointCount:u1#[0,8] fadeSeconds:u2[0,3600] points( reference:e1{clock,sunset,civilDusk,civilDawn,sunrise} "
                        + "offsetMinutes:i2[-720,1439] levelPermille:u2[0,1000] occupancyLevelPermille:u2[0,1000] ) ";
                case SettingsSection.Calendar:
                    return "ruleCount:u1#[0,8] rules( weekdayMask:u1[0,255] occurrenceMask:u1[0,63] fromMonthDay:u2[101,1231] toMonthDay:u2[101,1231] "
                        + "program:u1[0,3] ) exceptionDayCount:u1#[0,24] exceptionDays( year:u2[0,2099] monthDay:u2[101,1231] program:u1[0,3] ) ";
                case SettingsSection.MulticastAnswerWindows:
                    return "multicastAnswerWindowSeconds:u2x4[0,7200] ";
                case SettingsSection.Supervision:
                    return "tolerancePercent:u1[10,60] cyclingPerHour:u1[2,60] gearLimitDegrees:u1[50,150] lampLimitDegrees:u1[50,150] "
                        + "boardLimitDegrees:u1[50,120] temperatureHysteresisDegrees:u1[2,30] supplyMinimumMillivolts:u2[0,60000] pointCount:u1#[0,6] points( "
                        + "levelPermille:u2[1,999] powerPermille:u2[0,1200] ) ";
                case SettingsSection.LightOutput:
                    return "virtualPowerPermille:u2[100,1000] cleaningAllowancePermille:u2[0,300] cleaningIntervalHours:u2[100,50000] "
                        + "cleanedAtHours:u4[0,200000] deratingFloorPermille:u2[100,1000] deratingStepPermille:u2[10,500] pointCount:u1#[0,8] points( "
                        + "hours:u4[0,200000] outputPermille:u2[500,1000] ) ";
                case SettingsSection.DimmerCalibration:
                    return "pointCount:u1#[0,8] points( levelPermille:u2[1,1000] dutyTenThousandths:u2[0,10000] ) ";
                case SettingsSection.FillLevel:
                    return "shape:e1{straight,cone,lyingCylinder,table} emptyDistanceMillimetres:u2[0,20000] fullDistanceMillimetres:u2[0,20000] "
                        + "bottomWidthMillimetres:u2[0,20000] topWidthMillimetres:u2[0,20000] warningPercent:u1[1,99] alarmPercent:u1[2,100] "
                        + "hysteresisPercent:u1[1,30] emptiedDropPercent:u1[10,100] pingCount:u1[5,9] intervalSeconds:u2[60,43200] "
                        + "nearIntervalSeconds:u2[60,43200] substituteCentidegrees:i2[-4000,8500]?-32768 pointCount:u1#[0,8] points( "
                        + "distanceMillimetres:u2[0,65535] percent:u1[0,100] ) ";
                case SettingsSection.WaterLevel:
                    return "sensorHeightMillimetres:u4[0,100000] warningMillimetres:i4[-100000,100000]?2147483647 "
                        + "alarmMillimetres:i4[-100000,100000]?2147483647 hysteresisMillimetres:u2[1,5000] warningRateMillimetresPerHour:u2[0,10000] "
                        + "intervalSeconds:u2[60,43200] risingIntervalSeconds:u2[30,43200] pingCount:u1[5,9] substituteCentidegrees:i2[-4000,8500]?-32768 ";
                case SettingsSection.Air:
                    return "particulatesIntervalSeconds:u2[60,3600] climateIntervalSeconds:u2[10,3600] carbonDioxideIntervalSeconds:u2[30,3600] "
                        + "gasIntervalSeconds:u1[1,10] kappaPermille:u2[0,1500] humidFromPermille:u2[500,1000] ";
                case SettingsSection.Traffic:
                    return "smallestCount:u1[1,255] cyclingFromCentimetresPerSecond:u2[50,1000] drivingFromCentimetresPerSecond:u2[51,3000] "
                        + "sensorHeightCentimetres:u2[0,1000] ";
                case SettingsSection.PoleGuard:
                    return "tiltDecidegrees:u2[20,900] tiltHysteresisDecidegrees:u2[1,100] intervalSeconds:u2[10,43200] learningSeconds:u2[60,43200] "
                        + "impactMilligravities:u2[100,8000] doorDebounceMs:u2[0,60000] ";
                case SettingsSection.Measurements:
                    return "intervalSeconds:u2x9[0,64800] isConfirmed:f1 ";
                case SettingsSection.Scenes:
                    return "sceneCount:u1#[0,16] scenes( levelPermille:u1[0,1000]*10 fadeSeconds:u2[0,3600] warmSharePermille:u1[0,1000]*10?255 ) ";
                case SettingsSection.Groups:
                    return "groupCount:u1#[0,8] groups( number:u1[1,255] ) boostPermille:u1[0,1000]*10 boostWeekdayMask:u1[0,127] boostFromMinute:u2[0,1439] "
                        + "boostToMinute:u2[0,1439] ";
                case SettingsSection.DarkSky:
                    return "fromMonthDay:u2[101,1231] toMonthDay:u2[101,1231] fromMinute:u2[0,1439] toMinute:u2[0,1439] idleLevelPermille:u1[10,1000]*10 "
                        + "warmSharePermille:u1[0,1000]*10 warmShareOtherwisePermille:u1[0,1000]*10 ";
                case SettingsSection.Emergency:
                    return "emergencyLevelPermille:u1[100,1000]*10 crisisLevelPermille:u1[0,1000]*10 maximumMinutes:u2[1,1440] ";
                case SettingsSection.LoadShedding:
                    return "limitPermille:u1x3[10,1000]*10 floorPermille:u1[10,1000]*10 maximumMinutes:u2[1,1440] ";
                case SettingsSection.Neighbours:
                    return "isEnabled:f1 line:u2[0,65535] poleIndex:u1[1,255] reach:u1[1,8] holdSeconds:u2[1,600] key:h@ ";
                case SettingsSection.Holidays:
                    return "holidayCount:u1#[0,32] holidays( year:u2[0,2099] monthDay:u2[101,1231] ) ";
                case SettingsSection.Daylight:
                    return "maximumEarlierMinutes:u1[0,240] maximumLaterMinutes:u1[0,240] levelPermille:u1[10,1000]*10 ";
                default:
                    return "";
            }
        }

        /// <summary>The name of what is wrong, as messages.yaml has it.</summary>
        internal static string Of(SettingsFault fault)
        {
            switch (fault)
            {
                case SettingsFault.None:
                    return "none";
                case SettingsFault.Revision:
                    return "revision";
                case SettingsFault.Position:
                    return "position";
                case SettingsFault.UtcOffset:
                    return "utcOffset";
                case SettingsFault.DaylightSaving:
                    return "daylightSaving";
                case SettingsFault.HoldTime:
                    return "holdTime";
                case SettingsFault.OccupancyFade:
                    return "occupancyFade";
                case SettingsFault.OccupancyDebounce:
                    return "occupancyDebounce";
                case SettingsFault.StatusInterval:
                    return "statusInterval";
                case SettingsFault.PowerReturnDelay:
                    return "powerReturnDelay";
                case SettingsFault.Photocell:
                    return "photocell";
                case SettingsFault.LuminairePower:
                    return "luminairePower";
                case SettingsFault.ProgramPointCount:
                    return "programPointCount";
                case SettingsFault.ProgramFade:
                    return "programFade";
                case SettingsFault.PointReference:
                    return "pointReference";
                case SettingsFault.PointOffset:
                    return "pointOffset";
                case SettingsFault.PointLevel:
                    return "pointLevel";
                case SettingsFault.CalendarCount:
                    return "calendarCount";
                case SettingsFault.CalendarDate:
                    return "calendarDate";
                case SettingsFault.CalendarWeekdays:
                    return "calendarWeekdays";
                case SettingsFault.CalendarProgram:
                    return "calendarProgram";
                case SettingsFault.MulticastAnswerWindow:
                    return "multicastAnswerWindow";
                case SettingsFault.FillLevelContainer:
                    return "fillLevelContainer";
                case SettingsFault.FillLevelThresholds:
                    return "fillLevelThresholds";
                case SettingsFault.FillLevelMeasuring:
                    return "fillLevelMeasuring";
                case SettingsFault.WaterLevelGauge:
                    return "waterLevelGauge";
                case SettingsFault.WaterLevelThresholds:
                    return "waterLevelThresholds";
                case SettingsFault.WaterLevelMeasuring:
                    return "waterLevelMeasuring";
                case SettingsFault.AirInterval:
                    return "airInterval";
                case SettingsFault.AirHumidity:
                    return "airHumidity";
                case SettingsFault.Traffic:
                    return "traffic";
                case SettingsFault.Tilt:
                    return "tilt";
                case SettingsFault.Impact:
                    return "impact";
                case SettingsFault.DoorDebounce:
                    return "doorDebounce";
                case SettingsFault.MeasurementInterval:
                    return "measurementInterval";
                case SettingsFault.SectionContent:
                    return "sectionContent";
                case SettingsFault.SupervisionTolerance:
                    return "supervisionTolerance";
                case SettingsFault.SupervisionTemperature:
                    return "supervisionTemperature";
                case SettingsFault.SupervisionSupply:
                    return "supervisionSupply";
                case SettingsFault.SupervisionCurve:
                    return "supervisionCurve";
                case SettingsFault.LightOutputPower:
                    return "lightOutputPower";
                case SettingsFault.LightOutputCleaning:
                    return "lightOutputCleaning";
                case SettingsFault.LightOutputDerating:
                    return "lightOutputDerating";
                case SettingsFault.LightOutputCurve:
                    return "lightOutputCurve";
                case SettingsFault.DimmerCalibration:
                    return "dimmerCalibration";
                case SettingsFault.Holiday:
                    return "holiday";
                case SettingsFault.Daylight:
                    return "daylight";
                case SettingsFault.Scene:
                    return "scene";
                case SettingsFault.LightingGroup:
                    return "lightingGroup";
                case SettingsFault.DarkSky:
                    return "darkSky";
                case SettingsFault.Emergency:
                    return "emergency";
                case SettingsFault.LoadShedding:
                    return "loadShedding";
                case SettingsFault.Neighbours:
                    return "neighbours";
                default:
                    return "unknown";
            }
        }
    }
}
