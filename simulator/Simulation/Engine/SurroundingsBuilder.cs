// Makes what poles have around them from a scenario: weather once, the rest for each pole. Reads the files that the scenario names for it.
using Simulation.Scenarios;
using Simulation.World;

namespace Simulation.Engine;

/// <summary>Makes the surroundings of the poles of one fleet.</summary>
public sealed class SurroundingsBuilder
{
    private const double LargestStartPercent = 60;

    private readonly Scenario _scenario;
    private readonly IReadOnlyList<Lamp> _lamps;
    private readonly TrafficModel _traffic;
    private readonly long _seed;
    private readonly List<PoleIncident>?[] _incidents;
    private readonly Dictionary<BinUsePlan, TrafficProfile> _profiles = [];
    private readonly Dictionary<BinHistorySource, BinHistoryFile> _histories = [];
    private readonly Dictionary<LevelSource, LevelFile> _levels = [];
    private readonly List<string> _warnings = [];
    private int _nextSite;

    /// <summary>Makes the weather and deals out the incidents.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="lamps">The lamps.</param>
    /// <param name="traffic">Who passes them.</param>
    /// <param name="seed">The run's seed.</param>
    /// <exception cref="ScenarioException">The weather's file cannot be used.</exception>
    public SurroundingsBuilder(Scenario scenario, IReadOnlyList<Lamp> lamps, TrafficModel traffic, long seed)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(lamps);
        _scenario = scenario;
        _lamps = lamps;
        _traffic = traffic;
        _seed = seed;
        Weather = WeatherModel.Create(scenario, lamps.Average(lamp => lamp.Latitude), lamps.Average(lamp => lamp.Longitude), seed);
        _warnings.AddRange(Weather.Warnings);
        _incidents = new List<PoleIncident>?[lamps.Count];
        for (int i = 0; i < scenario.Incidents.Count; i++)
        {
            Incident incident = scenario.Incidents[i];
            long fromUs = incident.AtMs * 1000;
            long toUs = incident.Kind == IncidentKind.Knock ? fromUs : incident.DurationMs is long durationMs ? fromUs + (durationMs * 1000) : long.MaxValue;
            foreach (int pole in incident.Poles.Select(lamps, seed, "incident", i))
            {
                (_incidents[pole] ??= []).Add(new PoleIncident(incident.Kind, fromUs, toUs, incident.Size));
            }
        }
    }

    /// <summary>The district's weather.</summary>
    public WeatherModel Weather { get; }

    /// <summary>What was noticed about the files.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>Makes the surroundings of one pole.</summary>
    /// <param name="index">Its index; poles are made in order, so that recorded containers are dealt out in order.</param>
    /// <param name="fitting">What hangs there.</param>
    /// <param name="outages">When it has no mains.</param>
    /// <exception cref="ScenarioException">A file cannot be used.</exception>
    public PoleSurroundings Make(int index, PoleFitting fitting, PowerOutages outages)
    {
        ArgumentNullException.ThrowIfNull(fitting);
        IReadOnlyList<PoleIncident> incidents = _incidents[index] is { } list ? [.. list.OrderBy(static incident => incident.FromUs)] : [];
        return new PoleSurroundings
        {
            Air = new LocalAir(Weather, _seed, index),
            Mains = new MainsVoltage(incidents, outages, _seed, index),
            Motion = new PoleMotion(Weather, incidents, _seed, index),
            Incidents = incidents,
            Bin = fitting.Bin is { } bin ? MakeBin(bin, index) : null,
            Water = fitting.Water is { } water ? MakeWater(water, index) : null,
            Radar = fitting.Sensors is { HasRadar: true } ? new RadarScene(_traffic.OpenSequence(index), BesideMetres(index)) : null,
        };
    }

    // Kerb, cycle path or road: from one to two and a half metres beside the pole.
    private double BesideMetres(int index) => 1 + (1.5 * new RandomStream(_seed, "beside", index).NextDouble());

    private BinModel MakeBin(BinPlan plan, int index)
    {
        if (plan.History is { } history)
        {
            if (!_histories.TryGetValue(history, out BinHistoryFile? file))
            {
                _histories.Add(history, file = BinHistoryFile.Load(history));
                _warnings.AddRange(file.Warnings);
            }

            return new BinModel(plan, file.Course(file.Sites[_nextSite++ % file.Sites.Count], _scenario, plan.Use.Kind), _seed, index);
        }

        if (!_profiles.TryGetValue(plan.Use, out TrafficProfile? profile))
        {
            _profiles.Add(plan.Use, profile = BinUse.ProfileOf(plan.Use, _scenario));
        }

        double startPercent = plan.StartPercent ?? (LargestStartPercent * new RandomStream(_seed, "bin-start", index).NextDouble());
        return new BinModel(plan, new BinUse(plan.Use, profile, _seed, index), Rounds(plan), startPercent, _seed, index);
    }

    private IEnumerable<long> Rounds(BinPlan plan)
    {
        int days = (int)(_scenario.DurationMs / 86_400_000) + 2;
        for (int day = 0; day < days; day++)
        {
            foreach (int minute in plan.RoundMinutes)
            {
                long atUs = (_scenario.TimeZone.ToUtcMs(_scenario.StartLocal.Date.AddDays(day).AddMinutes(minute)) - _scenario.StartUtcMs) * 1000;
                if (atUs >= 0)
                {
                    yield return atUs;
                }
            }
        }
    }

    private WaterModel MakeWater(WaterPlan plan, int index)
    {
        LevelFile? file = null;
        if (plan.File is { } source && !_levels.TryGetValue(source, out file))
        {
            _levels.Add(source, file = LevelFile.Load(source, _scenario));
        }

        return new WaterModel(plan, file, Weather, _seed, index);
    }
}
