// Reads the lists of allowed library members: files named AllowedApi.txt (or AllowedApi.Something.txt) among the additional files.
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace NanoFrameworkSubset;

/// <summary>The library members and types that the project relies on, as documentation ids.</summary>
internal static class AllowedApi
{
    /// <summary>All ids of all lists. A line holds one id; empty lines and lines that begin with # say nothing.</summary>
    public static ImmutableHashSet<string> Read(ImmutableArray<AdditionalText> files, CancellationToken cancellation)
    {
        ImmutableHashSet<string>.Builder ids = ImmutableHashSet.CreateBuilder(StringComparer.Ordinal);
        foreach (AdditionalText file in files)
        {
            if (IsList(file.Path) && file.GetText(cancellation) is { } text)
            {
                AddLines(ids, text);
            }
        }

        return ids.ToImmutable();
    }

    private static void AddLines(ImmutableHashSet<string>.Builder ids, SourceText text)
    {
        foreach (TextLine textLine in text.Lines)
        {
            string line = textLine.ToString().Trim();
            if (line.Length > 0 && line[0] != '#')
            {
                ids.Add(line);
            }
        }
    }

    private static bool IsList(string path)
    {
        string name = path.Substring(path.LastIndexOfAny(['/', '\\']) + 1);
        return name.StartsWith("AllowedApi.", StringComparison.Ordinal) && name.EndsWith(".txt", StringComparison.Ordinal);
    }
}
