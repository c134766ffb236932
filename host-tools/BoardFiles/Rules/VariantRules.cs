// Variants: a board whose parts ask for more units than the chip has says which of them are used together. No unit may be used twice in any variant, and each
// variant's ports are on pins.
namespace BoardFiles.Rules;

internal static class VariantRules
{
    public static void Check(Board board, ProblemList problems)
    {
        problems.AddRepeated("name", board.Variants, variant => variant.Name, variant => variant.Line, variant => $"the variant {variant.Name}", "Rename one");
        foreach (BoardVariant variant in board.Variants)
        {
            foreach (string port in variant.Ports.Where(port => !board.Signals.Any(signal => signal.Serves(port))))
            {
                problems.Add(BoardRule.Variant, variant.Line, "ports", $"{variant.Name}: the port {port} is on no pin of this board", "Remove it here, or give it signals");
            }
        }

        if (board.Variants.Count == 0)
        {
            CheckUnits(board, null, problems);
        }

        foreach (BoardVariant variant in board.Variants)
        {
            CheckUnits(board, variant, problems);
        }
    }

    private static void CheckUnits(Board board, BoardVariant? variant, ProblemList problems)
    {
        string where = variant is null ? "" : $" in the variant {variant.Name}";
        problems.AddRepeated(
            "unit",
            board.BusesOf(variant),
            bus => (bus.Kind, bus.Unit),
            bus => bus.Line,
            bus => $"{bus.Kind.ToString().ToUpperInvariant()}{bus.Unit}{where}",
            "Give one of the two another unit; where there is none left, make variants of the board that use one of them each");
    }
}
