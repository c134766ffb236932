// "Did you mean": the known word that is nearest to a mistyped one.
namespace Simulation.Scenarios;

/// <summary>Suggests words.</summary>
internal static class Spelling
{
    /// <summary>A sentence that suggests a known word; null when none is near.</summary>
    public static string? Suggest(string word, IReadOnlyList<string> known)
    {
        if (word.Length is 0 or > 60)
        {
            return null;
        }

        int best = int.MaxValue;
        string? nearest = null;
        foreach (string candidate in known)
        {
            int distance = candidate.Equals(word, StringComparison.OrdinalIgnoreCase) ? 0 : Distance(word, candidate);
            if (distance < best)
            {
                best = distance;
                nearest = candidate;
            }
        }

        // A third of the letters may be wrong: "statusIntervall" yes, "colour" for "count" no.
        return nearest is not null && best <= Math.Max(1, Math.Min(word.Length, nearest.Length) / 3) ? $"Did you mean {nearest}?" : null;
    }

    // Levenshtein distance with two rows.
    private static int Distance(string left, string right)
    {
        int[] before = [.. Enumerable.Range(0, right.Length + 1)];
        int[] now = new int[right.Length + 1];
        for (int i = 1; i <= left.Length; i++)
        {
            now[0] = i;
            for (int j = 1; j <= right.Length; j++)
            {
                int substitution = before[j - 1] + (char.ToLowerInvariant(left[i - 1]) == char.ToLowerInvariant(right[j - 1]) ? 0 : 1);
                now[j] = Math.Min(substitution, Math.Min(before[j], now[j - 1]) + 1);
            }

            (before, now) = (now, before);
        }

        return before[right.Length];
    }
}
