// Rows as aligned lines for people.
namespace Polectl.Cli;

/// <summary>A table of text.</summary>
internal static class Table
{
    public static IReadOnlyList<string> Lines(IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string>> rows)
    {
        List<IReadOnlyList<string>> all = [headings, .. rows];
        int[] widths = [.. headings.Select((_, column) => all.Max(row => row[column].Length))];
        return [.. all.Select(row => string.Join("  ", row.Select((text, column) => text.PadRight(widths[column]))).TrimEnd())];
    }
}
