// The runtime in virtual time: resting moves the simulated chip's time on.
using NanoFrameworkPackages;
using PoleController.Esp32.Loop;

namespace Esp32.Tests.Bench;

/// <summary>A virtual runtime.</summary>
internal sealed class BoardClock(SimulatedChip chip) : IBoardRuntime
{
    /// <summary>The run ends here.</summary>
    public long EndMs { get; set; } = long.MaxValue;

    /// <summary>Called whenever time has moved.</summary>
    public Action<long>? Moved { get; set; }

    /// <summary>Restarts that were asked for.</summary>
    public int Restarts { get; private set; }

    public long NowMs => (long)(chip.TimeUs / 1000);

    public long NowUs => (long)chip.TimeUs;

    /// <summary>The longest rest between two looks so far, in milliseconds.</summary>
    public long RestedMs { get; private set; }

    public void Rest(int milliseconds)
    {
        // Letting others run takes a tenth of a millisecond here.
        ulong restUs = milliseconds == 0 ? 100UL : (ulong)milliseconds * 1000;
        chip.TimeUs += restUs;
        RestedMs += milliseconds;
        Moved?.Invoke((long)chip.TimeUs);
        if (NowMs >= EndMs)
        {
            throw new EndOfRunException();
        }
    }

    public void Restart() => Restarts++;
}

/// <summary>The run has lasted long enough.</summary>
internal sealed class EndOfRunException : Exception;
