// A night as a chart of characters, for a terminal.
using System.Globalization;
using System.Text;

namespace Provisioning.Programs.Night;

/// <summary>Draws with characters.</summary>
public static class NightText
{
    private const int Columns = 96;
    private const int Rows = 10;
    private const int LabelWidth = 6;
    private const int FullPermille = 1000;

    // Eighths of a block, from one eighth to a full one.
    private static readonly string[] s_eighths = [" ", "\u2581", "\u2582", "\u2583", "\u2584", "\u2585", "\u2586", "\u2587", "\u2588"];

    /// <summary>Draws a night.</summary>
    /// <param name="night">The night.</param>
    /// <param name="words">Its words.</param>
    /// <param name="isAscii">Whether only ASCII characters may be used.</param>
    public static IReadOnlyList<string> Draw(NightCourse night, NightWords words, bool isAscii)
    {
        ArgumentNullException.ThrowIfNull(night);
        ArgumentNullException.ThrowIfNull(words);
        List<string> lines = [words.Title(night), words.Sun(night), ""];
        NightChange[] samples = [.. Enumerable.Range(0, Columns).Select(column => night.At(TimeAt(night, column)))];
        for (int row = Rows; row > 0; row--)
        {
            string label = row % 2 == 0 ? $"{row * 10} %" : "";
            StringBuilder line = new(label.PadLeft(LabelWidth - 1) + (isAscii ? "|" : "\u2502"));
            foreach (NightChange sample in samples)
            {
                line.Append(Cell(sample, row, isAscii));
            }

            lines.Add(line.ToString().TrimEnd());
        }

        lines.Add("0 %".PadLeft(LabelWidth - 1) + (isAscii ? "+" + new string('-', Columns) : "\u2514" + new string('\u2500', Columns)));
        lines.Add(Hours(night));
        lines.Add(Marks(night, words));
        lines.Add("");
        lines.Add(words["legend"].Replace("#", isAscii ? "#" : "\u2588", StringComparison.Ordinal).Replace(":", isAscii ? ":" : "\u2591", StringComparison.Ordinal));
        lines.Add("");
        lines.AddRange(night.Changes.Select(change => string.Create(
            CultureInfo.InvariantCulture,
            $"{night.Local(change.AtUtcMs):HH:mm:ss}  {NightWords.Percent(change.LevelPermille),6}  {words.Why(night, change)}")));
        return lines;
    }

    private static string Cell(NightChange sample, int row, bool isAscii)
    {
        int below = (row - 1) * (FullPermille / Rows);
        int inRow = sample.LevelPermille - below;
        if (inRow >= FullPermille / Rows)
        {
            return isAscii ? "#" : s_eighths[^1];
        }

        bool isReady = sample.OccupancyLevelPermille > sample.LevelPermille && sample.OccupancyLevelPermille >= row * (FullPermille / Rows);
        if (inRow <= 0)
        {
            return isReady ? isAscii ? ":" : "\u2591" : " ";
        }

        return isAscii ? "#" : s_eighths[Math.Max(1, inRow * (s_eighths.Length - 1) / (FullPermille / Rows))];
    }

    // The middle of a column's quarter of an hour or so.
    private static long TimeAt(NightCourse night, int column) => night.BeginUtcMs + ((night.EndUtcMs - night.BeginUtcMs) * ((2 * column) + 1) / (2 * Columns));

    private static int ColumnOf(NightCourse night, long utcMs) => (int)Math.Clamp((utcMs - night.BeginUtcMs) * Columns / (night.EndUtcMs - night.BeginUtcMs), 0, Columns - 1);

    private static string Hours(NightCourse night)
    {
        char[] line = new string(' ', Columns + 2).ToCharArray();
        long hourMs = 3_600_000;
        for (long utcMs = night.BeginUtcMs; utcMs < night.EndUtcMs; utcMs += 2 * hourMs)
        {
            // Every other hour as the clock shows it: in the night of a change one is left out or comes twice.
            night.Local(utcMs).ToString("HH", CultureInfo.InvariantCulture).CopyTo(0, line, ColumnOf(night, utcMs), 2);
        }

        return (new string(' ', LabelWidth) + new string(line)).TrimEnd();
    }

    private static string Marks(NightCourse night, NightWords words)
    {
        char[] line = new string(' ', Columns).ToCharArray();
        if (night.Sun is { } sun)
        {
            foreach ((SunEvent happening, string key) in ((SunEvent, string)[])[(sun.CivilDusk, "markDusk"), (sun.CivilDawn, "markDawn"), (sun.Sunset, "markSunset"), (sun.Sunrise, "markSunrise")])
            {
                if (happening.Happens)
                {
                    line[ColumnOf(night, happening.AtUtcMs)] = words[key][0];
                }
            }
        }

        return (new string(' ', LabelWidth) + new string(line)).TrimEnd();
    }
}
