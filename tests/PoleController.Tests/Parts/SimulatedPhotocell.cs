// A photocell that a test sets, in lux, that takes its time if it is told to, and that fails on demand.
using PoleController.Hal;

namespace PoleController.Tests.Parts;

internal sealed class SimulatedPhotocell : ILightSensor
{
    private bool _isRequested;
    private long _readyMs = -1;

    public int IlluminanceLux { get; set; }

    public int ReadCount { get; private set; }

    public bool IsSilent { get; set; }

    public bool IsStuck { get; set; }

    public bool Throws { get; set; }

    public int SampleTimeMs { get; set; }

    public SensorState State { get; private set; }

    public int SampleCount { get; private set; }

    public long SampleMs { get; private set; }

    public SensorFault LastFault { get; } = new();

    public int IlluminanceMillilux { get; private set; }

    public void Request() => _isRequested = true;

    public long Poll(long nowMs)
    {
        if (Throws)
        {
            throw new InvalidOperationException("The photocell's driver failed.");
        }

        if (!_isRequested)
        {
            return long.MaxValue;
        }

        _readyMs = _readyMs < 0 ? nowMs + SampleTimeMs : _readyMs;
        State = IsSilent ? SensorState.Failed : SensorState.Measuring;
        if (IsSilent || IsStuck || nowMs < _readyMs)
        {
            return IsSilent || IsStuck ? nowMs + 1000 : _readyMs;
        }

        _isRequested = false;
        _readyMs = -1;
        ReadCount++;
        IlluminanceMillilux = IlluminanceLux * 1000;
        SampleCount++;
        SampleMs = nowMs;
        return long.MaxValue;
    }
}
