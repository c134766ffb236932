// Measures at the lamps what neighbours are good for: whether the light is up before whoever comes, and how soon it begins to rise after somebody came by another
// pole. From messages it takes nothing but which pole it was.
using PoleController.Lighting;
using PoleController.Neighbours;
using Simulation.Parts;

namespace Simulation.Engine;

/// <summary>The poles of a line, as the instruments know them.</summary>
public sealed class NeighbourLine
{
    private readonly NeighbourMeter?[] _meters;
    private readonly NeighbourMessage _message = new(new AesBlock());

    /// <summary>Makes it.</summary>
    /// <param name="number">The number of the line.</param>
    /// <param name="poles">Indices of its poles in the fleet, in their order along it.</param>
    public NeighbourLine(int number, IReadOnlyList<int> poles)
    {
        ArgumentNullException.ThrowIfNull(poles);
        Number = number;
        Poles = poles;
        _meters = new NeighbourMeter?[poles.Count + 1];
        for (int i = 0; i < Delays.Length; i++)
        {
            Delays[i] = [];
        }
    }

    /// <summary>The number of the line.</summary>
    public int Number { get; }

    /// <summary>Indices of its poles in the fleet, in their order along it; the first has the number 1 there.</summary>
    public IReadOnlyList<int> Poles { get; }

    /// <summary>By the number of poles between (1 is the next), the times from the sensor's edge at one pole to the first more light at the other, in microseconds.</summary>
    internal List<long>[] Delays { get; } = new List<long>[PoleController.Settings.NeighbourSettings.MaximumReach + 1];

    /// <summary>Puts a pole's instrument where the pole stands.</summary>
    internal void Add(int place, NeighbourMeter meter) => _meters[place] = meter;

    /// <summary>Notes that the light began to rise at a pole after a broadcast.</summary>
    internal void AddRise(int place, byte[] broadcast, long timeUs)
    {
        if (!_message.TryDecode(broadcast, broadcast.Length) || _message.Line != Number || _message.Origin >= _meters.Length)
        {
            return;
        }

        int distance = Math.Abs(_message.Origin - place);
        if (_meters[_message.Origin] is { LastArrivalUs: >= 0 } origin && distance > 0 && distance < Delays.Length)
        {
            Delays[distance].Add(timeUs - origin.LastArrivalUs);
        }
    }
}

/// <summary>The instrument at one pole of a line.</summary>
public sealed class NeighbourMeter
{
    private readonly NeighbourLine _line;
    private readonly int _place;
    private readonly NeighbourRadioPart _radio;
    private readonly bool _isReachedForward;
    private readonly bool _isReachedBackward;
    private LevelCause _cause;
    private int _fromPermille = -1;
    private byte[] _heard = [];

    /// <summary>Makes it.</summary>
    /// <param name="line">The line.</param>
    /// <param name="place">Where the pole stands in it, 1 for the first.</param>
    /// <param name="radio">The pole's radio.</param>
    /// <param name="isReachedForward">Whether who goes forward along the street comes by another pole of the line before.</param>
    /// <param name="isReachedBackward">The same for who goes backward.</param>
    public NeighbourMeter(NeighbourLine line, int place, NeighbourRadioPart radio, bool isReachedForward, bool isReachedBackward)
    {
        ArgumentNullException.ThrowIfNull(line);
        ArgumentNullException.ThrowIfNull(radio);
        _line = line;
        _place = place;
        _radio = radio;
        _isReachedForward = isReachedForward;
        _isReachedBackward = isReachedBackward;
        line.Add(place, this);
    }

    /// <summary>The last edge of the pole's own sensor; -1 before the first.</summary>
    public long LastArrivalUs { get; private set; } = -1;

    /// <summary>Travellers who had come by another pole of the line and found nobody here, when more light than the idle level was due to them.</summary>
    public int ComingCount { get; private set; }

    /// <summary>Those of them who found the light at its level.</summary>
    public int AheadCount { get; private set; }

    /// <summary>When the first came who did not; -1 for none.</summary>
    public long FirstLateUs { get; private set; } = -1;

    /// <summary>The pole's sensor sees somebody after it saw nobody.</summary>
    /// <param name="timeUs">Now.</param>
    /// <param name="isForward">Whether they go forward along their street.</param>
    /// <param name="cause">Why the lamp has its level, before the controller knows of them.</param>
    /// <param name="duePermille">The light due to them; 0 for none.</param>
    /// <param name="lightPermille">The light.</param>
    public void OnArrival(long timeUs, bool isForward, LevelCause cause, int duePermille, int lightPermille)
    {
        LastArrivalUs = timeUs;
        bool isComing = isForward ? _isReachedForward : _isReachedBackward;

        // Light that is still up for those before, or that the program gives anyhow, says nothing of neighbours.
        if (!isComing || duePermille == 0 || cause == LevelCause.Occupancy || (cause != LevelCause.Neighbour && lightPermille >= duePermille))
        {
            return;
        }

        ComingCount++;
        if (lightPermille >= duePermille)
        {
            AheadCount++;
        }
        else if (FirstLateUs < 0)
        {
            FirstLateUs = timeUs;
        }
    }

    /// <summary>The controller has made a step.</summary>
    public void Observe(long timeUs, LevelCause cause, int lightPermille)
    {
        if (cause == LevelCause.Neighbour && _cause is not (LevelCause.Neighbour or LevelCause.Occupancy))
        {
            _fromPermille = lightPermille;

            // Who was announced before does not count: then it is the program that went on to a point at which somebody is worth more light.
            _heard = _radio.LastTakenUs == timeUs ? _radio.LastTaken : [];
        }
        else if (cause is not (LevelCause.Neighbour or LevelCause.Occupancy))
        {
            _fromPermille = -1;
        }

        _cause = cause;
        if (_fromPermille >= 0 && lightPermille > _fromPermille)
        {
            _fromPermille = -1;
            _line.AddRise(_place, _heard, timeUs);
        }
    }
}
