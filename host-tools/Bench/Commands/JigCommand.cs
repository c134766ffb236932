// polebench jig: carries out a plan at a flashed controller.
using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using Bench.Boards;
using Bench.Devices;
using Bench.Jig;
using Bench.Plans;

namespace Bench.Commands;

/// <summary>Carries out a plan.</summary>
internal static class JigCommand
{
    /// <summary>The environment's variable for the service key.</summary>
    internal const string KeyVariable = "POLEBENCH_SERVICE_KEY";

    private const int KeyLength = 16;
    private const int LongestKeyFile = 256;

    /// <summary>Makes the command.</summary>
    public static Command Create(TextWriter output, TextWriter error)
    {
        Argument<string> plan = new("PLAN.yaml") { Description = "The plan." };
        Option<string> board = new("--board") { Description = "The jig's board file.", HelpName = "BOARD.yaml", Required = true };
        Option<string> fitted = FittedOption.Create();
        Option<string?> key = new("--service-key-file") { Description = $"File with the controller's service key, 32 hexadecimal digits; else {KeyVariable} in the environment.", HelpName = "FILE" };
        Option<string?> json = new("--json") { Description = "Writes the result as JSON.", HelpName = "FILE" };
        Option<string?> junit = new("--junit") { Description = "Writes the result as JUnit XML.", HelpName = "FILE" };
        Command command = new(
            "jig", "Carries out a plan at a flashed controller. Example: polebench jig plans/acceptance-pole-controller-r2.yaml --board boards/raspberry-pi-jig-r2.yaml --fitted \"metered occupancy door\" --json result.json")
        {
            plan, board, fitted, key, json, junit,
        };
        command.SetAction(parsed => Run(
            parsed.GetRequiredValue(plan), parsed.GetRequiredValue(board), FittedOption.Words(parsed.GetValue(fitted)), parsed.GetValue(key), parsed.GetValue(json), parsed.GetValue(junit), output, error));
        return command;
    }

    /// <summary>A line for people.</summary>
    internal static string Line(StepResult result)
    {
        string why = result.Outcome == StepOutcome.Passed ? "" : ": " + ResultFiles.Why(result);
        return string.Create(CultureInfo.InvariantCulture, $"{result.Outcome.ToString().ToLowerInvariant(),-8} {result.Step.Name} ({result.Seconds:0.0} s){why}");
    }

    /// <summary>Reads a service key; empty when there is none.</summary>
    /// <returns>False when it is no key, which has been said without its content.</returns>
    internal static bool TryReadKey(string? path, string? variable, TextWriter error, out byte[] key)
    {
        key = [];
        string? text = variable;
        try
        {
            text = path is null ? text : new FileInfo(path).Length <= LongestKeyFile ? File.ReadAllText(path) : "";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            error.WriteLine($"polebench: --service-key-file: {path} cannot be read: {exception.Message}");
            return false;
        }

        if (text is null)
        {
            return true;
        }

        text = text.Trim();
        if (text.Length == 2 * KeyLength && text.All(char.IsAsciiHexDigit))
        {
            key = Convert.FromHexString(text);
            return true;
        }

        error.WriteLine($"polebench: {path ?? KeyVariable} holds no service key. Write 32 hexadecimal digits and nothing else.");
        return false;
    }

    private static int Run(string planFile, string boardFile, IReadOnlyList<string> fitted, string? keyFile, string? json, string? junit, TextWriter output, TextWriter error)
    {
        Plan? plan = InputFiles.Plan(planFile, error);
        LinuxBoard? board = InputFiles.Board(boardFile, BoardRole.Jig, error);
        if (plan is null || board is null || FittedOption.TellUnknown(fitted, error) || InputFiles.Tell(PlanRules.CheckJig(plan, board, fitted), error)
            || !TryReadKey(keyFile, Environment.GetEnvironmentVariable(KeyVariable), error, out byte[] key))
        {
            return ExitCode.WrongUse;
        }

        if (key.Length == 0 && plan.Steps.Any(step => step.Unlocks))
        {
            error.WriteLine($"polebench: the plan opens the service port: name --service-key-file, or set {KeyVariable}. Nothing was switched.");
            return ExitCode.NotAuthorised;
        }

        using CancellationTokenSource end = new();
        Console.CancelKeyPress += (_, pressed) =>
        {
            pressed.Cancel = true;
            end.Cancel();
        };
        try
        {
            using JigInstruments jig = new(board, new LinuxDevices(), new SystemBenchClock(end.Token));
            PlanResult result = new PlanRunner(jig, key, step => output.WriteLine(Line(step))).Run(plan, fitted, DateTimeOffset.UtcNow);
            output.WriteLine(Summary(result));
            return Write(result, json, junit, error) ? result.ExitCode : ExitCode.Failed;
        }
        catch (Exception exception) when (DeviceFault.Is(exception))
        {
            error.WriteLine($"polebench: the jig's devices cannot be opened: {exception.Message} See \"The machine\" in host-tools/Bench/README.md.");
            return ExitCode.Failed;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    private static string Summary(PlanResult result) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(result.ExitCode == ExitCode.Done ? "passed" : "not passed")}: {result.Count(StepOutcome.Passed)} passed, {result.Count(StepOutcome.Failed)} failed, {result.Count(StepOutcome.Broken)} broken off, {result.Count(StepOutcome.Skipped)} skipped{(result.DevEui.Length > 0 ? $"; DevEUI {result.DevEui}" : "")}");

    private static bool Write(PlanResult result, string? json, string? junit, TextWriter error)
    {
        try
        {
            if (json is not null)
            {
                File.WriteAllText(json, ResultFiles.Json(result));
            }

            if (junit is not null)
            {
                File.WriteAllBytes(junit, ResultFiles.JUnit(result));
            }

            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            error.WriteLine($"polebench: the result cannot be written: {exception.Message}");
            return false;
        }
    }
}
