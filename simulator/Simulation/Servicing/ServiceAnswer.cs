// The lines that a service port answers with (docs/service-port.md).
namespace Simulation.Servicing;

/// <summary>Reads lines of answers.</summary>
public static class ServiceAnswer
{
    /// <summary>Whether a line ends an answer.</summary>
    public static bool IsLast(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        return line.StartsWith("ok ", StringComparison.Ordinal) || line.StartsWith("error ", StringComparison.Ordinal) || line.StartsWith("id ", StringComparison.Ordinal);
    }

    /// <summary>The value of a key in a line; null when the line has none.</summary>
    public static string? Field(string line, string key)
    {
        ArgumentNullException.ThrowIfNull(line);
        ArgumentNullException.ThrowIfNull(key);
        return line.Split(' ').FirstOrDefault(word => word.StartsWith(key + "=", StringComparison.Ordinal))?[(key.Length + 1)..];
    }
}
