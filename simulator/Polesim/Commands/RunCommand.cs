// polesim run: a scenario from its file to its report.
using System.CommandLine;
using Simulation.Engine;
using Simulation.Forwarding;
using Simulation.Reports;
using Simulation.Running;
using Simulation.Scenarios;
using Simulation.Serving;
using Simulation.World;

namespace Polesim.Commands;

/// <summary>Runs a scenario.</summary>
internal static class RunCommand
{
    private const int MaximumThreads = 256;

    /// <summary>The greatest seed that JSON and YAML carry without loss, 2^53 - 1; the schema of scenarios has the same.</summary>
    internal const long MaximumSeed = 9_007_199_254_740_991;

    private static readonly string[] Examples =
    [
        "polesim run simulator/scenarios/district.yaml",
        "polesim run district.yaml --seed 7 --until 02:30     another night, up to half past two",
        "polesim run district.yaml --until 90min --report out/first-hours",
        "polesim run district.yaml --json > report.json       the report and nothing else on standard output",
        "polesim run district.yaml --uplinks uplinks.ndjson   what the network server hears, for polectl uplink import or a script",
        "polesim run district.yaml --attach udp://localhost:1700      the gateways speak to a real network server, in real time",
    ];

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        Argument<string> scenario = new("SCENARIO.yaml") { Description = "The scenario's file (docs/scenario has a page for each key)." };
        Option<long?> seed = WholeNumberOption.CreateOptional("--seed", "Seed of everything random; the scenario's own when not given.", 0, MaximumSeed);
        Option<string?> until = new("--until") { Description = "End early: a time after the start (90min, 6h) or a local clock time (02:30).", HelpName = "TIME" };
        Option<int> threads = WholeNumberOption.Create(
            "--threads", "Threads to run the poles on; the result is the same on any number.", 1, MaximumThreads, Math.Min(Environment.ProcessorCount, MaximumThreads));
        Option<string> report = new("--report") { Description = "Folder for report.html, report.json and junit.xml.", HelpName = "DIR", DefaultValueFactory = _ => "report" };
        Option<bool> json = new("--json") { Description = "Print the report as JSON on standard output; everything else goes to standard error." };
        Option<string?> uplinks = new("--uplinks") { Description = "File for the uplinks as the network server hears them: events of ChirpStack's HTTP integration, one a line.", HelpName = "FILE" };
        ExampleCommand command = new("run", "Runs a scenario and writes its report.", Examples) { scenario, seed, until, threads, report, json, uplinks };
        AttachOptions attach = new();
        attach.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(uplinks) is not null && attach.IsGiven(result))
            {
                result.AddError("--uplinks writes what the embedded network server hears; with --attach the other server does.");
            }
        });
        command.SetAction(parsed => Run(new RunRequest(
            parsed.GetRequiredValue(scenario),
            parsed.GetValue(seed),
            parsed.GetValue(until),
            parsed.GetValue(threads),
            parsed.GetRequiredValue(report),
            parsed.GetValue(json),
            parsed.GetValue(uplinks),
            attach.Read(parsed))));
        return command;
    }

    private static int Run(RunRequest request)
    {
        try
        {
            Scenario scenario = ScenarioLoader.Load(request.ScenarioPath);
            if (!TryReadUntil(request, scenario, out long untilMs))
            {
                return ExitCode.WrongUse;
            }

            if (AttachOptions.Parse(request.Attach, out AttachSettings? attach, out double speed) is string wrongAttach)
            {
                Console.Error.WriteLine("polesim: " + wrongAttach);
                return ExitCode.WrongUse;
            }

            Pacer? pacer = attach is null ? null : new Pacer(TimeProvider.System, speed);
            RunOptions options = new()
            {
                Pacer = pacer,
                Seed = request.Seed,
                UntilMs = untilMs,
                ThreadCount = request.ThreadCount,
                ReplayCommand = request.ReplayCommand(request.Seed ?? scenario.Seed),
                ToolVersion = typeof(RunCommand).Assembly.GetName().Version?.ToString(3) ?? "",
            };
            return attach is not null ? RunAttached(scenario, options, attach, request)
                : request.UplinkFile is not null ? RunWithUplinks(scenario, options, request.UplinkFile, request)
                : RunEmbedded(scenario, options, request);
        }
        catch (System.Net.Sockets.SocketException failure)
        {
            Console.Error.WriteLine($"polesim: --attach '{request.Attach.Attach}': {failure.Message}. Is the server's name right, and is there a network?");
            return ExitCode.WrongUse;
        }
        catch (ScenarioException wrong)
        {
            foreach (ScenarioProblem problem in wrong.Problems)
            {
                Console.Error.WriteLine("polesim: " + problem);
            }

            return ExitCode.WrongUse;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException { ParamName: "directory" or "path" })
        {
            Console.Error.WriteLine($"polesim: --report '{request.ReportFolder}': the report cannot be written there: {failure.Message} Choose another folder with --report.");
            return ExitCode.WrongUse;
        }
    }

    private static int RunEmbedded(Scenario scenario, RunOptions options, RunRequest request)
    {
        using FleetRunner runner = new(scenario, options);
        ReportWriter.Prepare(request.ReportFolder);
        return RunFleet(runner, request);
    }

    private static int RunWithUplinks(Scenario scenario, RunOptions options, string path, RunRequest request)
    {
        LampImportResult lamps = ScenarioLoader.LoadLamps(scenario);
        UplinkFile file;
        try
        {
            file = new UplinkFile(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            Console.Error.WriteLine($"polesim: --uplinks '{path}': the file cannot be written: {failure.Message} Choose another place.");
            return ExitCode.WrongUse;
        }

        using (file)
        {
            Fleet fleet = FleetBuilder.Build(scenario, options.Seed ?? scenario.Seed, lamps, new FleetConnections { Listener = file.Listener });
            file.Connect(fleet);
            using FleetRunner runner = new(fleet, options);
            ReportWriter.Prepare(request.ReportFolder);
            int exitCode = RunFleet(runner, request);
            Console.Error.WriteLine(FormattableString.Invariant($"{file.LineCount:#,0} events are in {path}."));
            return exitCode;
        }
    }

    private static int RunAttached(Scenario scenario, RunOptions options, AttachSettings attach, RunRequest request)
    {
        using ServerAttachment attachment = new(attach, TimeProvider.System, Console.Error.WriteLine);
        Fleet fleet = FleetBuilder.Build(scenario, options.Seed ?? scenario.Seed, ScenarioLoader.LoadLamps(scenario), new FleetConnections { Attachment = attachment });
        using FleetRunner runner = new(fleet, options);
        ReportWriter.Prepare(request.ReportFolder);
        WriteAll(Console.Error, AttachRemarks.Before(fleet, attachment, attach, options.Pacer!));
        int exitCode = RunFleet(runner, request);
        WriteAll(request.IsJson ? Console.Error : Console.Out, AttachRemarks.After(fleet, attachment, options.Pacer!));
        return exitCode;
    }

    private static void WriteAll(TextWriter writer, IEnumerable<string> lines)
    {
        foreach (string line in lines)
        {
            writer.WriteLine(line);
        }
    }

    private static bool TryReadUntil(RunRequest request, Scenario scenario, out long untilMs)
    {
        untilMs = long.MaxValue;
        if (request.Until is null)
        {
            return true;
        }

        if (!EndTime.TryParse(request.Until, scenario, out untilMs))
        {
            Console.Error.WriteLine($"polesim: --until '{request.Until}' is no time. Write a time after the start (90min, 6h) or a local clock time (02:30).");
            return false;
        }

        if (untilMs > scenario.DurationMs)
        {
            Console.Error.WriteLine($"--until {request.Until} is after the scenario's end: the run ends there.");
        }

        return true;
    }

    private static int RunFleet(FleetRunner runner, RunRequest request)
    {
        InputRemarks.Write(runner.Fleet, Console.Error);
        using Interruption interruption = new();
        RunProgress.Show(runner, interruption.Token);
        bool isInterrupted = runner.Simulation.TimeUs < runner.EndUs;
        if (isInterrupted)
        {
            Console.Error.WriteLine("Interrupted: writing the report of what has run.");
        }

        RunReport report = runner.Report(isInterrupted ? request.ReplayCommand(runner.Fleet.Seed, runner.Simulation.TimeUs) : null);
        ReportWriter.Write(report, request.ReportFolder);
        if (request.IsJson)
        {
            using Stream output = Console.OpenStandardOutput();
            output.Write(ReportJson.Serialize(report));
        }

        TextWriter writer = request.IsJson ? Console.Error : Console.Out;
        foreach (string line in ReportSummary.Lines(report))
        {
            writer.WriteLine(line);
        }

        writer.WriteLine($"Report: {Path.Combine(request.ReportFolder, ReportWriter.HtmlFileName)}");
        return ExitCodeOf(report, isInterrupted);
    }

    private static int ExitCodeOf(RunReport report, bool isInterrupted)
    {
        if (!report.IsPassed)
        {
            return ExitCode.Failed;
        }

        return isInterrupted ? ExitCode.PartlyDone : ExitCode.Done;
    }
}
