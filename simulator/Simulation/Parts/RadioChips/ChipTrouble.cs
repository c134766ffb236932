// What may be wrong with a radio chip or its bus; set from outside, at any time.
namespace Simulation.Parts.RadioChips;

/// <summary>What the bus does.</summary>
public enum SpiTrouble
{
    /// <summary>It works.</summary>
    None,

    /// <summary>Every byte that comes back is 0x00, and nothing reaches the chip: a short to ground, a chip without supply.</summary>
    StuckLow,

    /// <summary>Every byte that comes back is 0xFF, and nothing reaches the chip: an open line with a pull-up.</summary>
    StuckHigh,

    /// <summary>The controller's bus refuses transfers.</summary>
    Refuses,
}

/// <summary>Failures of one radio chip.</summary>
public sealed class ChipTrouble
{
    /// <summary>What the bus does.</summary>
    public SpiTrouble Bus { get; set; }

    /// <summary>Whether BUSY hangs high (a chip that has it).</summary>
    public bool IsBusyStuck { get; set; }

    /// <summary>How much longer BUSY lasts after every command, in microseconds.</summary>
    public long BusyStretchUs { get; set; }

    /// <summary>Whether the interrupt lines hang active.</summary>
    public bool IsInterruptStuck { get; set; }

    /// <summary>Whether the interrupt lines are cut.</summary>
    public bool IsInterruptCut { get; set; }

    /// <summary>Whether the board's reset output fails.</summary>
    public bool IsResetRefused { get; set; }

    /// <summary>Bits to flip in a byte that comes back, by the index of the transfer and of the byte in it; null for none.</summary>
    public Func<int, int, byte>? Flips { get; set; }

    /// <summary>Called before every transfer with its index since the chip was made: failures at a certain transfer are put in here.</summary>
    public Action<int>? BeforeTransfer { get; set; }
}
