// Scenarios for tests of whole fleets, made in code: a straight street of poles at 51 degrees north, with good radio, over a few hours of a
// December night unless a test says otherwise.
using PoleController.Lighting;
using SettingsFiles;
using Simulation.Engine;
using Simulation.Scenarios;
using Simulation.World;

namespace Simulation.Tests.Runs;

/// <summary>Builds a fleet. Every method changes the builder and returns it.</summary>
internal sealed class Street
{
    public const double Latitude = 51;
    public const double Longitude = 9;

    /// <summary>Civil dusk on 10 December 2026 is at 16:50 local time here, civil dawn on the 11th at 07:35.</summary>
    public const string NightStart = "2026-12-10T21:00";

    private readonly List<Lamp> _lamps = [];
    private readonly List<ScenarioCommand> _commands = [];
    private readonly List<PartFault> _faults = [];
    private readonly List<MainsOutage> _outages = [];
    private readonly string _startLocal;
    private readonly double _hours;
    private Scenario _scenario;

    private Street(string startLocal, double hours)
    {
        _startLocal = startLocal;
        _hours = hours;
        DateTime start = DateTime.Parse(startLocal, System.Globalization.CultureInfo.InvariantCulture);
        _scenario = new Scenario
        {
            Name = "street",
            StartLocal = start,
            StartUtcMs = new TimeZoneRule().ToUtcMs(start),
            DurationMs = (long)(hours * 3_600_000),
            Lamps = new LampSource { FilePath = "street.csv" },
            Radio = new RadioModel { ShadowingDecibel = 0, FadingDecibel = 0 },
        };
    }

    /// <summary>A run of some hours from a local time on.</summary>
    public static Street From(string startLocal, double hours) => new(startLocal, hours);

    /// <summary>A run of some hours from 21:00 in the night on.</summary>
    public static Street AtNight(double hours) => From(NightStart, hours);

    /// <summary>So many more poles, 30 m apart, in one street.</summary>
    public Street Poles(int count, string street = "Main Street", double? fullPowerWatts = null)
    {
        int row = _lamps.Select(lamp => lamp.Street).Distinct().Count(name => name != street);
        for (int i = 0; i < count; i++)
        {
            _lamps.Add(new Lamp
            {
                Id = $"L-{_lamps.Count + 1:000}",
                Latitude = Latitude + (row * 0.002),
                Longitude = Longitude + (i * 30 / 70_000.0),
                FullPowerWatts = fullPowerWatts,
                Street = street,
                Group = street,
            });
        }

        return this;
    }

    /// <summary>A lamp somewhere else, far from every gateway when it is far enough.</summary>
    public Street PoleAt(double latitude, double longitude)
    {
        _lamps.Add(new Lamp { Id = $"L-{_lamps.Count + 1:000}", Latitude = latitude, Longitude = longitude, Street = "Elsewhere", Group = "Elsewhere" });
        return this;
    }

    /// <summary>Changes anything of the scenario.</summary>
    public Street With(Func<Scenario, Scenario> change)
    {
        _scenario = change(_scenario);
        return this;
    }

    public Street Settings(PoleSettings settings) => With(scenario => scenario with { Settings = settings });

    public Street Controller(ControllerModel controller) => With(scenario => scenario with { Controller = controller });

    public Street Checks(CheckPlan checks) => With(scenario => scenario with { Checks = checks });

    /// <summary>One more program with one point: the same level day and night.</summary>
    public Street Constant(int levelPermille, int occupancyLevelPermille = 0) => Program(0, Clock(12, 0, levelPermille, occupancyLevelPermille));

    /// <summary>One more program.</summary>
    public Street Program(int fadeSeconds, params ProgramPoint[] points) => With(scenario => scenario with
    {
        Programs = [.. scenario.Programs, new DimmingProgram { Name = $"program-{scenario.Programs.Count}", FadeSeconds = fadeSeconds, Points = points }],
    });

    /// <summary>Synthetic travellers of an arterial road.</summary>
    public Street Travellers(double perDay) => With(scenario => scenario with
    {
        Traffic = new TrafficSource { Synthetic = new SyntheticTraffic { Kind = SyntheticTrafficKind.Arterial, TravellersPerDay = perDay } },
    });

    public Street Fault(FaultKind kind, double atMinutes, double? forMinutes, params int[] poles)
    {
        _faults.Add(new PartFault { AtMs = Ms(atMinutes), DurationMs = forMinutes is double minutes ? Ms(minutes) : null, Kind = kind, Poles = Select(poles) });
        return this;
    }

    /// <summary>A part in trouble for some time.</summary>
    public Street Trouble(PartName part, PartTrouble trouble, double atMinutes, double forMinutes, double size = 30)
    {
        _faults.Add(new PartFault
        {
            AtMs = Ms(atMinutes), DurationMs = Ms(forMinutes), Kind = FaultKind.PartTrouble, Part = part, Trouble = trouble, Size = size, Poles = PoleSelector.All,
        });
        return this;
    }

    public Street Outage(double atMinutes, double forMinutes, params int[] poles)
    {
        _outages.Add(new MainsOutage { AtMs = Ms(atMinutes), DurationMs = Ms(forMinutes), Poles = Select(poles) });
        return this;
    }

    public Street Command(double atMinutes, CommandAction action, params int[] poles)
    {
        _commands.Add(new ScenarioCommand { AtMs = Ms(atMinutes), Action = action, Poles = Select(poles) });
        return this;
    }

    /// <summary>A command to all by multicast.</summary>
    public Street Multicast(double atMinutes, CommandAction action)
    {
        _commands.Add(new ScenarioCommand { AtMs = Ms(atMinutes), Action = action, Poles = PoleSelector.All, Path = CommandPath.Multicast });
        return this;
    }

    /// <summary>A gateway in the middle of the street that is away for a time.</summary>
    public Street GatewayModelOutage(double atMinutes, double forMinutes) => With(scenario => scenario with
    {
        Gateways = [new GatewayModel
        {
            Id = "gateway",
            Latitude = Latitude,
            Longitude = Longitude,
            Outages = [new GatewayModelOutage { AtMs = Ms(atMinutes), DurationMs = Ms(forMinutes) }],
        }],
    });

    /// <summary>Makes the fleet, ready to run.</summary>
    public StreetRun Build(long seed = 1, int threads = 1)
    {
        Scenario scenario = _scenario with { Commands = _commands, Faults = _faults, MainsOutages = _outages };
        LampImportResult lamps = new()
        {
            Lamps = _lamps,
            Rejected = [],
            Warnings = [],
            RowCount = _lamps.Count,
            OutsideCount = 0,
            OverLimitCount = 0,
            RowNoun = "line",
        };
        return new StreetRun(FleetBuilder.Build(scenario, seed, lamps), threads);
    }

    /// <summary>A switching point at a clock time.</summary>
    public static ProgramPoint Clock(int hour, int minute, int levelPermille, int occupancyLevelPermille = 0) => new()
    {
        Reference = SwitchingReference.Clock,
        OffsetMinutes = (hour * 60) + minute,
        LevelPermille = levelPermille,
        OccupancyLevelPermille = occupancyLevelPermille,
    };

    /// <summary>A switching point at an event of the sun.</summary>
    public static ProgramPoint Sun(SwitchingReference reference, int offsetMinutes, int levelPermille) => new()
    {
        Reference = reference,
        OffsetMinutes = offsetMinutes,
        LevelPermille = levelPermille,
    };

    public override string ToString() => $"{_lamps.Count} poles from {_startLocal} for {_hours} h";

    private static long Ms(double minutes) => (long)Math.Round(minutes * 60_000);

    private PoleSelector Select(int[] poles) =>
        poles.Length == 0 ? PoleSelector.All : new PoleSelector { Ids = [.. poles.Select(pole => _lamps[pole].Id)] };
}
