// A line of progress for each place: kept in its place on a terminal, one after the other elsewhere.
using Provisioning.Flashing;

namespace Polectl.Cli;

/// <summary>Shows how flashing goes.</summary>
/// <param name="error">Where progress goes.</param>
/// <param name="words">Words.</param>
/// <param name="ports">The places, in their order.</param>
/// <param name="isTerminal">Whether lines can be written over.</param>
internal sealed class FlashProgress(TextWriter error, Words words, IReadOnlyList<string> ports, bool isTerminal)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, string> _lines = ports.ToDictionary(port => port, _ => "", StringComparer.Ordinal);
    private bool _isDrawn;

    /// <summary>A place has come further. From any thread.</summary>
    public void Tell(FlashEntry entry)
    {
        lock (_lock)
        {
            string line = Line(words, entry);
            _lines[entry.Port] = line;
            if (!isTerminal)
            {
                error.WriteLine(line);
                return;
            }

            // Up to the first line, then each line anew (ECMA-48: CPL, EL).
            error.Write(_isDrawn ? $"\u001b[{ports.Count}F" : "");
            foreach (string port in ports)
            {
                error.Write("\u001b[2K" + _lines[port] + "\n");
            }

            error.Flush();
            _isDrawn = true;
        }
    }

    /// <summary>A place as a line.</summary>
    public static string Line(Words words, FlashEntry entry)
    {
        string state = entry.State == FlashState.Running ? words["flash.step." + entry.Step] : words["flash.state." + entry.State];
        string reason = entry.Reason.Length == 0 ? "" : $" {words["flash.step." + entry.Step]}: {words.Find("flash.reason." + entry.Reason) ?? entry.Reason}";
        return $"{entry.Port}  {(entry.DevEui.Length == 0 ? "-" : entry.DevEui)}  {state}{reason}";
    }
}
