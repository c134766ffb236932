// A GNSS receiver at a port, or a file that it was recorded into.
using System.Diagnostics;
using Provisioning.Problems;
using Provisioning.ServicePort;

namespace Provisioning.Commissioning.Place;

/// <summary>Reads positions.</summary>
public static class GnssSource
{
    /// <summary>Fixes that are averaged.</summary>
    public const int WantedFixes = 10;

    /// <summary>For how long a receiver is listened to, in seconds.</summary>
    public const int LongestSeconds = 60;

    private const int ReadMs = 500;
    private const long LargestFile = 10_000_000;

    /// <summary>The position that a receiver gives.</summary>
    /// <param name="place">A port, or a file with its sentences.</param>
    /// <param name="speedBaud">Speed of the port; most receivers have 9,600.</param>
    /// <returns>Null when it has no fix.</returns>
    /// <exception cref="ProblemException">There is no such port or file, or what comes from it is no NMEA.</exception>
    public static (double Latitude, double Longitude)? Read(string place, int speedBaud)
    {
        NmeaReader reader = new();
        if (IsOrdinaryFile(place))
        {
            ReadFile(place, reader);
        }
        else
        {
            ReadPort(place, speedBaud, reader);
        }

        return reader.SentenceCount > 0 ? reader.Position : throw new ProblemException(new Problem("problem.gnss.none") { Field = "--gnss", Value = place });
    }

    // A port may have any name by a symbolic link; where it leads counts.
    private static bool IsOrdinaryFile(string place) =>
        File.Exists(place) && !(File.ResolveLinkTarget(place, returnFinalTarget: true)?.FullName ?? place).StartsWith("/dev/", StringComparison.Ordinal);

    private static void ReadFile(string path, NmeaReader reader)
    {
        try
        {
            if (new FileInfo(path).Length > LargestFile)
            {
                throw new ProblemException(new Problem("problem.gnss.none") { File = path });
            }

            foreach (string line in File.ReadLines(path))
            {
                reader.Take(line);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ProblemException(new Problem("problem.file.unreadable", exception.Message) { File = path });
        }
    }

    private static void ReadPort(string name, int speedBaud, NmeaReader reader)
    {
        using SerialLine line = SerialLine.Open(name, speedBaud);
        LineReader lines = new();
        byte[] buffer = new byte[256];
        Stopwatch time = Stopwatch.StartNew();
        while (reader.FixCount < WantedFixes && time.Elapsed.TotalSeconds < LongestSeconds)
        {
            int count = line.Read(buffer, ReadMs);
            foreach (string sentence in lines.Take(buffer.AsSpan(0, count)))
            {
                reader.Take(sentence);
            }
        }
    }
}
