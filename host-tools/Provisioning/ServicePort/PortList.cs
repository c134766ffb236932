// The serial ports of this computer, and which USB device each belongs to where the system tells: on a bench with twenty adapters the name alone says nothing.
using System.Diagnostics;
using System.IO.Ports;

namespace Provisioning.ServicePort;

/// <summary>A serial port of this computer.</summary>
/// <param name="Name">Name, as programs open it.</param>
public sealed record PortInfo(string Name)
{
    /// <summary>USB vendor, 4 hexadecimal digits; null when it is no USB device or the system does not tell.</summary>
    public string? VendorId { get; init; }

    /// <summary>USB product, 4 hexadecimal digits.</summary>
    public string? ProductId { get; init; }

    /// <summary>The device's serial number.</summary>
    public string? SerialNumber { get; init; }

    /// <summary>What the device says that it is.</summary>
    public string? Product { get; init; }

    /// <summary>A name that stays the same when ports are plugged in another order; null where there is none.</summary>
    public string? LastingName { get; init; }
}

/// <summary>Lists ports.</summary>
public static class PortList
{
    private const int ToolTimeoutMs = 5_000;

    /// <summary>The ports, by name.</summary>
    public static IReadOnlyList<PortInfo> Find()
    {
        IEnumerable<PortInfo> ports = OperatingSystem.IsLinux() ? LinuxPorts.Find("/sys/class/tty", "/dev")
            : OperatingSystem.IsMacOS() ? MacPorts.Find(SerialPort.GetPortNames(), RunIoreg())
            : OperatingSystem.IsWindows() ? WindowsPorts.Find(SerialPort.GetPortNames())
            : SerialPort.GetPortNames().Select(name => new PortInfo(name));
        return [.. ports.OrderBy(port => port.Name.Length).ThenBy(port => port.Name, StringComparer.Ordinal)];
    }

    private static string RunIoreg()
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo("/usr/sbin/ioreg", ["-r", "-c", "IOUSBHostDevice", "-l", "-w", "0"]) { RedirectStandardOutput = true })!;
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            return output.Wait(ToolTimeoutMs) ? output.Result : "";
        }
        catch (Exception exception) when (exception is IOException or System.ComponentModel.Win32Exception)
        {
            // Without it the ports have names and nothing more.
            return "";
        }
    }
}
