// What a radar at one pole has in front of it: the travellers of the pole's arrivals, with their distance over time. The radar looks along the street, from
// the pole towards the street's end: whoever goes forward goes away from it, whoever goes backward comes towards it.
namespace Simulation.World;

/// <summary>What a radar sees of the street at a moment.</summary>
/// <param name="IsPresent">Whether anybody is in front of it.</param>
/// <param name="DistanceMetres">Distance of the nearest, in metres; 0 when nobody is there.</param>
/// <param name="Kind">What it is.</param>
public readonly record struct RadarTarget(bool IsPresent, double DistanceMetres, TravellerKind Kind);

/// <summary>
/// The scene in front of one radar. Moments are asked for in order, give or take <see cref="MemoryUs"/>: a radar's reports are made when they are read. Not
/// thread-safe: one owner.
/// </summary>
public sealed class RadarScene
{
    /// <summary>How far a radar of this kind sees, along the street: half the zone of the occupancy sensor.</summary>
    public const double RangeMetres = TrafficModel.SensorZoneMetres / 2;

    /// <summary>How far back a moment may lie behind the latest that was asked for, in microseconds.</summary>
    public const long MemoryUs = 5_000_000;

    private const int MaximumPresent = 16;

    private readonly ArrivalSequence _arrivals;
    private readonly double _besideMetres;
    private readonly Passage[] _present = new Passage[MaximumPresent];
    private readonly int[] _passed = new int[6];
    private int _presentCount;
    private long _forgetUs = long.MaxValue;

    // From when to when it is known that nobody is there: most reports of a radar are of an empty street.
    private long _emptyFromUs;
    private long _emptyUntilUs;

    /// <summary>Makes it.</summary>
    /// <param name="arrivals">The pole's arrivals, a sequence of its own.</param>
    /// <param name="besideMetres">How far beside the pole they pass, in metres.</param>
    public RadarScene(ArrivalSequence arrivals, double besideMetres)
    {
        ArgumentNullException.ThrowIfNull(arrivals);
        _arrivals = arrivals;
        _besideMetres = besideMetres;
        arrivals.MoveNext();
    }

    /// <summary>Travellers that have passed the pole so far, by <see cref="TravellerKind"/> and direction (2 x kind, plus 1 when forward): the truth of the counts.</summary>
    public IReadOnlyList<int> PassedCounts => _passed;

    /// <summary>When somebody comes into the scene next, if nobody is in it now; the moment given while somebody is.</summary>
    /// <param name="timeUs">Now.</param>
    public long NextPresenceUs(long timeUs)
    {
        if (At(timeUs).IsPresent)
        {
            return timeUs;
        }

        long nextUs = ScenePart(_arrivals).FromUs;
        for (int i = 0; i < _presentCount; i++)
        {
            nextUs = _present[i].FromUs > timeUs ? Math.Min(nextUs, _present[i].FromUs) : nextUs;
        }

        return nextUs;
    }

    /// <summary>Until when somebody is in front of the radar, without a gap, from a moment on; the moment itself when nobody is.</summary>
    /// <param name="timeUs">Now.</param>
    public long PresentUntilUs(long timeUs)
    {
        At(timeUs);
        long untilUs = timeUs;
        for (int i = 0; i < _presentCount; i++)
        {
            if (_present[i].FromUs <= timeUs && _present[i].ToUs > untilUs)
            {
                untilUs = _present[i].ToUs;
            }
        }

        return untilUs;
    }

    /// <summary>What the radar sees at a moment not before the last one asked for.</summary>
    /// <param name="timeUs">Microseconds after the start.</param>
    public RadarTarget At(long timeUs) => timeUs >= _emptyFromUs && timeUs < _emptyUntilUs ? default : Look(timeUs);

    private RadarTarget Look(long timeUs)
    {
        TakeIn(timeUs);
        long nextUs = _arrivals.EnterUs;
        double nearestSquared = double.MaxValue;
        TravellerKind kind = default;
        for (int i = 0; i < _presentCount; i++)
        {
            ref readonly Passage passage = ref _present[i];
            if (timeUs < passage.FromUs || timeUs >= passage.ToUs)
            {
                nextUs = passage.FromUs > timeUs ? Math.Min(nextUs, passage.FromUs) : nextUs;
                continue;
            }

            double alongMetres = passage.IsForward
                ? (timeUs - passage.FromUs) / 1e6 * passage.SpeedMetresPerSecond
                : RangeMetres - ((timeUs - passage.FromUs) / 1e6 * passage.SpeedMetresPerSecond);
            double squared = (alongMetres * alongMetres) + (_besideMetres * _besideMetres);
            if (squared < nearestSquared)
            {
                nearestSquared = squared;
                kind = passage.Kind;
            }
        }

        if (nearestSquared < double.MaxValue)
        {
            return new RadarTarget(true, Math.Sqrt(nearestSquared), kind);
        }

        _emptyFromUs = timeUs;
        _emptyUntilUs = nextUs;
        return default;
    }

    private void TakeIn(long timeUs)
    {
        while (_arrivals.EnterUs <= timeUs)
        {
            Forget(_arrivals.EnterUs);
            Passage passage = ScenePart(_arrivals);
            _passed[(2 * (int)passage.Kind) + (passage.IsForward ? 1 : 0)]++;
            if (_presentCount < MaximumPresent && passage.ToUs + MemoryUs > timeUs)
            {
                _present[_presentCount++] = passage;
                _forgetUs = Math.Min(_forgetUs, passage.ToUs + MemoryUs);
            }

            _arrivals.MoveNext();
        }

        Forget(timeUs);
    }

    private void Forget(long timeUs)
    {
        if (timeUs < _forgetUs)
        {
            return;
        }

        int kept = 0;
        _forgetUs = long.MaxValue;
        for (int i = 0; i < _presentCount; i++)
        {
            if (_present[i].ToUs + MemoryUs > timeUs)
            {
                _forgetUs = Math.Min(_forgetUs, _present[i].ToUs + MemoryUs);
                _present[kept++] = _present[i];
            }
        }

        _presentCount = kept;
    }

    // Half of the zone lies in front of the radar, half behind it.
    private static Passage ScenePart(ArrivalSequence arrivals)
    {
        if (arrivals.EnterUs == long.MaxValue)
        {
            return new Passage { FromUs = long.MaxValue, ToUs = long.MaxValue };
        }

        long middleUs = (arrivals.EnterUs + arrivals.LeaveUs) / 2;
        return new Passage
        {
            FromUs = arrivals.IsForward ? middleUs : arrivals.EnterUs,
            ToUs = arrivals.IsForward ? arrivals.LeaveUs : middleUs,
            SpeedMetresPerSecond = TrafficModel.SensorZoneMetres * 1e6 / Math.Max(1, arrivals.LeaveUs - arrivals.EnterUs),
            IsForward = arrivals.IsForward,
            Kind = arrivals.Kind,
        };
    }

    private struct Passage
    {
        public long FromUs;
        public long ToUs;
        public double SpeedMetresPerSecond;
        public bool IsForward;
        public TravellerKind Kind;
    }
}
