// A pole's runtime in virtual time: resting moves it on.
using PoleController.Esp32.Loop;
using Simulation.Parts;

namespace Bench.Tests.Pole;

/// <summary>The runtime.</summary>
internal sealed class VirtualRuntime(PartClock clock) : IBoardRuntime
{
    public long EndMs { get; set; } = long.MaxValue;

    /// <summary>Told whenever time has moved.</summary>
    public Action? Moved { get; set; }

    public int Restarts { get; private set; }

    public long NowMs => clock.NowUs / 1000;

    public long NowUs => clock.NowUs;

    public void Rest(int milliseconds)
    {
        clock.NowUs += milliseconds == 0 ? 100 : milliseconds * 1000L;
        Moved?.Invoke();
        if (NowMs >= EndMs)
        {
            throw new EndOfRunException();
        }
    }

    public void Restart() => Restarts++;
}

/// <summary>The run has lasted long enough.</summary>
internal sealed class EndOfRunException : Exception;
