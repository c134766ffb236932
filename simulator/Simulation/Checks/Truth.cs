// What was true of what a pole told: the range in which a value may lie that was measured at a moment.
using Simulation.Engine;
using Simulation.Engine.Fittings;
using Simulation.Operation;
using Simulation.Scenarios;
using Simulation.World;

namespace Simulation.Checks;

/// <summary>A range of true values.</summary>
/// <param name="Low">The lowest.</param>
/// <param name="High">The highest.</param>
internal readonly record struct TrueRange(double Low, double High)
{
    /// <summary>How far a value is off, as a share of the truth; small differences in the quantity's own units count as none.</summary>
    /// <param name="value">The value.</param>
    /// <param name="floor">What counts as none.</param>
    public double OffPercent(double value, double floor)
    {
        double off = value < Low ? Low - value : value > High ? value - High : 0;
        return off <= floor ? 0 : 100 * (off - floor) / Math.Max(Math.Abs((Low + High) / 2), floor);
    }
}

/// <summary>Tells the truth.</summary>
internal static class Truth
{
    private const long HourUs = 3_600_000_000;

    /// <summary>How old a reading of meter, accelerometer or board may be when it is told: what is read every ten minutes and not three times running is stale.</summary>
    private const int SupervisionSeconds = 1800;

    /// <summary>Points of a mean.</summary>
    private const int MeanPoints = 13;

    /// <summary>Name, unit, part, and the difference that counts as none: the part's own accuracy by its data sheet, and what the place adds.</summary>
    public static (string Name, string Unit, PartName Part, double Floor) Describe(Quantity quantity) => quantity switch
    {
        Quantity.Fill => ("fill level", "%", PartName.FillLevel, 10),
        Quantity.Water => ("water level", "cm", PartName.WaterLevel, 6),
        Quantity.Pm1 => ("PM1", "\u00b5g/m\u00b3", PartName.Particulates, 3),
        Quantity.Pm25 => ("PM2.5", "\u00b5g/m\u00b3", PartName.Particulates, 3),
        Quantity.Pm10 => ("PM10", "\u00b5g/m\u00b3", PartName.Particulates, 5),
        Quantity.Pm25Corrected => ("PM2.5, corrected", "\u00b5g/m\u00b3", PartName.Particulates, 3),
        Quantity.Pm10Corrected => ("PM10, corrected", "\u00b5g/m\u00b3", PartName.Particulates, 5),
        Quantity.Temperature => ("temperature", "\u00b0C", PartName.Climate, 1.5),
        Quantity.Humidity => ("humidity", "%", PartName.Climate, 6),
        Quantity.Pressure => ("pressure", "hPa", PartName.Climate, 2),
        Quantity.CarbonDioxide => ("carbon dioxide", "ppm", PartName.CarbonDioxide, 60),
        Quantity.VocIndex => ("VOC index", "", PartName.Gas, 0),
        Quantity.NoxIndex => ("NOx index", "", PartName.Gas, 0),
        Quantity.MainsVoltage => ("mains voltage", "V", PartName.Meter, 4),
        Quantity.Tilt => ("tilt", "\u00b0", PartName.Accelerometer, 1),
        Quantity.BoardTemperature => ("board temperature", "\u00b0C", PartName.BoardTemperature, 3),
        _ => ("supply voltage", "V", PartName.SupplyVoltage, 0.5),
    };

    /// <summary>Whether it is a value by which the pole watches itself: courses of those are in the report only where the part was in trouble.</summary>
    public static bool IsSupervision(Quantity quantity) => quantity >= Quantity.MainsVoltage;

    /// <summary>What was true at one moment, for a curve; null for what has no truth, such as an index.</summary>
    public static double? At(PoleSurroundings around, Quantity quantity, long timeUs)
    {
        switch (quantity)
        {
            case Quantity.Fill:
                return around.Bin?.FillPercentAt(timeUs);
            case Quantity.Water:
                return around.Water?.LevelCentimetresAt(timeUs);
            case Quantity.VocIndex or Quantity.NoxIndex:
                return null;
            case Quantity.MainsVoltage:
                return around.Mains.At(timeUs);
            case Quantity.Tilt:
                return around.Motion.LeanDegreesAt(timeUs);
            case Quantity.BoardTemperature:
                return LuminaireWarmth.BoardDegreesAt(around.Air, around.Incidents, timeUs);
            case Quantity.SupplyVoltage:
                return SupplyFitting.NominalMillivolts / 1000 * around.Mains.At(timeUs) / MainsVoltage.NominalVolts;
            default:
                return Of(around.Air.At(timeUs), quantity);
        }
    }

    /// <summary>The range in which a value may lie that was told as measured at a moment; null for what has no truth.</summary>
    /// <param name="around">What the pole has around it.</param>
    /// <param name="quantity">What was told.</param>
    /// <param name="measuredUs">When.</param>
    /// <param name="startUtcMs">Start of the run: hourly means are of clock hours.</param>
    public static TrueRange? Range(PoleSurroundings around, Quantity quantity, long measuredUs, long startUtcMs)
    {
        switch (quantity)
        {
            case Quantity.Fill when around.Bin is { } bin:
                return Extremes(measuredUs, bin.Plan.IntervalSeconds, bin.FillPercentAt);
            case Quantity.Water when around.Water is { } water:
                return Extremes(measuredUs, water.Plan.IntervalSeconds, water.LevelCentimetresAt);
            case Quantity.Fill or Quantity.Water or Quantity.VocIndex or Quantity.NoxIndex:
                return null;
            case Quantity.MainsVoltage or Quantity.Tilt or Quantity.BoardTemperature or Quantity.SupplyVoltage:
                return Extremes(measuredUs, SupervisionSeconds, timeUs => At(around, quantity, timeUs) ?? 0);
            default:
                // The mean of the last full clock hour; around the turn of the hour it may be the one before.
                long startUs = startUtcMs * 1000;
                long endUs = ((measuredUs + startUs) / HourUs * HourUs) - startUs;
                double last = Mean(around, quantity, endUs - HourUs);
                double before = Mean(around, quantity, endUs - (2 * HourUs));
                return new TrueRange(Math.Min(last, before), Math.Max(last, before));
        }
    }

    private static TrueRange Extremes(long measuredUs, int intervalSeconds, Func<long, double> level)
    {
        const long MarginUs = 120_000_000;
        long fromUs = Math.Max(0, measuredUs - (intervalSeconds * 1_000_000L) - MarginUs);
        double low = double.MaxValue;
        double high = double.MinValue;
        for (long timeUs = fromUs; timeUs <= measuredUs + MarginUs; timeUs += MarginUs / 2)
        {
            double value = level(timeUs);
            low = Math.Min(low, value);
            high = Math.Max(high, value);
        }

        return new TrueRange(low, high);
    }

    private static double Mean(PoleSurroundings around, Quantity quantity, long fromUs) =>
        Enumerable.Range(0, MeanPoints).Average(i => Of(around.Air.At(fromUs + (HourUs * i / (MeanPoints - 1))), quantity));

    private static double Of(in AirSample air, Quantity quantity)
    {
        double swollen = MoistAir.ApparentMassFactor(air.HumidityPercent, DustScene.Kappa);
        return quantity switch
        {
            Quantity.Pm1 => air.Pm1Micrograms * swollen,
            Quantity.Pm25 => air.Pm25Micrograms * swollen,
            Quantity.Pm10 => air.Pm10Micrograms * swollen,
            Quantity.Pm25Corrected => air.Pm25Micrograms,
            Quantity.Pm10Corrected => air.Pm10Micrograms,
            Quantity.Temperature => air.TemperatureDegrees,
            Quantity.Humidity => air.HumidityPercent,
            Quantity.Pressure => air.PressurePascals / 100,
            _ => air.CarbonDioxidePpm,
        };
    }
}
