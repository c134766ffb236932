// A serial line as bytes that come and go.
namespace Bench.Devices;

/// <summary>A serial line with one reader. Neither member waits.</summary>
internal interface ISerialLine : IDisposable
{
    /// <summary>Takes what has arrived.</summary>
    /// <returns>How many bytes; 0 when none has.</returns>
    /// <exception cref="IOException">The line failed.</exception>
    int Read(Span<byte> buffer);

    /// <summary>Sends bytes.</summary>
    /// <returns>How many were taken: fewer than all when the kernel's buffer is full.</returns>
    /// <exception cref="IOException">The line failed.</exception>
    int Write(ReadOnlySpan<byte> bytes);
}
