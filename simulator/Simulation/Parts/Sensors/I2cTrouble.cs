// What may be wrong with the wires of an I2C part; set from outside, at any time.
namespace Simulation.Parts.Sensors;

/// <summary>What the bus does.</summary>
public enum I2cBusTrouble
{
    /// <summary>It works.</summary>
    None,

    /// <summary>Nobody acknowledges: a wire is cut, the part has no supply.</summary>
    Silent,

    /// <summary>Transfers are broken off after the address.</summary>
    Partial,

    /// <summary>Somebody holds the clock.</summary>
    ClockHeld,

    /// <summary>A line is stuck: the bus refuses every transfer.</summary>
    Stuck,

    /// <summary>Every transfer seems to succeed, nothing reaches the part, and what is read is 0x00.</summary>
    AlwaysZero,

    /// <summary>Every transfer seems to succeed, nothing reaches the part, and what is read is 0xFF.</summary>
    AlwaysOne,
}

/// <summary>Failures at one address of an I2C bus.</summary>
public sealed class I2cTrouble
{
    /// <summary>What the bus does.</summary>
    public I2cBusTrouble Bus { get; set; }

    /// <summary>Bits to flip in a byte that is read, by the index of the transfer and of the byte in it; null for none.</summary>
    public Func<int, int, byte>? Flips { get; set; }

    /// <summary>Called before every transfer with its index since the socket was made: failures at a certain transfer are put in here.</summary>
    public Action<int>? BeforeTransfer { get; set; }
}
