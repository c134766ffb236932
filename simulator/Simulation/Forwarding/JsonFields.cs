// Fields of a JSON object from outside: any type may stand anywhere, and whoever reads has to be told what is wrong with which.
using System.Text.Json;

namespace Simulation.Forwarding;

/// <summary>Reads fields of an object. The first problem is kept; what cannot be read is given as the fallback.</summary>
/// <param name="json">The object.</param>
internal sealed class JsonFields(JsonElement json)
{
    /// <summary>What is wrong, as the rest of a sentence; null when nothing is.</summary>
    public string? Problem { get; private set; }

    /// <summary>Whether there is such a field, and it is not null.</summary>
    public bool Has(string name) => TryFind(name, out _);

    /// <summary>Says that something is wrong, if nothing was wrong before.</summary>
    public void Refuse(string problem) => Problem ??= problem;

    /// <summary>A whole number; also one written with a fraction of 0, as some servers do.</summary>
    public long Whole(string name, long minimum, long maximum, long? fallback = null)
    {
        if (!TryFind(name, out JsonElement value))
        {
            return Missing(name, fallback ?? minimum, fallback is not null);
        }

        if (value.ValueKind == JsonValueKind.Number)
        {
            if (value.TryGetInt64(out long whole) && whole >= minimum && whole <= maximum)
            {
                return whole;
            }

            if (value.TryGetDouble(out double number) && number == Math.Truncate(number) && number >= minimum && number <= maximum && Math.Abs(number) < 9e15)
            {
                return (long)number;
            }
        }

        Refuse($"\"{name}\" has to be a whole number from {minimum} to {maximum}");
        return fallback ?? minimum;
    }

    /// <summary>A number.</summary>
    public double Number(string name, double minimum, double maximum, double? fallback = null)
    {
        if (!TryFind(name, out JsonElement value))
        {
            return Missing(name, fallback ?? minimum, fallback is not null);
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) && number >= minimum && number <= maximum)
        {
            return number;
        }

        Refuse($"\"{name}\" has to be a number from {minimum} to {maximum}");
        return fallback ?? minimum;
    }

    /// <summary>A flag; 0 and 1 count too.</summary>
    public bool Flag(string name, bool fallback)
    {
        if (!TryFind(name, out JsonElement value))
        {
            return fallback;
        }

        switch (value.ValueKind)
        {
            case JsonValueKind.True:
                return true;
            case JsonValueKind.False:
                return false;
            case JsonValueKind.Number when value.TryGetInt64(out long number) && number is 0 or 1:
                return value.GetInt64() == 1;
            default:
                Refuse($"\"{name}\" has to be true or false");
                return fallback;
        }
    }

    /// <summary>A text.</summary>
    public string Text(string name, string? fallback = null)
    {
        if (!TryFind(name, out JsonElement value))
        {
            return Missing(name, fallback ?? "", fallback is not null);
        }

        // A string may hold a half of a surrogate pair, which .NET refuses to give out.
        if (value.ValueKind == JsonValueKind.String)
        {
            try
            {
                return value.GetString() ?? "";
            }
            catch (InvalidOperationException)
            {
                // Said below.
            }
        }

        Refuse($"\"{name}\" has to be a text");
        return fallback ?? "";
    }

    /// <summary>An object or array.</summary>
    public JsonElement? Part(string name, JsonValueKind kind, bool isOptional)
    {
        if (!TryFind(name, out JsonElement value))
        {
            return isOptional ? null : Missing<JsonElement?>(name, null, hasFallback: false);
        }

        if (value.ValueKind == kind)
        {
            return value;
        }

        Refuse($"\"{name}\" has to be an {(kind == JsonValueKind.Array ? "array" : "object")}");
        return null;
    }

    private bool TryFind(string name, out JsonElement value) =>
        json.TryGetProperty(name, out value) && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined);

    private T Missing<T>(string name, T value, bool hasFallback)
    {
        if (!hasFallback)
        {
            Refuse($"\"{name}\" is missing");
        }

        return value;
    }
}
