// A key file: 32 random bytes as a line of text. For machines, and for a safe.
using System.Security.Cryptography;
using System.Text;
using Provisioning.Files;
using Provisioning.Problems;

namespace Provisioning.Keys;

/// <summary>Key files.</summary>
public static class KeyFile
{
    private const string Heading = "polectl-key-1 ";
    private const int Length = 32;

    /// <summary>Bytes of a new one; <see cref="Write"/> keeps them.</summary>
    public static byte[] Random() => RandomNumberGenerator.GetBytes(Length);

    /// <summary>Writes one, readable by its owner alone.</summary>
    /// <exception cref="ProblemException">There is a file of this name, or it cannot be written.</exception>
    public static void Write(string path, byte[] key)
    {
        ArgumentNullException.ThrowIfNull(key);
        NewFile.Write(path, Encoding.ASCII.GetBytes(Heading + Convert.ToHexStringLower(key) + "\n"), isSecret: true);
    }

    /// <summary>Reads one.</summary>
    /// <exception cref="ProblemException">It is not there or is none.</exception>
    public static byte[] Read(string path)
    {
        string text;
        try
        {
            text = File.Exists(path) && new FileInfo(path).Length < 1_000 ? File.ReadAllText(path).Trim() : "";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ProblemException(new Problem("problem.file.unreadable", exception.Message) { File = path });
        }

        string hex = text.StartsWith(Heading, StringComparison.Ordinal) ? text[Heading.Length..] : "";
        return hex.Length == 2 * Length && hex.All(char.IsAsciiHexDigit)
            ? Convert.FromHexString(hex)
            : throw new ProblemException(new Problem("problem.keys.file") { Kind = ProblemKind.WrongUse, File = path });
    }
}
