// What a step of the controller costs: idle, and while the light fades. The column Allocated must be empty in both.
using BenchmarkDotNet.Attributes;
using Simulation.Scenarios;

namespace Benchmarks;

/// <summary>Steps of the whole controller.</summary>
[MemoryDiagnoser]
public class ControllerBenchmarks
{
    private readonly BenchPole _idle = new();
    private readonly BenchPole _fading = new();
    private readonly BenchPole _idleWithChip = new(RadioForm.Chip);
    private readonly BenchPole _idleFitted = new(RadioForm.Chip, isFitted: true);
    private bool _isUp;

    /// <summary>A step in which nothing is due.</summary>
    [Benchmark]
    public long IdleStep() => _idle.Step(0);

    /// <summary>The same with the SX1262's driver, which looks at DIO1, over its simulated chip.</summary>
    [Benchmark]
    public long IdleStepWithDriver() => _idleWithChip.Step(0);

    /// <summary>The same with every sensor, each behind its driver.</summary>
    [Benchmark]
    public long IdleStepFitted() => _idleFitted.Step(0);

    /// <summary>A step of a fade between 20 and 100 percent that changes the light; a new fade begins when one has ended. Uplinks that fall due
    /// meanwhile are part of it.</summary>
    [Benchmark]
    public long FadingStep()
    {
        if (!_fading.Controller.Lighting.IsFading)
        {
            _isUp = !_isUp;
            _fading.Controller.Lighting.SetOverride(_fading.NowMs, _isUp ? 1000 : 200, 4_000, 3_600_000);
        }

        return _fading.Step(25);
    }
}
