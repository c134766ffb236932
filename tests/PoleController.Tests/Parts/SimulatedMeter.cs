// A meter that shows what a test gives it, with an energy counter of its own, and that fails on demand.
using PoleController.Hal;

namespace PoleController.Tests.Parts;

internal sealed class SimulatedMeter : ILuminaireMeter
{
    public int PowerMilliwatts { get; set; }

    public long EnergyMilliwattHours { get; set; }

    public int ReadCount { get; private set; }

    public bool IsSilent { get; set; }

    public bool Throws { get; set; }

    public bool TryRead(LuminaireReading reading)
    {
        ReadCount++;
        if (Throws)
        {
            throw new InvalidOperationException("The meter's driver failed.");
        }

        if (IsSilent)
        {
            return false;
        }

        reading.PowerMilliwatts = PowerMilliwatts;
        reading.VoltageMillivolts = 230000;
        reading.EnergyMilliwattHours = EnergyMilliwattHours;
        return true;
    }
}
