// The wave on a DALI bus over time, as a receiver at its terminals sees it: what the controller sends, and what gear answers.
using PoleController.Hal;
using Simulation.Engine;
using Simulation.Parts;
using Simulation.Parts.Dali;

namespace Bench.Tests.Jig;

/// <summary>A bus with one gear whose levels are kept.</summary>
internal sealed class RecordedDali : IDaliLine
{
    private readonly DaliBusPart _bus;
    private readonly PartClock _clock;
    private readonly bool _isCut;
    private readonly List<(double BeginUs, double EndUs)> _lows = [];
    private double _endUs;

    public RecordedDali(PartClock clock, bool isCut)
    {
        _clock = clock;
        _isCut = isCut;
        _bus = new DaliBusPart(clock, new RandomStream(7, "dali", 0));
        _bus.Connect(new DaliGearPart(clock, DaliGearPart.NoAddress));
    }

    public bool IsTransmitting => _bus.IsTransmitting;

    public bool IsLow => _bus.IsLow;

    public bool IsHighAt(double timeUs)
    {
        // From the newest back: the sampler asks for the last second.
        for (int i = _lows.Count - 1; i >= 0 && _lows[i].BeginUs > timeUs - 100_000; i--)
        {
            if (timeUs >= _lows[i].BeginUs && timeUs < _lows[i].EndUs)
            {
                return false;
            }
        }

        return true;
    }

    public bool TryTransmit(short[] durationsUs, int count)
    {
        if (_isCut)
        {
            return true;
        }

        bool isTaken = _bus.TryTransmit(durationsUs, count);
        if (isTaken)
        {
            _endUs = Keep(_clock.NowUs, durationsUs, count);
        }

        return isTaken;
    }

    public int Receive(short[] durationsUs, out int delayUs)
    {
        int count = _bus.Receive(durationsUs, out delayUs);
        if (count > 0)
        {
            Keep(_endUs + delayUs, durationsUs, count);
        }

        return count;
    }

    private double Keep(double beginUs, short[] durationsUs, int count)
    {
        for (int i = 0; i < count; i++)
        {
            if (i % 2 == 0)
            {
                _lows.Add((beginUs, beginUs + durationsUs[i]));
            }

            beginUs += durationsUs[i];
        }

        return beginUs;
    }
}
