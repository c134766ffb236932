// The command line: exit codes, files that are wrong, keys that are none, and a machine without the devices.
using Bench.Commands;
using Bench.Plans;
using RepositoryFiles;

namespace Bench.Tests.Commands;

public sealed class CommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("polebench");
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    private static string Jig => RepositoryRoot.PathOf("host-tools/Bench/boards/raspberry-pi-jig-r2.yaml");

    private static string Pole => RepositoryRoot.PathOf("host-tools/Bench/boards/raspberry-pi-pole.yaml");

    private static string Plan => RepositoryRoot.PathOf("host-tools/Bench/plans/acceptance-pole-controller-r2.yaml");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Given_the_shipped_files_When_checked_Then_they_are_right() =>
        Assert.Equal((0, ""), (Run("check", Jig, Pole, Plan, "--fitted", "metered occupancy door dali"), _error.ToString()));

    [Fact]
    public void Given_a_jig_that_lacks_a_signal_When_checked_with_a_plan_Then_the_step_and_the_signal_are_named()
    {
        string board = Write("jig.yaml", string.Join('\n', File.ReadLines(Jig).Where(line => !line.Contains("name: dimmerPwm", StringComparison.Ordinal))));
        Assert.Equal(2, Run("check", board, Plan));
        Assert.Contains("The PWM has its frequency: the jig", _error.ToString(), StringComparison.Ordinal);
        Assert.Contains("has no signal \"dimmerPwm\"", _error.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, Run("check", board, Plan, "--fitted", "dali"));
    }

    [Theory]
    [InlineData("jig", "PLAN", "--board", "POLE", "role: this board is a pole, not a jig")]
    [InlineData("jig", "JIG", "--board", "JIG", "\"plan\" is missing")]
    [InlineData("jig", "/no/such/plan.yaml", "--board", "JIG", "/no/such/plan.yaml cannot be read")]
    [InlineData("jig", "PLAN", "--fitted", "metred", "Option '--board' is required")]
    [InlineData("pole", "POLE", "--state", "STATE", "names the board ''")]
    [InlineData("pole", "JIG", "--state", "STATE", "role: this board is a jig, not a pole")]
    [InlineData("pole", "POLE", "--folder", "STATE", "'--folder'")]
    public void Given_wrong_use_When_run_Then_it_is_said_and_nothing_is_switched(string verb, string file, string option, string value, string what)
    {
        Assert.Equal(2, Run([.. new[] { verb, file, option, value }.Select(Expand)]));
        Assert.Contains(what, _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Given_an_unknown_word_When_run_Then_it_is_named()
    {
        Assert.Equal(2, Run("jig", Plan, "--board", Jig, "--fitted", "metred"));
        Assert.Contains("'metred' is no word for a part", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Given_no_key_When_the_plan_opens_the_port_Then_nothing_is_switched_and_the_exit_code_is_4()
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable(JigCommand.KeyVariable) is not null, "A key is in the environment.");
        Assert.Equal(4, Run("jig", Plan, "--board", Jig));
    }

    [Theory]
    [InlineData("2b7e151628aed2a6abf7158809cf4f3c\n", true)]
    [InlineData("2b7e151628aed2a6abf7158809cf4f3", false)]
    [InlineData("2b7e151628aed2a6abf7158809cf4fxy", false)]
    [InlineData("", false)]
    public void Given_a_key_file_When_read_Then_a_key_is_taken_and_what_is_none_is_refused_without_its_content(string text, bool isKey)
    {
        string file = Write("key", text);
        Assert.Equal(isKey, JigCommand.TryReadKey(file, null, _error, out byte[] key));
        Assert.Equal(isKey ? 16 : 0, key.Length);
        Assert.DoesNotContain("2b7e", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Given_a_machine_without_the_jigs_devices_When_run_Then_the_exit_code_is_1_and_the_page_is_named()
    {
        Assert.SkipWhen(File.Exists("/dev/spidev1.0"), "This machine has the devices.");
        Assert.Equal(1, Run("jig", Plan, "--board", Jig, "--service-key-file", Write("key", "2b7e151628aed2a6abf7158809cf4f3c")));
        Assert.Contains("cannot be opened", _error.ToString(), StringComparison.Ordinal);
        Assert.Contains("host-tools/Bench/README.md", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Given_a_provisioning_file_with_a_fault_When_the_pole_starts_Then_the_line_is_named_and_not_its_content()
    {
        Write("provision.txt", "dev-eui 70B3D57ED0001234\nservice-key 00112233445566778899aabbccddeefz\n");
        Assert.Equal(2, Run("pole", Pole, "--state", _folder.FullName));
        Assert.Contains("provision.txt:2: ", _error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("0011223344", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Given_a_line_about_a_step_When_it_failed_Then_what_was_wanted_what_was_and_the_remedy_are_in_it()
    {
        PlanStep step = new() { Name = "Light", FileLine = 1, Remedy = "Look at Q2" };
        StepResult result = new(step, StepOutcome.Failed, 5, [new Reading("relay", "closed", "open", false), new Reading("dimmerMillivolts", "at least 9700", "9900", true)], "");
        Assert.Equal("failed   Light (5.0 s): relay: wanted closed, was open. Look at Q2", JigCommand.Line(result));
    }

    private string Expand(string word) => word switch
    {
        "JIG" => Jig,
        "POLE" => Pole,
        "PLAN" => Plan,
        "STATE" => _folder.FullName,
        _ => word,
    };

    private string Write(string name, string text)
    {
        string path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    private int Run(params string[] arguments) => PoleBench.Run(arguments, _output, _error);
}
