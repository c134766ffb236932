// The controller's service port (docs/service-port.md) at the end of a serial line: lines out, answers in, the lock.
using System.Text;
using Bench.Devices;
using Bench.Pole;
using PoleController.LoRaWan;
using PoleController.Service;

namespace Bench.Jig;

/// <summary>A terminal on the service port.</summary>
internal sealed class ServiceTerminal(ISerialLine line)
{
    /// <summary>The longest line that is kept, in bytes; a line that does not end is not a service port's.</summary>
    private const int MaximumLength = 1024;

    private readonly byte[] _in = new byte[256];
    private readonly StringBuilder _text = new();
    private readonly Queue<string> _lines = new();
    private byte[] _out = [];

    /// <summary>The response to a challenge.</summary>
    public static byte[] Respond(byte[] serviceKey, byte[] challenge, byte[] devEui)
    {
        using LinuxAes aes = new();
        AesCmac cmac = new(aes);
        ServiceLock.Respond(cmac, serviceKey, challenge, devEui);
        return [.. cmac.Mac];
    }

    /// <summary>Sends a line and forgets what was said before.</summary>
    /// <exception cref="IOException">The line failed.</exception>
    public void Send(string text)
    {
        Serve();
        _lines.Clear();
        _text.Clear();
        _out = Encoding.ASCII.GetBytes(text + "\r");
        Serve();
    }

    /// <summary>Takes the next line that was said.</summary>
    public bool TryTake(out string text) => _lines.TryDequeue(out text!);

    /// <summary>Moves bytes both ways.</summary>
    /// <exception cref="IOException">The line failed.</exception>
    public void Serve()
    {
        if (_out.Length > 0)
        {
            _out = _out[line.Write(_out)..];
        }

        int count;
        while ((count = line.Read(_in)) > 0)
        {
            Take(_in.AsSpan(0, count));
        }
    }

    // A controller that starts may send anything: what is not printable ends nothing and is left out.
    private void Take(ReadOnlySpan<byte> bytes)
    {
        foreach (byte value in bytes)
        {
            if (value is (byte)'\r' or (byte)'\n')
            {
                if (_text.Length > 0)
                {
                    _lines.Enqueue(_text.ToString());
                    _text.Clear();
                }
            }
            else if (value is >= 0x20 and < 0x7F && _text.Length < MaximumLength)
            {
                _text.Append((char)value);
            }
        }
    }
}
