// Rows of a CSV file with their line numbers. Knows nothing of what the columns mean.
using CsvHelper;

namespace Simulation.World;

/// <summary>A CSV text taken apart: RFC 4180, with the separator found when it is not given.</summary>
internal sealed class CsvRows
{
    private static readonly char[] Separators = [',', ';', '\t', '|'];

    private CsvRows(char separator, string[] columns, int headerLine, List<CsvRow> rows)
    {
        Separator = separator;
        Columns = columns;
        HeaderLine = headerLine;
        Rows = rows;
    }

    public char Separator { get; }

    /// <summary>Names in the header row, without blanks around them; empty when the text has no row at all.</summary>
    public string[] Columns { get; }

    public int HeaderLine { get; }

    public List<CsvRow> Rows { get; }

    public static CsvRows Parse(string text, char? separator)
    {
        char found = separator ?? FindSeparator(text);
        bool isUnterminated = false;
        CsvRows rows = Parse(text, found, true, ref isUnterminated);

        // A quote that is never closed would swallow the rest of the file: then every line end ends its row.
        return isUnterminated ? Parse(text, found, false, ref isUnterminated) : rows;
    }

    /// <summary>Position of a column: the name as it is, else without regard to case; -1 when there is none.</summary>
    public int Find(string name)
    {
        int exact = Array.IndexOf(Columns, name.Trim());
        return exact >= 0 ? exact : Array.FindIndex(Columns, column => column.Equals(name.Trim(), StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Position of a column that a key of the scenario names.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="keyPath">The key, for messages.</param>
    /// <param name="name">The column.</param>
    /// <exception cref="Scenarios.ScenarioException">There is no such column.</exception>
    public int Require(string path, string keyPath, string name)
    {
        int column = Find(name);
        return column >= 0
            ? column
            : throw TextFile.Fail(path, keyPath, $"there is no column '{name}'", "The file has the columns " + string.Join(", ", Columns.Take(20)) + ".");
    }

    private static CsvRows Parse(string text, char separator, bool allowLineBreaks, ref bool isUnterminated)
    {
        HashSet<long> badLines = [];
        bool hasUnterminated = false;
        CsvReaderOptions options = new()
        {
            Separator = separator,
            HasHeader = false,
            TrackLineNumbers = true,
            AllowLineBreaksInQuotes = allowLineBreaks,
            OnMalformedRecord = bad =>
            {
                badLines.Add(bad.LineNumber);
                hasUnterminated = hasUnterminated || bad.Reason == CsvMalformedReason.UnterminatedQuote;
            },
        };
        string[]? columns = null;
        int headerLine = 0;
        List<CsvRow> rows = [];
        using CsvReader reader = CsvReader.FromText(text, options);
        while (reader.Read())
        {
            string[] values = reader.Current.ToArray();
            int line = (int)reader.LineNumber;
            if (values.All(string.IsNullOrWhiteSpace))
            {
                continue;
            }

            if (columns is null)
            {
                columns = [.. values.Select(value => value.Trim())];
                headerLine = line;
            }
            else
            {
                rows.Add(new CsvRow(line, values, badLines.Contains(line)));
            }
        }

        isUnterminated = hasUnterminated;
        return new CsvRows(separator, columns ?? [], headerLine, rows);
    }

    private static char FindSeparator(string text)
    {
        // The header row decides: the separator that occurs most often in it outside quotes.
        int[] occurrences = new int[Separators.Length];
        bool isQuoted = false;
        bool hasText = false;
        foreach (char character in text)
        {
            if (character == '"')
            {
                isQuoted = !isQuoted;
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
                int index = Array.IndexOf(Separators, character);
                if (index >= 0)
                {
                    occurrences[index]++;
                }
            }
        }

        return Separators[Array.IndexOf(occurrences, occurrences.Max())];
    }
}

/// <summary>A row: the line it begins in (from 1), its values, and whether its quotes are wrong.</summary>
internal sealed record CsvRow(int Line, string[] Values, bool IsBad)
{
    public string Value(int column) => column >= 0 && column < Values.Length ? Values[column].Trim() : "";
}
