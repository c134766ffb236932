// polesim docs: writes the pages that are made from descriptions in the code.
using System.CommandLine;
using Simulation.Conformance;
using Simulation.Scenarios;

namespace Polesim.Commands;

/// <summary>Writes generated documentation.</summary>
internal static class DocsCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        Option<string> output = new("--output") { Description = "Folder for the pages.", HelpName = "DIR", DefaultValueFactory = _ => "docs/scenario" };
        ExampleCommand scenario = new(
            "scenario",
            "Writes a page for each key of a scenario, from the schema that validates it.",
            ["polesim docs scenario                    the pages of this repository, from its root", "polesim docs scenario --output pages"])
        {
            output,
        };
        scenario.SetAction(parsed => Run(parsed.GetRequiredValue(output)));
        Option<string> page = new("--output") { Description = "The page.", HelpName = "FILE", DefaultValueFactory = _ => "docs/lorawan-conformance.md" };
        ExampleCommand conformance = new(
            "conformance",
            "Tries the conformance suite and writes its list as a page.",
            ["polesim docs conformance                 the page of this repository, from its root"])
        {
            page,
        };
        conformance.SetAction(parsed => RunConformance(parsed.GetRequiredValue(page)));
        return new ExampleCommand("docs", "Writes documentation.", ["polesim docs scenario --output pages"]) { scenario, conformance };
    }

    private static int RunConformance(string path)
    {
        try
        {
            File.WriteAllText(path, ConformanceReport.Page(ConformanceSuite.Run()));
            Console.WriteLine($"Page written to {path}");
            return ExitCode.Done;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            Console.Error.WriteLine($"polesim: the page cannot be written to '{path}': {failure.Message} Choose another file with --output.");
            return ExitCode.WrongUse;
        }
    }

    private static int Run(string folder)
    {
        try
        {
            ScenarioDocumentation.Write(folder);
            Console.WriteLine($"Pages written to {folder}");
            return ExitCode.Done;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            Console.Error.WriteLine($"polesim: the pages cannot be written to '{folder}': {failure.Message} Choose another folder with --output.");
            return ExitCode.WrongUse;
        }
    }
}
