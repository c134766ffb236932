// Counts of one day from a file of counts per 15 minutes. Gaps are filled and said, never passed over.
using System.Globalization;
using Simulation.Scenarios;

namespace Simulation.World;

/// <summary>Counts of one local day.</summary>
/// <param name="TravellersPerBin">Travellers in each quarter of an hour, 96 values; gaps are filled.</param>
/// <param name="Warnings">What was filled or left out, one sentence each.</param>
public sealed record DayCounts(IReadOnlyList<double> TravellersPerBin, IReadOnlyList<string> Warnings);

/// <summary>Reads count files.</summary>
public static class CountsImport
{
    private const string KeyPath = "traffic.counts";
    private static readonly string[] TimeFormats =
        ["yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "dd.MM.yyyy HH:mm", "dd.MM.yyyy HH:mm:ss"];

    /// <summary>Reads the counts of one day.</summary>
    /// <param name="source">File, column and day.</param>
    /// <exception cref="ScenarioException">The file or the column is not there, or the day has no count at all.</exception>
    public static DayCounts Load(CountsSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        CsvRows csv = CsvRows.Parse(TextFile.Read(source.FilePath, KeyPath + ".file"), null);
        if (csv.Columns.Length == 0)
        {
            throw TextFile.Fail(source.FilePath, KeyPath + ".file", "the file is empty", "Name a file with a header row and a row for each 15 minutes.");
        }

        int timeColumn = source.TimeColumn is null ? 0 : FindColumn(csv, source.FilePath, "timeColumn", source.TimeColumn);
        int column = FindColumn(csv, source.FilePath, "column", source.Column);
        List<string> warnings = [];
        double?[] bins = ReadDay(csv, source, timeColumn, column, warnings);
        return new DayCounts(Fill(bins, source, warnings), warnings);
    }

    private static double?[] ReadDay(CsvRows csv, CountsSource source, int timeColumn, int column, List<string> warnings)
    {
        double?[] bins = new double?[TrafficProfile.BinsPerDay];
        int[] rowsPerBin = new int[TrafficProfile.BinsPerDay];
        int rowsOfDay = 0;
        int unreadableTimes = 0;
        foreach (CsvRow row in csv.Rows)
        {
            if (!DateTime.TryParseExact(row.Value(timeColumn), TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime time))
            {
                unreadableTimes++;
                continue;
            }

            if (DateOnly.FromDateTime(time) != source.Day)
            {
                continue;
            }

            rowsOfDay++;
            int minute = (time.Hour * 60) + time.Minute;
            if (minute % 15 != 0)
            {
                warnings.Add($"line {row.Line}: {time:HH:mm} is not a full quarter of an hour; the row is left out");
                continue;
            }

            AddCount(row, row.Value(column), bins, rowsPerBin, minute / 15, warnings);
        }

        if (unreadableTimes > 0)
        {
            warnings.Add($"{unreadableTimes} rows of the file have no readable time (as in 2024-06-12 17:45) and are left out");
        }

        RequireQuarterHours(rowsPerBin, rowsOfDay, csv, source, timeColumn);
        return bins;
    }

    private static void AddCount(CsvRow row, string text, double?[] bins, int[] rowsPerBin, int bin, List<string> warnings)
    {
        bool isNumber = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double count) && double.IsFinite(count) && count is >= 0 and < 1e6;
        rowsPerBin[bin]++;
        if (!isNumber)
        {
            warnings.Add(text.Length == 0 ? $"line {row.Line}: no count at {Clock(bin)}" : $"line {row.Line}: '{Shorten(text)}' at {Clock(bin)} is not a count");
            return;
        }

        if (bins[bin] is double before)
        {
            // The hour that occurs twice when clocks go back: the mean keeps the day's shape.
            warnings.Add($"line {row.Line}: {Clock(bin)} occurs again; the mean of both is used");
            bins[bin] = (before + count) / 2;
            return;
        }

        bins[bin] = count;
    }

    private static void RequireQuarterHours(int[] rowsPerBin, int rowsOfDay, CsvRows csv, CountsSource source, int timeColumn)
    {
        if (rowsOfDay == 0)
        {
            string first = csv.Rows.Count == 0 ? "no row" : csv.Rows[0].Value(timeColumn);
            string last = csv.Rows.Count == 0 ? "no row" : csv.Rows[^1].Value(timeColumn);
            throw TextFile.Fail(source.FilePath, KeyPath + ".day", $"the file has no row for {source.Day:yyyy-MM-dd}", $"Choose another day: the file goes from {first} to {last}.");
        }

        // Hourly counts would be four times too many if their gaps were filled.
        int offQuarter = 0;
        for (int bin = 0; bin < rowsPerBin.Length; bin++)
        {
            offQuarter += bin % 4 != 0 && rowsPerBin[bin] > 0 ? 1 : 0;
        }

        if (offQuarter == 0 && rowsOfDay > 1)
        {
            throw TextFile.Fail(source.FilePath, KeyPath + ".file", $"{source.Day:yyyy-MM-dd} has hourly rows only", "Use a file with a row for each 15 minutes.");
        }
    }

    private static double[] Fill(double?[] bins, CountsSource source, List<string> warnings)
    {
        int known = bins.Count(bin => bin is not null);
        if (known == 0)
        {
            throw TextFile.Fail(source.FilePath, KeyPath + ".day", $"{source.Day:yyyy-MM-dd} has no count in column '{source.Column}'", "Choose another day or column.");
        }

        double[] filled = new double[bins.Length];
        for (int bin = 0; bin < bins.Length; bin++)
        {
            if (bins[bin] is double count)
            {
                filled[bin] = count;
                continue;
            }

            int before = bin;
            while (before >= 0 && bins[before] is null)
            {
                before--;
            }

            int after = bin;
            while (after < bins.Length && bins[after] is null)
            {
                after++;
            }

            double left = before >= 0 ? bins[before]!.Value : bins[after]!.Value;
            double right = after < bins.Length ? bins[after]!.Value : left;
            filled[bin] = left + ((right - left) * (bin - before) / (after - before));
        }

        if (known < bins.Length)
        {
            warnings.Add($"{bins.Length - known} of 96 quarters of an hour of {source.Day:yyyy-MM-dd} have no count and are filled by interpolation");
        }

        return filled;
    }

    private static int FindColumn(CsvRows csv, string path, string key, string name)
    {
        int exact = csv.Find(name);
        if (exact >= 0)
        {
            return exact;
        }

        // Names in such files are long ("100034978 (Gartenstrasse)"): the beginning is enough where it means one column only.
        int[] beginning = [.. Enumerable.Range(0, csv.Columns.Length).Where(i => csv.Columns[i].StartsWith(name.Trim() + " ", StringComparison.OrdinalIgnoreCase))];
        if (beginning.Length == 1)
        {
            return beginning[0];
        }

        string found = string.Join(", ", csv.Columns.Select(column => $"'{Shorten(column)}'"));
        string what = beginning.Length > 1 ? "more than one column begins with" : "there is no column";
        throw TextFile.Fail(path, KeyPath + "." + key, $"{what} '{Shorten(name)}'", "The file has the columns " + found + ".");
    }

    private static string Clock(int bin) => $"{bin / 4:00}:{bin % 4 * 15:00}";

    private static string Shorten(string text) => text.Length <= 60 ? text : text[..57] + "...";
}
