// Where the repository's own files are.
namespace NanoFrameworkSubset.Tests;

/// <summary>Files of the repository.</summary>
internal static class Repository
{
    /// <summary>The folder that holds nanoFramework.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The guard's folder.</summary>
    public static string GuardFolder { get; } = Path.Combine(Root, "firmware", "NanoFrameworkSubset");

    /// <summary>The project's list of library members, as it is.</summary>
    public static string AllowedApi { get; } = File.ReadAllText(Path.Combine(GuardFolder, "AllowedApi.txt"));

    /// <summary>The ids in it, in their order.</summary>
    public static string[] AllowedApiIds { get; } =
        [.. AllowedApi.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#')];

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "nanoFramework.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("nanoFramework.sln is in none of the folders above " + AppContext.BaseDirectory);
    }
}
