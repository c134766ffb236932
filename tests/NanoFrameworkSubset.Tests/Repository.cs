// Where the repository's own files are.
using RepositoryFiles;

namespace NanoFrameworkSubset.Tests;

/// <summary>Files of the repository.</summary>
internal static class Repository
{
    /// <summary>The folder that holds nanoFramework.sln.</summary>
    public static string Root => RepositoryRoot.Folder;

    /// <summary>The guard's folder.</summary>
    public static string GuardFolder { get; } = Path.Combine(Root, "firmware", "NanoFrameworkSubset");

    /// <summary>The project's list of library members, as it is.</summary>
    public static string AllowedApi { get; } = File.ReadAllText(Path.Combine(GuardFolder, "AllowedApi.txt"));

    /// <summary>The ids in it, in their order.</summary>
    public static string[] AllowedApiIds { get; } =
        [.. AllowedApi.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#')];
}
