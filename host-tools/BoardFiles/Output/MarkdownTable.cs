// A table in Markdown.
using System.Text;

namespace BoardFiles.Output;

/// <summary>A Markdown table, row by row.</summary>
internal sealed class MarkdownTable(params string[] columns)
{
    private readonly List<string[]> _rows = [];

    public bool IsEmpty => _rows.Count == 0;

    public void Add(params string[] cells) => _rows.Add(cells);

    public override string ToString()
    {
        StringBuilder text = new();
        AddRow(text, columns);
        AddRow(text, [.. columns.Select(_ => "---")]);
        _rows.ForEach(row => AddRow(text, row));
        return text.ToString();
    }

    private static void AddRow(StringBuilder text, string[] cells) =>
        text.Append("| ").AppendJoin(" | ", cells.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal))).Append(" |\n");
}
