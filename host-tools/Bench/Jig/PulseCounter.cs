// Counts the rising edges of a line, such as those that pet the watchdog. The kernel tells of each edge; polling would miss them.
using System.Device.Gpio;
using Bench.Boards;

namespace Bench.Jig;

/// <summary>Edges towards the active level since <see cref="Restart"/>, and the longest time without one.</summary>
internal sealed class PulseCounter
{
    private readonly object _sync = new();
    private readonly IBenchClock _clock;
    private int _count;
    private long _lastUs;
    private long _longestUs;

    /// <summary>Opens the line.</summary>
    public PulseCounter(GpioController gpio, BoardSignal signal, IBenchClock clock)
    {
        _clock = clock;
        gpio.OpenPin(signal.Gpio, LineReader.Mode(signal));
        PinEventTypes edge = signal.Active == LineLevel.High ? PinEventTypes.Rising : PinEventTypes.Falling;
        gpio.RegisterCallbackForPinValueChangedEvent(signal.Gpio, edge, OnEdge);
        Restart();
    }

    /// <summary>Edges so far.</summary>
    public int Count
    {
        get
        {
            lock (_sync)
            {
                return _count;
            }
        }
    }

    /// <summary>The longest time without an edge, the time since the last one included, in milliseconds.</summary>
    public long LongestGapMs
    {
        get
        {
            lock (_sync)
            {
                return Math.Max(_longestUs, _clock.NowUs - _lastUs) / 1000;
            }
        }
    }

    /// <summary>Begins anew.</summary>
    public void Restart()
    {
        lock (_sync)
        {
            _count = 0;
            _longestUs = 0;
            _lastUs = _clock.NowUs;
        }
    }

    private void OnEdge(object sender, PinValueChangedEventArgs edge)
    {
        lock (_sync)
        {
            long nowUs = _clock.NowUs;
            _longestUs = Math.Max(_longestUs, nowUs - _lastUs);
            _lastUs = nowUs;
            _count++;
        }
    }
}
