// Finds the encoding of a text file from elsewhere. What old exports are in: UTF-8, UTF-16, Windows-1252, and the code pages of DOS and old Macs.
using System.Text;
using Provisioning.Problems;

namespace Provisioning.Poles.Import;

/// <summary>Text and the encoding that it was in.</summary>
/// <param name="Text">The text, without byte-order mark.</param>
/// <param name="EncodingName">Name of the encoding (IANA).</param>
/// <param name="IsGuessed">Whether the bytes leave room for doubt: a single-byte encoding, chosen by how much like language it reads.</param>
public sealed record DecodedText(string Text, string EncodingName, bool IsGuessed);

/// <summary>Decodes text files.</summary>
public static class TextDecoding
{
    /// <summary>Largest file that is read: 256 MiB.</summary>
    public const long LargestBytes = 256L * 1024 * 1024;

    // Letters of the languages around: what bytes above 127 mean in a list of streets.
    private const string Letters = "äöüÄÖÜßéèêëàâçîïôûùáíóúñãõøåæØÅÆčšžřýěÉÈÀÇœ";
    private static readonly UTF8Encoding s_strictUtf8 = new(false, true);
    private static readonly string[] s_singleByte = ["windows-1252", "ibm850", "macintosh"];

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="encodingName">Its encoding; null to find out.</param>
    /// <exception cref="ProblemException">It is not there, cannot be read, is too large, or is not in that encoding.</exception>
    public static DecodedText Read(string path, string? encodingName)
    {
        byte[] bytes = ReadBytes(path);
        try
        {
            return encodingName is null ? Find(bytes) : DecodeAs(bytes, encodingName);
        }
        catch (DecoderFallbackException)
        {
            throw Wrong("problem.file.encoding", path, encodingName ?? "");
        }
        catch (ArgumentException)
        {
            throw Wrong("problem.file.encodingUnknown", path, encodingName ?? "");
        }
    }

    internal static DecodedText Find(byte[] bytes)
    {
        switch (bytes)
        {
            case [0xEF, 0xBB, 0xBF, ..]:
                return new DecodedText(s_strictUtf8.GetString(bytes, 3, bytes.Length - 3), "utf-8", false);
            case [0xFF, 0xFE, ..]:
                return new DecodedText(Encoding.Unicode.GetString(bytes, 2, bytes.Length - 2), "utf-16", false);
            case [0xFE, 0xFF, ..]:
                return new DecodedText(Encoding.BigEndianUnicode.GetString(bytes, 2, bytes.Length - 2), "utf-16BE", false);
        }

        if (LooksLikeUtf16(bytes) is { } utf16)
        {
            return new DecodedText(utf16.GetString(bytes), utf16.WebName, true);
        }

        try
        {
            return new DecodedText(s_strictUtf8.GetString(bytes), "utf-8", false);
        }
        catch (DecoderFallbackException)
        {
            return s_singleByte.Select(name => DecodeAs(bytes, name) with { IsGuessed = true }).MaxBy(candidate => Score(candidate.Text))!;
        }
    }

    private static DecodedText DecodeAs(byte[] bytes, string name)
    {
        Encoding encoding = CodePagesEncodingProvider.Instance.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)
            ?? Encoding.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        return new DecodedText(encoding.GetString(bytes).TrimStart('\uFEFF'), encoding.WebName, false);
    }

    // Every other byte of Latin text in UTF-16 is zero.
    private static UnicodeEncoding? LooksLikeUtf16(byte[] bytes)
    {
        int[] zeros = new int[2];
        int length = Math.Min(bytes.Length, 4096) & ~1;
        for (int i = 0; i < length; i++)
        {
            zeros[i & 1] += bytes[i] == 0 ? 1 : 0;
        }

        int many = length / 2 * 8 / 10;
        return length < 4 ? null : zeros[1] >= many && zeros[0] == 0 ? new UnicodeEncoding(false, false) : zeros[0] >= many && zeros[1] == 0 ? new UnicodeEncoding(true, false) : null;
    }

    private static int Score(string text)
    {
        int score = 0;
        foreach (char character in text)
        {
            if (character > 127)
            {
                score += Letters.Contains(character, StringComparison.Ordinal) ? 1 : -2;
            }
        }

        return score;
    }

    private static byte[] ReadBytes(string path)
    {
        if (!File.Exists(path))
        {
            throw Wrong(Directory.Exists(path) ? "problem.file.isFolder" : "problem.file.absent", path, "");
        }

        try
        {
            return new FileInfo(path).Length > LargestBytes ? throw Wrong("problem.file.tooLarge", path, "") : File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ProblemException(new Problem("problem.file.unreadable", exception.Message) { File = path });
        }
    }

    private static ProblemException Wrong(string key, string path, string value) => new(new Problem(key) { Kind = ProblemKind.WrongUse, File = path, Value = value });
}
