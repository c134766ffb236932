// Serial ports on Linux, as sysfs describes them (Documentation/ABI/testing/sysfs-bus-usb and sysfs-tty of the kernel).
namespace Provisioning.ServicePort;

/// <summary>Reads sysfs.</summary>
internal static class LinuxPorts
{
    private const int MostParents = 6;

    /// <summary>Ports that stand for hardware.</summary>
    /// <param name="classFolder">/sys/class/tty, or a copy of it.</param>
    /// <param name="deviceFolder">/dev, or a copy of it.</param>
    public static IEnumerable<PortInfo> Find(string classFolder, string deviceFolder)
    {
        if (!Directory.Exists(classFolder))
        {
            return [];
        }

        Dictionary<string, string> lasting = LastingNames(Path.Combine(deviceFolder, "serial", "by-id"));
        return Directory.EnumerateFileSystemEntries(classFolder).Where(IsHardware).Select(entry => Describe(entry, deviceFolder, lasting)).ToList();
    }

    // Consoles and pseudo-terminals have no device behind them; a serial8250 port whose type is 0 (PORT_UNKNOWN) is a place where there could be one.
    private static bool IsHardware(string entry) => Directory.Exists(Path.Combine(entry, "device")) && ReadText(Path.Combine(entry, "type")) != "0";

    private static PortInfo Describe(string entry, string deviceFolder, Dictionary<string, string> lasting)
    {
        string name = Path.Combine(deviceFolder, Path.GetFileName(entry));
        PortInfo port = new(name) { LastingName = lasting.GetValueOrDefault(name) };
        string? at = Directory.ResolveLinkTarget(Path.Combine(entry, "device"), returnFinalTarget: true)?.FullName ?? RealPath(Path.Combine(entry, "device"));
        for (int i = 0; i < MostParents && at is not null; i++)
        {
            if (ReadText(Path.Combine(at, "idVendor")) is { } vendor)
            {
                return port with
                {
                    VendorId = vendor,
                    ProductId = ReadText(Path.Combine(at, "idProduct")),
                    SerialNumber = ReadText(Path.Combine(at, "serial")),
                    Product = ReadText(Path.Combine(at, "product")),
                };
            }

            at = Path.GetDirectoryName(at);
        }

        return port;
    }

    // /sys/class/tty/ttyUSB0 is itself a link, and the link "device" in it is relative to where that leads.
    private static string? RealPath(string path)
    {
        string? entry = Path.GetDirectoryName(path);
        string? real = entry is null ? null : Directory.ResolveLinkTarget(entry, returnFinalTarget: true)?.FullName;
        return real is null ? path : Directory.ResolveLinkTarget(Path.Combine(real, Path.GetFileName(path)), returnFinalTarget: true)?.FullName;
    }

    private static Dictionary<string, string> LastingNames(string folder)
    {
        Dictionary<string, string> names = new(StringComparer.Ordinal);
        if (Directory.Exists(folder))
        {
            foreach (string link in Directory.EnumerateFileSystemEntries(folder).Order(StringComparer.Ordinal))
            {
                if (File.ResolveLinkTarget(link, returnFinalTarget: true) is { } target)
                {
                    names[target.FullName] = link;
                }
            }
        }

        return names;
    }

    private static string? ReadText(string path)
    {
        try
        {
            return File.Exists(path) ? File.ReadAllText(path).Trim() : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
