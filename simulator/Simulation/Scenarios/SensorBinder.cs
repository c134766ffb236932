// Weather, sensors, containers, water gauges and air stations of a scenario file.
using SettingsFiles;
using Simulation.World;

namespace Simulation.Scenarios;

/// <summary>Binds what poles sense and what there is to sense.</summary>
internal static class SensorBinder
{
    public static WeatherPlan BindWeather(SectionReader weather)
    {
        WeatherPlan fallback = new();
        SectionReader file = weather.Section("file");
        SectionReader columns = file.Section("columns");
        WeatherPlan bound = new()
        {
            MeanDegrees = weather.Number("meanDegrees", fallback.MeanDegrees),
            SwingDegrees = weather.Number("swingDegrees", fallback.SwingDegrees),
            DewPointDegrees = weather.Number("dewPointDegrees", fallback.DewPointDegrees),
            PressureHectopascals = weather.Number("pressureHectopascals", fallback.PressureHectopascals),
            ElevationMetres = weather.Number("elevationMetres", fallback.ElevationMetres),
            RainHoursPerDay = weather.Number("rainHoursPerDay", fallback.RainHoursPerDay),
            Pm25Micrograms = weather.Number("pm25MicrogramsPerCubicMetre", fallback.Pm25Micrograms),
            File = file.Exists
                ? new WeatherSource
                {
                    FilePath = file.FilePath("file"),
                    TimeColumn = file.Text("timeColumn"),
                    TemperatureColumn = columns.Text("temperatureDegrees"),
                    HumidityColumn = columns.Text("humidityPercent"),
                    PressureColumn = columns.Text("pressureHectopascals"),
                    RainColumn = columns.Text("rainMillimetresPerHour"),
                    Pm25Column = columns.Text("pm25MicrogramsPerCubicMetre"),
                    Pm10Column = columns.Text("pm10MicrogramsPerCubicMetre"),
                    CarbonDioxideColumn = columns.Text("carbonDioxidePpm"),
                }
                : null,
            Fogs = [.. weather.List("fogs").Select(static fog => new FogSpan { AtMs = EventBinder.Moment(fog), DurationMs = fog.DurationMs("duration", 60_000) })],
        };
        if (bound.DewPointDegrees > bound.MeanDegrees)
        {
            weather.Complain(
                weather.Has("dewPointDegrees") ? "dewPointDegrees" : "meanDegrees",
                FormattableString.Invariant($"the dew point ({bound.DewPointDegrees}) is above the mean temperature ({bound.MeanDegrees})"),
                "Air cannot hold more water than at its own temperature: write a dew point below it.");
        }

        return bound;
    }

    public static IReadOnlyList<SensorPlan> BindSensors(SectionReader top)
    {
        SensorPlan fallback = new();
        return [.. top.List("sensors").Select(entry => new SensorPlan
        {
            Poles = EventBinder.Poles(entry),
            HasRadar = entry.Boolean("radar", fallback.HasRadar),
            HasAccelerometer = entry.Boolean("accelerometer", fallback.HasAccelerometer),
            HasDoorContact = entry.Boolean("doorContact", fallback.HasDoorContact),
            HasBoardSensors = entry.Boolean("boardSensors", fallback.HasBoardSensors),
            Dimmer = entry.Word("dimmer", fallback.Dimmer),
            Meter = entry.Word("meter", fallback.Meter),
            MinimumCount = entry.WholeNumber("minimumCount", fallback.MinimumCount),
            CountIntervalSeconds = entry.DurationSeconds("countInterval", fallback.CountIntervalSeconds),
        })];
    }

    public static IReadOnlyList<BinPlan> BindBins(SectionReader top) => [.. top.List("bins").Select(BindBin)];

    public static IReadOnlyList<WaterPlan> BindWaters(SectionReader top) => [.. top.List("water").Select(BindWater)];

    public static IReadOnlyList<AirStationPlan> BindAirStations(SectionReader top)
    {
        AirStationPlan fallback = new();
        return [.. top.List("air").Select(entry => new AirStationPlan
        {
            Poles = EventBinder.Poles(entry),
            Particulates = entry.Text("particulates") == "none" ? null : entry.Word("particulates", ParticulatePart.Sps30I2c),
            HasClimate = entry.Boolean("climate", fallback.HasClimate),
            HasCarbonDioxide = entry.Boolean("carbonDioxide", fallback.HasCarbonDioxide),
            HasGas = entry.Boolean("gas", fallback.HasGas),
            IntervalSeconds = entry.DurationSeconds("interval", fallback.IntervalSeconds),
        })];
    }

    /// <summary>The nearest that a ranging sensor measures, in millimetres, as its data sheet says.</summary>
    internal static int BlindZoneMillimetres(RangePart sensor) => sensor == RangePart.Mb7389 ? 300 : 30;

    private static BinPlan BindBin(SectionReader entry)
    {
        BinPlan fallback = new();
        SectionReader emptying = entry.Section("emptying");
        BinPlan bound = new()
        {
            Poles = EventBinder.Poles(entry),
            Sensor = entry.Word("sensor", fallback.Sensor),
            Container = BindContainer(entry.Section("container")),
            UnevenMillimetres = entry.Number("unevenMillimetres", fallback.UnevenMillimetres),
            StartPercent = entry.Has("startPercent") ? entry.Number("startPercent", 0) : null,
            Use = BindUse(entry.Section("use")),
            History = entry.Has("history") ? BindHistory(entry.Section("history")) : null,
            RoundMinutes = [.. Words(emptying, "rounds").Select(static text => Units.TryClockTime(text, out int minute) ? minute : 0).Order()],
            WhenToldMs = emptying.Has("whenTold") ? emptying.DurationMs("whenTold", 3_600_000) : null,
            WarningPercent = entry.WholeNumber("warningPercent", fallback.WarningPercent),
            AlarmPercent = entry.WholeNumber("alarmPercent", fallback.AlarmPercent),
            IntervalSeconds = entry.DurationSeconds("interval", fallback.IntervalSeconds),
        };
        if (bound.AlarmPercent <= bound.WarningPercent)
        {
            entry.Complain(
                entry.Has("alarmPercent") ? "alarmPercent" : "warningPercent",
                $"alarmPercent ({bound.AlarmPercent}) is not more than warningPercent ({bound.WarningPercent})",
                "Yellow comes before red.");
        }

        int blindZone = BlindZoneMillimetres(bound.Sensor);
        if (bound.Container.SensorAboveMillimetres <= blindZone)
        {
            entry.Section("container").ComplainHere(
                FormattableString.Invariant($"the sensor is {bound.Container.SensorAboveMillimetres} mm above the full container, within its blind zone of {blindZone} mm"),
                "Hang it higher (sensorAboveMillimetres), or take another sensor.");
        }

        return bound;
    }

    private static Container BindContainer(SectionReader container)
    {
        Container fallback = new();
        return new Container
        {
            Form = container.Word("form", fallback.Form),
            HeightMillimetres = container.Number("heightMillimetres", fallback.HeightMillimetres),
            SensorAboveMillimetres = container.Number("sensorAboveMillimetres", fallback.SensorAboveMillimetres),
            VolumeLitres = container.Number("volumeLitres", fallback.VolumeLitres),
            BottomShare = container.Number("bottomPercent", fallback.BottomShare * 100) / 100,
        };
    }

    private static BinUsePlan BindUse(SectionReader use)
    {
        BinUsePlan fallback = new();
        return new BinUsePlan
        {
            Kind = use.Word("kind", fallback.Kind),
            LitresPerDay = use.Number("litresPerDay", fallback.LitresPerDay),
            ItemLitres = use.Number("itemLitres", fallback.ItemLitres),
            BulkyPercent = use.Number("bulkyPercent", fallback.BulkyPercent),
            BulkyLitres = use.Number("bulkyLitres", fallback.BulkyLitres),
        };
    }

    private static BinHistorySource BindHistory(SectionReader history)
    {
        DateOnly day = default;
        if (history.Text("day") is { Length: 10 } text && !Units.TryDate(text, out day))
        {
            history.Complain("day", "there is no such day", "Write a date that exists, such as 2024-06-12.");
        }

        return new BinHistorySource
        {
            FilePath = history.FilePath("file"),
            SiteColumn = history.Text("siteColumn") ?? "site",
            TimeColumn = history.Text("timeColumn") ?? "collected_at_local",
            FillColumn = history.Text("fillColumn") ?? "fill_before_pct",
            Day = history.Has("day") ? day : null,
        };
    }

    private static WaterPlan BindWater(SectionReader entry)
    {
        WaterPlan fallback = new();
        SectionReader file = entry.Section("file");
        WaterPlan bound = new()
        {
            Poles = EventBinder.Poles(entry),
            Sensor = entry.Word("sensor", fallback.Sensor),
            SensorAboveZeroCentimetres = entry.Number("sensorAboveZeroCentimetres", fallback.SensorAboveZeroCentimetres),
            BaseCentimetres = entry.Number("baseCentimetres", fallback.BaseCentimetres),
            UnrestCentimetres = entry.Number("unrestCentimetres", fallback.UnrestCentimetres),
            WaveCentimetres = entry.Number("waveCentimetres", fallback.WaveCentimetres),
            Floods = [.. entry.List("floods").Select(static flood => new FloodWave
            {
                AtMs = EventBinder.Moment(flood),
                HeightCentimetres = flood.Number("heightCentimetres", 1),
                RiseMs = flood.DurationMs("rise", 4 * 3_600_000),
                FallMs = flood.DurationMs("fall", 8 * 3_600_000),
            })],
            File = file.Exists
                ? new LevelSource { FilePath = file.FilePath("file"), TimeColumn = file.Text("timeColumn") ?? "time", LevelColumn = file.Text("levelColumn") ?? "level" }
                : null,
            WarningCentimetres = entry.WholeNumber("warningCentimetres", fallback.WarningCentimetres),
            AlarmCentimetres = entry.WholeNumber("alarmCentimetres", fallback.AlarmCentimetres),
            RiseCentimetresPerHour = entry.WholeNumber("riseCentimetresPerHour", fallback.RiseCentimetresPerHour),
            IntervalSeconds = entry.DurationSeconds("interval", fallback.IntervalSeconds),
        };
        if (bound.AlarmCentimetres <= bound.WarningCentimetres)
        {
            entry.Complain(
                entry.Has("alarmCentimetres") ? "alarmCentimetres" : "warningCentimetres",
                $"alarmCentimetres ({bound.AlarmCentimetres}) is not more than warningCentimetres ({bound.WarningCentimetres})",
                "The warning comes before the alarm.");
        }

        if (bound.AlarmCentimetres > bound.SensorAboveZeroCentimetres - (BlindZoneMillimetres(bound.Sensor) / 10.0))
        {
            entry.Complain(
                entry.Has("sensorAboveZeroCentimetres") ? "sensorAboveZeroCentimetres" : "poles",
                FormattableString.Invariant($"the sensor hangs at {bound.SensorAboveZeroCentimetres} cm and cannot see the water at {bound.AlarmCentimetres} cm"),
                "Hang it higher than the alarm's level by more than its blind zone.");
        }

        return bound;
    }

    private static IEnumerable<string> Words(SectionReader section, string key) =>
        section.Node(key) is { Type: NodeType.List } list ? list.Items.Select(static item => item.Text) : [];
}
