// Bytes from a serial line to lines of text, however they are cut. A line with anything but printable ASCII in it was disturbed and is left out whole: a number with a
// digit lost is worse than no number.
using System.Text;

namespace Provisioning.ServicePort;

/// <summary>Collects lines.</summary>
internal sealed class LineReader
{
    /// <summary>Longest line, in characters; what is longer is no line of a pole.</summary>
    public const int LongestLine = 1024;

    private readonly StringBuilder _line = new();
    private bool _isDisturbed;

    /// <summary>Lines left out because they were disturbed or too long.</summary>
    public int DisturbedCount { get; private set; }

    /// <summary>Takes bytes.</summary>
    /// <returns>The lines that they end.</returns>
    public IReadOnlyList<string> Take(ReadOnlySpan<byte> bytes)
    {
        List<string> lines = [];
        foreach (byte value in bytes)
        {
            if (value is (byte)'\r' or (byte)'\n')
            {
                End(lines);
            }
            else if (value is < 0x20 or > 0x7e || _line.Length >= LongestLine)
            {
                _isDisturbed = true;
            }
            else
            {
                _line.Append((char)value);
            }
        }

        return lines;
    }

    /// <summary>Forgets what has come of a line.</summary>
    public void Clear()
    {
        _line.Clear();
        _isDisturbed = false;
    }

    private void End(List<string> lines)
    {
        if (_isDisturbed)
        {
            DisturbedCount++;
        }
        else if (_line.Length > 0)
        {
            lines.Add(_line.ToString());
        }

        Clear();
    }
}
