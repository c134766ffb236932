// A serial line as the client of the service port needs it: bytes in, bytes out. A real port is SerialLine.
namespace Provisioning.ServicePort;

/// <summary>A serial line. Not thread-safe: one owner.</summary>
public interface ISerialLine : IDisposable
{
    /// <summary>Name of the port, for messages.</summary>
    string Name { get; }

    /// <summary>Waits for bytes.</summary>
    /// <param name="buffer">Takes them.</param>
    /// <param name="timeoutMs">For how long.</param>
    /// <returns>How many; 0 when none came in that time.</returns>
    /// <exception cref="Problems.ProblemException">The port is gone.</exception>
    int Read(byte[] buffer, int timeoutMs);

    /// <summary>Sends bytes.</summary>
    /// <exception cref="Problems.ProblemException">The port is gone.</exception>
    void Write(byte[] bytes);
}
