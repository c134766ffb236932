// The crystal of one pole: turns the simulation's time into the pole's own milliseconds since start and back. Every pole's
// crystal is a little off, as real ones are; the controller must live with it.
namespace Simulation.Engine;

/// <summary>A pole's time base: milliseconds since the pole's start, running fast or slow by a constant part.</summary>
public sealed class Crystal
{
    private const long Billion = 1_000_000_000;
    private readonly long _errorPartsPerBillion;
    private readonly double _usPerLocalUs;
    private long _startUs;

    // The last answer of TimeUs: a step that an input made most often leaves the wake time where it was.
    private long _knownLocalMs = -1;
    private long _knownTimeUs;

    /// <summary>Makes a crystal.</summary>
    /// <param name="errorPartsPerBillion">How fast (positive) or slow it runs; within 1,000,000 (1,000 ppm).</param>
    public Crystal(int errorPartsPerBillion)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Math.Abs(errorPartsPerBillion), 1_000_000);
        _errorPartsPerBillion = errorPartsPerBillion;
        _usPerLocalUs = Billion / (double)(Billion + errorPartsPerBillion);
    }

    /// <summary>The pole (re)starts: its milliseconds begin at 0.</summary>
    public void Restart(long timeUs)
    {
        _startUs = timeUs;
        _knownLocalMs = -1;
    }

    /// <summary>The pole's milliseconds since start at a simulated time.</summary>
    public long LocalMs(long timeUs)
    {
        return timeUs == _knownTimeUs && _knownLocalMs >= 0 ? _knownLocalMs : Compute(timeUs);
    }

    /// <summary>The earliest simulated time at which <see cref="LocalMs"/> is <paramref name="localMs"/> or more.</summary>
    public long TimeUs(long localMs)
    {
        if (localMs > long.MaxValue / 2000)
        {
            return long.MaxValue;
        }

        if (localMs == _knownLocalMs)
        {
            return _knownTimeUs;
        }

        long localUs = localMs * 1000;

        // An estimate, right to a few microseconds in a thousand years; from there to the exact edge.
        long timeUs = _startUs + (long)(localUs * _usPerLocalUs);
        while (Compute(timeUs) < localMs)
        {
            timeUs++;
        }

        while (timeUs > _startUs && Compute(timeUs - 1) >= localMs)
        {
            timeUs--;
        }

        _knownLocalMs = localMs;
        _knownTimeUs = timeUs;
        return timeUs;
    }

    private long Compute(long timeUs)
    {
        long elapsedUs = timeUs - _startUs;
        return (elapsedUs + (elapsedUs * _errorPartsPerBillion / Billion)) / 1000;
    }
}
