// Reads a text file in whatever encoding it turns out to be in.
using System.Text;
using Simulation.Scenarios;

namespace Simulation.World;

/// <summary>Text of files from elsewhere.</summary>
public static class TextFile
{
    /// <summary>Largest file that is read: 256 MiB.</summary>
    public const long MaximumBytes = 256L * 1024 * 1024;

    private static readonly UTF8Encoding StrictUtf8 = new(false, true);

    /// <summary>Reads a file. The encoding is the one named, else by byte-order mark, else UTF-8 where the bytes are, else Windows-1252.</summary>
    /// <param name="path">The file.</param>
    /// <param name="keyPath">Key of the scenario that names it, for messages.</param>
    /// <param name="encodingName">utf-8, utf-16 or windows-1252; null to find out.</param>
    /// <exception cref="ScenarioException">The file is not there, cannot be read, is too large or is not in that encoding.</exception>
    public static string Read(string path, string keyPath, string? encodingName = null)
    {
        byte[] bytes = ReadBytes(path, keyPath, MaximumBytes);
        try
        {
            return Decode(bytes, encodingName);
        }
        catch (DecoderFallbackException)
        {
            throw Fail(path, keyPath, "the file is not in the encoding that the scenario names", "Correct lamps.encoding or leave it out to have it found.");
        }
    }

    /// <summary>Reads the bytes of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="keyPath">Key of the scenario that names it, for messages.</param>
    /// <param name="maximumBytes">Most bytes to accept.</param>
    /// <exception cref="ScenarioException">The file is not there, cannot be read or is too large.</exception>
    public static byte[] ReadBytes(string path, string keyPath, long maximumBytes)
    {
        try
        {
            FileInfo info = new(path);
            if (Directory.Exists(path))
            {
                throw Fail(path, keyPath, "this is a folder, not a file", "Name a file.");
            }

            if (!info.Exists)
            {
                throw Fail(path, keyPath, "there is no such file", "Check the path; paths in a scenario are relative to the scenario's own folder.");
            }

            if (info.Length > maximumBytes)
            {
                throw Fail(path, keyPath, $"the file has {info.Length} bytes, more than the {maximumBytes} that are read", "Use a smaller file.");
            }

            return File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw Fail(path, keyPath, "the file cannot be read: " + exception.Message, "Check the path and its permissions.");
        }
    }

    internal static ScenarioException Fail(string path, string keyPath, string message, string remedy) =>
        new([new ScenarioProblem(path, 0, 0, keyPath, "", message, remedy)]);

    private static string Decode(byte[] bytes, string? encodingName)
    {
        if (bytes is [0xFF, 0xFE, ..])
        {
            return Encoding.Unicode.GetString(bytes, 2, bytes.Length - 2);
        }

        if (bytes is [0xFE, 0xFF, ..])
        {
            return Encoding.BigEndianUnicode.GetString(bytes, 2, bytes.Length - 2);
        }

        if (bytes is [0xEF, 0xBB, 0xBF, ..])
        {
            return StrictUtf8.GetString(bytes, 3, bytes.Length - 3);
        }

        switch (encodingName)
        {
            case "utf-8":
                return StrictUtf8.GetString(bytes);
            case "utf-16":
                return Encoding.Unicode.GetString(bytes);
            case "windows-1252":
                return Windows1252(bytes);
            default:
                try
                {
                    return StrictUtf8.GetString(bytes);
                }
                catch (DecoderFallbackException)
                {
                    return Windows1252(bytes);
                }
        }
    }

    private static string Windows1252(byte[] bytes) => CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetString(bytes);
}
