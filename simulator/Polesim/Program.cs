// The polesim command: nouns, verbs and nothing else. What they do is in Commands/.
using System.CommandLine;
using Polesim;
using Polesim.Commands;

RootCommand root = new("Runs fleets of street-light poles, each with the real controller code, in virtual time.")
{
    RunCommand.Create(),
    DevicesCommand.Create(),
    ListenCommand.Create(),
    ServiceCommand.Create(),
    BenchCommand.Create(),
    FitPathLossCommand.Create(),
    ConformanceCommand.Create(),
    FuzzCommand.Create(),
    DocsCommand.Create(),
};
ExampleHelp.AddTo(
    root,
    [
        "polesim run simulator/scenarios/district.yaml      a summer night in a small district; then open report/report.html",
        "polesim run --help                                 what else a run can be told",
    ]);

try
{
    ParseResult parsed = root.Parse(args);
    if (parsed.Errors.Count == 0)
    {
        return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    }

    foreach (System.CommandLine.Parsing.ParseError error in parsed.Errors)
    {
        Console.Error.WriteLine("polesim: " + error.Message);
    }

    Console.Error.WriteLine($"See '{HelpOf(parsed.CommandResult)}'.");
    return ExitCode.WrongUse;
}
catch (Exception defect)
{
    Console.Error.WriteLine("polesim: this is a defect of polesim, not of what you gave it. Please report it with the command line and these lines:");
    Console.Error.WriteLine(defect);
    return ExitCode.Defect;
}

static string HelpOf(System.CommandLine.Parsing.CommandResult command)
{
    List<string> words = ["--help"];
    for (System.CommandLine.Parsing.CommandResult? at = command; at is { Command: not RootCommand }; at = at.Parent as System.CommandLine.Parsing.CommandResult)
    {
        words.Insert(0, at.Command.Name);
    }

    return "polesim " + string.Join(' ', words);
}
