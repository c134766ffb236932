// polesim run: a scenario from its file to its report.
using System.CommandLine;
using System.Text;
using Simulation.Reports;
using Simulation.Running;
using Simulation.Scenarios;

namespace Polesim.Commands;

/// <summary>Runs a scenario.</summary>
internal static class RunCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        Argument<string> scenario = new("scenario") { Description = "The scenario's YAML file (docs/scenario has a page for each key)." };
        Option<long?> seed = new("--seed") { Description = "Seed of everything random; the scenario's own when not given." };
        Option<string?> until = new("--until") { Description = "End early: a time after the start (90min, 6h) or a local clock time (02:30)." };
        Option<int> threads = new("--threads") { Description = "Threads to run the poles on; the result is the same on any number.", DefaultValueFactory = _ => Environment.ProcessorCount };
        Option<string> report = new("--report") { Description = "Folder for report.html, report.json and junit.xml.", DefaultValueFactory = _ => "report" };
        Option<bool> json = new("--json") { Description = "Print the report as JSON on standard output; everything else goes to standard error." };
        threads.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 256)
            {
                result.AddError("--threads must be from 1 to 256.");
            }
        });
        Command command = new("run", "Runs a scenario and writes its report.") { scenario, seed, until, threads, report, json };
        command.SetAction(parsed => Run(new RunRequest(
            parsed.GetRequiredValue(scenario),
            parsed.GetValue(seed),
            parsed.GetValue(until),
            parsed.GetValue(threads),
            parsed.GetRequiredValue(report),
            parsed.GetValue(json))));
        return command;
    }

    private static int Run(RunRequest request)
    {
        try
        {
            Scenario scenario = ScenarioLoader.Load(request.ScenarioPath);
            long untilMs = long.MaxValue;
            if (request.Until is not null && !EndTime.TryParse(request.Until, scenario, out untilMs))
            {
                Console.Error.WriteLine($"polesim: --until '{request.Until}' is no time. Write a time after the start (90min, 6h) or a local clock time (02:30).");
                return ExitCode.WrongUse;
            }

            RunOptions options = new()
            {
                Seed = request.Seed,
                UntilMs = untilMs,
                ThreadCount = request.ThreadCount,
                ReplayCommand = ReplayCommand(request, scenario),
                ToolVersion = typeof(RunCommand).Assembly.GetName().Version?.ToString(3) ?? "",
            };
            using FleetRunner runner = new(scenario, options);
            return RunFleet(runner, request);
        }
        catch (ScenarioException wrong)
        {
            foreach (ScenarioProblem problem in wrong.Problems)
            {
                Console.Error.WriteLine("polesim: " + problem);
            }

            return ExitCode.WrongUse;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"polesim: the report could not be written to '{request.ReportFolder}': {failure.Message} Choose another folder with --report.");
            return ExitCode.WrongUse;
        }
    }

    private static int RunFleet(FleetRunner runner, RunRequest request)
    {
        // Made first, so that a folder that cannot be written is found before the run and not after it.
        Directory.CreateDirectory(request.ReportFolder);
        using CancellationTokenSource cancellation = new();
        ConsoleCancelEventHandler handler = (_, eventArguments) =>
        {
            eventArguments.Cancel = true;
            cancellation.Cancel();
        };
        Console.CancelKeyPress += handler;
        try
        {
            RunProgress.Show(runner, cancellation.Token);
        }
        finally
        {
            Console.CancelKeyPress -= handler;
        }

        RunReport report = runner.Report();
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

        writer.WriteLine($"Report: {Path.Combine(request.ReportFolder, "report.html")}");
        return ExitCodeOf(report, cancellation.IsCancellationRequested);
    }

    private static int ExitCodeOf(RunReport report, bool isInterrupted)
    {
        if (!report.IsPassed)
        {
            return ExitCode.Failed;
        }

        return isInterrupted ? ExitCode.PartlyDone : ExitCode.Done;
    }

    private static string ReplayCommand(RunRequest request, Scenario scenario)
    {
        StringBuilder command = new("polesim run ");
        command.Append(request.ScenarioPath).Append(" --seed ").Append(request.Seed ?? scenario.Seed);
        if (request.Until is not null)
        {
            command.Append(" --until ").Append(request.Until);
        }

        return command.ToString();
    }

    /// <summary>What the command line asked for.</summary>
    private sealed record RunRequest(string ScenarioPath, long? Seed, string? Until, int ThreadCount, string ReportFolder, bool IsJson);
}
