// Live values: the lamp, occupancy, the radio, the clock, what the board itself measures, every sensor that is fitted as it says it, then what the pole makes of them.
using System;
using PoleController.Hal;
using PoleController.LoRaWan;
using PoleController.Sensing;

namespace PoleController.Service
{
    /// <summary>Live values, each with its quality.</summary>
    internal sealed class ValuesReport : ServiceReport
    {
        private const int BoardLines = 7;

        private readonly ServiceParts _parts;
        private readonly SensorTable _sensors;
        private readonly SensorValues _values;
        private readonly MadeValues _made;

        /// <summary>Makes it.</summary>
        internal ValuesReport(ServiceParts parts, SensorTable sensors, SensorValues values, MadeValues made)
            : base("values")
        {
            _made = made;
            _parts = parts;
            _sensors = sensors;
            _values = values;
        }

        /// <summary>Writes a sensor's line.</summary>
        internal void WriteSensor(ServiceWriter writer, int index, ISensor sensor, long nowMs)
        {
            writer.Pair("sensor", SensorTable.NameOf(index)).Pair("quality", ServiceWords.Of(SensorValues.QualityOf(sensor, nowMs)));
            if (sensor.SampleCount > 0)
            {
                writer.Pair("ageSeconds", (nowMs - sensor.SampleMs) / 1000);
                _values.Write(writer, index);
            }
        }

        /// <inheritdoc/>
        protected override ReportStep Write(ServiceWriter writer, long nowMs)
        {
            int index = Index;
            Index++;
            if (index < BoardLines)
            {
                WriteBoard(Begin(writer), index, nowMs);
                return ReportStep.Line;
            }

            for (index -= BoardLines; index < SensorTable.Count; index++)
            {
                ISensor? sensor = _sensors.Of(index);
                if (sensor != null)
                {
                    WriteSensor(Begin(writer), index, sensor, nowMs);
                    Index = index + BoardLines + 1;
                    return ReportStep.Line;
                }
            }

            for (index -= SensorTable.Count; index < MadeValues.Count; index++)
            {
                if (_made.Has(index))
                {
                    _made.Write(Begin(writer), index, nowMs);
                    Index = index + BoardLines + SensorTable.Count + 1;
                    return ReportStep.Line;
                }
            }

            return ReportStep.End;
        }

        private void WriteBoard(ServiceWriter writer, int index, long nowMs)
        {
            switch (index)
            {
                case 0:
                    writer.Pair("value", "lamp").Pair("quality", ServiceWords.Of(_parts.Lighting.IsOutputFailed ? Quality.Substituted : Quality.Ok));
                    writer.Pair("levelPermille", _parts.Lighting.LevelPermille).Pair("targetPermille", _parts.Lighting.TargetLevelPermille);
                    writer.Pair("cause", ServiceWords.Of(_parts.Lighting.Cause));
                    break;
                case 1:
                    writer.Pair("value", "occupancy").Pair("quality", ServiceWords.Of(OccupancyQuality()));
                    writer.Pair("isOccupied", _parts.Occupancy.IsOccupied ? 1 : 0);
                    break;
                case 2:
                    writer.Pair("value", "luminaire").Pair("quality", ServiceWords.Of(MeterQuality()));
                    writer.Pair("outputPermille", _parts.Luminaire.Output.OutputPermille(_parts.Lighting.LevelPermille));
                    writer.Pair("lampOnSeconds", _parts.Luminaire.LampOnSeconds).Pair("energyWattHours", _parts.Luminaire.EnergyWattHours);
                    break;
                case 3:
                    WriteRadio(writer);
                    break;
                case 4:
                    WriteSupply(writer, _parts.Hardware.SupplyVoltage);
                    break;
                case 5:
                    WriteTemperature(writer, _parts.Hardware.BoardTemperature);
                    break;
                default:
                    WriteDoor(writer, _parts.Hardware.Door);
                    break;
            }
        }

        private Quality OccupancyQuality()
        {
            Health health = _parts.Occupancy.Health;
            if (health.Reason == HealthReason.NotFitted)
            {
                return Quality.NotMeasured;
            }

            return health.State == HealthState.Ok ? Quality.Ok : Quality.OutOfRange;
        }

        // The meter counts on its own; without one the energy does not grow.
        private Quality MeterQuality()
        {
            if (_parts.Hardware.Meter == null)
            {
                return Quality.NotMeasured;
            }

            return _parts.Luminaire.Health.State == HealthState.Ok ? Quality.Ok : Quality.Stale;
        }

        private void WriteRadio(ServiceWriter writer)
        {
            EndDevice device = _parts.Device;
            writer.Pair("value", "radio").Pair("quality", ServiceWords.Of(device.DownlinkCount > 0 ? Quality.Ok : Quality.NotMeasured));
            writer.Pair("isJoined", device.IsJoined ? 1 : 0).Pair("joinRequests", device.JoinRequestCount).Pair("dataRate", device.DataRate);
            writer.Pair("sent", device.SentCount).Pair("downlinks", device.DownlinkCount);
            writer.Pair("rssiDbm", device.LastRssiDbm).Pair("snrQuarterDecibel", device.LastSnrQuarterDecibel);
        }

        private static void WriteSupply(ServiceWriter writer, IAnalogInput? input)
        {
            int millivolts = 0;
            bool isRead = false;
            try
            {
                isRead = input != null && input.TryRead(out millivolts);
            }
            catch (Exception)
            {
                isRead = false;
            }

            WriteReading(writer, "supply", isRead, "millivolts", millivolts);
        }

        private static void WriteTemperature(ServiceWriter writer, IThermometer? thermometer)
        {
            int centidegrees = 0;
            bool isRead = false;
            try
            {
                isRead = thermometer != null && thermometer.TryRead(out centidegrees);
            }
            catch (Exception)
            {
                isRead = false;
            }

            WriteReading(writer, "boardTemperature", isRead, "centidegrees", centidegrees);
        }

        private static void WriteReading(ServiceWriter writer, string name, bool isRead, string key, int value)
        {
            writer.Pair("value", name).Pair("quality", ServiceWords.Of(isRead ? Quality.Ok : Quality.NotMeasured));
            if (isRead)
            {
                writer.Pair(key, value);
            }
        }

        private static void WriteDoor(ServiceWriter writer, IDigitalInput? door)
        {
            bool isOpen = false;
            bool isRead = false;
            try
            {
                isOpen = door != null && door.IsActive;
                isRead = door != null;
            }
            catch (Exception)
            {
                isRead = false;
            }

            WriteReading(writer, "door", isRead, "isOpen", isOpen ? 1 : 0);
        }
    }
}
