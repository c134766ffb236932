// A serial port of this computer, at the service port's speed. System.IO.Ports does the work on Linux, macOS and Windows; here its exceptions become problems.
using System.IO.Ports;
using Provisioning.Problems;

namespace Provisioning.ServicePort;

/// <summary>A real serial port, or a pseudo-terminal.</summary>
public sealed class SerialLine : ISerialLine
{
    /// <summary>Bits a second of the service port (docs/service-port.md).</summary>
    public const int SpeedBaud = 115_200;

    private const int WriteTimeoutMs = 5_000;

    private readonly SerialPort _port;
    private readonly PortLock _lock;

    private SerialLine(SerialPort port, PortLock portLock)
    {
        _port = port;
        _lock = portLock;
    }

    /// <inheritdoc/>
    public string Name => _port.PortName;

    /// <summary>Opens a port: 8 data bits, no parity, 1 stop bit, no handshake. Control lines are left at rest, so that no board is reset by them.</summary>
    /// <param name="name">The port.</param>
    /// <param name="speedBaud">Bits a second; the service port's when not given.</param>
    /// <exception cref="ProblemException">There is no such port, it may not be used, or somebody else uses it.</exception>
    public static SerialLine Open(string name, int speedBaud = SpeedBaud)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!OperatingSystem.IsWindows() && !File.Exists(name))
        {
            throw new ProblemException(Absent(name));
        }

        PortLock portLock = PortLock.Take(name);
        SerialPort port = new(name, speedBaud, Parity.None, 8, StopBits.One)
        {
            Handshake = Handshake.None, DtrEnable = false, RtsEnable = false, WriteTimeout = WriteTimeoutMs, ReadTimeout = WriteTimeoutMs,
        };
        try
        {
            port.Open();
            return new SerialLine(port, portLock);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or InvalidOperationException)
        {
            port.Dispose();
            portLock.Dispose();
            throw new ProblemException(Explain(name, exception));
        }
    }

    /// <inheritdoc/>
    public int Read(byte[] buffer, int timeoutMs)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        try
        {
            _port.ReadTimeout = Math.Max(1, timeoutMs);
            int count = _port.Read(buffer, 0, buffer.Length);

            // The end of the file is what a port tells whose other end is gone.
            return count > 0 ? count : throw Vanished();
        }
        catch (TimeoutException)
        {
            return 0;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidOperationException or OperationCanceledException)
        {
            throw Vanished();
        }
    }

    /// <inheritdoc/>
    public void Write(byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        try
        {
            _port.Write(bytes, 0, bytes.Length);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidOperationException or TimeoutException or OperationCanceledException)
        {
            throw Vanished();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            _port.Dispose();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A port that was pulled out cannot be closed any more.
        }

        _lock.Dispose();
    }

    private static Problem Explain(string name, Exception exception) => exception switch
    {
        FileNotFoundException or DirectoryNotFoundException or ArgumentException => Absent(name),
        UnauthorizedAccessException => new Problem(OperatingSystem.IsWindows() ? "problem.port.busy" : "problem.port.denied", exception.Message) { Field = "port", Value = name },
        _ => new Problem("problem.port.unusable", exception.Message) { Field = "port", Value = name },
    };

    private static Problem Absent(string name) => new("problem.port.absent") { Kind = ProblemKind.WrongUse, Field = "port", Value = name };

    private ProblemException Vanished() => new(new Problem("problem.port.vanished") { Field = "port", Value = Name });
}
