// A climate sensor that answers, stays silent or throws as it is told.
using PoleController.Hal;

namespace PoleController.Tests.Parts;

internal sealed class SimulatedClimate : IClimateSensor
{
    private long _askedMs = -1;

    public bool IsSilent { get; set; }

    public bool Throws { get; set; }

    public int PollCount { get; private set; }

    public SensorState State { get; private set; }

    public int SampleCount { get; private set; }

    public long SampleMs { get; private set; }

    public SensorFault LastFault { get; } = new();

    public int TemperatureCentidegrees => 2150;

    public int HumidityPermille => 430;

    public int PressurePascals => 101_325;

    public void Fault(SensorFaultKind kind, int code, int value)
    {
        LastFault.Set(kind, code, value);
        State = SensorState.Failed;
    }

    public void Request()
    {
        if (Throws)
        {
            throw new InvalidOperationException("The driver failed.");
        }

        _askedMs = 0;
    }

    public long Poll(long nowMs)
    {
        PollCount++;
        if (_askedMs < 0 || IsSilent)
        {
            return long.MaxValue;
        }

        _askedMs = _askedMs == 0 ? nowMs : _askedMs;
        if (nowMs - _askedMs < 500)
        {
            return _askedMs + 500;
        }

        _askedMs = -1;
        State = SensorState.Resting;
        SampleCount++;
        SampleMs = nowMs;
        return long.MaxValue;
    }
}
