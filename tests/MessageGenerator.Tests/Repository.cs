// Where the tests find the repository's files.
using MessageGenerator.Output;
using MessageSchemas;
using RepositoryFiles;

namespace MessageGenerator.Tests;

internal static class Repository
{
    public static string Root => RepositoryRoot.Folder;

    public static MessageSchema Schema { get; } = SchemaReader.ReadFile(PathOf(GeneratedFiles.SchemaPath));

    public static IReadOnlyList<GoldenVector> Golden { get; } = GoldenVector.Read(File.ReadAllText(PathOf(GeneratedFiles.GoldenPath)));

    public static IEnumerable<SchemaMessage> Messages => Schema.Uplinks.Concat(Schema.Commands);

    public static string PathOf(string path) => Path.Combine(Root, path);
}
