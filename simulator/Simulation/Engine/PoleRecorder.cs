// What really happened at one pole, measured at the lamp and not at the controller: light, energy, darkness, arrivals. The checks
// and the report are made from this.
using Simulation.Parts;

namespace Simulation.Engine;

/// <summary>The measuring instruments around one pole.</summary>
public sealed class PoleRecorder : ILuminaireObserver
{
    /// <summary>Causes of a level that there can be: four bits in a status message.</summary>
    private const int CauseCount = 16;

    private readonly NightIntervals _nights;
    private readonly long _binUs;
    private readonly byte[] _levelBins;
    private readonly byte[] _occupancyBins;
    private readonly byte[] _causeBins;
    private readonly long[] _causeUs = new long[CauseCount];
    private readonly long[] _binCauseUs = new long[CauseCount];
    private long _sinceUs;
    private long _binPermilleUs;
    private long _energyNanojoules;
    private long _litUs;
    private long _fedUs;
    private bool _isFed;
    private byte _cause;
    private List<long>? _dimmerRefusalsUs;

    /// <summary>Makes the instruments.</summary>
    /// <param name="nights">When it has to be light at this pole.</param>
    /// <param name="binUs">Width of a bin of the series.</param>
    /// <param name="binCount">Bins in the run.</param>
    public PoleRecorder(NightIntervals nights, long binUs, int binCount)
    {
        _nights = nights;
        _binUs = binUs;
        _levelBins = new byte[binCount];
        _occupancyBins = new byte[binCount];
        _causeBins = new byte[binCount];
    }

    /// <summary>Mean light in each bin, 0 to 200 half percent.</summary>
    public IReadOnlyList<byte> LevelBins => _levelBins;

    /// <summary>Arrivals in each bin, up to 255.</summary>
    public IReadOnlyList<byte> OccupancyBins => _occupancyBins;

    /// <summary>The controller's cause that held longest in each bin.</summary>
    public IReadOnlyList<byte> CauseBins => _causeBins;

    /// <summary>Time spent under each cause, in microseconds.</summary>
    public IReadOnlyList<long> CauseUs => _causeUs;

    /// <summary>What the luminaire drew so far, in milliwatt-hours.</summary>
    public long EnergyMilliwattHours => _energyNanojoules / 3_600_000_000L;

    /// <summary>The same in microjoules.</summary>
    public long EnergyMicrojoules => _energyNanojoules / 1_000;

    /// <summary>How long light came out, in seconds.</summary>
    public long LitSeconds => _litUs / 1_000_000;

    /// <summary>How long the pole had mains, in microseconds.</summary>
    public long FedUs => _fedUs;

    /// <summary>How long it was dark when it had to be light although nothing outside the controller explains it, in microseconds.</summary>
    public long UnexplainedDarkUs { get; private set; }

    /// <summary>When the first such darkness began; -1 when there was none.</summary>
    public long FirstUnexplainedDarkUs { get; private set; } = -1;

    /// <summary>How long it was dark when it had to be light, whatever the reason, in microseconds.</summary>
    public long DarkUs { get; private set; }

    /// <summary>Until when something outside the controller (no mains, a broken lamp, a command) explains darkness; 0 when nothing does.</summary>
    public long DarknessExplainedUntilUs { get; set; }

    /// <summary>When the dimming line first gave no answer after it broke, for each time it broke; the controller can know from then on.</summary>
    public IReadOnlyList<long> DimmerRefusalsUs => _dimmerRefusalsUs ?? [];

    /// <summary>The light change by change; null where nobody wants to hold it against another run.</summary>
    public LightCurve? Curve { get; init; }

    /// <summary>The luminaire the instruments look at.</summary>
    public LuminairePart? Luminaire { get; set; }

    /// <summary>Accounts for the time up to now; call before anything changes.</summary>
    public void AdvanceTo(long timeUs)
    {
        LuminairePart? luminaire = Luminaire;
        if (luminaire is null || timeUs <= _sinceUs)
        {
            return;
        }

        int light = luminaire.LightPermille;
        Curve?.Add(_sinceUs, light);
        long durationUs = timeUs - _sinceUs;
        _energyNanojoules += luminaire.PowerMilliwatts * durationUs;
        _causeUs[_cause] += durationUs;
        _fedUs += _isFed ? durationUs : 0;
        if (light > 0)
        {
            _litUs += durationUs;
        }
        else
        {
            AccountDarkness(timeUs);
        }

        FillBins(timeUs, light);
        _sinceUs = timeUs;
    }

    /// <summary>Accounts for the time up to the end of the run; its last bin may be cut short.</summary>
    public void Finish(long timeUs)
    {
        AdvanceTo(timeUs);
        long cutUs = timeUs % _binUs;
        if (cutUs > 0 && timeUs / _binUs < _levelBins.Length)
        {
            CloseBin((int)(timeUs / _binUs), cutUs);
        }
    }

    /// <summary>The mains come or go; the time up to now has been accounted for.</summary>
    public void SetFed(bool isFed) => _isFed = isFed;

    /// <summary>What the controller says from now on.</summary>
    /// <param name="timeUs">Now.</param>
    /// <param name="cause">The cause of the level.</param>
    /// <param name="darknessExplainedUntilUs">Until when something outside the controller explains darkness; 0 when nothing does.</param>
    public void SetState(long timeUs, int cause, long darknessExplainedUntilUs)
    {
        if (cause != _cause || darknessExplainedUntilUs != DarknessExplainedUntilUs)
        {
            AdvanceTo(timeUs);
            _cause = (byte)cause;
            DarknessExplainedUntilUs = darknessExplainedUntilUs;
        }
    }

    /// <summary>Somebody arrived.</summary>
    public void AddArrival(long timeUs)
    {
        long bin = timeUs / _binUs;
        if (bin < _occupancyBins.Length && _occupancyBins[bin] < byte.MaxValue)
        {
            _occupancyBins[bin]++;
        }
    }

    /// <inheritdoc/>
    public void BeforeChange(LuminairePart luminaire) => AdvanceTo(NowUs);

    /// <inheritdoc/>
    public void OnDimmerRefused() => (_dimmerRefusalsUs ??= []).Add(NowUs);

    /// <summary>The time at which the controller or the world acts; set before either does.</summary>
    public long NowUs { get; set; }

    private void CloseBin(int bin, long lengthUs)
    {
        _levelBins[bin] = (byte)(((_binPermilleUs / lengthUs) + 2) / 5);
        _causeBins[bin] = (byte)Array.IndexOf(_binCauseUs, _binCauseUs.Max());
        _binPermilleUs = 0;
        Array.Clear(_binCauseUs);
    }

    private void AccountDarkness(long untilUs)
    {
        DarkUs += _nights.OverlapUs(_sinceUs, untilUs, out _);
        long unexplainedUs = _nights.OverlapUs(Math.Max(_sinceUs, DarknessExplainedUntilUs), untilUs, out long firstUs);
        if (unexplainedUs > 0 && FirstUnexplainedDarkUs < 0)
        {
            FirstUnexplainedDarkUs = firstUs;
        }

        UnexplainedDarkUs += unexplainedUs;
    }

    private void FillBins(long untilUs, int light)
    {
        long fromUs = _sinceUs;
        long bin = fromUs / _binUs;
        while (fromUs < untilUs && bin < _levelBins.Length)
        {
            long binEndUs = (bin + 1) * _binUs;
            long toUs = Math.Min(binEndUs, untilUs);
            _binPermilleUs += light * (toUs - fromUs);
            _binCauseUs[_cause] += toUs - fromUs;
            if (toUs == binEndUs)
            {
                CloseBin((int)bin, _binUs);
            }

            fromUs = toUs;
            bin++;
        }
    }
}
