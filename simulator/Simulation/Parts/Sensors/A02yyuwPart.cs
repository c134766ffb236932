// A simulated A02YYUW: pings and sends by itself. What is in front of it is given from outside.
namespace Simulation.Parts.Sensors;

/// <summary>An A02YYUW at the level of its bytes: 9600 baud, FF, millimetres (high byte first), sum.</summary>
public sealed class A02yyuwPart : UartPart
{
    /// <summary>Time between two frames that the part filters, in microseconds.</summary>
    public const long FilteredIntervalUs = 300_000;

    /// <summary>Time between two frames that it does not filter, in microseconds.</summary>
    public const long RealTimeIntervalUs = 100_000;

    private const long StartUs = 500_000;

    private readonly Func<long, int> _millimetres;
    private readonly long _intervalUs;
    private long _nextUs;

    /// <summary>Makes it.</summary>
    /// <param name="clock">The time.</param>
    /// <param name="millimetres">
    /// The true distance at a time in microseconds, as the part would compute it from the echo; less than 30 inside the blind zone, -1 when nothing comes back.
    /// </param>
    /// <param name="isFiltered">Whether its RX line is open (it filters) or low.</param>
    public A02yyuwPart(PartClock clock, Func<long, int> millimetres, bool isFiltered = true)
        : base(clock, 9600, 10, 4, 0)
    {
        _millimetres = millimetres;
        _intervalUs = isFiltered ? FilteredIntervalUs : RealTimeIntervalUs;
        Restart();
    }

    /// <inheritdoc/>
    protected override long NextReportUs => _nextUs;

    /// <inheritdoc/>
    protected override void Restart() => _nextUs = Clock.NowUs + StartUs;

    /// <inheritdoc/>
    protected override void SkipReports(long untilUs) => _nextUs = NextInSteps(_nextUs, _intervalUs, untilUs);

    /// <inheritdoc/>
    protected override int MakeReport(long atUs, Span<byte> frame)
    {
        _nextUs += _intervalUs;
        int millimetres = _millimetres(atUs);
        millimetres = millimetres is < 0 or > 5500 ? 0 : millimetres;
        frame[0] = 0xFF;
        frame[1] = (byte)(millimetres >> 8);
        frame[2] = (byte)millimetres;
        frame[3] = (byte)(frame[0] + frame[1] + frame[2]);
        return 4;
    }
}
