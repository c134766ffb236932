// A meter that shows what a test gives it, with an energy counter of its own, and that fails on demand.
using PoleController.Hal;

namespace PoleController.Tests.Parts;

internal sealed class SimulatedMeter : ILuminaireMeter
{
    private bool _isRequested;

    public int PowerMilliwatts { get; set; }

    public long EnergyMilliwattHours { get; set; }

    public int ReadCount { get; private set; }

    public bool IsSilent { get; set; }

    public bool Throws { get; set; }

    public LuminaireReading Reading { get; } = new();

    public SensorState State => IsSilent ? SensorState.Failed : SensorState.Resting;

    public int SampleCount { get; private set; }

    public long SampleMs { get; private set; }

    public SensorFault LastFault { get; } = new();

    public void Request() => _isRequested = true;

    public long Poll(long nowMs)
    {
        if (!_isRequested)
        {
            return long.MaxValue;
        }

        ReadCount++;
        if (Throws)
        {
            throw new InvalidOperationException("The meter's driver failed.");
        }

        if (IsSilent)
        {
            LastFault.Set(SensorFaultKind.NoAnswer, 0, 0);
            return nowMs + 1000;
        }

        _isRequested = false;
        Reading.PowerMilliwatts = PowerMilliwatts;
        Reading.VoltageMillivolts = 230000;
        Reading.EnergyMilliwattHours = EnergyMilliwattHours;
        SampleMs = nowMs;
        SampleCount++;
        return long.MaxValue;
    }
}
