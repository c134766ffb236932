// A measured course of a water level from a file: two columns, local time and centimetres.
using System.Globalization;
using Simulation.Scenarios;

namespace Simulation.World;

/// <summary>A measured water level. Between two rows it changes evenly; before the first and after the last the nearest holds.</summary>
public sealed class LevelFile
{
    private const string KeyPath = "water.file";
    private readonly long[] _timesUs;
    private readonly double[] _centimetres;

    private LevelFile(long[] timesUs, double[] centimetres)
    {
        _timesUs = timesUs;
        _centimetres = centimetres;
    }

    /// <summary>Reads a file. When none of its days is the run's, its first row is laid on the run's start.</summary>
    /// <param name="source">File and columns.</param>
    /// <param name="scenario">The run.</param>
    /// <exception cref="ScenarioException">The file or a column is not there, or it has no row that can be used.</exception>
    public static LevelFile Load(LevelSource source, Scenario scenario)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(scenario);
        CsvRows csv = CsvRows.Parse(TextFile.Read(source.FilePath, KeyPath + ".file"), null);
        int timeColumn = csv.Require(source.FilePath, KeyPath + ".timeColumn", source.TimeColumn);
        int levelColumn = csv.Require(source.FilePath, KeyPath + ".levelColumn", source.LevelColumn);
        List<(DateTime Local, double Centimetres)> rows = [];
        foreach (CsvRow row in csv.Rows)
        {
            if (DateTime.TryParse(row.Value(timeColumn), CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime local)
                && double.TryParse(row.Value(levelColumn), NumberStyles.Float, CultureInfo.InvariantCulture, out double centimetres) && double.IsFinite(centimetres))
            {
                rows.Add((local, centimetres));
            }
        }

        if (rows.Count == 0)
        {
            throw TextFile.Fail(source.FilePath, KeyPath + ".file", "no row has a time and a level", "Write times as 2026-06-20 12:00, levels in centimetres with a decimal point.");
        }

        rows.Sort(static (one, other) => one.Local.CompareTo(other.Local));
        DateTime end = scenario.StartLocal.AddMilliseconds(scenario.DurationMs);
        TimeSpan shift = rows[^1].Local < scenario.StartLocal || rows[0].Local > end ? scenario.StartLocal - rows[0].Local : TimeSpan.Zero;
        return new LevelFile(
            [.. rows.Select(row => (scenario.TimeZone.ToUtcMs(row.Local + shift) - scenario.StartUtcMs) * 1000)], [.. rows.Select(static row => row.Centimetres)]);
    }

    /// <summary>The level at a moment, in centimetres.</summary>
    /// <param name="timeUs">Microseconds after the start.</param>
    public double At(long timeUs)
    {
        int next = Array.BinarySearch(_timesUs, timeUs);
        if (next >= 0)
        {
            return _centimetres[next];
        }

        next = ~next;
        if (next == 0 || next == _timesUs.Length)
        {
            return _centimetres[Math.Clamp(next, 0, _timesUs.Length - 1)];
        }

        double part = (double)(timeUs - _timesUs[next - 1]) / Math.Max(1, _timesUs[next] - _timesUs[next - 1]);
        return _centimetres[next - 1] + ((_centimetres[next] - _centimetres[next - 1]) * part);
    }
}
