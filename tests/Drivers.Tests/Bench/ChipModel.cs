// The two chips with their drivers, so that a test can say which one it is about.
using PoleController.Drivers;
using PoleController.Hal;
using Simulation.Parts;
using Simulation.Parts.RadioChips;

namespace Drivers.Tests.Bench;

public enum ChipModel
{
    Sx1262,
    Sx1276,
}

internal static class Chips
{
    public static LoRaChip Create(ChipModel model, Antenna antenna) =>
        model == ChipModel.Sx1262 ? new Sx1262Chip(antenna) : new Sx1276Chip(antenna);

    /// <summary>The model's driver over any chip: its lines as far as that chip has them.</summary>
    public static LoRaTransceiver CreateDriver(ChipModel model, LoRaChip chip, ISpiDevice? spi = null)
    {
        IDigitalInput interrupt = new SignalLine(() => chip.HasInterrupt);
        IDigitalInput busy = chip is Sx1262Chip sx1262 ? sx1262.Busy : new SignalLine(() => false);
        IDigitalInput dio0 = chip is Sx1276Chip first ? first.Dio0 : interrupt;
        IDigitalInput dio1 = chip is Sx1276Chip second ? second.Dio1 : interrupt;
        return model == ChipModel.Sx1262
            ? new Sx1262(spi ?? chip, chip.ResetLine, busy, interrupt, new Sx1262Board())
            : new Sx1276(spi ?? chip, chip.ResetLine, dio0, dio1, new Sx1276Board());
    }
}
