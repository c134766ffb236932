// The command: exit codes, and what it writes into a copy of the repository's hardware folder.
namespace BoardFiles.Tests;

public sealed class CommandTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("board-files-").FullName;

    public CommandTests()
    {
        foreach (string folder in new[] { "hardware/boards", "hardware/chips", "hardware/pole-controller", "hardware/wiring", "hardware", Output.PinConstants.Folder })
        {
            string source = Path.Combine(Repository.Root, folder);
            string target = Path.Combine(_root, folder);
            Directory.CreateDirectory(target);
            foreach (string file in Directory.EnumerateFiles(source))
            {
                File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
            }
        }
    }

    private string PoleController => Path.Combine(_root, Repository.PoleControllerFile);

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Given_ASoundFolder_When_Checked_Then_TheExitCodeIs0() => Assert.Equal(0, Program.Main(["check", _root]));

    [Fact]
    public void Given_APageOutOfDate_When_Written_Then_ItIsAsBefore()
    {
        string page = Path.ChangeExtension(PoleController, ".md");
        string before = File.ReadAllText(page);
        File.WriteAllText(page, "old");

        Assert.Equal(1, Program.Main(["check", _root]));
        Assert.Equal(0, Program.Main(["write", _root]));
        Assert.Equal(before, File.ReadAllText(page));
        Assert.Equal(0, Program.Main(["check", _root]));
    }

    // The power budget is the second revision's.
    [Fact]
    public void Given_ARailWithAnotherVoltageThanInTheBudget_When_Written_Then_TheExitCodeIs2()
    {
        string file = Path.Combine(_root, Repository.SecondRevisionFile);
        File.WriteAllText(file, Repository.Edit(File.ReadAllText(file), ("name: 12V, millivolts: 12000", "name: 12V, millivolts: 13000")));

        Assert.Equal(2, Program.Main(["write", _root]));
    }

    [Theory]
    [InlineData("name: occupancy, port: Occupancy, pin: 7,", "name: occupancy, port: Occupancy, pin: 8,")]
    [InlineData("board: pole-controller-r1", "board: pole-controller-r2")]
    [InlineData("chip: esp32-s3", "chip: esp32-s9")]
    [InlineData("status: design", "status: dreamt")]
    public void Given_AnUnsoundFolder_When_Written_Then_NothingIsWrittenAndTheExitCodeIs2(string find, string replace)
    {
        File.WriteAllText(PoleController, Repository.Edit(File.ReadAllText(PoleController), (find, replace)));
        string page = Path.ChangeExtension(PoleController, ".md");
        DateTime before = File.GetLastWriteTimeUtc(page);

        Assert.Equal(2, Program.Main(["write", _root]));
        Assert.Equal(before, File.GetLastWriteTimeUtc(page));
    }

    [Fact]
    public void Given_WrongUse_When_Run_Then_TheExitCodeIs2()
    {
        Assert.Equal(2, Program.Main([]));
        Assert.Equal(2, Program.Main(["burn"]));
        Assert.Equal(2, Program.Main(["check", Path.Combine(_root, "nowhere")]));
        Assert.Equal(0, Program.Main(["--help"]));
    }
}
