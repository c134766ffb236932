// Serial ports on Windows: their names from the system, the USB device of each from the registry of devices (HKLM\SYSTEM\CurrentControlSet\Enum), where a device's key
// is BUS\VID_xxxx&PID_xxxx\INSTANCE and FTDI's bus has VID_xxxx+PID_xxxx+SERIAL. Not tried on Windows.
using System.Runtime.Versioning;
using System.Text.RegularExpressions;
using Microsoft.Win32;

namespace Provisioning.ServicePort;

/// <summary>Reads the registry of devices.</summary>
internal static partial class WindowsPorts
{
    private const string DevicesKey = @"SYSTEM\CurrentControlSet\Enum";
    private static readonly string[] s_buses = ["USB", "FTDIBUS"];

    /// <summary>Ports with what the registry says of them.</summary>
    [SupportedOSPlatform("windows")]
    public static IEnumerable<PortInfo> Find(IEnumerable<string> names)
    {
        Dictionary<string, PortInfo> described = new(StringComparer.OrdinalIgnoreCase);
        foreach (string bus in s_buses)
        {
            using RegistryKey? devices = Registry.LocalMachine.OpenSubKey($@"{DevicesKey}\{bus}");
            foreach (string device in devices?.GetSubKeyNames() ?? [])
            {
                using RegistryKey? instances = devices!.OpenSubKey(device);
                foreach (string instance in instances?.GetSubKeyNames() ?? [])
                {
                    using RegistryKey? one = instances!.OpenSubKey(instance);
                    using RegistryKey? parameters = one?.OpenSubKey("Device Parameters");
                    if (parameters?.GetValue("PortName") is string port)
                    {
                        described[port] = Describe(port, device, instance) with { Product = one!.GetValue("FriendlyName") as string };
                    }
                }
            }
        }

        return names.Select(name => described.GetValueOrDefault(name) ?? new PortInfo(name)).ToList();
    }

    /// <summary>What the names of a device's keys say.</summary>
    /// <param name="port">The port.</param>
    /// <param name="device">Name of the device's key.</param>
    /// <param name="instance">Name of the instance's key.</param>
    public static PortInfo Describe(string port, string device, string instance)
    {
        Match match = Device().Match(device);
        if (!match.Success)
        {
            return new PortInfo(port);
        }

        // Windows makes an instance up, with an ampersand in it, for a device without serial number and for a part of one.
        string serial = match.Groups["serial"].Success ? match.Groups["serial"].Value : instance.Contains('&', StringComparison.Ordinal) ? "" : instance;
        return new PortInfo(port)
        {
            VendorId = match.Groups["vendor"].Value.ToLowerInvariant(),
            ProductId = match.Groups["product"].Value.ToLowerInvariant(),
            SerialNumber = serial.Length == 0 ? null : serial,
        };
    }

    [GeneratedRegex("^VID_(?<vendor>[0-9A-Fa-f]{4})[&+]PID_(?<product>[0-9A-Fa-f]{4})(\\+(?<serial>[^&+]+))?", RegexOptions.ExplicitCapture)]
    private static partial Regex Device();
}
