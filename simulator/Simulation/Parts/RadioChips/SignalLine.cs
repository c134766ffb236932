// Lines between a board and a chip.
using PoleController.Hal;

namespace Simulation.Parts.RadioChips;

/// <summary>A line that a chip drives.</summary>
/// <param name="read">Its state.</param>
public sealed class SignalLine(Func<bool> read) : IDigitalInput
{
    /// <inheritdoc/>
    public bool IsActive => read();
}

/// <summary>A line that the board drives.</summary>
/// <param name="write">Takes its state; false when the board fails.</param>
public sealed class ControlLine(Func<bool, bool> write) : IDigitalOutput
{
    /// <inheritdoc/>
    public bool TrySet(bool isActive) => write(isActive);
}
