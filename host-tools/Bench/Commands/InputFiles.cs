// Reads what a command is given, checks it, and says what is wrong with it.
using Bench.Boards;
using Bench.Plans;
using BoardFiles;

namespace Bench.Commands;

/// <summary>Input files, read and checked.</summary>
internal static class InputFiles
{
    /// <summary>Reads a board.</summary>
    /// <returns>The board; null when it is wrong, which has been said.</returns>
    public static LinuxBoard? Board(string path, BoardRole? role, TextWriter error)
    {
        LinuxBoard? board = Read(path, LinuxBoardReader.Read, LinuxBoardRules.Check, error);
        if (board is not null && role is not null && board.Role != role)
        {
            error.WriteLine($"polebench: {path}: role: this board is a {board.Role.ToString().ToLowerInvariant()}, not a {role.ToString()!.ToLowerInvariant()}. Name another file.");
            return null;
        }

        return board;
    }

    /// <summary>Reads a plan.</summary>
    /// <returns>The plan; null when it is wrong, which has been said.</returns>
    public static Plan? Plan(string path, TextWriter error) => Read(path, PlanReader.Read, PlanRules.Check, error);

    /// <summary>Says what is wrong.</summary>
    /// <returns>Whether anything is.</returns>
    public static bool Tell(IReadOnlyList<BoardProblem> problems, TextWriter error)
    {
        foreach (BoardProblem problem in problems)
        {
            error.WriteLine("polebench: " + problem);
        }

        return problems.Count > 0;
    }

    private static T? Read<T>(string path, Func<string, T> read, Func<T, IReadOnlyList<BoardProblem>> check, TextWriter error)
        where T : class
    {
        try
        {
            T file = read(path);
            return Tell(check(file), error) ? null : file;
        }
        catch (BoardFileException wrong)
        {
            error.WriteLine("polebench: " + wrong.Message);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            error.WriteLine($"polebench: {path} cannot be read: {exception.Message}");
            return null;
        }
    }
}
