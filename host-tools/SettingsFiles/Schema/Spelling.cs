// "Did you mean": the known word that is nearest to a mistyped one.
namespace SettingsFiles;

/// <summary>Suggests words.</summary>
public static class Spelling
{
    /// <summary>A sentence that suggests a known word; null when none is near.</summary>
    public static Sentence? Suggest(string word, IReadOnlyList<string> known) => Nearest(word, known) is { } nearest ? new Sentence("file.nearest", nearest) : null;

    /// <summary>The known word that is near; null when none is.</summary>
    public static string? Nearest(string word, IReadOnlyList<string> known)
    {
        if (word.Length is 0 or > 60)
        {
            return null;
        }

        int best = int.MaxValue;
        string? nearest = null;
        foreach (string candidate in known.Where(candidate => candidate.Length <= 60))
        {
            int distance = candidate.Equals(word, StringComparison.OrdinalIgnoreCase) ? 0 : Distance(word, candidate);
            if (distance < best)
            {
                best = distance;
                nearest = candidate;
            }
        }

        // A third of the letters may be wrong: "statusIntervall" yes, "colour" for "count" no.
        return nearest is not null && best <= Math.Max(1, Math.Min(word.Length, nearest.Length) / 3) ? nearest : null;
    }

    // Levenshtein distance in which two neighbours that changed places count as one mistake (optimal string alignment).
    private static int Distance(string left, string right)
    {
        int[,] distance = new int[left.Length + 1, right.Length + 1];
        for (int i = 0; i <= left.Length; i++)
        {
            distance[i, 0] = i;
        }

        for (int j = 0; j <= right.Length; j++)
        {
            distance[0, j] = j;
        }

        for (int i = 1; i <= left.Length; i++)
        {
            for (int j = 1; j <= right.Length; j++)
            {
                int best = distance[i - 1, j - 1] + (AreSame(left[i - 1], right[j - 1]) ? 0 : 1);
                best = Math.Min(best, Math.Min(distance[i - 1, j], distance[i, j - 1]) + 1);
                if (i > 1 && j > 1 && AreSame(left[i - 1], right[j - 2]) && AreSame(left[i - 2], right[j - 1]))
                {
                    best = Math.Min(best, distance[i - 2, j - 2] + 1);
                }

                distance[i, j] = best;
            }
        }

        return distance[left.Length, right.Length];
    }

    private static bool AreSame(char left, char right) => char.ToLowerInvariant(left) == char.ToLowerInvariant(right);
}
