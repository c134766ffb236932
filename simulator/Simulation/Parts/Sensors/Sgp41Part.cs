// An SGP41 as its data sheet describes it (Sensirion SGP41, version 1.0): serial number, feature set, self-test, conditioning, raw signals, heater. The
// signal of nitrogen oxides is wrong until the part was conditioned; conditioning for more than 10 s is counted, because it damages the part.
namespace Simulation.Parts.Sensors;

/// <summary>A simulated SGP41, or an SGP40 where it is made as one.</summary>
public sealed class Sgp41Part : SensirionPart
{
    private const long MostConditioningUs = 10_100_000;
    private const long ConditionedUs = 9_000_000;

    private readonly Func<long, double> _vocTicks;
    private readonly Func<long, double> _noxTicks;
    private readonly bool _isSgp40;
    private long _conditioningSinceUs = -1;
    private bool _isConditioned;

    /// <summary>Makes a part that has just got its supply.</summary>
    /// <param name="clock">The time at its pole.</param>
    /// <param name="vocTicks">Signal of the VOC pixel at a time in microseconds.</param>
    /// <param name="noxTicks">Signal of the NOx pixel.</param>
    /// <param name="isSgp40">Whether it is the type without a NOx pixel behind the same address.</param>
    public Sgp41Part(PartClock clock, Func<long, double> vocTicks, Func<long, double> noxTicks, bool isSgp40 = false)
        : base(clock)
    {
        _vocTicks = vocTicks;
        _noxTicks = noxTicks;
        _isSgp40 = isSgp40;
        Restart();
    }

    /// <summary>Whether a pixel is defect: the self-test says so.</summary>
    public bool IsDefect { get; set; }

    /// <summary>Whether the heater is on.</summary>
    public bool IsHeating { get; private set; }

    /// <summary>How often the part was conditioned for too long.</summary>
    public int OverheatedCount { get; private set; }

    /// <summary>The humidity that the part was told last, as its word.</summary>
    public int HumidityWord { get; private set; }

    /// <summary>The temperature that the part was told last, as its word.</summary>
    public int TemperatureWord { get; private set; }

    /// <inheritdoc/>
    public override void Restart()
    {
        base.Restart();
        _conditioningSinceUs = -1;
        _isConditioned = false;
        IsHeating = false;
        Busy(600);
    }

    /// <inheritdoc/>
    protected override bool Execute(int command, ReadOnlySpan<int> words)
    {
        switch (command)
        {
            case 0x3682:
                Answer(0x0000);
                Answer(0x0581);
                Answer(0x6ABC);
                Busy(1000);
                return true;
            case 0x202F:
                Answer(_isSgp40 ? 0x3220 : 0x0240);
                Busy(1000);
                return true;
            case 0x280E:
                Answer(IsDefect ? 0xD402 : 0xD400);
                Busy(320_000);
                return true;
            case 0x2612 when words.Length == 2 && !_isSgp40:
                Condition();
                Tell(words);
                Answer(Ticks(_vocTicks));
                Busy(50_000);
                return true;
            case 0x2619 when words.Length == 2 && !_isSgp40:
                EndConditioning();
                Tell(words);
                Answer(Ticks(_vocTicks));
                Answer(_isConditioned ? Ticks(_noxTicks) : 50_000);
                Busy(50_000);
                return true;
            case 0x260F when words.Length == 2 && _isSgp40:
                Tell(words);
                Answer(Ticks(_vocTicks));
                Busy(30_000);
                return true;
            case 0x3615:
                EndConditioning();
                IsHeating = false;
                _isConditioned = false;
                Busy(1000);
                return true;
            default:
                return false;
        }
    }

    private void Condition()
    {
        _conditioningSinceUs = _conditioningSinceUs < 0 ? NowUs : _conditioningSinceUs;
    }

    // The heater goes on conditioning until something else is commanded.
    private void EndConditioning()
    {
        if (_conditioningSinceUs < 0)
        {
            return;
        }

        long durationUs = NowUs - _conditioningSinceUs;
        OverheatedCount += durationUs > MostConditioningUs ? 1 : 0;
        _isConditioned = durationUs >= ConditionedUs;
        _conditioningSinceUs = -1;
    }

    private void Tell(ReadOnlySpan<int> words)
    {
        HumidityWord = words[0];
        TemperatureWord = words[1];
        IsHeating = true;
    }

    private int Ticks(Func<long, double> signal) => (int)Math.Clamp(Math.Round(signal(NowUs)), 1, 65_534);
}
