// The lines of neighbouring poles of a fleet: who is in which, their keys, and the air between those that hear each other.
using PoleController.Settings;
using Simulation.Parts;
using Simulation.Scenarios;
using Simulation.ShortRange;
using Simulation.World;

namespace Simulation.Engine;

/// <summary>Makes what a scenario says of neighbours.</summary>
internal sealed class NeighbourLines
{
    private readonly Scenario _scenario;
    private readonly TrafficModel _traffic;
    private readonly long _seed;
    private readonly (int Line, int Place)?[] _placeOf;
    private readonly Dictionary<int, ShortRangeAir> _airOf = [];
    private readonly List<(int[] Poles, ShortRangeAir Air)> _groups = [];

    /// <summary>Works out lines, links and groups.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="lamps">The lamps.</param>
    /// <param name="traffic">Who passes them.</param>
    /// <param name="seed">The run's seed.</param>
    public NeighbourLines(Scenario scenario, IReadOnlyList<Lamp> lamps, TrafficModel traffic, long seed)
    {
        _scenario = scenario;
        _traffic = traffic;
        _seed = seed;
        _placeOf = new (int Line, int Place)?[lamps.Count];
        Lines = [.. scenario.NeighbourLines.Select((plan, line) => new NeighbourLine(line + 1, LineOf(plan, lamps, seed, line)))];
        for (int line = 0; line < Lines.Count; line++)
        {
            for (int place = 0; place < Lines[line].Poles.Count; place++)
            {
                _placeOf[Lines[line].Poles[place]] = (line, place + 1);
            }
        }

        int[] poles = [.. Enumerable.Range(0, lamps.Count).Where(pole => _placeOf[pole] is not null)];
        if (poles.Length == 0)
        {
            return;
        }

        ShortRangeLinks links = new(scenario.ShortRange, lamps, poles, seed);
        (int From, int To)[] next = [.. Lines.SelectMany(static line => line.Poles.Zip(line.Poles.Skip(1))).SelectMany<(int First, int Second), (int From, int To)>(static pair => [pair, (pair.Second, pair.First)])];
        foreach (int[] group in links.Groups())
        {
            ShortRangeAir air = new(scenario.ShortRange, links, next, seed, group[0]);
            _groups.Add((group, air));
            foreach (int pole in group)
            {
                _airOf.Add(pole, air);
            }
        }
    }

    /// <summary>The lines, in the order of the scenario.</summary>
    public IReadOnlyList<NeighbourLine> Lines { get; }

    /// <summary>The poles of a line in their order along it.</summary>
    /// <param name="plan">What the scenario says.</param>
    /// <param name="lamps">The lamps.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="line">Which line of the scenario.</param>
    public static int[] LineOf(NeighbourLinePlan plan, IReadOnlyList<Lamp> lamps, long seed, int line)
    {
        int[] poles = plan.Poles.Select(lamps, seed, "neighbours", line);
        if (plan.Order == LineOrder.Given && plan.Poles.Ids is { } ids)
        {
            Dictionary<string, int> byId = poles.ToDictionary(pole => lamps[pole].Id, StringComparer.Ordinal);
            return [.. ids.Distinct(StringComparer.Ordinal).Where(byId.ContainsKey).Select(id => byId[id])];
        }

        StreetLayout street = new([.. poles.Select(pole => lamps[pole] with { Street = "line" })]);
        return [.. Enumerable.Range(0, poles.Length).OrderBy(street.PositionMetres).ThenBy(static at => at).Select(at => poles[at])];
    }

    /// <summary>Makes a pole's radio; null where none is fitted.</summary>
    /// <param name="pole">The pole's index.</param>
    /// <param name="clock">The time at the pole.</param>
    public NeighbourRadioPart? MakeRadio(int pole, PartClock clock) => _airOf.TryGetValue(pole, out ShortRangeAir? air) ? new NeighbourRadioPart(clock, air, pole) : null;

    /// <summary>Makes a pole's instrument.</summary>
    /// <param name="pole">The pole's index; it has a radio.</param>
    /// <param name="radio">The radio.</param>
    public NeighbourMeter MakeMeter(int pole, NeighbourRadioPart radio)
    {
        (int line, int place) = _placeOf[pole]!.Value;
        (int street, double metres) = _traffic.PlaceOf(pole);
        (int Street, double Metres)[] others = [.. Lines[line].Poles.Select(_traffic.PlaceOf).Where(other => other.Street == street)];
        return new NeighbourMeter(Lines[line], place, radio, Array.Exists(others, other => other.Metres < metres), Array.Exists(others, other => other.Metres > metres));
    }

    /// <summary>Fills a pole's settings: nothing where it has no radio.</summary>
    public void Fill(NeighbourSettings settings, int pole)
    {
        if (_placeOf[pole] is not var (line, place))
        {
            return;
        }

        NeighbourLinePlan plan = _scenario.NeighbourLines[line];
        settings.IsEnabled = true;
        settings.Line = Lines[line].Number;
        settings.PoleIndex = place;
        settings.Reach = plan.Reach;
        settings.HoldSeconds = plan.HoldSeconds;
        RandomStream keys = new(_seed, "neighbour-keys", line);
        for (int i = 0; i < settings.Key.Length; i++)
        {
            settings.Key[i] = (byte)keys.Next(256);
        }
    }

    /// <summary>The groups of poles that hear each other, with the air between them.</summary>
    /// <param name="poles">All poles of the fleet.</param>
    public IReadOnlyList<PoleCluster> MakeClusters(IReadOnlyList<SimulatedPole> poles) => [.. _groups.Select(group => new PoleCluster([.. group.Poles.Select(pole => poles[pole])], group.Air))];
}
