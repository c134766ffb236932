// Differences between what a reference driver leaves in a chip and what ours does.
using Xunit;

namespace Drivers.Tests.Reference;

internal static class Difference
{
    /// <summary>Compares two states, register or command by register or command.</summary>
    /// <param name="what">For the message.</param>
    /// <param name="reference">What the reference driver sent, by name.</param>
    /// <param name="ours">What ours sent, by name.</param>
    /// <param name="reasons">Differences that are meant, with their reasons. Each must be one.</param>
    public static void AssertOnly(
        string what, SortedDictionary<string, string> reference, SortedDictionary<string, string> ours, IReadOnlyDictionary<string, string> reasons)
    {
        List<string> unexplained = [];
        HashSet<string> found = [];
        foreach (string name in reference.Keys.Union(ours.Keys, StringComparer.Ordinal))
        {
            string theirs = reference.GetValueOrDefault(name, "-");
            string own = ours.GetValueOrDefault(name, "-");
            if (theirs == own)
            {
                continue;
            }

            found.Add(name);
            if (!reasons.ContainsKey(name))
            {
                unexplained.Add($"{name}: reference {theirs}, ours {own}");
            }
        }

        Assert.True(unexplained.Count == 0, $"{what}\n{string.Join("\n", unexplained)}");
        string[] idle = [.. reasons.Keys.Where(name => !found.Contains(name))];
        Assert.True(idle.Length == 0, $"{what}: listed as different, and is not: {string.Join(", ", idle)}");
    }
}
