// What troubles of the dimming interface, the gear and the relay do to the light, when they show, and which alarms they explain. From the data of the
// interfaces (IEC 60929 Annex E, IEC 62386), not from the controller.
using PoleController.Alarms;
using Simulation.Engine;
using Simulation.Operation;
using Simulation.Scenarios;

namespace Simulation.Checks;

/// <summary>What is known of a luminaire in trouble.</summary>
internal static class LuminaireTroubles
{
    private const long MinuteUs = 60_000_000;
    private const long HourUs = 60 * MinuteUs;

    /// <summary>How long after a trouble of the interface or the gear the light may still be another: gear that was reset is noticed by the look that comes every five minutes,
    /// gear that failed is tried again after a minute at most.</summary>
    public const long RecoveryUs = 8 * MinuteUs;

    /// <summary>A judgement of the power takes half a minute of steady light and two readings a minute apart.</summary>
    private const long SteadyUs = 3 * MinuteUs;

    /// <summary>What the power may be off by default, as a level: full light shows below it (1000 / 1.3).</summary>
    private const int LevelThatFullLightExceeds = 700;

    /// <summary>Below this level the power says nothing of the lamp.</summary>
    private const int LeastJudgedLevel = 100;

    /// <summary>How many dark spells within an hour the controller calls cycling, by default.</summary>
    private const int CyclesToTell = 4;

    /// <summary>Whether a trouble is one of the luminaire: of its interface, its gear or its relay.</summary>
    public static bool IsOfLuminaire(InjectedFault fault) =>
        fault.Kind == FaultKind.PartTrouble && fault.Part is PartName.Dimmer or PartName.Gear or PartName.Relay;

    /// <summary>The least light that a trouble leaves where the lamp is to be lit, in permille; 1000 for what it would be without the trouble.</summary>
    public static int LeastPermille(InjectedFault fault) => (fault.Part, fault.Trouble) switch
    {
        // Its own gear or lamp failed.
        (PartName.Gear, _) => 0,

        // Gear that hears nothing new keeps its level; so does a stage that cannot be set. A shorted 0-10 V wire is the lowest light. Gear without mains starts at its power on
        // level, full light, after 0.6 s.
        (PartName.Dimmer, PartTrouble.Deaf or PartTrouble.Cut or PartTrouble.Stuck or PartTrouble.Drifting or PartTrouble.Restarted or PartTrouble.Replaced) => 1,
        (PartName.Dimmer, PartTrouble.Shorted) when fault.Dimmer == DimmerKind.Analog => 1,

        // What the gear says is lost, what it is told is not; a bus or a wire without voltage is full light.
        _ => 1000,
    };

    /// <summary>From when on a trouble, or its end, shows; null when it never does.</summary>
    /// <param name="result">The run.</param>
    /// <param name="fault">The trouble.</param>
    /// <param name="atUs">Its begin or its end.</param>
    public static long? ShowsFromUs(FleetResult result, InjectedFault fault, long atUs)
    {
        NightIntervals nights = result.Nights[fault.PoleIndex];
        return (fault.Part, fault.Trouble) switch
        {
            _ when atUs == long.MaxValue => long.MaxValue,

            // Contacts weld while they touch, so by night; they show by day.
            (PartName.Relay, _) when atUs == fault.StartUs => FaultVisibility.AtNightUs(nights, atUs) is long closedUs ? FaultVisibility.ByDayUs(nights, closedUs) : null,
            (PartName.Relay, _) => FaultVisibility.ByDayUs(nights, atUs),
            (PartName.Dimmer, _) when fault.Dimmer == DimmerKind.Dali => FaultVisibility.AtNightUs(nights, atUs),
            (PartName.Dimmer, PartTrouble.Stuck) when atUs == fault.StartUs => FaultVisibility.FirstRefusalUs(result.Poles[fault.PoleIndex].Parts.Recorder, fault),
            (PartName.Dimmer, PartTrouble.Open) => Steady(result, fault, atUs, 1, LevelThatFullLightExceeds),
            (PartName.Dimmer, PartTrouble.Shorted) => Steady(result, fault, atUs, LeastJudgedLevel, 1000),
            (PartName.Gear, _) => FaultVisibility.AtNightUs(nights, atUs),
            _ => atUs,
        };
    }

    /// <summary>Whether a fault of the luminaire explains an alarm that is not the one that names it.</summary>
    public static bool IsCompanion(FleetResult result, InjectedFault fault, ReceivedAlarm alarm) => alarm.Kind switch
    {
        // It went off while it was lit: only a lamp that broke by night did.
        AlarmKind.UnexpectedOff => IsDark(fault) && result.Nights[fault.PoleIndex].OverlapUs(fault.StartUs, fault.StartUs + 1, out _) > 0,
        AlarmKind.LampFailure => IsDark(fault),

        // As often as the controller says it is cycling, the lamp has to have failed and come back within the hour before.
        AlarmKind.Cycling => IsDark(fault) && result.Faults.Count(other => other.PoleIndex == fault.PoleIndex && IsDark(other)
            && other.StartUs <= alarm.HappenedUs && other.StartUs > alarm.HappenedUs - HourUs - (10 * MinuteUs)) >= CyclesToTell,

        // Full light where less was asked for: burning whatever it is told, an open wire, a bus without voltage, gear at its power on level.
        AlarmKind.PowerTooHigh => fault.Kind is FaultKind.DayBurner or FaultKind.DimmerSilent || (fault.Part == PartName.Dimmer && fault.Kind == FaultKind.PartTrouble
            && fault.Trouble is PartTrouble.Open or PartTrouble.Shorted or PartTrouble.Restarted or PartTrouble.Replaced or PartTrouble.Deaf or PartTrouble.Cut or PartTrouble.Stuck or PartTrouble.Drifting),

        // Gear or stage that kept a level lower than the one that was asked for, before the controller knew.
        AlarmKind.PowerTooLow => fault.Part == PartName.Dimmer && fault.Kind == FaultKind.PartTrouble
            && fault.Trouble is PartTrouble.Deaf or PartTrouble.Cut or PartTrouble.Stuck or PartTrouble.Drifting,

        // A level that gear on a bus does not take is told twice: as a bus that fails and as a light that does not obey.
        AlarmKind.LightingFault => fault.Part == PartName.Dimmer && fault.Kind == FaultKind.PartTrouble,
        _ => false,
    };

    private static bool IsDark(InjectedFault fault) => fault.Kind == FaultKind.LampFailure
        || (fault.Kind == FaultKind.PartTrouble && (fault.Part == PartName.Gear
            || (fault.Part == PartName.Dimmer && fault.Dimmer == DimmerKind.Analog && fault.Trouble is PartTrouble.Shorted or PartTrouble.Drifting)));

    private static long? Steady(FleetResult result, InjectedFault fault, long atUs, int lowest, int highest)
    {
        if (result.UndisturbedCurves.Count == 0)
        {
            return null;
        }

        long? fromUs = result.UndisturbedCurves[fault.PoleIndex].FirstSteadyUs(atUs, lowest, highest, SteadyUs);
        return fromUs is long us && us < result.TimeUs ? us : null;
    }
}
