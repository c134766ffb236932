// What a technician would have set on a controller for the sensors at its pole.
using PoleController.Settings;
using Simulation.Engine.Fittings;
using Simulation.Scenarios;
using Simulation.World;

namespace Simulation.Engine;

/// <summary>Fills the settings of sensors.</summary>
internal static class SensorProvisioning
{
    private const int MillimetresPerCentimetre = 10;

    /// <summary>What mains ten percent below nominal leave, the most that EN 50160 allows.</summary>
    private const int SupplyMinimumMillivolts = SupplyFitting.NominalMillivolts * 9 / 10;

    /// <summary>Fills the sections that what hangs at the pole needs; what is not there is not measured.</summary>
    public static void Fill(ControllerSettings settings, PoleFitting fitting)
    {
        if (fitting.Bin is { } bin)
        {
            Fill(settings.FillLevel, bin);
        }

        if (fitting.Water is { } water)
        {
            Fill(settings.WaterLevel, water);
        }

        if (fitting.Air is { } air)
        {
            settings.Air.ParticulatesIntervalSeconds = air.IntervalSeconds;
        }

        if (fitting.Sensors is { } sensors)
        {
            settings.Traffic.SmallestCount = sensors.MinimumCount;
            settings.Supervision.SupplyMinimumMillivolts = sensors.HasBoardSensors ? SupplyMinimumMillivolts : 0;
            settings.Measurements.IntervalSeconds[(int)MeasurementKind.Traffic - (int)MeasurementSettings.FirstKind] = sensors.CountIntervalSeconds;
        }
    }

    private static void Fill(FillLevelSettings settings, BinPlan bin)
    {
        Container container = bin.Container;
        settings.Shape = (int)(container.Form switch
        {
            ContainerForm.Cone => ContainerShape.Cone,
            ContainerForm.LyingCylinder => ContainerShape.LyingCylinder,
            _ => ContainerShape.Straight,
        });
        settings.EmptyDistanceMillimetres = (int)(container.HeightMillimetres + container.SensorAboveMillimetres);
        settings.FullDistanceMillimetres = (int)container.SensorAboveMillimetres;

        // Only the proportion of the widths counts.
        settings.TopWidthMillimetres = 1000;
        settings.BottomWidthMillimetres = (int)(container.BottomShare * 1000);
        settings.WarningPercent = bin.WarningPercent;
        settings.AlarmPercent = bin.AlarmPercent;
        settings.IntervalSeconds = bin.IntervalSeconds;
        settings.NearIntervalSeconds = Math.Min(settings.NearIntervalSeconds, bin.IntervalSeconds);
    }

    private static void Fill(WaterLevelSettings settings, WaterPlan water)
    {
        settings.SensorHeightMillimetres = (int)(water.SensorAboveZeroCentimetres * MillimetresPerCentimetre);
        settings.WarningMillimetres = water.WarningCentimetres * MillimetresPerCentimetre;
        settings.AlarmMillimetres = water.AlarmCentimetres * MillimetresPerCentimetre;
        settings.WarningRateMillimetresPerHour = water.RiseCentimetresPerHour * MillimetresPerCentimetre;
        settings.IntervalSeconds = water.IntervalSeconds;
        settings.RisingIntervalSeconds = Math.Min(settings.RisingIntervalSeconds, water.IntervalSeconds);
    }
}
