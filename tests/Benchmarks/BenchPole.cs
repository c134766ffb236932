// One pole for the benchmarks: taken out of a simulated fleet after half an hour of a night, joined, on its program, listening in class C.
using PoleController;
using PoleController.Lighting;
using SettingsFiles;
using Simulation.Engine;
using Simulation.Running;
using Simulation.Scenarios;
using Simulation.World;

namespace Benchmarks;

/// <summary>A pole in service.</summary>
internal sealed class BenchPole
{
    private const long ServiceStartUs = 1_800_000_000;
    private readonly PoleParts _parts;
    private long _timeUs = ServiceStartUs;

    public BenchPole(RadioForm radioForm = RadioForm.Port, bool isFitted = false)
    {
        DateTime start = new(2026, 6, 20, 23, 0, 0, DateTimeKind.Unspecified);
        Scenario scenario = new()
        {
            Name = "benchmark",
            StartLocal = start,
            StartUtcMs = new TimeZoneRule().ToUtcMs(start),
            DurationMs = 7_200_000,
            Controller = new ControllerModel { RadioForm = radioForm },
            Lamps = new LampSource { FilePath = "" },
            Sensors = isFitted ? [new SensorPlan { HasRadar = true, HasAccelerometer = true, HasDoorContact = true, HasBoardSensors = true }] : [],
            Bins = isFitted ? [new BinPlan()] : [],
            Waters = isFitted ? [new WaterPlan()] : [],
            AirStations = isFitted ? [new AirStationPlan()] : [],
            Programs =
            [
                new DimmingProgram
                {
                    Name = "night",
                    Points = [new ProgramPoint { Reference = SwitchingReference.CivilDusk, OffsetMinutes = 0, LevelPermille = 500 }],
                },
            ],
        };
        LampImportResult lamps = new()
        {
            Lamps = [new Lamp { Id = "lamp", Latitude = 51, Longitude = 9 }],
            Rejected = [],
            Warnings = [],
            RowCount = 1,
            OutsideCount = 0,
            OverLimitCount = 0,
            RowNoun = "row",
        };
        FleetRunner runner = new(FleetBuilder.Build(scenario, 1, lamps), new RunOptions());
        runner.Simulation.RunTo(ServiceStartUs, null, CancellationToken.None);
        SimulatedPole pole = runner.Fleet.Poles[0];
        _parts = pole.Parts;
        Controller = pole.Controller ?? throw new InvalidOperationException("The pole has no mains.");
        if (!Controller.Device.IsJoined || !Controller.Clock.IsKnown)
        {
            throw new InvalidOperationException("The pole is not in service yet.");
        }

        Settle();
    }

    public Controller Controller { get; }

    public long NowMs => _parts.Crystal.LocalMs(_timeUs);

    // Until nothing is on its way: a reading of the meter takes some steps.
    private void Settle()
    {
        const int MaximumSteps = 10_000;
        const long QuietMs = 50;
        int steps = 0;
        while (Step(10) < NowMs + QuietMs)
        {
            steps++;
            if (steps == MaximumSteps)
            {
                throw new InvalidOperationException("The pole does not come to rest.");
            }
        }
    }

    public long Step(long afterMs)
    {
        _timeUs += afterMs * 1000;
        _parts.SetTime(_timeUs);
        return Controller.Step(NowMs);
    }
}
