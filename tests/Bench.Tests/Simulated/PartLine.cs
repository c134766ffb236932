// A simulated part at the end of a kernel's serial line.
using Bench.Devices;
using Simulation.Parts.Sensors;

namespace Bench.Tests.Simulated;

/// <summary>A serial line with a part at its end.</summary>
internal sealed class PartLine(UartPort port) : ISerialLine
{
    private readonly byte[] _bytes = new byte[1024];

    /// <summary>Whether the adapter was pulled.</summary>
    public bool IsGone { get; set; }

    public int Read(Span<byte> buffer)
    {
        Check();
        int count = port.Read(_bytes, 0, Math.Min(buffer.Length, _bytes.Length));
        _bytes.AsSpan(0, count).CopyTo(buffer);
        return count;
    }

    public int Write(ReadOnlySpan<byte> bytes)
    {
        Check();
        port.TryWrite(bytes.ToArray(), bytes.Length);
        return bytes.Length;
    }

    public void Dispose()
    {
    }

    private void Check()
    {
        if (IsGone)
        {
            throw new IOException("Input/output error (error 5)");
        }
    }
}
