// The computer itself: its clock (poles are set by it, and the journal says when) and its disk.
using System.Globalization;
using Provisioning.Problems;

namespace Provisioning.Doctor;

/// <summary>Looks at clock and disk.</summary>
public static class MachineChecks
{
    private const long MegaByte = 1_000_000;
    private const long LeastMegaBytes = 50;
    private const long EnoughMegaBytes = 500;
    private const int LargestClockDifferenceSeconds = 30;

    /// <summary>The clock, against what is known to have been before and against a server's.</summary>
    /// <param name="now">What the clock says.</param>
    /// <param name="newest">The newest time that the workspace has; null when there is none.</param>
    /// <param name="server">What a server says that the time is; null when none was asked.</param>
    public static DoctorFinding Clock(DateTimeOffset now, DateTimeOffset? newest, DateTimeOffset? server)
    {
        string found = now.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        if (newest is { } before && now < before.AddSeconds(-LargestClockDifferenceSeconds))
        {
            return DoctorFinding.Failed("clock", found, new Problem("problem.doctor.clockBehind", before.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture)));
        }

        double difference = server is { } told ? (now - told).TotalSeconds : 0;
        return Math.Abs(difference) > LargestClockDifferenceSeconds
            ? DoctorFinding.Failed("clock", found, new Problem("problem.doctor.clockOff", difference.ToString("0", CultureInfo.InvariantCulture)))
            : DoctorFinding.Ok("clock", found);
    }

    /// <summary>Room on the disk of a folder.</summary>
    public static DoctorFinding Disk(string folder)
    {
        try
        {
            return Disk(folder, new DriveInfo(Path.GetFullPath(folder)).AvailableFreeSpace / MegaByte);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return DoctorFinding.Warning("disk", folder, new Problem("problem.file.unreadable", exception.Message) { File = folder });
        }
    }

    internal static DoctorFinding Disk(string folder, long freeMegaBytes)
    {
        string found = string.Create(CultureInfo.InvariantCulture, $"{folder}: {freeMegaBytes} MB");
        Problem problem = new("problem.doctor.disk", freeMegaBytes.ToString(CultureInfo.InvariantCulture)) { File = folder };
        return freeMegaBytes < LeastMegaBytes ? DoctorFinding.Failed("disk", found, problem)
            : freeMegaBytes < EnoughMegaBytes ? DoctorFinding.Warning("disk", found, problem)
            : DoctorFinding.Ok("disk", found);
    }
}
