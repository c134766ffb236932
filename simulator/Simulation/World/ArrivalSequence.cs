// The travellers that pass one pole, one after the other. Nothing is stored but where the six random streams of the street stand.
using Simulation.Engine;

namespace Simulation.World;

/// <summary>
/// The arrivals at one pole, in the order of <see cref="EnterUs"/>. Every pole of a street draws the same travellers from the same streams,
/// so nothing has to be kept or shared. Not thread-safe: one owner each. <see cref="MoveNext"/> allocates nothing.
/// </summary>
public sealed class ArrivalSequence
{
    private readonly TrafficModel _model;
    private readonly Source[] _sources;
    private int _current = -1;

    internal ArrivalSequence(TrafficModel model, int street, double positionMetres, double lengthMetres, long seed)
    {
        _model = model;
        _sources = new Source[model.SourceCount];
        for (int i = 0; i < _sources.Length; i++)
        {
            ref Source source = ref _sources[i];
            double metres = model.IsForward(i) ? positionMetres : lengthMetres - positionMetres;
            source.OffsetUs = (long)(metres / model.SpeedMetresPerSecond(i) * 1e6) - model.HalfZoneUs(i);
            source.Random = new RandomStream(seed, "traffic", ((long)street * TrafficModel.MaximumSources) + model.StreamIndex(i));
            do
            {
                Advance(ref source, i);
            }
            while (source.NextEnterUs < 0);
        }
    }

    /// <summary>When the current traveller comes into the sensor's zone, microseconds after the start; <see cref="long.MaxValue"/> when there is none.</summary>
    public long EnterUs { get; private set; } = long.MaxValue;

    /// <summary>When the current traveller leaves the sensor's zone; <see cref="long.MaxValue"/> when there is none.</summary>
    public long LeaveUs { get; private set; } = long.MaxValue;

    /// <summary>What the current traveller is.</summary>
    public TravellerKind Kind => _current < 0 ? TravellerKind.Pedestrian : _model.Kind(_current);

    /// <summary>Whether the current traveller goes from the street's beginning to its end.</summary>
    public bool IsForward => _current >= 0 && _model.IsForward(_current);

    /// <summary>Goes on to the next traveller.</summary>
    /// <returns>False when nobody comes any more before the end of the run.</returns>
    public bool MoveNext()
    {
        int first = -1;
        long firstUs = long.MaxValue;
        Source[] sources = _sources;
        for (int i = 0; i < sources.Length; i++)
        {
            if (sources[i].NextEnterUs < firstUs)
            {
                firstUs = sources[i].NextEnterUs;
                first = i;
            }
        }

        _current = first;
        if (first < 0)
        {
            EnterUs = long.MaxValue;
            LeaveUs = long.MaxValue;
            return false;
        }

        EnterUs = firstUs;
        LeaveUs = firstUs + (2 * _model.HalfZoneUs(first));
        Advance(ref sources[first], first);
        return true;
    }

    private void Advance(ref Source source, int index)
    {
        // Time-change theorem: a Poisson process of rate 1, run through the inverse of the expected number, has the wanted rate.
        source.Expected += source.Random.NextExponential(_model.ExpectedBetween(index));
        long enterStreetUs = _model.Profile.TimeUsAt(source.Expected);
        source.NextEnterUs = enterStreetUs == long.MaxValue ? long.MaxValue : enterStreetUs + source.OffsetUs;
    }

    private struct Source
    {
        public RandomStream Random;
        public double Expected;
        public long NextEnterUs;
        public long OffsetUs;
    }
}
