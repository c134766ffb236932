// The command line: its verbs, and what becomes of a fault that nobody expected.
using System.CommandLine;

namespace Bench.Commands;

/// <summary>The polebench command.</summary>
internal static class PoleBench
{
    private const string Purpose =
        "The street-light pole's controller on a Linux board, and a jig that tests a flashed controller.\n\nThe service key is read from a file or from POLEBENCH_SERVICE_KEY, never from the command line. ";

    /// <summary>Runs a command line.</summary>
    /// <returns>The exit code.</returns>
    public static int Run(IReadOnlyList<string> arguments, TextWriter output, TextWriter error)
    {
        RootCommand root = new(Purpose + ExitCode.Meaning) { PoleCommand.Create(error), JigCommand.Create(output, error), CheckCommand.Create(output, error), WiringCommand.Create(output, error) };
        ParseResult parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            foreach (System.CommandLine.Parsing.ParseError problem in parsed.Errors)
            {
                error.WriteLine("polebench: " + problem.Message);
            }

            error.WriteLine("See 'polebench --help'.");
            return ExitCode.WrongUse;
        }

        try
        {
            return parsed.Invoke(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            error.WriteLine($"polebench: a defect of polebench itself: {exception.GetType().Name}: {exception.Message}");
            error.WriteLine(exception.StackTrace);
            return ExitCode.Defect;
        }
    }
}
