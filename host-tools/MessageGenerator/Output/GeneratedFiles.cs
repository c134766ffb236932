// Which files are made from the schema, and whether those on disk are what would be made now.
using MessageSchemas;

namespace MessageGenerator.Output;

/// <summary>A file that is made from the schema.</summary>
/// <param name="Path">Its path from the root of the repository.</param>
/// <param name="Content">What it has to hold.</param>
public sealed record GeneratedFile(string Path, string Content);

/// <summary>The files that are made from the schema.</summary>
public static class GeneratedFiles
{
    /// <summary>Path of the schema from the root of the repository.</summary>
    public const string SchemaPath = "firmware/PoleController/Messages/messages.yaml";

    /// <summary>Path of the golden vectors from the root of the repository.</summary>
    public const string GoldenPath = "tests/golden/messages.json";

    /// <summary>Path of the payload codec from the root of the repository.</summary>
    public const string CodecPath = "host-tools/payload-codec/codec.js";

    /// <summary>Path of the documentation from the root of the repository.</summary>
    public const string PagePath = "docs/messages.md";

    /// <summary>Path of the data manifest from the root of the repository.</summary>
    public const string ManifestPath = "docs/data-manifest.md";

    /// <summary>Path of the controller's texts about sections from the root of the repository.</summary>
    public const string SectionTextPath = "firmware/PoleController/Service/SectionText.cs";

    /// <summary>Path of the schema of program files from the root of the repository.</summary>
    public const string ProgramSchemaPath = "docs/programs/program.schema.json";

    /// <summary>Makes the files.</summary>
    public static IReadOnlyList<GeneratedFile> Make(MessageSchema schema) =>
    [
        new(PagePath, MessagePage.Write(schema)),
        new(ManifestPath, ManifestPage.Write(schema)),
        new(GoldenPath, GoldenVector.Write(GoldenVectors.Make(schema))),
        new(CodecPath, PayloadCodec.Write(schema)),
        new(SectionTextPath, SectionTexts.Write(schema)),
        new(ProgramSchemaPath, ProgramSchema.Write(schema)),
    ];

    /// <summary>Writes the files that differ.</summary>
    /// <returns>The paths that were written.</returns>
    public static IReadOnlyList<string> Write(string root, IEnumerable<GeneratedFile> files)
    {
        List<string> written = [];
        foreach (GeneratedFile file in files.Where(file => Compare(root, file) is not null))
        {
            string path = Path.Combine(root, file.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, file.Content);
            written.Add(file.Path);
        }

        return written;
    }

    /// <summary>Says how the files on disk differ from what would be made now.</summary>
    /// <returns>A line for each that differs.</returns>
    public static IReadOnlyList<string> Check(string root, IEnumerable<GeneratedFile> files) =>
        [.. files.Select(file => Compare(root, file)).OfType<string>()];

    private static string? Compare(string root, GeneratedFile file)
    {
        string path = Path.Combine(root, file.Path);
        if (!File.Exists(path))
        {
            return $"{file.Path}: missing";
        }

        string[] present = File.ReadAllText(path).Split('\n');
        string[] expected = file.Content.Split('\n');
        int line = Enumerable.Range(0, Math.Min(present.Length, expected.Length)).FirstOrDefault(i => present[i] != expected[i], -1);
        if (line < 0 && present.Length == expected.Length)
        {
            return null;
        }

        line = line < 0 ? Math.Min(present.Length, expected.Length) : line;
        string should = line < expected.Length ? expected[line] : "(end of file)";
        return FormattableString.Invariant($"{file.Path}:{line + 1}: differs, should be: {should}");
    }
}
