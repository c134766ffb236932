// A photocell that a test sets, in lux, and that fails on demand.
using PoleController.Hal;

namespace PoleController.Tests.Parts;

internal sealed class SimulatedPhotocell : ILightSensor
{
    public int IlluminanceLux { get; set; }

    public int ReadCount { get; private set; }

    public bool IsSilent { get; set; }

    public bool Throws { get; set; }

    public bool TryRead(out int illuminanceMillilux)
    {
        ReadCount++;
        if (Throws)
        {
            throw new InvalidOperationException("The photocell's driver failed.");
        }

        illuminanceMillilux = IsSilent ? 0 : IlluminanceLux * 1000;
        return !IsSilent;
    }
}
