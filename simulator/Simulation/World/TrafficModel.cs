// People and vehicles in the streets of a run: makes the arrivals at every pole. An inhomogeneous Poisson process for each street,
// direction and class; everybody of a class goes through the whole street at the same speed.
using Simulation.Scenarios;

namespace Simulation.World;

/// <summary>The traffic of a run. Read only after it is made, so it can be shared by threads.</summary>
public sealed class TrafficModel
{
    /// <summary>Length of the zone in which an occupancy sensor sees somebody, along the street.</summary>
    public const double SensorZoneMetres = 12;

    /// <summary>Two directions times three classes.</summary>
    public const int MaximumSources = 6;

    private readonly SourceKind[] _sources;
    private readonly StreetLayout _streets;
    private readonly long _seed;

    private TrafficModel(SourceKind[] sources, StreetLayout streets, TrafficProfile profile, long seed, IReadOnlyList<string> warnings)
    {
        _sources = sources;
        _streets = streets;
        _seed = seed;
        Profile = profile;
        Warnings = warnings;
    }

    /// <summary>What was noticed about the counts, such as gaps that were filled.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>The streets.</summary>
    public StreetLayout Streets => _streets;

    internal TrafficProfile Profile { get; }

    internal int SourceCount => _sources.Length;

    /// <summary>Makes the traffic of a scenario; reads the count file when there is one.</summary>
    /// <param name="scenario">The scenario; without traffic nobody ever comes.</param>
    /// <param name="lamps">All lamps of the run.</param>
    /// <param name="seed">The run's seed.</param>
    /// <exception cref="ScenarioException">The count file cannot be used.</exception>
    public static TrafficModel Create(Scenario scenario, IReadOnlyList<Lamp> lamps, long seed)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        if (scenario.Traffic is not { } traffic)
        {
            return Create(new double[TrafficProfile.BinsPerDay], new TrafficSource(), scenario, lamps, seed, []);
        }

        if (traffic.Counts is { } counts)
        {
            DayCounts day = CountsImport.Load(counts);
            return Create(day.TravellersPerBin, traffic, scenario, lamps, seed, day.Warnings);
        }

        return Create(SyntheticDay.Make(traffic.Synthetic!), traffic, scenario, lamps, seed, []);
    }

    /// <summary>Makes the traffic from a day's counts.</summary>
    /// <param name="countsPerBin">Travellers in each quarter of an hour of the local day, 96 values.</param>
    /// <param name="traffic">Share and mix.</param>
    /// <param name="scenario">Start, length and time zone.</param>
    /// <param name="lamps">All lamps of the run.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="warnings">What was noticed about the counts.</param>
    public static TrafficModel Create(
        IReadOnlyList<double> countsPerBin, TrafficSource traffic, Scenario scenario, IReadOnlyList<Lamp> lamps, long seed, IReadOnlyList<string> warnings)
    {
        ArgumentNullException.ThrowIfNull(traffic);
        ArgumentNullException.ThrowIfNull(scenario);
        StreetLayout streets = new(lamps);
        SourceKind[] sources = MakeSources(traffic);
        double longestMetres = SensorZoneMetres;
        for (int street = 0; street < streets.StreetCount; street++)
        {
            longestMetres = Math.Max(longestMetres, streets.LengthMetres(street) + SensorZoneMetres);
        }

        double slowest = sources.Length == 0 ? 1 : sources.Min(source => source.SpeedMetresPerSecond);
        long leadMs = (long)(longestMetres / slowest * 1000);

        // A traveller reaches the first pole's zone before the pole: half a zone more at the end keeps the last ones.
        long tailMs = (long)(SensorZoneMetres / slowest * 1000);
        TrafficProfile profile = new(countsPerBin, scenario.StartUtcMs, scenario.DurationMs + tailMs, leadMs, scenario.TimeZone);
        return new TrafficModel(sources, streets, profile, seed, warnings);
    }

    /// <summary>The arrivals at a pole from the start of the run on.</summary>
    /// <param name="pole">Position of the pole among the lamps.</param>
    public ArrivalSequence OpenSequence(int pole)
    {
        int street = _streets.StreetOf(pole);
        return new ArrivalSequence(this, street, _streets.PositionMetres(pole), _streets.LengthMetres(street), _seed);
    }

    /// <summary>The street of a pole, and where along it the pole stands, from where forward begins.</summary>
    internal (int Street, double Metres) PlaceOf(int pole) => (_streets.StreetOf(pole), _streets.PositionMetres(pole));

    internal bool IsForward(int source) => _sources[source].IsForward;

    internal TravellerKind Kind(int source) => _sources[source].Kind;

    internal int StreamIndex(int source) => _sources[source].StreamIndex;

    internal double SpeedMetresPerSecond(int source) => _sources[source].SpeedMetresPerSecond;

    internal long HalfZoneUs(int source) => _sources[source].HalfZoneUs;

    internal double ExpectedBetween(int source) => _sources[source].ExpectedBetween;

    private static SourceKind[] MakeSources(TrafficSource traffic)
    {
        TravellerClass[] classes = [traffic.Mix.Pedestrian, traffic.Mix.Bicycle, traffic.Mix.Vehicle];
        List<SourceKind> sources = [];
        for (int i = 0; i < MaximumSources; i++)
        {
            TravellerClass travellers = classes[i / 2];
            double part = traffic.Share * travellers.Percent / 100 / 2;
            if (part > 0)
            {
                sources.Add(new SourceKind(
                    (TravellerKind)(i / 2),
                    i % 2 == 0,
                    i,
                    travellers.SpeedMetresPerSecond,
                    (long)(SensorZoneMetres / 2 / travellers.SpeedMetresPerSecond * 1e6),
                    1 / part));
            }
        }

        return [.. sources];
    }

    /// <summary>A direction of a class. ExpectedBetween: counted travellers of the profile from one of these to the next, in the mean.</summary>
    private readonly record struct SourceKind(
        TravellerKind Kind, bool IsForward, int StreamIndex, double SpeedMetresPerSecond, long HalfZoneUs, double ExpectedBetween);
}
