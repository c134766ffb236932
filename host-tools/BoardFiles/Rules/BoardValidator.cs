// Runs every rule over a board and gives what is wrong in the order of the file.
namespace BoardFiles.Rules;

/// <summary>Checks boards against their chip and the controller.</summary>
public static class BoardValidator
{
    /// <summary>Checks a board.</summary>
    /// <param name="board">The board.</param>
    /// <param name="chip">Its chip.</param>
    /// <param name="ports">The ports that every board has to place, or to say that it has not.</param>
    /// <returns>What is wrong; empty when nothing is.</returns>
    public static IReadOnlyList<BoardProblem> Check(Board board, Chip chip, IReadOnlyList<string> ports)
    {
        ArgumentNullException.ThrowIfNull(board);
        ArgumentNullException.ThrowIfNull(chip);
        ArgumentNullException.ThrowIfNull(ports);
        ProblemList problems = new(board.File);
        PinRules.Check(board, chip, problems);
        ResetRules.Check(board, chip, problems);
        BusRules.Check(board, chip, problems);
        PwmRules.Check(board, chip, problems);
        ChannelRules.Check(board, chip, problems);
        VariantRules.Check(board, problems);
        WireRules.Check(board, problems);
        PortRules.Check(board, ports, problems);
        ReferenceRules.Check(board, problems);
        return [.. problems.All.OrderBy(problem => problem.Line)];
    }
}

/// <summary>Collects problems of one file.</summary>
internal sealed class ProblemList(string file)
{
    private readonly List<BoardProblem> _problems = [];

    public IReadOnlyList<BoardProblem> All => _problems;

    public void Add(BoardRule rule, long line, string field, string what, string remedy) => _problems.Add(new BoardProblem(rule, file, line, field, what, remedy));

    /// <summary>Says which of the entries have the same key as one before.</summary>
    public void AddRepeated<T>(string field, IEnumerable<T> entries, Func<T, object> key, Func<T, long> line, Func<T, string> what, string remedy)
    {
        Dictionary<object, long> seen = [];
        foreach (T entry in entries)
        {
            if (!seen.TryAdd(key(entry), line(entry)))
            {
                Add(BoardRule.DoubleUse, line(entry), field, FormattableString.Invariant($"{what(entry)} is used already at line {seen[key(entry)]}"), remedy);
            }
        }
    }
}
