// Makes a Scenario of a tree and says what the schema cannot: names that mean nothing, days that do not exist, values that contradict
// each other. The parts that belong together are in EventBinder, CommandBinder and SensorBinder; programs and calendar are SettingsFiles'.
using PoleController.Time;
using SettingsFiles;

namespace Simulation.Scenarios;

/// <summary>Turns a tree into a scenario.</summary>
internal static class ScenarioBinder
{
    public static Scenario Bind(YamlValue root, string file, string folder, List<ScenarioProblem> problems)
    {
        BinderContext context = new(file, folder, problems);
        SectionReader top = new(root.Type == NodeType.Map ? root : null, "", context);
        BindTime(top);
        context.Programs = new ProgramBinder(context.Sink, ProgramBinder.NamesOf(top));
        Scenario scenario = new()
        {
            Name = top.Text("name") ?? "",
            Description = top.Text("description") ?? "",
            FilePath = Path.GetFullPath(file),
            Seed = (long)top.Number("seed", 1),
            StartLocal = context.StartLocal,
            StartUtcMs = context.StartUtcMs,
            DurationMs = context.DurationMs,
            TimeZone = context.TimeZone,
            Lamps = LampBinder.Bind(top.Section("lamps")),
            Luminaire = BindLuminaire(top.Section("luminaire")),
            Controller = BindController(top.Section("controller")),
            Settings = BindSettings(top.Section("settings")),
            Programs = context.Programs.BindPrograms(top),
            Calendar = context.Programs.BindCalendar(top.Section("calendar")),
            Traffic = top.Has("traffic") ? BindTraffic(top.Section("traffic")) : null,
            Weather = SensorBinder.BindWeather(top.Section("weather")),
            Sensors = SensorBinder.BindSensors(top),
            Bins = SensorBinder.BindBins(top),
            Waters = SensorBinder.BindWaters(top),
            AirStations = SensorBinder.BindAirStations(top),
            Incidents = EventBinder.BindIncidents(top),
            MainsOutages = EventBinder.BindOutages(top.Section("mains")),
            Faults = EventBinder.BindFaults(top),
            Radio = BindRadio(top.Section("radio")),
            Gateways = EventBinder.BindGateways(top),
            Network = NetworkBinder.Bind(top.Section("network")),
            Commands = CommandBinder.BindCommands(top),
            LightingGroups = BindLightingGroups(top),
            NeighbourLines = NeighbourBinder.BindLines(top),
            ShortRange = NeighbourBinder.BindRadio(top.Section("shortRange")),
            Baselines = BindBaselines(top.Section("baselines")),
            Checks = CheckBinder.Bind(top.Section("checks")),
        };
        RequireParts(top, scenario);
        LampBinder.Check(top, scenario);
        NetworkBinder.CheckCommands(top, scenario);
        CommandBinder.Check(top, scenario);
        NeighbourBinder.Check(top, scenario);
        return scenario;
    }

    private static void BindTime(SectionReader top)
    {
        BinderContext context = top.Context;
        SectionReader zone = top.Section("timeZone");
        context.TimeZone = BindTimeZone(zone);
        context.DurationMs = top.DurationMs("duration", 86_400_000);
        string? start = top.Text("start");
        if (start is not null && Units.TryDateTime(start, out DateTime local))
        {
            if (local.Year is < 2000 or > 2099)
            {
                top.Complain("start", "the year is outside 2000 to 2099", "The sun's formulae hold for these years.");
            }

            context.StartLocal = local;
            context.StartUtcMs = context.TimeZone.ToUtcMs(local);
        }
        else if (start is not null && ScenarioSchema.Root.Property("start")!.Pattern!.IsMatch(start))
        {
            top.Complain("start", "there is no such day or time", "Write a date that exists, such as 2026-06-20T12:00.");
        }

        if (context.StartLocal == default)
        {
            // So that what depends on the start can be judged as well.
            context.StartLocal = new DateTime(2026, 6, 20, 12, 0, 0);
            context.StartUtcMs = context.TimeZone.ToUtcMs(context.StartLocal);
        }
    }

    internal static TimeZoneRule BindTimeZone(SectionReader zone) => new()
    {
        UtcOffsetMinutes = zone.WholeNumber("utcOffsetMinutes", 60),
        DaylightSaving = zone.Word("daylightSaving", DaylightSavingRule.EuropeanUnion),
    };

    private static LuminaireModel BindLuminaire(SectionReader luminaire)
    {
        LuminaireModel fallback = new();
        LuminaireModel bound = new()
        {
            FullPowerWatts = luminaire.Number("fullPowerWatts", fallback.FullPowerWatts),
            StandbyPowerWatts = luminaire.Number("standbyPowerWatts", fallback.StandbyPowerWatts),
        };
        if (bound.StandbyPowerWatts >= bound.FullPowerWatts)
        {
            luminaire.ComplainHere("standbyPowerWatts is not less than fullPowerWatts", "A dark lamp draws less than a bright one.");
        }

        return bound;
    }

    private static ControllerModel BindController(SectionReader controller)
    {
        ControllerModel fallback = new();
        return new ControllerModel
        {
            PowerMilliwatts = controller.WholeNumber("powerMilliwatts", fallback.PowerMilliwatts),
            HasOccupancySensor = controller.Boolean("hasOccupancySensor", fallback.HasOccupancySensor),
            HasPhotocell = controller.Boolean("hasPhotocell", fallback.HasPhotocell),
            HasMeter = controller.Boolean("hasMeter", fallback.HasMeter),
            ClockDriftPartsPerMillion = controller.WholeNumber("clockDriftPartsPerMillion", fallback.ClockDriftPartsPerMillion),
            RadioChip = controller.Word("radioChip", fallback.RadioChip),
            RadioForm = controller.Word("radioForm", fallback.RadioForm),
        };
    }

    private static PoleSettings BindSettings(SectionReader settings)
    {
        PoleSettings fallback = new();
        PoleSettings bound = new()
        {
            StatusIntervalSeconds = settings.DurationSeconds("statusInterval", fallback.StatusIntervalSeconds),
            HoldTimeMs = settings.DurationIntMs("holdTime", fallback.HoldTimeMs),
            OccupancyFadeUpMs = settings.DurationIntMs("occupancyFadeUp", fallback.OccupancyFadeUpMs),
            OccupancyFadeDownMs = settings.DurationIntMs("occupancyFadeDown", fallback.OccupancyFadeDownMs),
            OccupancyDebounceMs = settings.DurationIntMs("occupancyDebounce", fallback.OccupancyDebounceMs),
            PowerReturnDelayMaximumMs = settings.DurationIntMs("powerReturnDelayMaximum", fallback.PowerReturnDelayMaximumMs),
            IsStatusConfirmed = settings.Boolean("confirmedStatus", fallback.IsStatusConfirmed),
            PhotocellOnLux = settings.WholeNumber("photocellOnLux", fallback.PhotocellOnLux),
            PhotocellOffLux = settings.WholeNumber("photocellOffLux", fallback.PhotocellOffLux),
            PhotocellDelaySeconds = settings.DurationSeconds("photocellDelay", fallback.PhotocellDelaySeconds),
            Scenes = [.. settings.List("scenes").Select(static scene => new ScenePlan { LevelPermille = scene.Permille("level", 0), FadeSeconds = scene.DurationSeconds("fade", 0) })],
            EmergencyLevelPermille = settings.Permille("emergencyLevel", fallback.EmergencyLevelPermille),
            CrisisLevelPermille = settings.Permille("crisisLevel", fallback.CrisisLevelPermille),
            EmergencyMaximumMinutes = settings.DurationSeconds("emergencyMaximum", fallback.EmergencyMaximumMinutes * 60) / 60,
            SheddingLimitsPermille = BindLimits(settings, fallback),
            SheddingFloorPermille = settings.Permille("sheddingFloor", fallback.SheddingFloorPermille),
            SheddingMaximumMinutes = settings.DurationSeconds("sheddingMaximum", fallback.SheddingMaximumMinutes * 60) / 60,
        };
        if (bound.PhotocellOffLux <= bound.PhotocellOnLux)
        {
            settings.Complain(
                settings.Has("photocellOffLux") ? "photocellOffLux" : "photocellOnLux",
                $"photocellOffLux ({bound.PhotocellOffLux}) is not more than photocellOnLux ({bound.PhotocellOnLux})",
                "Between them lies the hysteresis that keeps the light from flickering at dusk.");
        }

        return bound;
    }

    private static IReadOnlyList<int> BindLimits(SectionReader settings, PoleSettings fallback)
    {
        if (settings.Node("sheddingLimits") is not { Type: NodeType.List } list || list.Items.Count != fallback.SheddingLimitsPermille.Count)
        {
            return fallback.SheddingLimitsPermille;
        }

        int[] limits = [.. list.Items.Select(static item => (int)Math.Round(item.Number * 10))];
        if (limits.Zip(limits.Skip(1)).Any(static pair => pair.Second > pair.First))
        {
            settings.Complain("sheddingLimits", "a step allows more than the step before", "Write the limits of the steps 1, 2 and 3, none more than the one before.");
        }

        return limits;
    }

    private static IReadOnlyList<LightingGroupPlan> BindLightingGroups(SectionReader top) =>
        [.. top.List("lightingGroups").Select(static group => new LightingGroupPlan { Number = group.WholeNumber("number", 1), Poles = EventBinder.Poles(group) })];

    private static TrafficSource BindTraffic(SectionReader traffic)
    {
        SectionReader counts = traffic.Section("counts");
        SectionReader synthetic = traffic.Section("synthetic");
        DateOnly day = default;
        if (counts.Text("day") is { Length: 10 } text && !Units.TryDate(text, out day))
        {
            counts.Complain("day", "there is no such day", "Write a date that exists, such as 2024-06-12.");
        }

        return new TrafficSource
        {
            Counts = counts.Exists
                ? new CountsSource { FilePath = counts.FilePath("file"), Column = counts.Text("column") ?? "", TimeColumn = counts.Text("timeColumn"), Day = day }
                : null,
            Synthetic = synthetic.Exists
                ? new SyntheticTraffic { Kind = synthetic.Word("kind", SyntheticTrafficKind.Residential), TravellersPerDay = synthetic.Number("travellersPerDay", 0) }
                : null,
            Share = traffic.Number("share", 1),
            Mix = traffic.Has("mix") ? BindMix(traffic.Section("mix")) : new TravellerMix(),
        };
    }

    private static TravellerMix BindMix(SectionReader mix)
    {
        TravellerMix fallback = new();
        TravellerMix bound = new()
        {
            Pedestrian = BindClass(mix.Section("pedestrian"), fallback.Pedestrian),
            Bicycle = BindClass(mix.Section("bicycle"), fallback.Bicycle),
            Vehicle = BindClass(mix.Section("vehicle"), fallback.Vehicle),
        };
        double sum = bound.Pedestrian.Percent + bound.Bicycle.Percent + bound.Vehicle.Percent;
        if (Math.Abs(sum - 100) > 0.01)
        {
            mix.ComplainHere(FormattableString.Invariant($"the percentages add up to {sum}"), "Make them add up to 100; a class that is left out has 0.");
        }

        return bound;
    }

    private static TravellerClass BindClass(SectionReader travellers, TravellerClass fallback) => new()
    {
        Percent = travellers.Number("percent", 0),
        SpeedMetresPerSecond = travellers.Number("speedMetresPerSecond", fallback.SpeedMetresPerSecond),
    };

    private static RadioModel BindRadio(SectionReader radio)
    {
        RadioModel fallback = new();
        return new RadioModel
        {
            PathLossExponent = radio.Number("pathLossExponent", fallback.PathLossExponent),
            LossAtOneMetreDecibel = radio.Number("lossAtOneMetreDecibel", fallback.LossAtOneMetreDecibel),
            ShadowingDecibel = radio.Number("shadowingDecibel", fallback.ShadowingDecibel),
            FadingDecibel = radio.Number("fadingDecibel", fallback.FadingDecibel),
        };
    }

    private static BaselinePlan BindBaselines(SectionReader baselines)
    {
        SectionReader timer = baselines.Section("timer");
        if (!timer.Exists)
        {
            return new BaselinePlan();
        }

        int from = Units.TryClockTime(timer.Text("dimFrom") ?? "", out int fromMinute) ? fromMinute : 0;
        int to = Units.TryClockTime(timer.Text("dimTo") ?? "", out int toMinute) ? toMinute : 1;
        if (from == to)
        {
            timer.Complain("dimTo", "dimFrom and dimTo are the same time", "Write two different times, or leave the timer out.");
        }

        return new BaselinePlan { Timer = new TimerBaseline { DimFromMinute = from, DimToMinute = to, LevelPermille = timer.Permille("level", 0) } };
    }

    private static void RequireParts(SectionReader top, Scenario scenario)
    {
        ControllerModel controller = scenario.Controller;
        if (scenario.Checks.OccupancyResponse is not null && !controller.HasOccupancySensor)
        {
            top.Section("checks").Complain("occupancyResponse", "the poles have no occupancy sensor", "Set controller.hasOccupancySensor to true or leave the check out.");
        }

        IReadOnlyList<SectionReader> faults = top.List("faults");
        for (int i = 0; i < faults.Count; i++)
        {
            string? missing = scenario.Faults[i].Kind switch
            {
                FaultKind.OccupancyStuck when !controller.HasOccupancySensor => "hasOccupancySensor",
                FaultKind.PhotocellFailed when !controller.HasPhotocell => "hasPhotocell",
                FaultKind.MeterSilent when !controller.HasMeter => "hasMeter",
                _ => null,
            };
            if (missing is not null)
            {
                faults[i].Complain("kind", "the poles do not have the part that is to fail", $"Set controller.{missing} to true or leave the fault out.");
            }
        }
    }
}
