// Which troubles each part can have: a photocell has no laser that could wear out. What a trouble does is the parts' and Engine/Fittings'.
namespace Simulation.Scenarios;

/// <summary>The troubles of each part.</summary>
public static class PartTroubles
{
    private static readonly PartTrouble[] Serial =
        [PartTrouble.Silent, PartTrouble.Checksum, PartTrouble.Garbage, PartTrouble.Cut, PartTrouble.Stuck, PartTrouble.Replaced, PartTrouble.Restarted];

    private static readonly PartTrouble[] Registers =
        [PartTrouble.Silent, PartTrouble.Deaf, PartTrouble.Garbage, PartTrouble.Cut, PartTrouble.Stuck, PartTrouble.Replaced, PartTrouble.Restarted];

    // Whoever counts pulses cannot tell none from no load.
    private static readonly PartTrouble[] Pulses = [PartTrouble.Silent, PartTrouble.Stuck, PartTrouble.Garbage];

    private static readonly PartTrouble[] Converter = [PartTrouble.Silent, PartTrouble.Stuck, PartTrouble.Drifting];

    /// <summary>What can be wrong with a part, whichever of its types it is.</summary>
    public static IReadOnlyCollection<PartTrouble> Of(PartName part) => part == PartName.Dimmer
        ? [.. Of(part, DimmerKind.Dali, MeterKind.Bl0942), PartTrouble.Drifting]
        : Of(part, DimmerKind.Port, MeterKind.Bl0942);

    /// <summary>What can be wrong with a part.</summary>
    /// <param name="part">The part.</param>
    /// <param name="dimmer">How the luminaire is dimmed, where that is the part.</param>
    /// <param name="meter">Which meter measures the luminaire, where that is the part.</param>
    public static IReadOnlyCollection<PartTrouble> Of(PartName part, DimmerKind dimmer, MeterKind meter) => part switch
    {
        PartName.Meter when meter == MeterKind.Bl0937 => Pulses,
        PartName.FillLevel or PartName.WaterLevel => [.. Serial, PartTrouble.Drifting],
        PartName.Radar or PartName.Meter => [.. Serial, PartTrouble.Deaf],
        PartName.Particulates => [.. Serial, PartTrouble.Deaf, PartTrouble.Worn, PartTrouble.Blocked],
        PartName.CarbonDioxide => [.. Registers, PartTrouble.Checksum, PartTrouble.Drifting],
        PartName.Gas => [.. Registers, PartTrouble.Checksum],
        PartName.Climate or PartName.Accelerometer or PartName.Photocell => Registers,
        PartName.Dimmer when dimmer == DimmerKind.Dali => [.. Serial, PartTrouble.Deaf, PartTrouble.Open, PartTrouble.Shorted],
        PartName.Dimmer when dimmer == DimmerKind.Analog => [PartTrouble.Stuck, PartTrouble.Open, PartTrouble.Shorted, PartTrouble.Drifting],
        PartName.Gear => [PartTrouble.LampFailed, PartTrouble.GearFailed],
        PartName.Relay => [PartTrouble.Stuck],
        PartName.NeighbourRadio => [PartTrouble.Silent, PartTrouble.Deaf, PartTrouble.Stuck],
        PartName.SupplyVoltage => Converter,
        PartName.BoardTemperature => [.. Converter, PartTrouble.Open, PartTrouble.Shorted],
        _ => [],
    };
}
