// What can be wrong with a controller on the jig.
namespace Bench.Tests.Jig;

/// <summary>Faults of assembly, each as a solder joint or a part makes it.</summary>
internal sealed record ControllerFaults
{
    public string BoardName { get; init; } = "pole-controller-r2";

    public int StageGainErrorPermille { get; init; }

    public double PwmHertz { get; init; } = 2000;

    public bool RestsDark { get; init; }

    public bool RelayIsWelded { get; init; }

    public bool RelayNeverCloses { get; init; }

    public bool OccupancyIsOpen { get; init; }

    public bool DoorIsOpen { get; init; }

    public bool WatchdogIsOpen { get; init; }

    public double SupplyDivider { get; init; } = 1;

    public bool NtcPullUpIsMissing { get; init; }

    public bool AccelerometerIsMissing { get; init; }

    public bool RadioIsDead { get; init; }

    public bool MeterIsCut { get; init; }

    public bool SensorIsCut { get; init; }

    public bool ServiceIsCut { get; init; }

    public bool DaliIsCut { get; init; }

    public bool HasNoCapacitor { get; init; }

    public bool HangsAfterStart { get; init; }
}
