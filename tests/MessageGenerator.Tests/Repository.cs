// Where the tests find the repository's files.
using MessageGenerator.Output;
using MessageGenerator.Schema;

namespace MessageGenerator.Tests;

internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static MessageSchema Schema { get; } = SchemaReader.ReadFile(PathOf(GeneratedFiles.SchemaPath));

    public static IReadOnlyList<GoldenVector> Golden { get; } = GoldenVector.Read(File.ReadAllText(PathOf(GeneratedFiles.GoldenPath)));

    public static IEnumerable<SchemaMessage> Messages => Schema.Uplinks.Concat(Schema.Commands);

    public static string PathOf(string path) => Path.Combine(Root, path);

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "nanoFramework.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("nanoFramework.sln is not above the tests");
    }
}
