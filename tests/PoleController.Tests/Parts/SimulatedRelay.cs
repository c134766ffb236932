// The relay as a test sees it: rests closed, counts its openings, and fails on demand.
using PoleController.Hal;

namespace PoleController.Tests.Parts;

internal sealed class SimulatedRelay : IRelay
{
    public bool IsClosed { get; private set; } = true;

    public int OpeningCount { get; private set; }

    public int CallCount { get; private set; }

    public bool Refuses { get; set; }

    public bool Throws { get; set; }

    public bool TrySwitch(bool isClosed)
    {
        CallCount++;
        if (Throws)
        {
            throw new InvalidOperationException("The relay's driver failed.");
        }

        if (Refuses)
        {
            return false;
        }

        if (IsClosed && !isClosed)
        {
            OpeningCount++;
        }

        IsClosed = isClosed;
        return true;
    }
}
