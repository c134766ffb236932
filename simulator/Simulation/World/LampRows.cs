// Judges the rows of a lamp file, whatever form the file has: turns texts into lamps, and says why one cannot be.
using System.Globalization;

namespace Simulation.World;

/// <summary>A row as it stands in the file; null where it has no such value.</summary>
internal sealed record LampRow(int Line, string? Id, string Latitude, string Longitude, string? FullPowerWatts, string? Street, string? Group, string? Fault);

/// <summary>Collects lamps, rejected rows and warnings.</summary>
internal sealed class LampRows(bool hasDecimalComma)
{
    private const int MaximumIdLength = 64;
    private const double MaximumWatts = 5000;

    private readonly Dictionary<string, int> _lineOfId = new(StringComparer.Ordinal);
    private readonly Dictionary<(double Latitude, double Longitude), int> _lineOfPosition = [];

    public List<Lamp> Lamps { get; } = [];

    public List<LampRemark> Rejected { get; } = [];

    public List<LampRemark> Warnings { get; } = [];

    public void Add(LampRow row)
    {
        string? fault = row.Fault;
        string value = "";
        double latitude = 0;
        double longitude = 0;
        if (fault is null)
        {
            fault = ReadCoordinate(row.Latitude, "latitude", 90, out latitude);
            value = row.Latitude;
        }

        if (fault is null)
        {
            fault = ReadCoordinate(row.Longitude, "longitude", 180, out longitude);
            value = row.Longitude;
        }

        if (fault is null && latitude == 0 && longitude == 0)
        {
            fault = "latitude 0, longitude 0 is where software puts what it does not know";
            value = "0, 0";
        }

        string id = string.IsNullOrEmpty(row.Id) ? $"pole-{row.Line}" : row.Id;
        if (fault is null && IdFault(id) is { } idFault)
        {
            fault = idFault;
            value = id;
        }

        if (fault is not null)
        {
            Rejected.Add(new LampRemark(row.Line, Shorten(value), fault));
            return;
        }

        _lineOfId.Add(id, row.Line);
        Lamps.Add(new Lamp
        {
            Id = id,
            Latitude = latitude,
            Longitude = longitude,
            FullPowerWatts = ReadWatts(row),
            Street = Name(row.Street),
            Group = Name(row.Group),
            Line = row.Line,
        });
        Warn(row, latitude, longitude);
    }

    private void Warn(LampRow row, double latitude, double longitude)
    {
        if (row.Id is { Length: 0 })
        {
            Warnings.Add(new LampRemark(row.Line, "", $"no id; it is called pole-{row.Line}"));
        }

        if (!_lineOfPosition.TryAdd((latitude, longitude), row.Line))
        {
            string place = string.Create(CultureInfo.InvariantCulture, $"{latitude}, {longitude}");
            Warnings.Add(new LampRemark(row.Line, place, $"same position as line {_lineOfPosition[(latitude, longitude)]}; both are used"));
        }
    }

    private string? ReadCoordinate(string text, string name, double limit, out double degrees)
    {
        degrees = 0;
        if (text.Length == 0)
        {
            return $"no {name}";
        }

        if (!TryNumber(text, out degrees))
        {
            return text.Contains(',', StringComparison.Ordinal) && !hasDecimalComma
                ? $"the {name} is not a number; a decimal comma is understood where the separator is another character"
                : $"the {name} is not a number";
        }

        if (Math.Abs(degrees) > limit)
        {
            return Math.Abs(degrees) > 1000
                ? $"the {name} is not in degrees; projected coordinates have to be converted to WGS 84 first"
                : $"the {name} is outside -{limit} to {limit} degrees";
        }

        return null;
    }

    private double? ReadWatts(LampRow row)
    {
        if (string.IsNullOrEmpty(row.FullPowerWatts))
        {
            return null;
        }

        if (TryNumber(row.FullPowerWatts, out double watts) && watts is > 0 and <= MaximumWatts)
        {
            return watts;
        }

        Warnings.Add(new LampRemark(row.Line, Shorten(row.FullPowerWatts), "not a power in watts, more than 0 up to 5000; the scenario's value is used"));
        return null;
    }

    private string? IdFault(string id)
    {
        if (id.Length > MaximumIdLength)
        {
            return $"the id has {id.Length} characters, more than {MaximumIdLength}";
        }

        if (id.Any(char.IsControl))
        {
            return "the id has a control character";
        }

        return _lineOfId.TryGetValue(id, out int line) ? $"the id was used before, in row {line}" : null;
    }

    private bool TryNumber(string text, out double number)
    {
        string plain = hasDecimalComma && text.Count(character => character == ',') == 1 && !text.Contains('.', StringComparison.Ordinal) ? text.Replace(',', '.') : text;
        return double.TryParse(plain, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);
    }

    private static string? Name(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    private static string Shorten(string text) => text.Length <= 60 ? text : text[..57] + "...";
}
