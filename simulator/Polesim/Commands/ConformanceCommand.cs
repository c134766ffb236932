// polesim conformance: tries every requirement of the conformance suite against the end device and prints the list.
using System.CommandLine;
using Simulation.Conformance;

namespace Polesim.Commands;

/// <summary>Tries the end device against LoRaWAN 1.0.4.</summary>
internal static class ConformanceCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        Option<bool> list = new("--list") { Description = "Print the requirements and try nothing." };
        Option<string?> json = new("--json") { Description = "Also write the results to this file.", HelpName = "FILE" };
        ExampleCommand command = new(
            "conformance",
            "Tries the LoRaWAN end device against each requirement of 1.0.4 and prints the list with pass or FAIL. " + ExitCode.Meaning,
            ["polesim conformance                          the list; exit code 1 if a requirement is not met", "polesim conformance --json conformance.json"])
        {
            list, json,
        };
        command.SetAction(parsed => Run(parsed.GetValue(list), parsed.GetValue(json)));
        return command;
    }

    private static int Run(bool isListOnly, string? jsonPath)
    {
        if (isListOnly)
        {
            Console.Out.Write(ConformanceReport.List(ConformanceSuite.Cases));
            return ExitCode.Done;
        }

        try
        {
            // Opened first, so that a file that cannot be written is found before the work and not after it.
            using StreamWriter? json = jsonPath is null ? null : new StreamWriter(jsonPath);
            IReadOnlyList<ConformanceResult> results = ConformanceSuite.Run();
            json?.Write(ConformanceReport.Json(results));
            Console.Out.Write(ConformanceReport.Text(results));
            return results.All(result => result.IsPassed) ? ExitCode.Done : ExitCode.Failed;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException { ParamName: "path" })
        {
            Console.Error.WriteLine($"polesim: --json '{jsonPath}' cannot be written: {failure.Message} Choose another file.");
            return ExitCode.WrongUse;
        }
    }
}
