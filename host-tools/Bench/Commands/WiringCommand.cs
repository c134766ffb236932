// polebench wiring: the wiring table and picture of a board, beside its file.
using System.CommandLine;
using Bench.Boards;

namespace Bench.Commands;

/// <summary>Writes wiring pages.</summary>
internal static class WiringCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(TextWriter output, TextWriter error)
    {
        Argument<string[]> files = new("BOARD.yaml") { Description = "Board files.", Arity = ArgumentArity.OneOrMore };
        Command command = new("wiring", "Writes the wiring of boards beside their files: NAME.md and NAME.svg. Example: polebench wiring boards/raspberry-pi-pole.yaml") { files };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(files), output, error));
        return command;
    }

    private static int Run(string[] files, TextWriter output, TextWriter error)
    {
        foreach (string file in files)
        {
            LinuxBoard? board = InputFiles.Board(file, null, error);
            if (board is null)
            {
                return ExitCode.WrongUse;
            }

            string stem = Path.Combine(Path.GetDirectoryName(file) ?? "", board.Name);
            try
            {
                File.WriteAllText(stem + ".md", WiringPages.Table(board));
                File.WriteAllText(stem + ".svg", WiringPages.Picture(board));
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                error.WriteLine($"polebench: {stem} cannot be written: {exception.Message}");
                return ExitCode.Failed;
            }

            output.WriteLine($"{stem}.md, {stem}.svg");
        }

        return ExitCode.Done;
    }
}
