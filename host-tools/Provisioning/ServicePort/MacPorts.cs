// Serial ports on macOS: /dev/cu.*, and the USB devices as "ioreg -r -c IOUSBHostDevice -l" prints them, a device's properties before those of what belongs to it.
// Not tried on a Mac: the parser is held against output as others have published it.
using System.Globalization;
using System.Text.RegularExpressions;

namespace Provisioning.ServicePort;

/// <summary>Reads the registry of devices.</summary>
internal static partial class MacPorts
{
    /// <summary>Ports with what the registry says of them.</summary>
    /// <param name="names">Names of ports; a tty of which there is a cu is left out, because opening it waits for a carrier.</param>
    /// <param name="registry">Output of ioreg.</param>
    public static IEnumerable<PortInfo> Find(IEnumerable<string> names, string registry)
    {
        Dictionary<string, PortInfo> described = Parse(registry);
        List<string> all = [.. names];
        return all.Where(name => !name.StartsWith("/dev/tty.", StringComparison.Ordinal) || !all.Contains("/dev/cu." + name["/dev/tty.".Length..]))
            .Select(name => described.GetValueOrDefault(name) ?? new PortInfo(name)).ToList();
    }

    private static Dictionary<string, PortInfo> Parse(string registry)
    {
        Dictionary<string, PortInfo> ports = new(StringComparer.Ordinal);
        PortInfo device = new("");
        foreach (string line in registry.Split('\n'))
        {
            if (line.Contains("<class IOUSBHostDevice", StringComparison.Ordinal))
            {
                device = new PortInfo("");
                continue;
            }

            Match match = Property().Match(line);
            if (!match.Success)
            {
                continue;
            }

            string value = match.Groups["value"].Value.Trim().Trim('"');
            switch (match.Groups["name"].Value)
            {
                case "idVendor":
                    device = device with { VendorId = Hex(value) };
                    break;
                case "idProduct":
                    device = device with { ProductId = Hex(value) };
                    break;
                case "USB Serial Number" or "kUSBSerialNumberString":
                    device = device with { SerialNumber = value };
                    break;
                case "USB Product Name" or "kUSBProductString":
                    device = device with { Product = value };
                    break;
                case "IOCalloutDevice":
                    ports[value] = device with { Name = value };
                    break;
            }
        }

        return ports;
    }

    private static string? Hex(string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number.ToString("x4", CultureInfo.InvariantCulture) : null;

    [GeneratedRegex("\"(?<name>[^\"]+)\" = (?<value>.+)$")]
    private static partial Regex Property();
}
