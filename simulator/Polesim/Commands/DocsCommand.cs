// polesim docs: writes the pages that are made from descriptions in the code.
using System.CommandLine;
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
        return new ExampleCommand("docs", "Writes documentation.", ["polesim docs scenario --output pages"]) { scenario };
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
