// One container over a run: it is filled by throws and emptied by the crew. Worked out only as far as somebody has looked; looking never goes back.
using Simulation.Engine;
using Simulation.Scenarios;

namespace Simulation.World;

/// <summary>The truth about one container at a moment.</summary>
/// <param name="TimeUs">The moment, microseconds after the start.</param>
/// <param name="FillPercent">How full it is from then on, by volume.</param>
public readonly record struct BinMoment(long TimeUs, float FillPercent);

/// <summary>A container. One owner while a run goes on; afterwards read by checks and report.</summary>
public sealed class BinModel
{
    private const double FullestPercent = 110;

    private readonly BinUse? _use;
    private readonly IReadOnlyList<BinMoment>? _recorded;
    private readonly RandomStream _surface;
    private readonly List<BinMoment> _history = [];
    private readonly List<long> _emptyings = [];
    private readonly List<BinMoment> _emptied = [];
    private int _nextRecorded;
    private double _litres;
    private double _unevenMillimetres;

    /// <summary>Makes a container that is filled by throws.</summary>
    /// <param name="plan">What it is.</param>
    /// <param name="use">The throws.</param>
    /// <param name="rounds">When the crew comes anyway, ordered.</param>
    /// <param name="startPercent">How full it is at the start of the run.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="index">The pole's index.</param>
    public BinModel(BinPlan plan, BinUse use, IEnumerable<long> rounds, double startPercent, long seed, int index)
        : this(plan, startPercent, seed, index)
    {
        ArgumentNullException.ThrowIfNull(use);
        ArgumentNullException.ThrowIfNull(rounds);
        _use = use;
        _emptyings.AddRange(rounds);
    }

    /// <summary>Makes a container whose content was recorded.</summary>
    /// <param name="plan">What it is.</param>
    /// <param name="recorded">How full it was, ordered by time; a fall of more than ten percent was an emptying.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="index">The pole's index.</param>
    public BinModel(BinPlan plan, IReadOnlyList<BinMoment> recorded, long seed, int index)
        : this(plan, recorded.Count > 0 ? recorded[0].FillPercent : 0, seed, index) => _recorded = recorded;

    private BinModel(BinPlan plan, double startPercent, long seed, int index)
    {
        ArgumentNullException.ThrowIfNull(plan);
        Plan = plan;
        PoleIndex = index;
        _surface = new RandomStream(seed, "bin-surface", index);
        _litres = startPercent / 100 * plan.Container.VolumeLitres;
        _history.Add(new BinMoment(0, (float)startPercent));
    }

    /// <summary>What it is and how it is used.</summary>
    public BinPlan Plan { get; }

    /// <summary>At which pole it stands.</summary>
    public int PoleIndex { get; }

    /// <summary>How full it was, each time that changed, as far as somebody has looked; the first moment is the start of the run.</summary>
    public IReadOnlyList<BinMoment> History => _history;

    /// <summary>When it was emptied and how full it was just before, in order.</summary>
    public IReadOnlyList<BinMoment> Emptied => _emptied;

    /// <summary>How full it is now, in percent by volume.</summary>
    public double FillPercent => 100 * _litres / Plan.Container.VolumeLitres;

    /// <summary>The crew will come; told by the operator, in time order with what has happened.</summary>
    /// <param name="timeUs">When it will be there; not before what was looked at.</param>
    /// <returns>False when it comes by then anyway.</returns>
    public bool TryScheduleEmptying(long timeUs)
    {
        if (_emptyings.Count > 0 && _emptyings[0] <= timeUs)
        {
            return false;
        }

        _emptyings.Insert(0, timeUs);
        return true;
    }

    /// <summary>Distance from the sensor to what lies uppermost, at a moment not before the last one asked for.</summary>
    /// <param name="timeUs">Microseconds after the start.</param>
    /// <returns>Millimetres.</returns>
    public double DistanceMillimetresAt(long timeUs)
    {
        AdvanceTo(timeUs);
        Container shape = Plan.Container;
        return Math.Clamp(
            shape.DistanceMillimetres(FillPercent / 100) + _unevenMillimetres, 1, shape.HeightMillimetres + shape.SensorAboveMillimetres);
    }

    /// <summary>How full it was at a moment, from what has been looked at.</summary>
    /// <param name="timeUs">Microseconds after the start.</param>
    public double FillPercentAt(long timeUs)
    {
        int low = 0;
        int high = _history.Count - 1;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            (low, high) = _history[middle].TimeUs <= timeUs ? (middle, high) : (low, middle - 1);
        }

        return _history[low].FillPercent;
    }

    /// <summary>Works out what happened up to a moment.</summary>
    public void AdvanceTo(long timeUs)
    {
        if (_recorded is not null)
        {
            FollowRecord(timeUs);
            return;
        }

        while (true)
        {
            long throwUs = _use!.TimeUs;
            long emptyingUs = _emptyings.Count > 0 ? _emptyings[0] : long.MaxValue;
            if (Math.Min(throwUs, emptyingUs) > timeUs)
            {
                return;
            }

            if (emptyingUs <= throwUs)
            {
                _emptyings.RemoveAt(0);
                Empty(emptyingUs);
            }
            else
            {
                _litres = Math.Min(_litres + _use.Litres, Plan.Container.VolumeLitres * FullestPercent / 100);
                Changed(throwUs);
                _use.MoveNext();
            }
        }
    }

    private void FollowRecord(long timeUs)
    {
        while (_nextRecorded < _recorded!.Count && _recorded[_nextRecorded].TimeUs <= timeUs)
        {
            BinMoment moment = _recorded[_nextRecorded++];
            if (moment.FillPercent < FillPercent - 10)
            {
                _emptied.Add(new BinMoment(moment.TimeUs, (float)FillPercent));
            }

            _litres = moment.FillPercent / 100 * Plan.Container.VolumeLitres;
            Changed(moment.TimeUs);
        }
    }

    private void Empty(long timeUs)
    {
        _emptied.Add(new BinMoment(timeUs, (float)FillPercent));
        _litres = 0;
        Changed(timeUs);
    }

    // Rubbish does not lie flat: what is uppermost under the sensor is some centimetres off the mean, anew with every throw.
    private void Changed(long timeUs)
    {
        double spread = Plan.UnevenMillimetres;
        _unevenMillimetres = _litres <= 0 ? 0 : Math.Clamp(_surface.NextGaussian(), -2, 2) * spread;
        _history.Add(new BinMoment(timeUs, (float)FillPercent));
    }
}
