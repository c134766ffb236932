// CSV by RFC 4180 with any separator. Rows that break its rules are kept, with what is wrong, so that they can be told by line.
using System.Globalization;
using System.Text;
using Provisioning.Problems;

namespace Provisioning.Poles.Import;

/// <summary>Reads CSV.</summary>
internal static class CsvText
{
    private static readonly char[] s_separators = [',', ';', '\t', '|'];

    public static FileRows Read(string text, char? separator)
    {
        char found = separator ?? FindSeparator(text);
        List<FileRow> rows = Parse(text, found, true, out bool isOpen);

        // A quote that is never closed swallows the rest of the file: then every line end ends its row, and the row with the quote is refused.
        if (isOpen)
        {
            rows = Parse(text, found, false, out _);
        }

        if (rows.Count == 0)
        {
            return new FileRows([], [], found);
        }

        string[] columns = [.. rows[0].Values.Select(value => value.Trim())];
        rows.RemoveAt(0);
        return new FileRows(columns, [.. rows.Select(row => Fit(row, columns.Length))], found);
    }

    /// <summary>A value as CSV has it.</summary>
    public static string Quote(string value, char separator) => value.AsSpan().IndexOfAny([separator, '"', '\n', '\r']) < 0 && value.Trim().Length == value.Length
        ? value
        : "\"" + value.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";

    private static FileRow Fit(FileRow row, int count)
    {
        if (row.Values.Length == count || row.Problem is not null)
        {
            return row with { Values = Pad(row.Values, count) };
        }

        Problem problem = new("problem.csv.count", row.Values.Length.ToString(CultureInfo.InvariantCulture), count.ToString(CultureInfo.InvariantCulture));
        return row with { Values = Pad(row.Values, count), Problem = problem };
    }

    private static string[] Pad(string[] values, int count)
    {
        string[] padded = new string[count];
        for (int i = 0; i < count; i++)
        {
            padded[i] = i < values.Length ? values[i] : "";
        }

        return padded;
    }

    private static List<FileRow> Parse(string text, char separator, bool allowsLineBreaks, out bool isOpen)
    {
        List<FileRow> rows = [];
        List<string> values = [];
        StringBuilder value = new();
        int line = 1;
        int rowLine = 1;
        bool isQuoted = false;
        bool wasQuoted = false;
        bool isBad = false;

        void EndRow()
        {
            values.Add(value.ToString());
            value.Clear();
            if (values.Count > 1 || !string.IsNullOrWhiteSpace(values[0]))
            {
                rows.Add(new FileRow(rowLine, [.. values], isBad || isQuoted ? new Problem("problem.csv.quotes") : null));
            }

            values.Clear();
            isQuoted = wasQuoted = isBad = false;
        }

        for (int i = 0; i < text.Length; i++)
        {
            char character = text[i];
            bool isLineEnd = character is '\n' or '\r';
            if (isQuoted && (!isLineEnd || allowsLineBreaks))
            {
                if (character != '"')
                {
                    value.Append(character);
                    line += character == '\n' ? 1 : 0;
                }
                else if (i + 1 < text.Length && text[i + 1] == '"')
                {
                    value.Append('"');
                    i++;
                }
                else
                {
                    isQuoted = false;
                }
            }
            else if (isLineEnd)
            {
                EndRow();
                i += character == '\r' && i + 1 < text.Length && text[i + 1] == '\n' ? 1 : 0;
                rowLine = ++line;
            }
            else if (character == separator)
            {
                values.Add(value.ToString());
                value.Clear();
                wasQuoted = false;
            }
            else if (character == '"' && string.IsNullOrWhiteSpace(value.ToString()) && !wasQuoted)
            {
                value.Clear();
                isQuoted = wasQuoted = true;
            }
            else
            {
                // A quote inside a plain value, or text behind a closing quote.
                isBad = isBad || character == '"' || (wasQuoted && !char.IsWhiteSpace(character));
                value.Append(character);
            }
        }

        isOpen = isQuoted;
        if (value.Length > 0 || values.Count > 0 || isQuoted)
        {
            EndRow();
        }

        return rows;
    }

    // The header row decides: the separator that occurs most often in it outside quotes.
    private static char FindSeparator(string text)
    {
        int[] occurrences = new int[s_separators.Length];
        bool isQuoted = false;
        bool hasText = false;
        foreach (char character in text)
        {
            if (character == '"')
            {
                isQuoted = !isQuoted;
                hasText = true;
            }
            else if (!isQuoted && character is '\r' or '\n')
            {
                if (hasText)
                {
                    break;
                }
            }
            else if (!isQuoted)
            {
                hasText = hasText || !char.IsWhiteSpace(character);
                int index = Array.IndexOf(s_separators, character);
                if (index >= 0)
                {
                    occurrences[index]++;
                }
            }
        }

        return s_separators[Array.IndexOf(occurrences, occurrences.Max())];
    }
}
