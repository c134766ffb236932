// The dimming interface as a test sees it: the level it was last given, how often it was asked, and faults on demand.
using PoleController.Hal;

namespace PoleController.Tests.Parts;

internal sealed class SimulatedDimmer : IDimmerOutput
{
    /// <summary>What the gear puts out; an open wire is full light.</summary>
    public int LevelPermille { get; private set; } = 1000;

    public int CallCount { get; private set; }

    public int OutOfRangeCount { get; private set; }

    public bool Refuses { get; set; }

    public bool Throws { get; set; }

    public bool TrySetLevel(int levelPermille)
    {
        CallCount++;
        if (Throws)
        {
            throw new InvalidOperationException("The dimmer's driver failed.");
        }

        if (Refuses)
        {
            return false;
        }

        // Counted, not thrown: an exception of a port is what the lamp survives.
        OutOfRangeCount += levelPermille is < 0 or > 1000 ? 1 : 0;
        LevelPermille = levelPermille;
        return true;
    }
}
