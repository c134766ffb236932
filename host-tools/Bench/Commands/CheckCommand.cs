// polebench check: whether board files and plans are right. Opens no device.
using System.CommandLine;
using Bench.Boards;
using Bench.Plans;

namespace Bench.Commands;

/// <summary>Checks files.</summary>
internal static class CheckCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(TextWriter output, TextWriter error)
    {
        Argument<string[]> files = new("FILE") { Description = "Board files and plans; with one jig among them, also whether it can carry out the plans.", Arity = ArgumentArity.OneOrMore };
        Option<string> fitted = FittedOption.Create();
        Command command = new("check", "Checks board files and plans; opens no device. Example: polebench check boards/raspberry-pi-jig-r2.yaml plans/acceptance-pole-controller-r2.yaml") { files, fitted };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(files), FittedOption.Words(parsed.GetValue(fitted)), output, error));
        return command;
    }

    private static int Run(string[] files, IReadOnlyList<string> fitted, TextWriter output, TextWriter error)
    {
        List<Plan> plans = [];
        LinuxBoard? jig = null;
        bool isRight = !FittedOption.TellUnknown(fitted, error);
        foreach (string file in files)
        {
            if (IsPlan(file))
            {
                Plan? plan = InputFiles.Plan(file, error);
                isRight &= plan is not null;
                plans.AddRange(plan is null ? [] : [plan]);
            }
            else
            {
                LinuxBoard? board = InputFiles.Board(file, null, error);
                isRight &= board is not null;
                jig = board is { Role: BoardRole.Jig } ? board : jig;
            }
        }

        foreach (Plan plan in plans.Where(_ => jig is not null))
        {
            isRight &= !InputFiles.Tell(PlanRules.CheckJig(plan, jig!, fitted), error);
        }

        output.WriteLine(isRight ? $"{files.Length} files are right." : "Nothing was switched.");
        return isRight ? ExitCode.Done : ExitCode.WrongUse;
    }

    // A plan begins with "plan:", a board with "board:", comments aside. What is neither is read as a board, whose reader says what is missing.
    private static bool IsPlan(string file)
    {
        try
        {
            return File.ReadLines(file).Take(1000).Any(line => line.StartsWith("plan:", StringComparison.Ordinal));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
