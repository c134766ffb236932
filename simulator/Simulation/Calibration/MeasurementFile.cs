// Measurements of received signal strength from a CSV file. What they mean is in PathLossFit.
using System.Globalization;
using Simulation.Scenarios;
using Simulation.World;

namespace Simulation.Calibration;

/// <summary>Names of the columns of a measurement file. A column with a name of null is taken if it is there under its usual name.</summary>
public sealed record MeasurementColumns
{
    /// <summary>Length of the link in metres, 0.1 to 1,000,000.</summary>
    public string Distance { get; init; } = "distance";

    /// <summary>RSSI in dBm, -200 to 50.</summary>
    public string Rssi { get; init; } = "rssi";

    /// <summary>Name of the link or node; usual name "node". Without it every row is a link of its own.</summary>
    public string? Node { get; init; }

    /// <summary>Signal-to-noise ratio in decibels, -50 to 50; usual name "snr".</summary>
    public string? Snr { get; init; }

    /// <summary>Radiated power (EIRP) in dBm, -50 to 60; usual name "power".</summary>
    public string? Power { get; init; }
}

/// <summary>What a measurement file holds.</summary>
/// <param name="Measurements">The measurements, in the file's order.</param>
/// <param name="RowsWithoutRssi">Rows whose RSSI is empty: nothing was heard then, and nothing is concluded from it.</param>
/// <param name="HasNodes">Whether there is a column that names nodes.</param>
public sealed record MeasurementSet(IReadOnlyList<LinkMeasurement> Measurements, int RowsWithoutRssi, bool HasNodes);

/// <summary>Reads measurement files: CSV with a header row, separated by comma, semicolon, tab or bar; a point or, where it separates nothing, a comma in
/// decimals.</summary>
public sealed class MeasurementFile
{
    private const int MaximumProblems = 10;
    private const double LengthTolerance = 0.01;

    private readonly string _path;
    private readonly CsvRows _csv;
    private readonly double _powerDbm;
    private readonly int _distance;
    private readonly int _rssi;
    private readonly int _node;
    private readonly int _snr;
    private readonly int _power;
    private readonly List<ScenarioProblem> _problems = [];
    private readonly Dictionary<string, double> _lengths = new(StringComparer.Ordinal);

    private MeasurementFile(string path, CsvRows csv, MeasurementColumns columns, double powerDbm)
    {
        _path = path;
        _csv = csv;
        _powerDbm = powerDbm;
        _distance = Find(columns.Distance, "--distance-column", true);
        _rssi = Find(columns.Rssi, "--rssi-column", true);
        _node = Find(columns.Node ?? "node", "--node-column", columns.Node is not null);
        _snr = Find(columns.Snr ?? "snr", "--snr-column", columns.Snr is not null);
        _power = Find(columns.Power ?? "power", "--power-column", columns.Power is not null);
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="powerDbm">Radiated power (EIRP) of the rows that do not say it, in dBm.</param>
    /// <exception cref="ScenarioException">The file cannot be read, lacks a column, or has values that are no measurements: the first ten of them.</exception>
    public static MeasurementSet Read(string path, MeasurementColumns columns, double powerDbm)
    {
        ArgumentNullException.ThrowIfNull(columns);
        CsvRows csv = CsvRows.Parse(TextFile.Read(path, ""), null);
        if (csv.Columns.Length == 0)
        {
            throw TextFile.Fail(path, "", "the file is empty", "Name a CSV file with a header row and a row for each measurement.");
        }

        MeasurementFile file = new(path, csv, columns, powerDbm);
        file.ThrowProblems();
        return file.Read();
    }

    private MeasurementSet Read()
    {
        List<LinkMeasurement> measurements = [];
        int withoutRssi = 0;
        foreach (CsvRow row in _csv.Rows)
        {
            if (row.IsBad)
            {
                Refuse(row, "", "", "the quotes of this row are wrong", "Correct the row.");
            }
            else if (row.Value(_rssi).Length == 0)
            {
                withoutRssi++;
            }
            else if (ReadRow(row) is LinkMeasurement measurement)
            {
                measurements.Add(measurement);
            }

            if (_problems.Count >= MaximumProblems)
            {
                break;
            }
        }

        ThrowProblems();
        return new MeasurementSet(measurements, withoutRssi, _node >= 0);
    }

    private LinkMeasurement? ReadRow(CsvRow row)
    {
        double? distance = Number(row, _distance, 0.1, 1e6, "metres");
        double? rssi = Number(row, _rssi, -200, 50, "dBm");
        double? snr = IsGiven(row, _snr) ? Number(row, _snr, -50, 50, "decibels") : null;
        double? power = IsGiven(row, _power) ? Number(row, _power, -50, 60, "dBm") : _powerDbm;
        string link = _node >= 0 ? row.Value(_node) : "line " + row.Line.ToString(CultureInfo.InvariantCulture);
        if (distance is not double metres || rssi is not double rssiDbm || power is not double powerDbm || (IsGiven(row, _snr) && snr is null))
        {
            return null;
        }

        if (link.Length == 0)
        {
            Refuse(row, _csv.Columns[_node], "", "the measurement names no node", "Name the node, or leave the column out: then every row is a link of its own.");
            return null;
        }

        // Nodes that move would have their distances mixed up without a word.
        if (_lengths.TryGetValue(link, out double before) && Math.Abs(before - metres) > LengthTolerance)
        {
            Refuse(
                row,
                _csv.Columns[_distance],
                row.Value(_distance),
                string.Create(CultureInfo.InvariantCulture, $"node '{Shorten(link)}' was {before:0.##} m away in a row before"),
                "Give a node that moves another name at each place.");
            return null;
        }

        _lengths[link] = metres;
        return new LinkMeasurement(link, metres, LinkMeasurement.SignalDbmOf(rssiDbm, snr), powerDbm);
    }

    private static bool IsGiven(CsvRow row, int column) => column >= 0 && row.Value(column).Length > 0;

    private double? Number(CsvRow row, int column, double minimum, double maximum, string unit)
    {
        string text = row.Value(column);
        string decimalPoint = _csv.Separator == ',' ? text : text.Replace(',', '.');
        if (double.TryParse(decimalPoint, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value >= minimum && value <= maximum)
        {
            return value;
        }

        string range = string.Create(CultureInfo.InvariantCulture, $"Write a number from {minimum} to {maximum} {unit}");
        Refuse(row, _csv.Columns[column], text, "this is no measurement", range + (text.Length == 0 ? ", or leave the row out." : "."));
        return null;
    }

    private int Find(string name, string option, bool isRequired)
    {
        int column = _csv.Find(name);
        if (column < 0 && isRequired)
        {
            string found = string.Join(", ", _csv.Columns.Select(other => $"'{Shorten(other)}'"));
            _problems.Add(new ScenarioProblem(
                _path, _csv.HeaderLine, 0, "", "", $"there is no column '{Shorten(name)}'", $"Name it with {option}; the file has the columns {found}."));
        }

        return column;
    }

    private void Refuse(CsvRow row, string column, string value, string message, string remedy) =>
        _problems.Add(new ScenarioProblem(_path, row.Line, 0, Shorten(column), Shorten(value), message, remedy));

    private void ThrowProblems()
    {
        if (_problems.Count > 0)
        {
            throw new ScenarioException(_problems);
        }
    }

    private static string Shorten(string text) => text.Length <= 60 ? text : text[..57] + "...";
}
