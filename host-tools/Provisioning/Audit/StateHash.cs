// A fingerprint of a row, so that the journal knows what the row must look like.
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Provisioning.Audit;

/// <summary>SHA-256 of a row's values.</summary>
internal static class StateHash
{
    /// <summary>The hash of values in order: null, text, numbers (shortest text that reads back the same), bytes.</summary>
    public static byte[] Of(params IReadOnlyList<object?> values)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (object? value in values)
        {
            byte[] bytes = value switch
            {
                null => [],
                byte[] blob => blob,
                string text => Encoding.UTF8.GetBytes(text),
                IFormattable number => Encoding.UTF8.GetBytes(number.ToString(null, CultureInfo.InvariantCulture)),
                _ => throw new ArgumentException("a value of this type has no hash: " + value.GetType()),
            };

            // Null and empty are different states.
            hash.AppendData(value is null ? [(byte)0] : [(byte)1]);
            JournalEntry.AppendWithLength(hash, bytes);
        }

        return hash.GetHashAndReset();
    }
}
