// A watchdog that counts how often it is petted.
using PoleController.Hal;

namespace PoleController.Tests.Parts;

internal sealed class SimulatedWatchdog : IWatchdog
{
    public int PetCount { get; private set; }

    public void Pet()
    {
        PetCount++;
    }
}
