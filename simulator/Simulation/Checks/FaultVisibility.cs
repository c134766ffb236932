// From when on a controller can know of a fault, and by which alarm it says so.
using PoleController.Alarms;
using Simulation.Engine;
using Simulation.Scenarios;
using Simulation.World;

namespace Simulation.Checks;

/// <summary>What can be seen of a fault.</summary>
internal static class FaultVisibility
{
    /// <summary>An input that hangs looks like a busy street for half an hour.</summary>
    private const long StuckInputUs = 30 * 60_000_000L;

    /// <summary>A program may light the lamp this long before civil dusk; then a lamp that burns by day no longer shows.</summary>
    private const long TwilightUs = 60 * 60_000_000L;

    /// <summary>The alarm a fault raises; <see cref="AlarmKind.None"/> when it raises none.</summary>
    public static AlarmKind Alarm(InjectedFault fault) => fault.Kind switch
    {
        FaultKind.PartTrouble => ExpectedEvents.Alarm(fault) ?? AlarmKind.None,
        FaultKind.LampFailure => AlarmKind.LampFailure,
        FaultKind.DayBurner => AlarmKind.DayBurner,
        FaultKind.MeterSilent => AlarmKind.MeterFault,
        FaultKind.OccupancyStuck => AlarmKind.OccupancyFault,
        FaultKind.DimmerSilent or FaultKind.PhotocellFailed => AlarmKind.LightingFault,
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault.Kind, "No alarm is known for this fault."),
    };

    /// <summary>From when on a fault can be found within a time; null when it never can, or need not be found.</summary>
    /// <param name="result">The run.</param>
    /// <param name="fault">The fault.</param>
    /// <param name="withinUs">The time, during which the pole must have mains.</param>
    public static long? FromUs(FleetResult result, InjectedFault fault, long withinUs)
    {
        long? visibleUs = WithMainsFromUs(result, fault);
        foreach ((long startUs, long endUs) in result.Outages[fault.PoleIndex].Intervals)
        {
            if (startUs < visibleUs + withinUs && endUs > visibleUs)
            {
                visibleUs = endUs;
            }
        }

        return visibleUs < fault.EndUs ? visibleUs : null;
    }

    private static long? WithMainsFromUs(FleetResult result, InjectedFault fault)
    {
        Lamp lamp = result.Lamps[fault.PoleIndex];
        ControllerModel controller = lamp.Files?.Fitting.Hardware ?? result.Scenario.Controller;
        if (lamp is { Files: not null, FullPowerWatts: null })
        {
            // By the power nobody can judge a luminaire whose power nobody told the controller.
            controller = controller with { HasMeter = false };
        }

        return fault.Kind switch
        {
            FaultKind.LampFailure when controller.HasMeter || fault.Dimmer == DimmerKind.Dali => AtNightUs(result.Nights[fault.PoleIndex], fault.StartUs),
            FaultKind.DayBurner when controller.HasMeter => ByDayUs(result.Nights[fault.PoleIndex], fault.StartUs),
            FaultKind.MeterSilent when controller.HasMeter => fault.StartUs,
            FaultKind.OccupancyStuck when controller.HasOccupancySensor => fault.StartUs + StuckInputUs,
            FaultKind.DimmerSilent => FirstRefusalUs(result.Poles[fault.PoleIndex].Parts.Recorder, fault),

            // A photocell is asked only while the clock is unknown; nobody has to notice that it failed.
            _ => null,
        };
    }

    /// <summary>What is wrong with the light shows when the lamp should burn; null when there is no night any more.</summary>
    public static long? AtNightUs(NightIntervals nights, long startUs)
    {
        for (int i = 0; i < nights.Count; i++)
        {
            if (startUs < nights.DawnUs(i))
            {
                return Math.Max(startUs, nights.DuskUs(i));
            }
        }

        return null;
    }

    /// <summary>What cannot be switched off shows by day.</summary>
    public static long ByDayUs(NightIntervals nights, long startUs)
    {
        for (int i = 0; i < nights.Count; i++)
        {
            if (startUs < nights.DuskUs(i) - TwilightUs)
            {
                return startUs;
            }

            if (startUs < nights.DawnUs(i))
            {
                return nights.DawnUs(i);
            }
        }

        return startUs;
    }

    /// <summary>A dimming line that cannot be set shows when the level changes; the part knows when it was first called in vain. Null when it never was.</summary>
    public static long? FirstRefusalUs(PoleRecorder recorder, InjectedFault fault)
    {
        foreach (long refusedUs in recorder.DimmerRefusalsUs)
        {
            if (refusedUs >= fault.StartUs && refusedUs < fault.EndUs)
            {
                return refusedUs;
            }
        }

        return null;
    }
}
