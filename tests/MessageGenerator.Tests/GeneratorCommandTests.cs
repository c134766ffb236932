// The generator's command: what it writes, what it finds different, and its exit codes.
using MessageGenerator.Output;
using Xunit;

namespace MessageGenerator.Tests;

public sealed class GeneratorCommandTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("messages").FullName;

    public GeneratorCommandTests()
    {
        string schema = Path.Combine(_root, GeneratedFiles.SchemaPath);
        Directory.CreateDirectory(Path.GetDirectoryName(schema)!);
        File.Copy(Repository.PathOf(GeneratedFiles.SchemaPath), schema);
    }

    public void Dispose() => Directory.Delete(_root, true);

    [Fact]
    public void Check_fails_until_write_and_after_a_change_by_hand()
    {
        Assert.Equal(1, Program.Main(["check", _root]));
        Assert.Equal(0, Program.Main(["write", _root]));
        Assert.Equal(0, Program.Main(["check", _root]));
        string page = Path.Combine(_root, GeneratedFiles.PagePath);
        File.WriteAllText(page, File.ReadAllText(page).Replace("# Messages", "# Message", StringComparison.Ordinal));
        Assert.Equal(1, Program.Main(["check", _root]));
    }

    [Fact]
    public void Check_names_file_and_line_that_differ()
    {
        Program.Main(["write", _root]);
        File.AppendAllText(Path.Combine(_root, GeneratedFiles.CodecPath), "more\n");
        string difference = Assert.Single(GeneratedFiles.Check(_root, GeneratedFiles.Make(Repository.Schema)));
        int lines = File.ReadAllLines(Repository.PathOf(GeneratedFiles.CodecPath)).Length;
        Assert.StartsWith($"{GeneratedFiles.CodecPath}:{lines + 1}: ", difference, StringComparison.Ordinal);
    }

    [Fact]
    public void A_schema_that_is_not_sound_and_wrong_use_have_exit_code_2()
    {
        File.WriteAllText(Path.Combine(_root, GeneratedFiles.SchemaPath), "enums: {}");
        Assert.Equal(2, Program.Main(["write", _root]));
        Assert.False(File.Exists(Path.Combine(_root, GeneratedFiles.PagePath)));
        Assert.Equal(2, Program.Main(["wrote", _root]));
        Assert.Equal(2, Program.Main([]));
    }
}
