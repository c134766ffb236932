// A sensor that answers a request after a while, as ISensor says; it can be made silent, to warm up, and to throw. Its values are the derived parts'.
using PoleController.Hal;

namespace PoleController.Tests.Parts;

internal abstract class SimulatedSensor : ISensor
{
    private const int RetryMs = 1000;
    private bool _isRequested;
    private long _readyMs = long.MaxValue;

    public SensorState State { get; private set; }

    public int SampleCount { get; private set; }

    public long SampleMs { get; private set; }

    public SensorFault LastFault { get; } = new();

    public int AnswerMs { get; set; } = 50;

    /// <summary>What is wrong with it; <see cref="SensorFaultKind.None"/> while it answers.</summary>
    public SensorFaultKind Trouble { get; set; }

    public bool IsWarmingUp { get; set; }

    public bool Throws { get; set; }

    public int RequestCount { get; private set; }

    public void Request()
    {
        ThrowIfBroken();
        if (!_isRequested)
        {
            RequestCount++;
        }

        _isRequested = true;
    }

    public long Poll(long nowMs)
    {
        ThrowIfBroken();
        if (!_isRequested)
        {
            State = SensorState.Resting;
            return long.MaxValue;
        }

        if (_readyMs == long.MaxValue)
        {
            _readyMs = nowMs + AnswerMs;
        }

        if (nowMs < _readyMs)
        {
            return _readyMs;
        }

        if (Trouble != SensorFaultKind.None)
        {
            LastFault.Set(Trouble, 0, 0);
            State = SensorState.Failed;
            _readyMs = nowMs + RetryMs;
            return _readyMs;
        }

        if (IsWarmingUp)
        {
            State = SensorState.WarmingUp;
            _readyMs = nowMs + RetryMs;
            return _readyMs;
        }

        State = SensorState.Measuring;
        SampleCount++;
        SampleMs = nowMs;
        _readyMs = long.MaxValue;
        _isRequested = false;
        TakeSample(nowMs);
        return long.MaxValue;
    }

    protected abstract void TakeSample(long nowMs);

    private void ThrowIfBroken()
    {
        if (Throws)
        {
            throw new InvalidOperationException("The sensor is broken.");
        }
    }
}
