// Where the tests find the repository, and the data beside it. Compiled into every test project by Directory.Build.props.
namespace RepositoryFiles;

/// <summary>The folder that holds nanoFramework.sln, and paths from there.</summary>
internal static class RepositoryRoot
{
    /// <summary>The folder.</summary>
    public static string Folder { get; } = Find();

    /// <summary>The path of a file or folder of the repository.</summary>
    public static string PathOf(params string[] parts) => Path.Combine([Folder, .. parts]);

    /// <summary>The path of a file or folder of ../shared; the test is skipped where it is absent.</summary>
    public static string SharedPathOrSkip(params string[] parts)
    {
        string path = PathOf(["..", "shared", .. parts]);
        if (!Path.Exists(path))
        {
            Xunit.Assert.Skip("../shared/" + string.Join('/', parts) + " is not there.");
        }

        return path;
    }

    private static string Find()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "nanoFramework.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("nanoFramework.sln is in none of the folders above " + AppContext.BaseDirectory);
    }
}
