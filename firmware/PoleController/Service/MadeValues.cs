// What the pole makes of its sensors, a line each with the quality it has now: what messages tell, as it stands between two of them. The sensors' own values are
// SensorValues'.
using PoleController.Sensing;

namespace PoleController.Service
{
    /// <summary>Writes the values that Sensing makes.</summary>
    internal sealed class MadeValues
    {
        /// <summary>Lines that there can be; those of what is not fitted are left out.</summary>
        internal const int Count = FirstTraffic + DirectionCount;

        private const int WaterLine = 1;
        private const int TiltLine = 2;
        private const int FirstAir = 3;
        private const int FirstTraffic = FirstAir + AirValues.QuantityCount;
        private const int DirectionCount = 3;

        private readonly ServiceParts _parts;

        /// <summary>Makes it.</summary>
        internal MadeValues(ServiceParts parts)
        {
            _parts = parts;
        }

        /// <summary>Whether there is such a line.</summary>
        /// <param name="index">From 0 up to <see cref="Count"/>.</param>
        internal bool Has(int index)
        {
            PoleHardware hardware = _parts.Hardware;
            switch (index)
            {
                case 0:
                    return hardware.FillLevel != null;
                case WaterLine:
                    return hardware.WaterLevel != null;
                case TiltLine:
                    return hardware.Accelerometer != null;
                default:
                    return index >= FirstTraffic ? hardware.Presence != null : HasSensor((AirQuantity)(index - FirstAir));
            }
        }

        /// <summary>Writes a line.</summary>
        /// <param name="writer">Takes it.</param>
        /// <param name="index">From 0 up to <see cref="Count"/>; <see cref="Has"/> says that there is one.</param>
        /// <param name="nowMs">Milliseconds since start.</param>
        internal void Write(ServiceWriter writer, int index, long nowMs)
        {
            switch (index)
            {
                case 0:
                    WriteFillLevel(writer, nowMs);
                    break;
                case WaterLine:
                    WriteWaterLevel(writer, nowMs);
                    break;
                case TiltLine:
                    WriteTilt(writer, nowMs);
                    break;
                default:
                    if (index >= FirstTraffic)
                    {
                        WriteTraffic(writer, (TravelDirection)(index - FirstTraffic));
                    }
                    else
                    {
                        WriteAir(writer, (AirQuantity)(index - FirstAir), nowMs);
                    }

                    break;
            }
        }

        private static ServiceWriter Head(ServiceWriter writer, string name, Quality quality)
        {
            return writer.Pair("value", name).Pair("quality", ServiceWords.Of(quality));
        }

        private bool HasSensor(AirQuantity quantity)
        {
            PoleHardware hardware = _parts.Hardware;
            switch (quantity)
            {
                case AirQuantity.Temperature:
                case AirQuantity.Humidity:
                case AirQuantity.Pressure:
                    return hardware.Climate != null;
                case AirQuantity.CarbonDioxide:
                    return hardware.CarbonDioxide != null;
                case AirQuantity.VocIndex:
                case AirQuantity.NoxIndex:
                    return hardware.Gas != null;
                default:
                    return hardware.Particulates != null;
            }
        }

        private void WriteFillLevel(ServiceWriter writer, long nowMs)
        {
            FillLevelMonitor fill = _parts.FillLevel;
            Head(writer, "fillLevel", fill.QualityAt(nowMs)).Pair("state", SensingWords.Of(fill.State));
            if (fill.MeasurementCount > 0)
            {
                writer.Pair("fillPermille", fill.FillPermille).Pair("distanceMillimetres", fill.DistanceMillimetres);
                writer.Pair("ratePermillePerDay", fill.RatePermillePerDay).Pair("hoursUntilFull", fill.HoursUntilFull);
                writer.Pair("validPings", fill.ValidPingCount).Pair("spreadMillimetres", fill.SpreadMillimetres).Pair("ageSeconds", (nowMs - fill.MeasuredMs) / 1000);
            }
        }

        private void WriteWaterLevel(ServiceWriter writer, long nowMs)
        {
            WaterLevelMonitor water = _parts.WaterLevel;
            Head(writer, "waterLevel", water.QualityAt(nowMs)).Pair("state", SensingWords.Of(water.State));
            if (water.LevelMillimetres != WaterLevelMonitor.UnknownLevel)
            {
                writer.Pair("levelMillimetres", water.LevelMillimetres).Pair("distanceMillimetres", water.DistanceMillimetres);
                writer.Pair("rateMillimetresPerHour", water.RateMillimetresPerHour).Pair("spreadMillimetres", water.SpreadMillimetres);
                writer.Pair("validPings", water.ValidPingCount).Pair("ageSeconds", (nowMs - water.MeasuredMs) / 1000);
            }
        }

        private void WriteTilt(ServiceWriter writer, long nowMs)
        {
            PoleGuard guard = _parts.Guard;
            Head(writer, "tilt", guard.QualityAt(nowMs)).Pair("isZeroed", guard.Zero.IsKnown ? 1 : 0);
            if (guard.TiltDecidegrees != PoleGuard.Unknown)
            {
                writer.Pair("tiltDecidegrees", guard.TiltDecidegrees);
            }

            writer.Pair("lastImpactMilligravities", guard.LastImpactMilligravities);
        }

        private void WriteAir(ServiceWriter writer, AirQuantity quantity, long nowMs)
        {
            AirStation air = _parts.Air;
            Head(writer, SensingWords.Of(quantity), air.QualityAt(quantity, nowMs));
            WriteAirValue(writer, UnitOf(quantity), air.Value(quantity));
            writer.Pair("hourQuality", ServiceWords.Of(air.Means.Quality(quantity)));
            WriteAirValue(writer, "hourMean", air.Means.Mean(quantity));
        }

        private static void WriteAirValue(ServiceWriter writer, string key, int value)
        {
            if (value != AirValues.Unknown)
            {
                writer.Pair(key, value);
            }
        }

        private static string UnitOf(AirQuantity quantity)
        {
            switch (quantity)
            {
                case AirQuantity.Temperature:
                    return "centidegrees";
                case AirQuantity.Humidity:
                    return "permille";
                case AirQuantity.Pressure:
                    return "pascals";
                case AirQuantity.CarbonDioxide:
                    return "ppm";
                case AirQuantity.VocIndex:
                case AirQuantity.NoxIndex:
                    return "index";
                default:
                    return "decimicrogramsPerCubicMetre";
            }
        }

        // As told at the end of the last interval: what is too few to be told is not shown here either.
        private void WriteTraffic(ServiceWriter writer, TravelDirection direction)
        {
            TrafficCounter traffic = _parts.Traffic;
            Head(writer, "traffic", traffic.Quality).Pair("direction", SensingWords.Of(direction)).Pair("intervalSeconds", traffic.IntervalSeconds);
            writer.Pair("walking", traffic.Count(direction, SpeedClass.Walking)).Pair("cycling", traffic.Count(direction, SpeedClass.Cycling));
            writer.Pair("driving", traffic.Count(direction, SpeedClass.Driving)).Pair("unclassified", traffic.Count(direction, SpeedClass.Unknown));
            writer.Pair("isWithheld", traffic.IsWithheld ? 1 : 0).Pair("smallest", _parts.Settings.Traffic.SmallestCount);
        }
    }
}
