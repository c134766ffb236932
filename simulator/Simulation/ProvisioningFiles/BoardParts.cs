// What the firmware finds at a pole controller of a certain board (firmware/PoleController.Esp32/Boards), in parts that are simulated here. A test
// compares both, port by port.
using PoleController.Boards;
using Simulation.Scenarios;

namespace Simulation.ProvisioningFiles;

/// <summary>Turns the record "board" into what hangs at a simulated pole.</summary>
internal static class BoardParts
{
    private const string FirstRevision = "pole-controller-r1";
    private const string SecondRevision = "pole-controller-r2";

    /// <summary>The boards whose poles are simulated.</summary>
    public static IReadOnlyList<string> Boards { get; } = [FirstRevision, SecondRevision];

    /// <summary>
    /// Words for parts that a board can have, but that need more of the world than a controller's files say: the container and what fills it, the water, the
    /// second channel of the lamp, the poles next to it.
    /// </summary>
    public static IReadOnlyList<string> NotSimulated(BoardFitting board) => board.BoardName == SecondRevision
        ? [PartWords.Neighbours, PartWords.Warm, PartWords.Container, PartWords.Water]
        : [PartWords.Neighbours];

    /// <summary>What hangs at the pole; null when no such board is simulated.</summary>
    /// <param name="board">The record.</param>
    /// <param name="shared">What every pole of the scenario has; the board decides about sensors and meter.</param>
    public static PoleFitting? Fit(BoardFitting board, ControllerModel shared) => board.BoardName switch
    {
        FirstRevision => FitFirst(board, shared),
        SecondRevision => FitSecond(board, shared),
        _ => null,
    };

    private static PoleFitting FitFirst(BoardFitting board, ControllerModel shared) => new()
    {
        Hardware = Hardware(board, shared),
        Sensors = new SensorPlan { Dimmer = DimmerKind.Analog },
    };

    private static PoleFitting FitSecond(BoardFitting board, ControllerModel shared)
    {
        ControllerModel hardware = Hardware(board, shared);

        // One UART: what comes first holds.
        bool hasRadar = board.Has(PartWords.Counting) && !hardware.HasMeter;
        return new PoleFitting
        {
            Hardware = hardware,
            Sensors = new SensorPlan
            {
                Dimmer = board.Has(PartWords.Dali) ? DimmerKind.Dali : DimmerKind.Analog,
                HasBoardSensors = true,
                HasAccelerometer = true,
                HasRadar = hasRadar,
                HasDoorContact = board.Has(PartWords.Door),
            },
            Air = FitAir(board),
        };
    }

    private static ControllerModel Hardware(BoardFitting board, ControllerModel shared) => shared with
    {
        HasOccupancySensor = board.Has(PartWords.Occupancy),
        HasPhotocell = board.Has(PartWords.Photocell),
        HasMeter = board.Has(PartWords.Metered),
    };

    private static AirStationPlan? FitAir(BoardFitting board)
    {
        AirStationPlan plan = new()
        {
            Particulates = board.Has(PartWords.Particulates) ? ParticulatePart.Sps30I2c : null,
            HasClimate = board.Has(PartWords.Climate),
            HasCarbonDioxide = board.Has(PartWords.CarbonDioxide),
            HasGas = board.Has(PartWords.Gas),
        };
        return plan.Particulates is not null || plan.HasClimate || plan.HasCarbonDioxide || plan.HasGas ? plan : null;
    }
}
