// Board files: the shipped ones are right and their pages are what would be made now; each rule refuses what it is there for, with file, line and remedy.
using Bench.Boards;
using BoardFiles;
using RepositoryFiles;

namespace Bench.Tests.Boards;

public sealed class LinuxBoardTests
{
    public static TheoryData<string> Shipped { get; } = [.. Directory.GetFiles(RepositoryRoot.PathOf("host-tools/Bench/boards"), "*.yaml").Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Shipped))]
    public void Given_a_shipped_board_When_checked_Then_it_is_right_and_its_pages_are_up_to_date(string name)
    {
        string path = RepositoryRoot.PathOf("host-tools/Bench/boards", name);
        LinuxBoard board = LinuxBoardReader.Read(path);
        Assert.Empty(LinuxBoardRules.Check(board));
        Assert.Equal(Path.GetFileNameWithoutExtension(name), board.Name);

        // After a change: dotnet run --project host-tools/Bench -- wiring host-tools/Bench/boards/*.yaml
        Assert.Equal(WiringPages.Table(board), File.ReadAllText(Path.ChangeExtension(path, ".md")));
        Assert.Equal(WiringPages.Picture(board), File.ReadAllText(Path.ChangeExtension(path, ".svg")));
    }

    [Fact]
    public void Given_the_jig_of_revision_2_When_compared_with_the_controllers_board_Then_every_connector_and_signal_it_names_is_there()
    {
        LinuxBoard jig = LinuxBoardReader.Read(RepositoryRoot.PathOf("host-tools/Bench/boards/raspberry-pi-jig-r2.yaml"));
        HardwareFolder hardware = HardwareFolder.Read(RepositoryRoot.Folder);
        Board controller = Assert.Single(hardware.Boards, board => board.Name == jig.Controller);
        foreach (string word in jig.Signals.SelectMany(signal => signal.Connect.Split([' ', ',', ';', ':'])).Where(word => word.Contains('.', StringComparison.Ordinal) && word[0] == 'J'))
        {
            string[] parts = word.Split('.');
            BoardConnector connector = Assert.Single(controller.Connectors, candidate => candidate.Name == parts[0]);
            int pin = int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture);
            Assert.InRange(pin, 1, connector.Pins.Count);
            string net = connector.Pins[pin - 1];
            Assert.True(jig.Signals.Any(signal => signal.Connect.Contains($"{word} {net}", StringComparison.Ordinal)), $"{word} is {net}");
        }
    }

    [Theory]
    [InlineData("gpio: 17", "gpio: 18", "DoubleUse", "relayOpen.line: GPIO18 is used by \"dimmerPwm\" too")]
    [InlineData("gpio: 17", "gpio: 28", "NoSuchPin", "the header has no GPIO28")]
    [InlineData("gpio: 18", "gpio: 19", "Pwm", "PWM channel 0 cannot be on GPIO19")]
    [InlineData("sck: 11", "sck: 12", "BusLine", "sck of this bus is GPIO11")]
    [InlineData("name: relayOpen, kind: output", "name: relayOpen, kind: input", "Form", "\"relayOpen\" has to be of the kind output")]
    [InlineData("name: relayOpen", "name: relay", "Reference", "a pole has no signal \"relay\"")]
    [InlineData("name: radioBusy", "name: radioEvent", "Port", "\"radioBusy\" is missing")]
    [InlineData("speedHz: 8000000", "speedHz: 80000000", "BusUnit", "80000000 Hz cannot be")]
    [InlineData("frequencyHz: 2000", "frequencyHz: 0", "Pwm", "0 Hz cannot be")]
    public void Given_a_board_with_a_fault_When_checked_Then_the_rule_says_where_and_what(string from, string to, string rule, string what)
    {
        Assert.Contains(from, SmallBoard.Text, StringComparison.Ordinal);
        LinuxBoard board = LinuxBoardReader.Parse(SmallBoard.Text.Replace(from, to, StringComparison.Ordinal).Replace(to == "kind: input" ? ", active: high" : "\u0001", "", StringComparison.Ordinal), "board.yaml");
        BoardProblem problem = Assert.Single(LinuxBoardRules.Check(board), problem => problem.ToString().Contains(what, StringComparison.Ordinal));
        Assert.Equal(rule, problem.Rule.ToString());
        Assert.StartsWith("board.yaml:", problem.ToString(), StringComparison.Ordinal);
        Assert.NotEmpty(problem.Remedy);
    }

    [Theory]
    [InlineData("active: high", "activ: high", "unknown key \"activ\"")]
    [InlineData("gpio: 17", "gpio: seventeen", "\"gpio\" has to be a whole number")]
    [InlineData("role: pole", "role: lamp", "\"role\" is \"lamp\"")]
    [InlineData("title: Small\n", "", "\"title\" is missing")]
    [InlineData("pins: {", "pins: [", "this is not YAML")]
    public void Given_a_file_that_is_no_board_When_read_Then_the_place_is_named(string from, string to, string what)
    {
        BoardFileException wrong = Assert.Throws<BoardFileException>(() => LinuxBoardReader.Parse(SmallBoard.Text.Replace(from, to, StringComparison.Ordinal), "board.yaml"));
        Assert.Contains(what, wrong.Message, StringComparison.Ordinal);
        Assert.Matches("^board.yaml:[0-9]+: ", wrong.Message);
    }
}
