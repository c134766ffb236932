// EUI-64 identifiers: read from text, made from a chip's MAC, given out under a prefix.
using Provisioning.Problems;

namespace Provisioning.Controllers;

/// <summary>EUIs as 16 hexadecimal digits in lower case.</summary>
public static class Eui
{
    /// <summary>Digits of an EUI-64.</summary>
    public const int Digits = 16;

    private const int MacDigits = 12;

    /// <summary>Reads an EUI-64, with or without separators; null when it is none.</summary>
    public static string? Parse(string text) => Hex(text) is { Length: Digits } hex ? hex : null;

    /// <summary>Reads a MAC, with or without separators; null when it is none or a group's.</summary>
    public static string? ParseMac(string text) => Hex(text) is { Length: MacDigits } hex && !IsGroup(hex) ? hex : null;

    /// <summary>
    /// The EUI-64 of a MAC: FF FE in the middle, nothing flipped (IEEE Registration Authority, guidelines for EUI; what Espressif's chips do too).
    /// </summary>
    public static string FromMac(string mac)
    {
        ArgumentNullException.ThrowIfNull(mac);
        return mac[..6] + "fffe" + mac[6..];
    }

    /// <summary>
    /// Reads a prefix that the IEEE assigns: 6 digits (MA-L, an OUI), 7 (MA-M) or 9 (MA-S).
    /// </summary>
    /// <exception cref="ProblemException">It is none, or has the group bit set.</exception>
    public static string ParsePrefix(string text)
    {
        string? hex = Hex(text);
        return hex is { Length: 6 or 7 or 9 } && !IsGroup(hex)
            ? hex
            : throw new ProblemException(new Problem("problem.eui.prefix") { Kind = ProblemKind.WrongUse, Field = "--eui-prefix", Value = text });
    }

    /// <summary>The next identifiers under a prefix: one after the highest that is taken.</summary>
    /// <param name="prefix">The prefix.</param>
    /// <param name="taken">What is taken, under any prefix.</param>
    /// <param name="count">How many.</param>
    /// <exception cref="ProblemException">The prefix has not so many left.</exception>
    public static IReadOnlyList<string> Next(string prefix, IEnumerable<string> taken, int count)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        int serialDigits = Digits - prefix.Length;
        ulong last = (1UL << (4 * serialDigits)) - 1;
        ulong highest = taken.Where(eui => eui.StartsWith(prefix, StringComparison.Ordinal)).Select(eui => Convert.ToUInt64(eui[prefix.Length..], 16)).DefaultIfEmpty(0UL).Max();
        if (last - highest < (ulong)count)
        {
            throw new ProblemException(new Problem("problem.eui.used", $"{last - highest}") { Field = "--eui-prefix", Value = prefix });
        }

        string[] next = new string[count];
        for (int i = 0; i < count; i++)
        {
            next[i] = prefix + (highest + 1 + (ulong)i).ToString("x" + serialDigits, System.Globalization.CultureInfo.InvariantCulture);
        }

        return next;
    }

    // The lowest bit of the first octet: a group's address names no device.
    private static bool IsGroup(string hex) => (Convert.ToByte(hex[..2], 16) & 1) != 0;

    private static string? Hex(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string digits = string.Concat(text.Where(character => character is not (':' or '-' or ' '))).ToLowerInvariant();
        return digits.All(char.IsAsciiHexDigit) ? digits : null;
    }
}
