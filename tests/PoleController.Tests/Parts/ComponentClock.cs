// Runs one component in virtual time: it is stepped exactly when it asked to be, never in circles.
using Xunit;

namespace PoleController.Tests.Parts;

internal sealed class ComponentClock(Component component, long startMs = 1000)
{
    private const int MostRepeatedSteps = 20;
    private long _wakeMs = startMs;
    private int _repeats;

    public long NowMs { get; private set; } = startMs;

    public int StepCount { get; private set; }

    /// <summary>Called after every step.</summary>
    public Action? Check { get; set; }

    public ComponentClock Start()
    {
        component.Start(NowMs, false);
        return Step();
    }

    public ComponentClock Step()
    {
        _wakeMs = component.Step(NowMs);
        StepCount++;
        Check?.Invoke();
        return this;
    }

    public ComponentClock Run(long durationMs)
    {
        long endMs = NowMs + durationMs;
        while (true)
        {
            long nextMs = Math.Max(Math.Min(_wakeMs, endMs), NowMs);
            _repeats = nextMs == NowMs ? _repeats + 1 : 0;
            if (_repeats >= MostRepeatedSteps)
            {
                Assert.Fail($"At {NowMs} ms it asked {MostRepeatedSteps} times running to be stepped at once.");
            }

            NowMs = nextMs;
            Step();
            if (NowMs == endMs && _wakeMs > endMs)
            {
                return this;
            }
        }
    }

    public ComponentClock RunHours(double hours) => Run((long)(hours * 3600000));
}
