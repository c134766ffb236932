// polesim bench: how fast a whole fleet runs, how much memory a pole takes, and where the time goes. The workload is fixed, so that
// numbers of different versions and machines can be compared.
using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Simulation.Engine;
using Simulation.Running;

namespace Polesim.Commands;

/// <summary>Measures.</summary>
internal static class BenchCommand
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    private static readonly string[] Examples =
    [
        "polesim bench                                        1,000 poles for 24 hours on one core",
        "polesim bench --fitted                               the same with every sensor at every pole",
        "polesim bench --poles 10000 --threads 8 --json bench.json",
    ];

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        Option<int> poles = WholeNumberOption.Create("--poles", "Poles.", 1, 100_000, 1000);
        Option<int> hours = WholeNumberOption.Create("--hours", "Simulated hours.", 1, 24 * 31, 24);
        Option<int> threads = WholeNumberOption.Create("--threads", "Threads; 1 measures one core.", 1, 256, 1);
        Option<string?> counts = new("--counts") { Description = "A count file in the form of Muenster's open data; without it a synthetic day with 3,700 travellers.", HelpName = "FILE" };
        Option<string?> column = new("--column") { Description = "The count file's column.", HelpName = "NAME" };
        Option<string?> day = new("--day") { Description = "The day of the count file to use.", HelpName = "YYYY-MM-DD" };
        Option<int> travellers = WholeNumberOption.Create("--travellers", "Travellers that pass every pole on the synthetic day.", 0, 100_000, BenchWorkload.ArterialTravellers);
        Option<bool> fitted = new("--fitted") { Description = "Every pole has every sensor: radar, container, water gauge, air station, accelerometer, door contact." };
        Option<string?> json = new("--json") { Description = "Also write the numbers to this file.", HelpName = "FILE" };
        ExampleCommand command = new("bench", "Measures a fleet: time, memory, and what the time went into.", Examples)
        {
            poles, hours, threads, fitted, travellers, counts, column, day, json,
        };
        command.Subcommands.Add(LoRaWanBenchCommand.Create());
        command.Subcommands.Add(StepBenchCommand.Create());
        command.SetAction(parsed => Run(
            new BenchWorkload(
                parsed.GetValue(poles), parsed.GetValue(hours), parsed.GetValue(counts), parsed.GetValue(column), parsed.GetValue(day), parsed.GetValue(travellers),
                parsed.GetValue(fitted)),
            parsed.GetValue(threads),
            parsed.GetValue(json)));
        return command;
    }

    private static int Run(BenchWorkload workload, int threadCount, string? jsonPath)
    {
        if (!workload.TryCreate(out Simulation.Scenarios.Scenario scenario, out Simulation.World.LampImportResult lamps, out string problem))
        {
            Console.Error.WriteLine("polesim: " + problem);
            return ExitCode.WrongUse;
        }

        try
        {
            // Opened first, so that a file that cannot be written is found before the measurement and not after it.
            using FileStream? json = jsonPath is null ? null : File.Create(jsonPath);
            Print(Measure(scenario, lamps, threadCount), json);
            return ExitCode.Done;
        }
        catch (Simulation.Scenarios.ScenarioException wrong)
        {
            // The only file that a bench reads.
            foreach (Simulation.Scenarios.ScenarioProblem what in wrong.Problems)
            {
                Console.Error.WriteLine("polesim: --counts " + (what with { KeyPath = "" }));
            }

            return ExitCode.WrongUse;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException { ParamName: "path" })
        {
            Console.Error.WriteLine($"polesim: --json '{jsonPath}' cannot be written: {failure.Message} Choose another file.");
            return ExitCode.WrongUse;
        }
    }

    private static BenchResult Measure(Simulation.Scenarios.Scenario scenario, Simulation.World.LampImportResult lamps, int threadCount)
    {
        long emptyBytes = GC.GetTotalMemory(forceFullCollection: true);
        using FleetRunner runner = new(FleetBuilder.Build(scenario, scenario.Seed, lamps), new RunOptions { ThreadCount = threadCount });
        long startTicks = Stopwatch.GetTimestamp();
        long allocatedBytes = GC.GetTotalAllocatedBytes(precise: true);
        runner.Run(null, CancellationToken.None);
        TimeSpan wall = Stopwatch.GetElapsedTime(startTicks);
        allocatedBytes = GC.GetTotalAllocatedBytes(precise: true) - allocatedBytes;
        long fleetBytes = GC.GetTotalMemory(forceFullCollection: true) - emptyBytes;
        Simulation.Radio.RadioStatistics radio = runner.Fleet.Network.Statistics;
        int poleCount = runner.Fleet.Poles.Length;
        double simulatedSeconds = runner.EndUs / 1e6;
        return new BenchResult
        {
            Poles = poleCount,
            SimulatedHours = simulatedSeconds / 3600,
            Threads = threadCount,
            WallSeconds = wall.TotalSeconds,
            PoleSecondsPerSecond = poleCount * simulatedSeconds / wall.TotalSeconds,
            Steps = runner.Fleet.Poles.Sum(pole => pole.StepCount),
            Arrivals = runner.Fleet.Poles.Sum(pole => (long)(pole.Parts.Pir?.ArrivalCount ?? 0)),
            Uplinks = radio.SentCount,
            Downlinks = radio.DownlinkSentCount,
            PoleSharePercent = 100 * runner.Simulation.PoleTime / wall,
            NetworkSharePercent = 100 * runner.Simulation.NetworkTime / wall,
            KibibytesPerPole = fleetBytes / 1024.0 / poleCount,
            AllocatedBytesPerPoleHour = allocatedBytes / (poleCount * simulatedSeconds / 3600),
        };
    }

    private static void Print(BenchResult result, FileStream? json)
    {
        CultureInfo culture = CultureInfo.InvariantCulture;
        Console.WriteLine(string.Create(culture, $"workload      {result.Poles} poles, {result.SimulatedHours:0.#} h, status every 10 min, {result.Arrivals:#,0} arrivals, {result.Threads} thread(s)"));
        Console.WriteLine(string.Create(culture, $"wall time     {result.WallSeconds:0.00} s"));
        Console.WriteLine(string.Create(culture, $"speed         {result.PoleSecondsPerSecond:#,0} poles x simulated seconds per second"));
        Console.WriteLine(string.Create(culture, $"went into     poles {result.PoleSharePercent:0} %, air, gateways and network server {result.NetworkSharePercent:0} %, the rest {100 - result.PoleSharePercent - result.NetworkSharePercent:0} %"));
        Console.WriteLine(string.Create(culture, $"work done     {result.Steps:#,0} controller steps, {result.Uplinks:#,0} uplinks, {result.Downlinks:#,0} downlinks"));
        Console.WriteLine(string.Create(culture, $"memory        {result.KibibytesPerPole:0.0} KiB a pole at the end (controller, parts, network server and report series)"));
        Console.WriteLine(string.Create(culture, $"garbage       {result.AllocatedBytesPerPoleHour:#,0} bytes per pole and hour"));
        if (json is not null)
        {
            JsonSerializer.Serialize(json, result, Indented);
            json.WriteByte((byte)'\n');
        }
    }
}

/// <summary>What a bench measured.</summary>
internal sealed record BenchResult
{
    /// <summary>Poles.</summary>
    public required int Poles { get; init; }

    /// <summary>Simulated time.</summary>
    public required double SimulatedHours { get; init; }

    /// <summary>Threads.</summary>
    public required int Threads { get; init; }

    /// <summary>Wall time of the run, without making the fleet.</summary>
    public required double WallSeconds { get; init; }

    /// <summary>Poles times simulated seconds, per second of wall time.</summary>
    public required double PoleSecondsPerSecond { get; init; }

    /// <summary>Steps of all controllers.</summary>
    public required long Steps { get; init; }

    /// <summary>Arrivals at all poles.</summary>
    public required long Arrivals { get; init; }

    /// <summary>Uplink frames.</summary>
    public required long Uplinks { get; init; }

    /// <summary>Downlink frames.</summary>
    public required long Downlinks { get; init; }

    /// <summary>Share of the wall time in the poles.</summary>
    public required double PoleSharePercent { get; init; }

    /// <summary>Share of the wall time in air, gateways, network server and operator.</summary>
    public required double NetworkSharePercent { get; init; }

    /// <summary>Live memory at the end, per pole.</summary>
    public required double KibibytesPerPole { get; init; }

    /// <summary>Garbage made while running.</summary>
    public required double AllocatedBytesPerPoleHour { get; init; }
}
