// What poles told of what they measure, as single values. Made from the entries of measurement and journal messages.
using PoleController.Messages.Entries;
using PoleController.Sensing;

namespace Simulation.Operation;

/// <summary>What can be told.</summary>
public enum Quantity
{
    /// <summary>Fill level in percent.</summary>
    Fill,

    /// <summary>Water level in centimetres.</summary>
    Water,

    /// <summary>PM1 as the sensor gives it, micrograms per cubic metre.</summary>
    Pm1,

    /// <summary>PM2.5 as the sensor gives it, micrograms per cubic metre.</summary>
    Pm25,

    /// <summary>PM10 as the sensor gives it, micrograms per cubic metre.</summary>
    Pm10,

    /// <summary>PM2.5 corrected for humidity, micrograms per cubic metre.</summary>
    Pm25Corrected,

    /// <summary>PM10 corrected for humidity, micrograms per cubic metre.</summary>
    Pm10Corrected,

    /// <summary>Temperature in degrees Celsius.</summary>
    Temperature,

    /// <summary>Relative humidity in percent.</summary>
    Humidity,

    /// <summary>Pressure in hectopascals.</summary>
    Pressure,

    /// <summary>Carbon dioxide in parts per million.</summary>
    CarbonDioxide,

    /// <summary>VOC index.</summary>
    VocIndex,

    /// <summary>NOx index.</summary>
    NoxIndex,

    /// <summary>Mains voltage at the luminaire's meter, in volts.</summary>
    MainsVoltage,

    /// <summary>Lean of the pole in degrees.</summary>
    Tilt,

    /// <summary>Temperature of the controller's board in degrees Celsius.</summary>
    BoardTemperature,

    /// <summary>Voltage of the controller's supply in volts.</summary>
    SupplyVoltage,
}

/// <summary>A value that a pole told.</summary>
/// <param name="Quantity">What.</param>
/// <param name="MeasuredUs">When it was measured, in simulated time.</param>
/// <param name="Value">The value; not a number when none was told.</param>
/// <param name="Quality">How good the pole called it.</param>
public readonly record struct ToldValue(Quantity Quantity, long MeasuredUs, float Value, Quality Quality)
{
    /// <summary>Whether a value was told.</summary>
    public bool IsKnown => !float.IsNaN(Value);

    /// <summary>Takes the values out of an entry; nothing of an entry that has none of these quantities.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="measuredUs">When its values were taken.</param>
    /// <param name="values">Takes the values.</param>
    public static void Add(MeasurementEntry entry, long measuredUs, List<ToldValue> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        void Put(Quantity quantity, int raw, double unit, Quality quality) =>
            values.Add(new ToldValue(quantity, measuredUs, raw is MeasurementEntry.Unknown or MeasurementEntry.UnknownSigned ? float.NaN : (float)(raw * unit), quality));
        switch (entry)
        {
            case FillLevelEntry fill:
                Put(Quantity.Fill, fill.FillPercent, 1, fill.Quality);
                break;
            case WaterLevelEntry water:
                // A level may well be one millimetre below gauge zero: only the value of its own stands for unknown.
                values.Add(new ToldValue(Quantity.Water, measuredUs, water.LevelMillimetres == MeasurementEntry.UnknownSigned ? float.NaN : water.LevelMillimetres / 10f, water.Quality));
                break;
            case ParticulatesEntry dust:
                Put(Quantity.Pm1, dust.Pm1DecimicrogramsPerCubicMetre, 0.1, dust.Pm1Quality);
                Put(Quantity.Pm25, dust.Pm25DecimicrogramsPerCubicMetre, 0.1, dust.Pm25Quality);
                Put(Quantity.Pm10, dust.Pm10DecimicrogramsPerCubicMetre, 0.1, dust.Pm10Quality);
                Put(Quantity.Pm25Corrected, dust.Pm25CorrectedDecimicrogramsPerCubicMetre, 0.1, dust.Pm25CorrectedQuality);
                Put(Quantity.Pm10Corrected, dust.Pm10CorrectedDecimicrogramsPerCubicMetre, 0.1, dust.Pm10CorrectedQuality);
                break;
            case ClimateEntry climate:
                values.Add(new ToldValue(
                    Quantity.Temperature, measuredUs, climate.TemperatureCentidegrees == MeasurementEntry.UnknownSigned ? float.NaN : climate.TemperatureCentidegrees / 100f, climate.TemperatureQuality));
                Put(Quantity.Humidity, climate.HumidityPermille, 0.1, climate.HumidityQuality);
                Put(Quantity.Pressure, climate.PressurePascals, 0.01, climate.PressureQuality);
                break;
            case GasEntry gas:
                Put(Quantity.CarbonDioxide, gas.CarbonDioxidePpm, 1, gas.CarbonDioxideQuality);
                Put(Quantity.VocIndex, gas.VocIndex, 1, gas.VocQuality);
                Put(Quantity.NoxIndex, gas.NoxIndex, 1, gas.NoxQuality);
                break;
            case LuminaireEntry luminaire:
                Put(Quantity.MainsVoltage, luminaire.VoltageMillivolts, 0.001, luminaire.Quality);
                break;
            case PoleEntry pole:
                Put(Quantity.Tilt, pole.TiltDecidegrees, 0.1, pole.TiltQuality);
                Put(Quantity.SupplyVoltage, pole.SupplyMillivolts, 0.001, pole.SupplyQuality);
                values.Add(new ToldValue(
                    Quantity.BoardTemperature, measuredUs, pole.BoardCentidegrees == MeasurementEntry.UnknownSigned ? float.NaN : pole.BoardCentidegrees / 100f, pole.TemperatureQuality));
                break;
            default:
                break;
        }
    }
}

/// <summary>Counts of travellers that a pole told. One that may have been withheld, or is not known, is -1.</summary>
/// <param name="MeasuredUs">End of the interval, in simulated time.</param>
/// <param name="LengthUs">Its length.</param>
/// <param name="Quality">How good the pole called them.</param>
/// <param name="Counts">By direction (approaching, receding, other) and speed class (walking, cycling, driving, not known): twelve counts.</param>
public sealed record ToldTraffic(long MeasuredUs, long LengthUs, Quality Quality, IReadOnlyList<int> Counts)
{
    /// <summary>Speed classes of a direction.</summary>
    public const int ClassCount = 4;

    /// <summary>Names of the counts, in their order.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "approachingWalking", "approachingCycling", "approachingDriving", "approachingUnclassified",
        "recedingWalking", "recedingCycling", "recedingDriving", "recedingUnclassified",
        "otherWalking", "otherCycling", "otherDriving", "otherUnclassified",
    ];

    /// <summary>The sum of what was told.</summary>
    public int Sum => Counts.Where(static count => count > 0).Sum();

    /// <summary>Takes the counts out of an entry.</summary>
    public static ToldTraffic From(TrafficEntry entry, long measuredUs)
    {
        ArgumentNullException.ThrowIfNull(entry);
        int[] counts =
        [
            entry.ApproachingWalkingCount, entry.ApproachingCyclingCount, entry.ApproachingDrivingCount, entry.ApproachingUnclassifiedCount,
            entry.RecedingWalkingCount, entry.RecedingCyclingCount, entry.RecedingDrivingCount, entry.RecedingUnclassifiedCount,
            entry.OtherWalkingCount, entry.OtherCyclingCount, entry.OtherDrivingCount, entry.OtherUnclassifiedCount,
        ];

        // A 0 may be a few that are not told: who reads it must not take it for none.
        return new ToldTraffic(measuredUs, entry.IntervalSeconds * 1_000_000L, entry.Quality, [.. counts.Select(count => count == 0 && entry.IsWithheld ? -1 : count)]);
    }
}
