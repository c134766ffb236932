// A serial line whose other end does what a test says, byte by byte.
using System.Text;
using Provisioning.ServicePort;

namespace Provisioning.Tests.ServicePort;

/// <summary>A pole made of a function from a line to an answer.</summary>
internal sealed class ScriptedLine(Func<string, string> answer) : ISerialLine
{
    private readonly Queue<byte> _pending = new();
    private readonly StringBuilder _typed = new();

    public string Name => "test";

    /// <summary>Most bytes that a read gets.</summary>
    public int Portion { get; init; } = 1;

    /// <summary>Whether what is typed comes back, as from an adapter that hears itself.</summary>
    public bool Echoes { get; init; }

    /// <summary>Lines that have been asked.</summary>
    public List<string> Asked { get; } = [];

    public int Read(byte[] buffer, int timeoutMs)
    {
        int count = 0;
        while (count < Portion && count < buffer.Length && _pending.TryDequeue(out byte value))
        {
            buffer[count++] = value;
        }

        if (count == 0)
        {
            Thread.Sleep(Math.Min(timeoutMs, 5));
        }

        return count;
    }

    public void Write(byte[] bytes)
    {
        foreach (char character in Encoding.ASCII.GetString(bytes))
        {
            if (Echoes)
            {
                _pending.Enqueue((byte)character);
            }

            if (character is '\r' or '\n')
            {
                EndLine();
            }
            else
            {
                _typed.Append(character);
            }
        }
    }

    public void Dispose()
    {
    }

    private void EndLine()
    {
        if (_typed.Length > 0)
        {
            string line = _typed.ToString();
            _typed.Clear();
            Asked.Add(line);
            foreach (char character in answer(line))
            {
                _pending.Enqueue((byte)character);
            }
        }
    }
}
