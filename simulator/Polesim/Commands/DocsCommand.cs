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
        Option<string> output = new("--output") { Description = "Folder for the pages.", DefaultValueFactory = _ => "docs/scenario" };
        Command scenario = new("scenario", "Writes a page for each key of a scenario, from the schema that validates it.") { output };
        scenario.SetAction(parsed =>
        {
            string folder = parsed.GetRequiredValue(output);
            ScenarioDocumentation.Write(folder);
            Console.WriteLine($"Pages written to {folder}");
            return ExitCode.Done;
        });
        return new Command("docs", "Writes documentation.") { scenario };
    }
}
