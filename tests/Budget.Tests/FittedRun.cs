// A small fleet with everything fitted, for a day and a night, and a technician at one of the poles who asks and sets everything there is: what the budgets
// are measured on. Runs in the ordinary world and over the counting controller alike.
using System.Globalization;
using PoleController.Lighting;
using SettingsFiles;
using Simulation.Engine;
using Simulation.Running;
using Simulation.Scenarios;
using Simulation.Servicing;
using Simulation.World;

namespace Budget.Tests;

/// <summary>The run that is measured.</summary>
public static class FittedRun
{
    /// <summary>Runs it; the counter is meaningful over the counting controller only.</summary>
    /// <returns>Steps, calls in the dearest step, where; a line each.</returns>
    public static string CountCalls()
    {
        CallCounter.Reset();
        using FleetRunner runner = Start(24);
        Work(runner, 23);
        runner.Run(null, CancellationToken.None);
        return $"{CallCounter.Steps}\n{CallCounter.MostInAStep}\n{CallCounter.WhereMost}\n{CallCounter.MostByComponent}";
    }

    /// <summary>Runs hours of it; in each the technician opens the service port of the first pole and types every line there is.</summary>
    /// <returns>What was answered.</returns>
    internal static IReadOnlyList<string> Work(FleetRunner runner, int hours)
    {
        List<string> answers = [];
        Technician technician = new(runner, 0, runner.Fleet.Sites[0].ServiceKey);
        for (int hour = 0; hour < hours; hour++)
        {
            technician.Wait(2_700_000_000);
            answers.AddRange(technician.Unlock());
            foreach (string line in s_lines)
            {
                answers.AddRange(technician.Ask(string.Format(CultureInfo.InvariantCulture, line, 60 + hour)));
            }
        }

        return answers;
    }

    // The dearest first: the most fields that a line sets, written to the store; sections with every item; everything that answers in many lines.
    private static readonly string[] s_lines =
    [
        "settings set fillLevel warningPercent={0} hysteresisPercent=5 emptiedDropPercent=30 intervalSeconds=900 nearIntervalSeconds=300 substituteCentidegrees={0} pingCount=7 alarmPercent=95",
        "settings set calendar exceptionDayCount=1 exceptionDays.0.year=2027 exceptionDays.0.monthDay=601 ruleCount=1 rules.0.weekdayMask=127 rules.0.fromMonthDay=101 rules.0.toMonthDay=1231",
        "settings set scenes sceneCount=16 scenes.15.levelPermille=500 scenes.0.fadeSeconds={0}", "settings set holidays holidayCount=1 holidays.0.year=0 holidays.0.monthDay=501",
        "settings set poleGuard doorDebounceMs={0}", "settings get fillLevel", "settings get scenes", "settings hex program 0", "settings", "health", "values", "boots", "alarms",
        "journal 300", "manifest", "help", "sensor climate", "sensor meter", "sensor particulates", "light 500 5", "blink 5", "time", "zero", "log", "lock",
    ];

    /// <summary>A fleet that has not run yet.</summary>
    internal static FleetRunner Start(int hours)
    {
        DateTime start = new(2026, 6, 20, 12, 0, 0, DateTimeKind.Unspecified);
        Scenario scenario = new()
        {
            Name = "budget",
            StartLocal = start,
            StartUtcMs = new TimeZoneRule().ToUtcMs(start),
            DurationMs = hours * 3_600_000L,
            Controller = new ControllerModel { RadioForm = RadioForm.Chip, HasPhotocell = true },
            Traffic = new TrafficSource { Synthetic = new SyntheticTraffic { Kind = SyntheticTrafficKind.Arterial, TravellersPerDay = 3700 } },
            Lamps = new LampSource { FilePath = "" },
            Programs = [Night("adaptive"), Night("weekend")],
            Sensors = [new SensorPlan { HasRadar = true, HasAccelerometer = true, HasDoorContact = true, HasBoardSensors = true, Dimmer = DimmerKind.Dali }],
            NeighbourLines = [new NeighbourLinePlan()],
            Bins = [new BinPlan()],
            Waters = [new WaterPlan()],
            AirStations = [new AirStationPlan()],
        };
        return new FleetRunner(FleetBuilder.Build(scenario, 1, Lamps(3)), new RunOptions());
    }

    private static DimmingProgram Night(string name) => new()
    {
        Name = name,
        FadeSeconds = 10,
        Points =
        [
            new ProgramPoint { Reference = SwitchingReference.CivilDusk, OffsetMinutes = -5, LevelPermille = 500, OccupancyLevelPermille = 1000 },
            new ProgramPoint { Reference = SwitchingReference.Clock, OffsetMinutes = 23 * 60, LevelPermille = 200, OccupancyLevelPermille = 700 },
            new ProgramPoint { Reference = SwitchingReference.CivilDawn, OffsetMinutes = 5, LevelPermille = 0 },
        ],
    };

    private static LampImportResult Lamps(int count) => new()
    {
        Lamps = [.. Enumerable.Range(0, count).Select(i => new Lamp { Id = $"lamp-{i}", Latitude = 51 + (i * 0.0003), Longitude = 9, Street = "street" })],
        Rejected = [],
        Warnings = [],
        RowCount = count,
        OutsideCount = 0,
        OverLimitCount = 0,
        RowNoun = "row",
    };
}
