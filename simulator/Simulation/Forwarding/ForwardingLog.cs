// One line for whatever goes wrong between gateways and server, and no flood of them: the server may be hostile, and there may be a
// thousand gateways.
using System.Globalization;
using System.Text;

namespace Simulation.Forwarding;

/// <summary>Says what went wrong, each kind a few times. Safe to call from several threads.</summary>
/// <param name="write">Takes a line.</param>
public sealed class ForwardingLog(Action<string> write)
{
    private const int LinesOfAKind = 5;
    private const int MaximumLength = 300;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _counts = [];

    /// <summary>Says a line, unless this kind was said often enough.</summary>
    /// <param name="kind">What kind of trouble; from this program, never from outside.</param>
    /// <param name="line">The line; what does not print is replaced, and it is cut to 300 characters.</param>
    public void Say(string kind, string line)
    {
        lock (_lock)
        {
            int count = _counts.GetValueOrDefault(kind) + 1;
            _counts[kind] = count;
            if (count <= LinesOfAKind)
            {
                string more = count == LinesOfAKind ? " (Further ones of this kind are only counted.)" : "";
                write(Printable(line) + more);
            }
        }
    }

    /// <summary>How often a kind was said or would have been said.</summary>
    /// <param name="kind">What kind of trouble.</param>
    public int CountOf(string kind)
    {
        lock (_lock)
        {
            return _counts.GetValueOrDefault(kind);
        }
    }

    /// <summary>Text from outside, made fit for a line on a terminal.</summary>
    /// <param name="text">Any text.</param>
    public static string Printable(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        StringBuilder line = new();
        foreach (char character in text.Length > MaximumLength ? text.AsSpan(0, MaximumLength) : text.AsSpan())
        {
            UnicodeCategory category = char.GetUnicodeCategory(character);
            bool isPrintable = category is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
            line.Append(isPrintable ? character : '?');
        }

        return text.Length > MaximumLength ? line.Append("...").ToString() : line.ToString();
    }
}
