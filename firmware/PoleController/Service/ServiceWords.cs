// The words that the service port has for numbers: names as they stand in messages.yaml and the documentation.
using PoleController.Hal;
using PoleController.Journal;
using PoleController.Lighting;
using PoleController.Messages;
using PoleController.Sensing;
using PoleController.Settings;

namespace PoleController.Service
{
    /// <summary>Words of the service port.</summary>
    internal static class ServiceWords
    {
        /// <summary>A component.</summary>
        internal static string Of(ComponentId id)
        {
            switch (id)
            {
                case ComponentId.None:
                    return "none";
                case ComponentId.Loop:
                    return "loop";
                case ComponentId.Settings:
                    return "settings";
                case ComponentId.Occupancy:
                    return "occupancy";
                case ComponentId.Lighting:
                    return "lighting";
                case ComponentId.Luminaire:
                    return "luminaire";
                case ComponentId.Radio:
                    return "radio";
                case ComponentId.Messages:
                    return "messages";
                case ComponentId.BootJournal:
                    return "bootJournal";
                case ComponentId.Service:
                    return "service";
                case ComponentId.Supply:
                    return "supply";
                case ComponentId.Gear:
                    return "gear";
                case ComponentId.FillLevel:
                    return "fillLevel";
                case ComponentId.WaterLevel:
                    return "waterLevel";
                case ComponentId.Air:
                    return "air";
                case ComponentId.Traffic:
                    return "traffic";
                case ComponentId.PoleGuard:
                    return "poleGuard";
                case ComponentId.Neighbours:
                    return "neighbours";
                case ComponentId.Measurements:
                    return "measurements";
                default:
                    return "unknown";
            }
        }

        /// <summary>How a component is.</summary>
        internal static string Of(HealthState state)
        {
            switch (state)
            {
                case HealthState.Ok:
                    return "ok";
                case HealthState.Degraded:
                    return "degraded";
                case HealthState.Failed:
                    return "failed";
                default:
                    return "unknown";
            }
        }

        /// <summary>Why a component is not ok.</summary>
        internal static string Of(HealthReason reason)
        {
            switch (reason)
            {
                case HealthReason.None:
                    return "none";
                case HealthReason.NotFitted:
                    return "notFitted";
                case HealthReason.NoAnswer:
                    return "noAnswer";
                case HealthReason.Implausible:
                    return "implausible";
                case HealthReason.ClockUnknown:
                    return "clockUnknown";
                case HealthReason.StoreFailed:
                    return "storeFailed";
                case HealthReason.DefaultsInForce:
                    return "defaultsInForce";
                case HealthReason.NotProvisioned:
                    return "notProvisioned";
                case HealthReason.NotJoined:
                    return "notJoined";
                case HealthReason.Exception:
                    return "exception";
                case HealthReason.RestartedTooOften:
                    return "restartedTooOften";
                default:
                    return "unknown";
            }
        }

        /// <summary>What kind of exception.</summary>
        internal static string Of(ExceptionKind kind)
        {
            switch (kind)
            {
                case ExceptionKind.None:
                    return "none";
                case ExceptionKind.NullReference:
                    return "nullReference";
                case ExceptionKind.IndexOutOfRange:
                    return "indexOutOfRange";
                case ExceptionKind.OutOfMemory:
                    return "outOfMemory";
                case ExceptionKind.InvalidCast:
                    return "invalidCast";
                case ExceptionKind.InvalidOperation:
                    return "invalidOperation";
                case ExceptionKind.Argument:
                    return "argument";
                case ExceptionKind.NotSupported:
                    return "notSupported";
                case ExceptionKind.Timeout:
                    return "timeout";
                case ExceptionKind.Other:
                    return "other";
                default:
                    return "unknown";
            }
        }

        /// <summary>Why the controller restarted.</summary>
        internal static string Of(RestartCause cause)
        {
            switch (cause)
            {
                case RestartCause.Unknown:
                    return "unknown";
                case RestartCause.FirstStart:
                    return "firstStart";
                case RestartCause.Requested:
                    return "requested";
                case RestartCause.Watchdog:
                    return "watchdog";
                case RestartCause.SupplyLoss:
                    return "supplyLoss";
                case RestartCause.Exception:
                    return "exception";
                default:
                    return "unknown";
            }
        }

        /// <summary>Who asked for a restart.</summary>
        internal static string Of(RestartReason reason)
        {
            switch (reason)
            {
                case RestartReason.None:
                    return "none";
                case RestartReason.Operator:
                    return "operator";
                case RestartReason.Technician:
                    return "technician";
                default:
                    return "unknown";
            }
        }

        /// <summary>What went wrong with a sensor.</summary>
        internal static string Of(SensorFaultKind kind)
        {
            switch (kind)
            {
                case SensorFaultKind.None:
                    return "none";
                case SensorFaultKind.BusFailed:
                    return "busFailed";
                case SensorFaultKind.NoAnswer:
                    return "noAnswer";
                case SensorFaultKind.WrongPart:
                    return "wrongPart";
                case SensorFaultKind.ChecksumWrong:
                    return "checksumWrong";
                case SensorFaultKind.NoFrame:
                    return "noFrame";
                case SensorFaultKind.TimedOut:
                    return "timedOut";
                case SensorFaultKind.CommandRefused:
                    return "commandRefused";
                case SensorFaultKind.PartDefect:
                    return "partDefect";
                case SensorFaultKind.Implausible:
                    return "implausible";
                case SensorFaultKind.StateLost:
                    return "stateLost";
                default:
                    return "unknown";
            }
        }

        /// <summary>Where a sensor is.</summary>
        internal static string Of(SensorState state)
        {
            switch (state)
            {
                case SensorState.Resting:
                    return "resting";
                case SensorState.Starting:
                    return "starting";
                case SensorState.WarmingUp:
                    return "warmingUp";
                case SensorState.Measuring:
                    return "measuring";
                case SensorState.Failed:
                    return "failed";
                default:
                    return "unknown";
            }
        }

        /// <summary>How good a value is.</summary>
        internal static string Of(Quality quality)
        {
            switch (quality)
            {
                case Quality.Ok:
                    return "ok";
                case Quality.WarmingUp:
                    return "warmingUp";
                case Quality.OutOfRange:
                    return "outOfRange";
                case Quality.Humid:
                    return "humid";
                case Quality.Stale:
                    return "stale";
                case Quality.Substituted:
                    return "substituted";
                case Quality.NotMeasured:
                    return "notMeasured";
                default:
                    return "unknown";
            }
        }

        /// <summary>Why the lamp has its level.</summary>
        internal static string Of(LevelCause cause)
        {
            switch (cause)
            {
                case LevelCause.Start:
                    return "start";
                case LevelCause.Program:
                    return "program";
                case LevelCause.Occupancy:
                    return "occupancy";
                case LevelCause.Override:
                    return "override";
                case LevelCause.ClockUnknown:
                    return "clockUnknown";
                case LevelCause.Photocell:
                    return "photocell";
                case LevelCause.PowerReturnDelay:
                    return "powerReturnDelay";
                case LevelCause.Failure:
                    return "failure";
                case LevelCause.Scene:
                    return "scene";
                case LevelCause.Emergency:
                    return "emergency";
                case LevelCause.LoadShedding:
                    return "loadShedding";
                case LevelCause.Boost:
                    return "boost";
                case LevelCause.Neighbour:
                    return "neighbour";
                case LevelCause.DarkSky:
                    return "darkSky";
                case LevelCause.Identify:
                    return "identify";
                case LevelCause.Daylight:
                    return "daylight";
                default:
                    return "unknown";
            }
        }

        /// <summary>A section of the settings.</summary>
        internal static string Of(SettingsSection section)
        {
            switch (section)
            {
                case SettingsSection.Position:
                    return "position";
                case SettingsSection.LocalTime:
                    return "localTime";
                case SettingsSection.Occupancy:
                    return "occupancy";
                case SettingsSection.Reporting:
                    return "reporting";
                case SettingsSection.Photocell:
                    return "photocell";
                case SettingsSection.Luminaire:
                    return "luminaire";
                case SettingsSection.Program:
                    return "program";
                case SettingsSection.Calendar:
                    return "calendar";
                case SettingsSection.MulticastAnswerWindows:
                    return "multicastAnswerWindows";
                case SettingsSection.Supervision:
                    return "supervision";
                case SettingsSection.LightOutput:
                    return "lightOutput";
                case SettingsSection.DimmerCalibration:
                    return "dimmerCalibration";
                case SettingsSection.FillLevel:
                    return "fillLevel";
                case SettingsSection.WaterLevel:
                    return "waterLevel";
                case SettingsSection.Air:
                    return "air";
                case SettingsSection.Traffic:
                    return "traffic";
                case SettingsSection.PoleGuard:
                    return "poleGuard";
                case SettingsSection.Measurements:
                    return "measurements";
                case SettingsSection.Scenes:
                    return "scenes";
                case SettingsSection.Groups:
                    return "groups";
                case SettingsSection.DarkSky:
                    return "darkSky";
                case SettingsSection.Emergency:
                    return "emergency";
                case SettingsSection.LoadShedding:
                    return "loadShedding";
                case SettingsSection.Neighbours:
                    return "neighbours";
                case SettingsSection.Service:
                    return "service";
                case SettingsSection.Holidays:
                    return "holidays";
                case SettingsSection.Daylight:
                    return "daylight";
                default:
                    return "unknown";
            }
        }

        /// <summary>What became of a command.</summary>
        internal static string Of(CommandError error)
        {
            switch (error)
            {
                case CommandError.Ok:
                    return "ok";
                case CommandError.UnknownCommand:
                    return "unknownCommand";
                case CommandError.TooShort:
                    return "tooShort";
                case CommandError.TooLong:
                    return "tooLong";
                case CommandError.OutOfRange:
                    return "outOfRange";
                case CommandError.NotStored:
                    return "notStored";
                case CommandError.NotPossibleNow:
                    return "notPossibleNow";
                case CommandError.NotInGroup:
                    return "notInGroup";
                default:
                    return "unknown";
            }
        }

        /// <summary>What an echo said.</summary>
        internal static string Of(RangeOutcome outcome)
        {
            switch (outcome)
            {
                case RangeOutcome.Distance:
                    return "distance";
                case RangeOutcome.TooNear:
                    return "tooNear";
                case RangeOutcome.NoEcho:
                    return "noEcho";
                default:
                    return "unknown";
            }
        }
    }
}
