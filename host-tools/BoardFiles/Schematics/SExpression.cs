// Reads symbolic expressions, the form of KiCad's files: lists in parentheses of words, quoted strings and lists. What the words mean is not known here.
using System.Globalization;
using System.Text;

namespace BoardFiles.Schematics;

/// <summary>A word or a list.</summary>
internal sealed class SExpression
{
    private const int DeepestNesting = 100;

    private SExpression(string? word, List<SExpression> items, int line)
    {
        Word = word;
        Items = items;
        Line = line;
    }

    /// <summary>The word; null for a list.</summary>
    public string? Word { get; }

    /// <summary>The list's items; empty for a word.</summary>
    public IReadOnlyList<SExpression> Items { get; }

    /// <summary>Line of the file.</summary>
    public int Line { get; }

    /// <summary>The list's first word, which says what it is.</summary>
    public string Kind => Items.Count > 0 ? Items[0].Word ?? "" : "";

    /// <summary>Reads a file's one list.</summary>
    /// <exception cref="BoardFileException">The text is not of the form.</exception>
    public static SExpression Parse(string text, string file)
    {
        Stack<(List<SExpression> Items, int Line)> open = [];
        int line = 1;
        SExpression? whole = null;
        for (int i = 0; i < text.Length; i++)
        {
            char letter = text[i];
            if (letter == '\n')
            {
                line++;
            }
            else if (letter == '(')
            {
                open.Push(([], line));
                if (open.Count > DeepestNesting || whole is not null)
                {
                    throw Fault(file, line, whole is null ? "lists are nested too deep" : "something follows the file's list");
                }
            }
            else if (letter == ')')
            {
                if (open.Count == 0)
                {
                    throw Fault(file, line, "a parenthesis closes nothing");
                }

                (List<SExpression> items, int start) = open.Pop();
                SExpression list = new(null, items, start);
                if (open.Count == 0)
                {
                    whole = list;
                }
                else
                {
                    open.Peek().Items.Add(list);
                }
            }
            else if (!char.IsWhiteSpace(letter))
            {
                if (open.Count == 0)
                {
                    throw Fault(file, line, "a word stands outside of the list");
                }

                int start = line;
                string word = letter == '"' ? Quoted(text, ref i, ref line, file) : Plain(text, ref i);
                open.Peek().Items.Add(new SExpression(word, [], start));
            }
        }

        return open.Count == 0 && whole is not null ? whole : throw Fault(file, line, "the file ends in the middle of a list");
    }

    /// <summary>The lists of a kind in this one.</summary>
    public IEnumerable<SExpression> All(string kind) => Items.Where(item => item.Word is null && item.Kind == kind);

    /// <summary>The first list of a kind in this one; null when there is none.</summary>
    public SExpression? First(string kind) => All(kind).FirstOrDefault();

    /// <summary>The word at a place; empty when there is none.</summary>
    public string Text(int index) => index < Items.Count ? Items[index].Word ?? "" : "";

    /// <summary>The length at a place, in ten-thousandths of a millimetre, so that equal places compare equal.</summary>
    public long Length(int index) =>
        double.TryParse(Text(index), NumberStyles.Float, CultureInfo.InvariantCulture, out double millimetres) && Math.Abs(millimetres) < 100_000
            ? (long)Math.Round(millimetres * 10_000)
            : 0;

    private static string Plain(string text, ref int i)
    {
        int start = i;
        while (i < text.Length && !char.IsWhiteSpace(text[i]) && text[i] is not ('(' or ')' or '"'))
        {
            i++;
        }

        return text[start..i--];
    }

    private static string Quoted(string text, ref int i, ref int line, string file)
    {
        StringBuilder word = new();
        int start = line;
        for (i++; i < text.Length; i++)
        {
            if (text[i] == '"')
            {
                return word.ToString();
            }

            if (text[i] == '\\' && i + 1 < text.Length)
            {
                i++;
                word.Append(text[i] == 'n' ? '\n' : text[i]);
                continue;
            }

            line += text[i] == '\n' ? 1 : 0;
            word.Append(text[i]);
        }

        throw Fault(file, start, "a quoted string has no end");
    }

    private static BoardFileException Fault(string file, int line, string what) =>
        new(new BoardProblem(BoardRule.Form, file, line, "file", what, "Open it in KiCad and save it, or restore it"));
}
