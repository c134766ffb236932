// Measures how fast the light rises when somebody arrives: from the sensor's edge to the light that comes out of the lamp.
namespace Simulation.Engine;

/// <summary>The response times of one pole's light to arrivals that needed more light than there was.</summary>
public sealed class ResponseMeter
{
    private readonly long _withinUs;
    private long _arrivalUs = -1;
    private int _expectedPermille;

    /// <summary>Makes a meter.</summary>
    /// <param name="withinUs">A response that takes longer than this is late.</param>
    public ResponseMeter(long withinUs) => _withinUs = withinUs;

    /// <summary>Responses measured.</summary>
    public int Count { get; private set; }

    /// <summary>Responses that took too long or never came.</summary>
    public int LateCount { get; private set; }

    /// <summary>The longest response, in microseconds.</summary>
    public long WorstUs { get; private set; }

    /// <summary>The arrival of the first late response, in simulated time; -1 when there is none.</summary>
    public long FirstLateUs { get; private set; } = -1;

    /// <summary>Whether a response is being waited for.</summary>
    public bool IsPending => _arrivalUs >= 0;

    /// <summary>Somebody arrived and the light has to rise to a level above the present one.</summary>
    public void Begin(long timeUs, int expectedPermille)
    {
        if (_arrivalUs < 0)
        {
            _arrivalUs = timeUs;
            _expectedPermille = expectedPermille;
        }
    }

    /// <summary>Less light than at the arrival is now due: the program went on to a lower level for whoever is there.</summary>
    /// <param name="expectedPermille">What is due; 0 when nothing is, which changes nothing here.</param>
    public void LowerTo(int expectedPermille)
    {
        if (expectedPermille > 0 && expectedPermille < _expectedPermille)
        {
            _expectedPermille = expectedPermille;
        }
    }

    /// <summary>The light is now at a level.</summary>
    public void Observe(long timeUs, int lightPermille)
    {
        if (_arrivalUs >= 0 && lightPermille >= _expectedPermille)
        {
            Finish(timeUs - _arrivalUs);
        }
    }

    /// <summary>The level that was waited for is no longer asked for: the program went on, or something else took over.</summary>
    public void Drop(long timeUs)
    {
        if (_arrivalUs >= 0 && timeUs - _arrivalUs > _withinUs)
        {
            Finish(timeUs - _arrivalUs);
        }

        _arrivalUs = -1;
    }

    private void Finish(long durationUs)
    {
        Count++;
        WorstUs = Math.Max(WorstUs, durationUs);
        if (durationUs > _withinUs)
        {
            LateCount++;
            FirstLateUs = FirstLateUs < 0 ? _arrivalUs : FirstLateUs;
        }

        _arrivalUs = -1;
    }
}
