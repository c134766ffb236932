// A simulated MaxBotix MB738x: ranges and sends by itself. What is in front of it is given from outside.
using System.Text;

namespace Simulation.Parts.Sensors;

/// <summary>An MB738x at the level of its bytes: 9600 baud, some lines of text after its supply came, then 'R', four digits, carriage return.</summary>
public sealed class Mb738xPart : UartPart
{
    private const long IntervalUs = 148_000;

    private static readonly byte[] Banner = Encoding.ASCII.GetBytes("HRXL-MaxSonar-WRL\rPN:MB7389\rCopyright 2011-2013\rMaxBotix Inc.\rRoHS 1.8b090  0713\rTempI\r");

    private readonly Func<long, int> _millimetres;
    private readonly int _nearest;
    private readonly int _farthest;
    private long _nextUs;
    private bool _hasGreeted;

    /// <summary>Makes it.</summary>
    /// <param name="clock">The time.</param>
    /// <param name="millimetres">The true distance at a time in microseconds; -1 when nothing comes back.</param>
    /// <param name="nearest">What it says at least.</param>
    /// <param name="farthest">What it says at most.</param>
    public Mb738xPart(PartClock clock, Func<long, int> millimetres, int nearest = 300, int farthest = 5000)
        : base(clock, 9600, 10, Banner.Length, 0)
    {
        _millimetres = millimetres;
        _nearest = nearest;
        _farthest = farthest;
        Restart();
    }

    /// <inheritdoc/>
    protected override long NextReportUs => _nextUs;

    /// <inheritdoc/>
    protected override void Restart()
    {
        _hasGreeted = false;
        _nextUs = Clock.NowUs + 65_000;
    }

    /// <inheritdoc/>
    protected override void SkipReports(long untilUs)
    {
        _hasGreeted |= untilUs > _nextUs;
        _nextUs = NextInSteps(_nextUs, IntervalUs, untilUs);
    }

    /// <inheritdoc/>
    protected override int MakeReport(long atUs, Span<byte> frame)
    {
        _nextUs += IntervalUs;
        if (!_hasGreeted)
        {
            _hasGreeted = true;
            Banner.CopyTo(frame);
            return Banner.Length;
        }

        int millimetres = _millimetres(atUs);
        millimetres = millimetres < 0 ? _farthest : Math.Clamp(millimetres, _nearest, _farthest);
        frame[0] = (byte)'R';
        for (int i = 4; i > 0; i--)
        {
            frame[i] = (byte)('0' + (millimetres % 10));
            millimetres /= 10;
        }

        frame[5] = (byte)'\r';
        return 6;
    }
}
