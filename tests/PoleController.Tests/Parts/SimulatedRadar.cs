// A presence radar that reports ten times a second and gives what it has about once a second while somebody is there; where somebody is, is a function of the time.
using PoleController.Hal;

namespace PoleController.Tests.Parts;

internal sealed class SimulatedRadar : IPresenceSensor
{
    private const int ReportMsStep = 100;
    private const int SampleIntervalMs = 900;
    private readonly List<(long AtMs, int Centimetres)> _reports = [];
    private bool _isRequested;
    private long _lastSampleMs = -1;

    /// <summary>Distance in centimetres of what moves at a time; -1 when nothing does.</summary>
    public Func<long, int> Mover { get; set; } = _ => -1;

    /// <summary>Whether somebody stands there at a time.</summary>
    public Func<long, bool> Stander { get; set; } = _ => false;

    public bool Throws { get; set; }

    public bool IsDead { get; set; }

    public int RequestCount { get; private set; }

    public SensorState State { get; private set; }

    public int SampleCount { get; private set; }

    public long SampleMs { get; private set; }

    public SensorFault LastFault { get; } = new();

    /// <summary>It has no line: who comes is known from the other input, or by asking.</summary>
    public bool IsCalling => false;

    public bool IsMoving { get; private set; }

    public bool IsStill { get; private set; }

    public int MovingDistanceCentimetres { get; private set; }

    public int MovingEnergy => 50;

    public int StillDistanceCentimetres => 300;

    public int StillEnergy => 50;

    public int DetectionDistanceCentimetres => MovingDistanceCentimetres;

    public int ReportCount => _reports.Count;

    public long ReportMs(int index) => _reports[index].AtMs;

    public int ReportMovingDistanceCentimetres(int index) => _reports[index].Centimetres;

    public void Request()
    {
        ThrowIfBroken();
        RequestCount += _isRequested ? 0 : 1;
        _isRequested = true;
    }

    public long Poll(long nowMs)
    {
        ThrowIfBroken();
        if (!_isRequested && !IsMoving && !IsStill)
        {
            State = SensorState.Resting;
            return long.MaxValue;
        }

        if (IsDead)
        {
            LastFault.Set(SensorFaultKind.NoAnswer, 0, 0);
            State = SensorState.Failed;
            (IsMoving, IsStill) = (false, false);
            return nowMs + 1000;
        }

        if (_lastSampleMs < 0 || nowMs - _lastSampleMs > 2 * SampleIntervalMs)
        {
            _lastSampleMs = nowMs - ReportMsStep;
        }
        else if (nowMs - _lastSampleMs < SampleIntervalMs)
        {
            return _lastSampleMs + SampleIntervalMs;
        }

        _reports.Clear();
        for (long atMs = _lastSampleMs + ReportMsStep; atMs <= nowMs; atMs += ReportMsStep)
        {
            // Gates of 0.75 m, and the part's interpolation between them is half as fine.
            int centimetres = Mover(atMs);
            _reports.Add((atMs, centimetres < 0 ? -1 : (centimetres + 18) / 37 * 37));
        }

        _lastSampleMs = nowMs;
        IsMoving = _reports[^1].Centimetres >= 0;
        IsStill = Stander(nowMs);
        MovingDistanceCentimetres = Math.Max(0, _reports[^1].Centimetres);
        State = SensorState.Measuring;
        SampleCount++;
        SampleMs = nowMs;
        _isRequested = false;
        return nowMs + SampleIntervalMs;
    }

    private void ThrowIfBroken()
    {
        if (Throws)
        {
            throw new InvalidOperationException("The radar is broken.");
        }
    }
}
