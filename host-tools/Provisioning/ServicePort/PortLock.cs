// Keeps two runs of polectl from one port: they would take each other's answers, and flashing into a test would break both. The system's own exclusive use does not
// hold for root and does not last from one program to the next.
using System.Text;
using Provisioning.Problems;

namespace Provisioning.ServicePort;

/// <summary>A port that is taken by this process until it is disposed, or until the process ends.</summary>
public sealed class PortLock : IDisposable
{
    [ThreadStatic]
    private static HashSet<string>? s_held;

    private readonly FileStream? _file;
    private readonly string _name;

    private PortLock(FileStream? file, string name)
    {
        _file = file;
        _name = name;
    }

    /// <summary>Takes a port. The thread that has it already may take it again.</summary>
    /// <exception cref="ProblemException">Another run has it.</exception>
    public static PortLock Take(string port)
    {
        ArgumentNullException.ThrowIfNull(port);
        s_held ??= new HashSet<string>(StringComparer.Ordinal);
        if (s_held.Contains(port))
        {
            return new PortLock(null, port);
        }

        string folder = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create);
        folder = Path.Combine(folder.Length > 0 ? folder : Path.GetTempPath(), "polectl", "ports");
        try
        {
            Directory.CreateDirectory(folder);
            FileStream file = new(Path.Combine(folder, FileName(port)), FileMode.OpenOrCreate, FileAccess.Write, FileShare.None);
            s_held.Add(port);
            return new PortLock(file, port);
        }
        catch (IOException)
        {
            throw new ProblemException(new Problem("problem.port.busy") { Field = "port", Value = port });
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new ProblemException(new Problem("problem.file.unwritable", exception.Message) { File = folder });
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_file is not null)
        {
            _file.Dispose();
            s_held?.Remove(_name);
        }
    }

    // The same port under two names (a link in /dev/serial/by-id) is one port.
    private static string FileName(string port)
    {
        string real = !OperatingSystem.IsWindows() && File.ResolveLinkTarget(port, returnFinalTarget: true) is { } target ? target.FullName : port;
        return Convert.ToHexStringLower(Encoding.UTF8.GetBytes(OperatingSystem.IsWindows() ? real.ToUpperInvariant() : real)) + ".lock";
    }
}
