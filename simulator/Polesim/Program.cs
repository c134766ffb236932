// The polesim command: nouns, verbs and nothing else. What they do is in Commands/.
using System.CommandLine;
using Polesim;
using Polesim.Commands;

RootCommand root = new("Runs fleets of street-light poles, each with the real controller code, in virtual time.")
{
    RunCommand.Create(),
    BenchCommand.Create(),
    DocsCommand.Create(),
};

ParseResult parsed = root.Parse(args);
if (parsed.Errors.Count > 0)
{
    foreach (System.CommandLine.Parsing.ParseError error in parsed.Errors)
    {
        Console.Error.WriteLine("polesim: " + error.Message);
    }

    Console.Error.WriteLine("See 'polesim --help', or 'polesim run --help'.");
    return ExitCode.WrongUse;
}

return parsed.Invoke();
