// Serial ports: which there are, whether this user may use them, and what else on the computer is known to grab them. No port is opened: opening can restart a board.
using System.Runtime.InteropServices;
using Provisioning.Problems;
using Provisioning.ServicePort;

namespace Provisioning.Doctor;

/// <summary>Looks at ports.</summary>
public static class PortChecks
{
    private const int ReadAndWrite = 6;

    // ModemManager asks every new port whether it is a modem; brltty takes adapters with a CH340 for braille displays.
    private static readonly string[] s_grabbing = ["ModemManager", "brltty"];

    /// <summary>Ports and who may use them.</summary>
    public static IEnumerable<DoctorFinding> Find() => Find(PortList.Find(), MayUse, RunningPrograms());

    internal static IEnumerable<DoctorFinding> Find(IReadOnlyList<PortInfo> ports, Func<string, bool> mayUse, IReadOnlySet<string> programs)
    {
        if (ports.Count == 0)
        {
            yield return DoctorFinding.Warning("ports", "0", new Problem("problem.doctor.noPorts"));
        }

        foreach (PortInfo port in ports)
        {
            string usb = port.VendorId is null ? "" : $" ({port.VendorId}:{port.ProductId} {port.SerialNumber} {port.Product}".TrimEnd() + ")";
            yield return mayUse(port.Name)
                ? DoctorFinding.Ok("port", port.Name + usb)
                : DoctorFinding.Failed("port", port.Name + usb, new Problem("problem.port.denied", "EACCES") { Field = "port", Value = port.Name });
        }

        foreach (string program in s_grabbing.Where(programs.Contains))
        {
            yield return DoctorFinding.Warning("program", program, new Problem("problem.doctor.grabs", program));
        }
    }

    private static bool MayUse(string port) => OperatingSystem.IsWindows() || Access(port, ReadAndWrite) == 0;

    // Linux alone tells programs by folders of /proc; elsewhere nobody is suspected.
    private static HashSet<string> RunningPrograms()
    {
        HashSet<string> programs = new(StringComparer.Ordinal);
        foreach (string folder in Directory.Exists("/proc") ? Directory.EnumerateDirectories("/proc") : [])
        {
            try
            {
                if (char.IsAsciiDigit(Path.GetFileName(folder)[0]))
                {
                    programs.Add(File.ReadAllText(Path.Combine(folder, "comm")).Trim());
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // It ended meanwhile.
            }
        }

        return programs;
    }

    [DllImport("libc", EntryPoint = "access")]
    private static extern int Access([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int mode);
}
