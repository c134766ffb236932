// Weather from a file: a row for each moment, a column for each value. What the file does not have stays made up. Gaps are filled and said.
using System.Globalization;
using Simulation.Scenarios;

namespace Simulation.World;

/// <summary>Courses of measured values over a run.</summary>
public sealed class WeatherFile
{
    private const string KeyPath = "weather.file";

    private static readonly string[] TimeFormats =
        ["yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "dd.MM.yyyy HH:mm", "dd.MM.yyyy HH:mm:ss"];

    private readonly Course?[] _courses;

    private WeatherFile(Course?[] courses) => _courses = courses;

    /// <summary>Reads the file.</summary>
    /// <param name="source">The file and its columns.</param>
    /// <param name="scenario">Gives start and time zone: the file's times are local, and its first row is the start of the run when it has none of the run's days.</param>
    /// <param name="warnings">Takes what was noticed.</param>
    /// <exception cref="ScenarioException">The file or a column is not there, or nothing in it can be used.</exception>
    public static WeatherFile Load(WeatherSource source, Scenario scenario, List<string> warnings)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(warnings);
        CsvRows csv = CsvRows.Parse(TextFile.Read(source.FilePath, KeyPath + ".file"), null);
        if (csv.Rows.Count == 0)
        {
            throw TextFile.Fail(source.FilePath, KeyPath + ".file", "the file has no rows", "Name a file with a header row and a row for each moment.");
        }

        int timeColumn = source.TimeColumn is null ? 0 : csv.Require(source.FilePath, KeyPath + ".timeColumn", source.TimeColumn);
        string?[] names =
            [source.TemperatureColumn, source.HumidityColumn, source.PressureColumn, source.RainColumn, source.Pm25Column, source.Pm10Column, source.CarbonDioxideColumn];
        string[] keys =
            ["temperatureDegrees", "humidityPercent", "pressureHectopascals", "rainMillimetresPerHour", "pm25MicrogramsPerCubicMetre", "pm10MicrogramsPerCubicMetre", "carbonDioxidePpm"];
        (long TimeUs, CsvRow Row)[] rows = [.. Times(csv, timeColumn, scenario, warnings)];
        if (rows.Length == 0)
        {
            throw TextFile.Fail(source.FilePath, KeyPath + ".timeColumn", "no row has a time that can be read", "Write times as 2026-06-20 12:00, local time.");
        }

        Course?[] courses = new Course?[names.Length];
        for (int i = 0; i < names.Length; i++)
        {
            courses[i] = names[i] is { } name ? Read(rows, csv.Require(source.FilePath, KeyPath + ".columns." + keys[i], name), keys[i], source, warnings) : null;
        }

        return new WeatherFile(courses);
    }

    /// <summary>A sample with what the file has put in.</summary>
    /// <param name="sample">The made-up sample.</param>
    /// <param name="timeUs">Its moment.</param>
    public AirSample Replace(in AirSample sample, long timeUs)
    {
        double pm25 = Value(4, timeUs, sample.Pm25Micrograms);
        double fineFactor = sample.Pm25Micrograms > 0 ? pm25 / sample.Pm25Micrograms : 1;
        double pm10 = Value(5, timeUs, sample.Pm10Micrograms * fineFactor);
        return sample with
        {
            TemperatureDegrees = Value(0, timeUs, sample.TemperatureDegrees),
            HumidityPercent = Math.Clamp(Value(1, timeUs, sample.HumidityPercent), 0, 100),
            PressurePascals = Value(2, timeUs, sample.PressurePascals / 100) * 100,
            RainMillimetresPerHour = Math.Max(0, Value(3, timeUs, sample.RainMillimetresPerHour)),
            Pm1Micrograms = sample.Pm1Micrograms * fineFactor,
            Pm25Micrograms = pm25,
            Pm4Micrograms = pm25 + (Math.Max(0, pm10 - pm25) * 0.35),
            Pm10Micrograms = Math.Max(pm25, pm10),
            CarbonDioxidePpm = Value(6, timeUs, sample.CarbonDioxidePpm),
        };
    }

    private double Value(int course, long timeUs, double fallback) => _courses[course]?.At(timeUs) ?? fallback;

    private static IEnumerable<(long TimeUs, CsvRow Row)> Times(CsvRows csv, int timeColumn, Scenario scenario, List<string> warnings)
    {
        List<(DateTime Local, CsvRow Row)> read = [];
        foreach (CsvRow row in csv.Rows)
        {
            if (DateTime.TryParseExact(row.Value(timeColumn), TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime time))
            {
                read.Add((time, row));
            }
        }

        if (read.Count < csv.Rows.Count)
        {
            warnings.Add($"{csv.Rows.Count - read.Count} rows of the weather file have no readable time (as in 2026-06-20 12:00) and are left out");
        }

        read.Sort(static (left, right) => left.Local.CompareTo(right.Local));

        // A file of other days than the run's is laid over the run, so that a measured day can be used again.
        DateTime end = scenario.StartLocal.AddMilliseconds(scenario.DurationMs);
        TimeSpan shift = read.Count > 0 && (read[^1].Local < scenario.StartLocal || read[0].Local > end) ? scenario.StartLocal - read[0].Local : TimeSpan.Zero;
        return read.Select(item => ((scenario.TimeZone.ToUtcMs(item.Local + shift) - scenario.StartUtcMs) * 1000, item.Row));
    }

    private static Course Read((long TimeUs, CsvRow Row)[] rows, int column, string key, WeatherSource source, List<string> warnings)
    {
        List<long> times = [];
        List<double> values = [];
        foreach ((long timeUs, CsvRow row) in rows)
        {
            string text = row.Value(column);
            bool isNumber = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value);
            if (isNumber && (times.Count == 0 || timeUs > times[^1]))
            {
                times.Add(timeUs);
                values.Add(value);
            }
        }

        if (times.Count == 0)
        {
            throw TextFile.Fail(source.FilePath, $"{KeyPath}.columns.{key}", "the column has no number", "Name another column, or leave it out to have the value made up.");
        }

        if (times.Count < rows.Length)
        {
            warnings.Add($"{rows.Length - times.Count} of {rows.Length} rows of the weather file have no value for {key} and are filled by interpolation");
        }

        return new Course([.. times], [.. values]);
    }

    /// <summary>One value over time: between its points it changes evenly, outside them the nearest holds.</summary>
    private sealed class Course(long[] timesUs, double[] values)
    {
        public double At(long timeUs)
        {
            int next = Array.BinarySearch(timesUs, timeUs);
            if (next >= 0)
            {
                return values[next];
            }

            next = ~next;
            if (next == 0 || next == timesUs.Length)
            {
                return values[Math.Clamp(next, 0, timesUs.Length - 1)];
            }

            double part = (double)(timeUs - timesUs[next - 1]) / (timesUs[next] - timesUs[next - 1]);
            return values[next - 1] + ((values[next] - values[next - 1]) * part);
        }
    }
}
