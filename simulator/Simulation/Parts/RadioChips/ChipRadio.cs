// The radio of a pole as chip and driver: the firmware's own driver, unmodified, over a simulated chip.
using PoleController.Drivers;
using PoleController.Hal;

namespace Simulation.Parts.RadioChips;

/// <summary>A radio that is a chip behind its driver.</summary>
public sealed class ChipRadio : PoleRadio
{
    private readonly Func<LoRaTransceiver> _createDriver;

    private ChipRadio(Antenna antenna, LoRaChip chip, Func<LoRaTransceiver> createDriver)
        : base(antenna)
    {
        Chip = chip;
        _createDriver = createDriver;
        Driver = createDriver();
    }

    /// <summary>The chip.</summary>
    public LoRaChip Chip { get; }

    /// <summary>The driver of the controller that runs.</summary>
    public LoRaTransceiver Driver { get; private set; }

    /// <inheritdoc/>
    public override long NextEventUs => Chip.NextEventUs;

    /// <summary>An SX1262 with its driver.</summary>
    /// <param name="antenna">Its antenna.</param>
    /// <param name="board">Its wiring.</param>
    public static ChipRadio CreateSx1262(Antenna antenna, Sx1262Board board)
    {
        ArgumentNullException.ThrowIfNull(board);
        Sx1262Chip chip = new(antenna, board.TcxoMillivolts > 0);
        return new ChipRadio(antenna, chip, () => new Sx1262(chip, chip.ResetLine, chip.Busy, chip.Dio1, board));
    }

    /// <summary>An SX1276 with its driver.</summary>
    /// <param name="antenna">Its antenna.</param>
    /// <param name="board">Its wiring.</param>
    public static ChipRadio CreateSx1276(Antenna antenna, Sx1276Board board)
    {
        ArgumentNullException.ThrowIfNull(board);
        Sx1276Chip chip = new(antenna, board.HasTcxo);
        return new ChipRadio(antenna, chip, () => new Sx1276(chip, chip.ResetLine, chip.Dio0, chip.Dio1, board));
    }

    /// <inheritdoc/>
    public override ILoRaRadio CreatePort()
    {
        Driver = _createDriver();
        return Driver;
    }

    /// <inheritdoc/>
    public override void SetTime(long timeUs) => Chip.SetTime(timeUs);

    /// <inheritdoc/>
    public override bool Advance(long timeUs)
    {
        Chip.Advance(timeUs);
        return Chip.HasInterrupt;
    }

    /// <inheritdoc/>
    public override void PowerOff() => Chip.PowerOff();
}
