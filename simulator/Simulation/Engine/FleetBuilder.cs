// Makes a fleet from a scenario. Everything random in it comes from streams of the run's seed, a stream each.
using PoleController.Drivers;
using PoleController.LoRaWan;
using Simulation.Engine.Fittings;
using Simulation.Forwarding;
using Simulation.Network;
using Simulation.Operation;
using Simulation.Parts;
using Simulation.Parts.RadioChips;
using Simulation.Radio;
using Simulation.Scenarios;
using Simulation.World;

namespace Simulation.Engine;

/// <summary>Builds fleets.</summary>
public sealed class FleetBuilder
{
    /// <summary>A lamp has to be lit this long after civil dusk at the latest, and until this long before civil dawn, in microseconds:
    /// a minute for the difference between the pole's sun and the world's.</summary>
    private const long DuskToleranceUs = 60_000_000;

    private const int MaximumBins = 1440;

    private readonly Scenario _scenario;
    private readonly long _seed;
    private readonly IReadOnlyList<Lamp> _lamps;
    private readonly TrafficModel _traffic;
    private readonly DaylightModel _daylight;
    private readonly SurroundingsBuilder _surroundings;
    private readonly PoleFitting[] _fittings;
    private readonly List<(long StartUs, long EndUs)>?[] _outages;
    private readonly List<WorldEvent>?[] _faultEvents;
    private readonly FleetGroups _groups;
    private readonly LightingGroups _lightingGroups;
    private readonly OrderPlan _orders;
    private readonly NeighbourLines _neighbours;
    private readonly List<InjectedFault> _faults = [];
    private readonly int _binSeconds;

    private FleetBuilder(Scenario scenario, long seed, IReadOnlyList<Lamp> lamps, bool isOperatedElsewhere)
    {
        _scenario = scenario;
        _seed = seed;
        _lamps = lamps;
        _traffic = TrafficModel.Create(scenario, lamps, seed);
        _daylight = new DaylightModel(
            lamps.Average(lamp => lamp.Latitude), lamps.Average(lamp => lamp.Longitude), scenario.StartUtcMs, scenario.DurationMs);
        _surroundings = new SurroundingsBuilder(scenario, lamps, _traffic, seed);
        _fittings = PoleFitting.Resolve(scenario, lamps, seed);
        _outages = new List<(long StartUs, long EndUs)>?[lamps.Count];
        _faultEvents = new List<WorldEvent>?[lamps.Count];
        _groups = new FleetGroups(scenario, lamps, seed);
        _lightingGroups = new LightingGroups(scenario, lamps, seed);

        // Behind a real server stands a real operator: the scenario's gives no orders then.
        _orders = isOperatedElsewhere ? OrderPlan.OfSomebodyElse(lamps.Count) : OrderPlan.Make(scenario, lamps, _groups, _lightingGroups, seed);
        _neighbours = new NeighbourLines(scenario, lamps, _traffic, seed);
        _binSeconds = (int)Math.Max(60, ((scenario.DurationMs / 1000) + MaximumBins - 1) / MaximumBins);
    }

    /// <summary>Makes the fleet; reads the files the scenario names.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="seed">The run's seed.</param>
    /// <exception cref="ScenarioException">A file cannot be used, or a selector selects nothing.</exception>
    public static Fleet Build(Scenario scenario, long seed)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        return Build(scenario, seed, ScenarioLoader.LoadLamps(scenario));
    }

    /// <summary>Makes the fleet over lamps that are already there.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="lamps">The lamps; at least one.</param>
    /// <param name="connections">Who else is there; null for nobody.</param>
    /// <exception cref="ScenarioException">The count file cannot be used.</exception>
    public static Fleet Build(Scenario scenario, long seed, LampImportResult lamps, FleetConnections? connections = null)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(lamps);
        connections ??= new FleetConnections();
        return new FleetBuilder(scenario, seed, lamps.Lamps, connections.IsOperatedElsewhere).Build(lamps, connections);
    }

    private Fleet Build(LampImportResult import, FleetConnections connections)
    {
        IFleetAttachment? attachment = connections.Attachment;
        CollectOutages();
        CollectFaults();

        IReadOnlyList<GatewayModel> gateways =
            _scenario.Gateways.Count > 0 ? _scenario.Gateways : [GatewayModel.AtCentroidOf(_lamps)];
        NightIntervals[] nights = new NightIntervals[_lamps.Count];
        PowerOutages[] outages = new PowerOutages[_lamps.Count];
        PoleSite[] sites = new PoleSite[_lamps.Count];
        SimulatedPole[] poles = new SimulatedPole[_lamps.Count];
        for (int i = 0; i < _lamps.Count; i++)
        {
            outages[i] = _outages[i] is { } list ? new PowerOutages(list) : PowerOutages.None;
            (NightIntervals full, NightIntervals promised) = MakeNights(_lamps[i]);
            nights[i] = full;
            poles[i] = MakePole(i, promised, outages[i], out sites[i]);
        }

        FleetOperator fleetOperator = new(_lamps.Count, _orders.Orders, _scenario.Programs, _scenario.StartUtcMs);
        GatewaySite[] gatewaySites = [.. gateways.Select((gateway, index) => MakeGateway(gateway, index))];
        FleetNetwork network = new(
            MakeRadioSettings(), gatewaySites, sites, _seed, _scenario.StartUtcMs,
            connections.Listener is { } listener ? new ApplicationPair(fleetOperator, listener) : fleetOperator,
            NetworkSettings.For(_scenario.Network.Region) with
            {
                MulticastGroups = connections.IsServed ? [] : _groups.Plans,
                KnowsDevices = !connections.IsServed,
                SpeaksPackages = !connections.IsServed,
            },
            attachment is null ? null : radios => attachment.Attach(radios, Outline(gatewaySites)));
        fleetOperator.Connect(network);
        Crew crew = new(poles);
        fleetOperator.AlarmReceived = crew.OnAlarm;
        return new Fleet
        {
            Scenario = _scenario,
            Seed = _seed,
            Import = import,
            Poles = poles,
            Nights = nights,
            Outages = outages,
            Faults = [.. _faults.OrderBy(fault => fault.StartUs).ThenBy(fault => fault.PoleIndex)],
            Gateways = gateways,
            Network = network,
            Traffic = _traffic,
            Operator = fleetOperator,
            Sites = sites,
            IsAttached = connections.IsOperatedElsewhere,
            BinSeconds = _binSeconds,
            Clusters = _neighbours.MakeClusters(poles),
            NeighbourLines = _neighbours.Lines,
            Warnings = [.. _traffic.Warnings, .. _surroundings.Warnings, .. connections.IsOperatedElsewhere ? AttachedRemarks() : []],
        };
    }

    private IEnumerable<string> AttachedRemarks()
    {
        yield return "The run was attached to another network server and cannot be repeated exactly; checks that need the application behind it were not judged.";
        if (_scenario.Commands.Count > 0)
        {
            yield return $"The scenario's {(_scenario.Commands.Count == 1 ? "command was" : "commands were")} not given: an attached run has no operator but the real one.";
        }
    }

    private FleetOutline Outline(IReadOnlyList<GatewaySite> gateways)
    {
        Region region = new(_scenario.Network.Region);
        return new FleetOutline(gateways, _lamps.Count, _scenario.StartUtcMs, _seed, frequencyHz => region.SubBandOf(frequencyHz) >= 0);
    }

    private SimulatedPole MakePole(int index, NightIntervals promised, PowerOutages outages, out PoleSite site)
    {
        Lamp lamp = _lamps[index];
        ControllerModel model = _fittings[index].Hardware ?? _scenario.Controller;
        RandomStream spread = new(_seed, "pole", index);
        int driftPartsPerBillion = (int)(((spread.NextDouble() * 2) - 1) * model.ClockDriftPartsPerMillion * 1000);
        Crystal crystal = new(driftPartsPerBillion);
        int binCount = (int)(((_scenario.DurationMs / 1000) + _binSeconds - 1) / _binSeconds);
        PoleRecorder recorder = new(promised, _binSeconds * 1_000_000L, binCount)
        {
            Curve = _scenario.Checks.LampUndisturbed is null ? null : new LightCurve(),
        };
        LuminairePart luminaire = new(
            (int)(_scenario.Luminaire.FullPowerWattsOf(lamp) * 1000), (int)(_scenario.Luminaire.StandbyPowerWatts * 1000), recorder)
        {
            HasInterface = _fittings[index].Sensors is { Dimmer: not DimmerKind.Port },
        };
        recorder.Luminaire = luminaire;
        MemoryStore store = new();
        LoRaWanIdentity identity = PoleProvisioning.Provision(
            store, _scenario, lamp, _fittings[index], _seed, index, _groups.AnswerWindowsSecondsOf(index), _lightingGroups.Of(index), _neighbours);
        site = new PoleSite(lamp.Latitude, lamp.Longitude, identity.DevEui, identity.JoinEui, identity.AppKey)
        {
            GenAppKey = identity.GenAppKey,
            ServiceKey = identity.ServiceKey,
        };
        long withinMs = _scenario.Checks.OccupancyResponse?.WithinMs ?? 1000;
        PartClock clock = new();
        PoleSurroundings surroundings = _surroundings.Make(index, _fittings[index], outages);
        NeighbourRadioPart? neighbourRadio = _neighbours.MakeRadio(index, clock);
        IReadOnlyList<Fitting> fittings = new FittingFactory(clock, surroundings, _seed, index).Hang(model, _fittings[index], _daylight, luminaire, recorder).Fittings;
        PoleParts parts = new()
        {
            Clock = clock,
            BoardName = lamp.Files?.BoardName,
            Recorder = recorder,
            Responses = new ResponseMeter(withinMs * 1000),
            Excuses = new DarknessExcuses(_scenario.Settings.PowerReturnDelayMaximumMs, _orders.DarkCommands(index)),
            Obedience = _orders.MakeMeter(index),
            Crystal = crystal,
            Luminaire = luminaire,
            Radio = MakeRadio(new Antenna(index), crystal),
            Store = store,
            Aes = new AesBlock(),
            Random = new PoleRandom(new RandomStream(_seed, "controller", index)),
            Pir = model.HasOccupancySensor ? new PirPart(_traffic.OpenSequence(index)) : null,
            Surroundings = surroundings,
            Fittings = neighbourRadio is null ? fittings : [.. fittings, new NeighbourFitting(neighbourRadio)],
            Neighbours = neighbourRadio is null ? null : _neighbours.MakeMeter(index, neighbourRadio),
        };
        return new SimulatedPole(index, parts, MakeWorldEvents(index, outages));
    }

    private PoleRadio MakeRadio(Antenna antenna, Crystal crystal)
    {
        bool isSx1262 = _scenario.Controller.RadioChip == RadioChipKind.Sx1262;
        if (_scenario.Controller.RadioForm == RadioForm.Chip)
        {
            return isSx1262 ? ChipRadio.CreateSx1262(antenna, new Sx1262Board()) : ChipRadio.CreateSx1276(antenna, new Sx1276Board());
        }

        return new RadioPart(antenna, crystal, isSx1262 ? RadioTraits.Sx1262 : RadioTraits.Sx1276);
    }

    private WorldEvent[] MakeWorldEvents(int index, PowerOutages outages)
    {
        List<WorldEvent> events = [];

        // The mains come at the start of the run, all at once, as in a district that is switched on; then outages take them away.
        if (outages.Intervals.Count == 0 || outages.Intervals[0].StartUs > 0)
        {
            events.Add(new WorldEvent(0, null, false));
        }

        foreach ((long startUs, long endUs) in outages.Intervals)
        {
            events.Add(new WorldEvent(startUs, null, true));
            events.Add(new WorldEvent(endUs, null, false));
        }

        if (_faultEvents[index] is { } faults)
        {
            events.AddRange(faults);
        }

        return [.. events.OrderBy(worldEvent => worldEvent.TimeUs)];
    }

    private void CollectOutages()
    {
        for (int i = 0; i < _scenario.MainsOutages.Count; i++)
        {
            MainsOutage outage = _scenario.MainsOutages[i];
            foreach (int pole in outage.Poles.Select(_lamps, _seed, "outage", i))
            {
                List<(long StartUs, long EndUs)> list = _outages[pole] ??= [];
                list.Add((outage.AtMs * 1000, (outage.AtMs + outage.DurationMs) * 1000));
            }
        }
    }

    private void CollectFaults()
    {
        for (int i = 0; i < _scenario.Faults.Count; i++)
        {
            PartFault fault = _scenario.Faults[i];
            long startUs = fault.AtMs * 1000;
            long endUs = fault.DurationMs is long durationMs ? startUs + (durationMs * 1000) : long.MaxValue;
            foreach (int pole in fault.Poles.Select(_lamps, _seed, "fault", i))
            {
                if (fault.Kind == FaultKind.PartTrouble && !_fittings[pole].CanHave(fault.Part, fault.Trouble, _scenario.Controller))
                {
                    continue;
                }

                InjectedFault injected = Inject(pole, fault, startUs, endUs);
                _faults.Add(injected);
                List<WorldEvent> events = _faultEvents[pole] ??= [];
                events.Add(new WorldEvent(startUs, injected.Kind, true, injected));
                if (endUs != long.MaxValue)
                {
                    events.Add(new WorldEvent(endUs, injected.Kind, false, injected));
                }
            }
        }
    }

    // Where the dimming interface is a part of its own, a dimmer that takes no level is that part with a board that cannot drive it.
    private InjectedFault Inject(int pole, PartFault fault, long startUs, long endUs)
    {
        DimmerKind dimmer = _fittings[pole].Sensors?.Dimmer ?? DimmerKind.Port;
        return fault.Kind == FaultKind.DimmerSilent && dimmer != DimmerKind.Port
            ? new InjectedFault(pole, FaultKind.PartTrouble, startUs, endUs, PartName.Dimmer, PartTrouble.Stuck) { Dimmer = dimmer }
            : new InjectedFault(pole, fault.Kind, startUs, endUs, fault.Part, fault.Trouble, fault.Size) { Dimmer = dimmer };
    }

    private (NightIntervals Full, NightIntervals Promised) MakeNights(Lamp lamp)
    {
        const long DayMs = 86_400_000;
        long startMs = _scenario.StartUtcMs;
        IReadOnlyList<Night> nights = SunModel.NightsBetween(
            startMs - DayMs, startMs + _scenario.DurationMs + DayMs, lamp.Latitude, lamp.Longitude);
        long[] duskUs = [.. nights.Select(night => (night.FromUtcMs - startMs) * 1000)];
        long[] dawnUs = [.. nights.Select(night => (night.ToUtcMs - startMs) * 1000)];
        return (
            new NightIntervals(duskUs, dawnUs),
            new NightIntervals([.. duskUs.Select(us => us + DuskToleranceUs)], [.. dawnUs.Select(us => us - DuskToleranceUs)]));
    }

    private RadioSettings MakeRadioSettings() => new()
    {
        ReferenceLossDecibel = _scenario.Radio.LossAtOneMetreDecibel,
        PathLossExponent = _scenario.Radio.PathLossExponent,
        ShadowingDecibel = _scenario.Radio.ShadowingDecibel,
        FadingDecibel = _scenario.Radio.FadingDecibel,
    };

    private GatewaySite MakeGateway(GatewayModel gateway, int index)
    {
        const long CounterLength = 1L << 32; // it begins anew after 71.6 minutes, so anywhere in it
        RandomStream clock = new(_seed, "gateway-clock", index);
        long offsetUs = (long)(clock.NextDouble() * CounterLength);
        int driftPartsPerBillion = (int)(((clock.NextDouble() * 2) - 1) * gateway.ClockDriftPartsPerMillion * 1000);
        return new GatewaySite(gateway.Id, gateway.Latitude, gateway.Longitude)
        {
            Outages = [.. gateway.Outages.Select(outage => new GatewayOutage(outage.AtMs * 1000, (outage.AtMs + outage.DurationMs) * 1000))],
            Counter = new GatewayCounter(offsetUs, driftPartsPerBillion),
            HasGpsTime = gateway.HasGpsTime,
            BackhaulDelayUs = gateway.BackhaulDelayMs * 1000L,
        };
    }
}
