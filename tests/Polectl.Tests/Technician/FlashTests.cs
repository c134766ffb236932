// polectl flash with a stand-in for nanoff that knows the options of the real one (stand-in-nanoff.sh says from where) and puts files into a folder that stands for the
// chip, and with a simulated controller that starts from that folder behind a pseudo-terminal.
using System.Text.Json;
using RepositoryFiles;

namespace Polectl.Tests.Technician;

public sealed class FlashTests : IDisposable
{
    private const string Mac = "24:0A:C4:00:00:01";
    private readonly Town _town;
    private readonly string _nanoff;
    private readonly string _image;
    private readonly List<PtyPole> _poles = [];

    public FlashTests()
    {
        if (OperatingSystem.IsWindows() || !File.Exists("/bin/sh"))
        {
            Assert.Skip("The stand-in for nanoff is a shell script.");
        }

        _town = new Town(spares: 2);
        _nanoff = _town.Shell.PathOf("nanoff");
        File.Copy(RepositoryRoot.PathOf("tests", "Polectl.Tests", "Technician", "stand-in-nanoff.sh"), _nanoff);
        MakeExecutable(_nanoff);
        _image = _town.Shell.Write("PoleController.Esp32.bin", "application");
    }

    [Fact]
    public void Given_boards_at_two_ports_then_each_becomes_a_controller_of_its_own_is_read_back_and_the_second_run_skips_them()
    {
        Board first = new(this, Mac);
        Board second = new(this, "24:0A:C4:00:00:02");

        ShellResult result = Flash(first, second);
        ShellResult again = Flash(first, second);

        Assert.True(result.ExitCode == 0, result.Error + first.Log);
        string[] devEuis = [.. Entries(result).Select(entry => Text(entry, "devEui")).Order()];
        Assert.Equal([Town.DevEui(1), Town.DevEui(2)], devEuis);
        Assert.All(Entries(result), entry => Assert.Equal(("done", "0.1.0"), (Text(entry, "state"), Text(entry, "firmware"))));
        Assert.True(again.ExitCode == 0, again.Error);
        Assert.All(Entries(again), entry => Assert.Equal("alreadyRight", Text(entry, "state")));

        // What was asked of nanoff, in this order, with telemetry off; nothing the second time.
        Assert.Equal(["devicedetails", "update", "filedeployment", "deploy"], first.Operations);
        Assert.Contains("telemetry=1", first.Log, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllBytes(Path.Combine(_town.FilesOf(Text(Entries(result)[0], "devEui")), "identity")), File.ReadAllBytes(Path.Combine(first.Chip, "identity")));
        Assert.Equal("240ac4000001", _town.Shell.Done("controller", "show", Text(Entries(result)[0], "devEui"), "--json").Result.GetProperty("chipMac").GetString());
        string file = File.ReadAllText(Path.Combine(_town.FilesFolder, "flash-result.json"));
        Assert.Equal(2, JsonDocument.Parse(file).RootElement.GetProperty("entries").GetArrayLength());
        Assert.Equal("valid", Judges.Ajv(file, "flash-result.schema.json"));
        Assert.True(_town.Shell.Done("audit", "verify", "--json").Result.GetProperty("sound").GetBoolean());
        Assert.DoesNotContain(Convert.ToHexString(File.ReadAllBytes(Path.Combine(first.Chip, "identity"))[17..33]), result.Output + result.Error, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("exit:4003", "nanoffE4003", "runtime")]
    [InlineData("exit:6000", "nanoffE6000", "runtime")]
    [InlineData("exit:9007", "nanoffE9007", "runtime")]
    [InlineData("bare:160", "nanoffExit160", "runtime")]
    [InlineData("hang", "nanoffHung", "runtime")]
    [InlineData("kill", "nanoffExit137", "runtime")]
    [InlineData("garbage", "noMac", "chip")]
    [InlineData("file", "fileNotDeployed", "files")]
    [InlineData("nothing", "noAnswer", "readBack")]
    public void Given_nanoff_fails_in_any_way_then_the_result_says_how_and_the_next_run_makes_the_same_controller_of_the_board(string trouble, string reason, string step)
    {
        Board board = new(this, Mac);
        File.WriteAllText(board.Chip + ".trouble", trouble);

        ShellResult failed = Flash(board);
        File.Delete(board.Chip + ".trouble");
        ShellResult mended = Flash(board);

        Assert.Equal(1, failed.ExitCode);
        JsonElement entry = Assert.Single(Entries(failed));
        Assert.Equal(("failed", reason, step), (Text(entry, "state"), Text(entry, "reason"), Text(entry, "step")));
        Assert.True(mended.ExitCode == 0, mended.Error);
        Assert.Equal(Town.DevEui(1), Text(Assert.Single(Entries(mended)), "devEui"));
    }

    [Fact]
    public void Given_a_board_that_is_named_and_has_another_chip_then_it_is_refused_until_somebody_says_that_it_is_so()
    {
        Board board = new(this, Mac);
        Assert.Equal(0, Flash(["--controller", Town.DevEui(3)], board).ExitCode);
        Board other = new(this, "24:0A:C4:00:00:09");

        ShellResult refused = Flash(["--controller", Town.DevEui(3)], other);
        ShellResult taken = Flash(["--controller", Town.DevEui(2), "--again"], board);
        ShellResult repaired = Flash(["--controller", Town.DevEui(3), "--new-chip"], other);

        Assert.Contains("has another chip", refused.Error, StringComparison.Ordinal);
        Assert.Contains("is controller " + Town.DevEui(3) + " already", taken.Error, StringComparison.Ordinal);
        Assert.True(repaired.ExitCode == 0, repaired.Error);
    }

    [Fact]
    public void Given_one_good_and_one_vanished_port_then_the_good_one_is_done_and_the_exit_code_is_3()
    {
        Board good = new(this, Mac);
        Board bad = new(this, "24:0A:C4:00:00:02");
        File.WriteAllText(bad.Chip + ".trouble", "vanish:" + bad.Port);

        ShellResult result = Flash(good, bad);

        Assert.Equal(3, result.ExitCode);
        Assert.Equal(["done", "failed"], Entries(result).Select(entry => Text(entry, "state")));
    }

    [Fact]
    public void Given_two_runs_at_once_at_one_board_then_one_does_it_and_the_other_says_that_the_port_is_used()
    {
        Board board = new(this, Mac);
        File.WriteAllText(board.Chip + ".trouble", "slow");
        ShellResult? second = null;
        Thread late = new(() =>
        {
            SpinWait.SpinUntil(() => board.Operations.Length > 0, TimeSpan.FromSeconds(60));
            second = Flash(["--result", _town.Shell.PathOf("second.json")], board);
        });
        late.Start();

        ShellResult first = Flash(board);
        late.Join();

        Assert.True(first.ExitCode == 0, first.Error);
        Assert.Equal(1, second!.ExitCode);
        Assert.Contains("another program uses this port", second.Error, StringComparison.Ordinal);
        Assert.Single(board.Operations, operation => operation == "filedeployment");
    }

    [Fact]
    public void Given_no_nanoff_or_another_version_or_no_image_then_it_says_exactly_what_is_missing()
    {
        Board board = new(this, Mac);
        string old = _town.Shell.Write("old-nanoff", "#!/bin/sh\necho 'nanoff 3.0.1'\n");
        MakeExecutable(old);
        string[] command = ["flash", _town.FilesFolder, "--board-port", board.Port];

        ShellResult absent = _town.AsTechnician([.. command, "--image", _image, "--nanoff", _town.Shell.PathOf("nowhere")]);
        ShellResult other = _town.AsTechnician([.. command, "--image", _image, "--nanoff", old]);
        ShellResult noImage = _town.AsTechnician([.. command, "--image", _town.Shell.PathOf("nothing.bin"), "--nanoff", _nanoff]);
        ShellResult dry = _town.AsTechnician([.. command, "--image", _image, "--nanoff", _nanoff, "--dry-run"]);

        Assert.Contains("dotnet tool install nanoff --tool-path tools --version 2.5.162", absent.Error, StringComparison.Ordinal);
        Assert.Contains("version 3.0.1", other.Error, StringComparison.Ordinal);
        Assert.Contains("nothing.bin", noImage.Error, StringComparison.Ordinal);
        Assert.True(dry.ExitCode == 0, dry.Error);
        Assert.Empty(board.Operations);
    }

    [Fact]
    public void Given_a_reader_then_nothing_is_flashed()
    {
        Board board = new(this, Mac);
        _town.Shell.Done("member", "set", "rosa", "--role", "reader");

        ShellResult result = _town.Shell.Run("flash", _town.FilesFolder, "--board-port", board.Port, "--image", _image, "--nanoff", _nanoff, "--user", "rosa");

        Assert.Equal(4, result.ExitCode);
        Assert.Empty(board.Operations);
    }

    public void Dispose()
    {
        foreach (PtyPole pole in _poles)
        {
            pole.Dispose();
        }

        _town?.Dispose();
    }

    private static void MakeExecutable(string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
    }

    private static JsonElement[] Entries(ShellResult result) => [.. result.Result.GetProperty("entries").EnumerateArray()];

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private ShellResult Flash(params Board[] boards) => Flash([], boards);

    private ShellResult Flash(string[] options, params Board[] boards) => _town.AsTechnician(
        ["flash", _town.FilesFolder, .. boards.SelectMany(board => new[] { "--board-port", board.Port }), "--image", _image, "--nanoff", _nanoff, "--nanoff-seconds", "8", "--start-seconds", "20",
            "--json", .. options]);

    /// <summary>A board on the bench: a port, and a folder for what is on its chip.</summary>
    private sealed class Board
    {
        private readonly FlashTests _test;
        private readonly Thread _starter;

        public Board(FlashTests test, string mac)
        {
            _test = test;
            Port = test._town.Shell.PathOf("board-" + mac.Replace(":", "", StringComparison.Ordinal));
            Chip = Port + ".chip";
            Directory.CreateDirectory(Chip);
            File.WriteAllText(Chip + ".mac", mac);

            // Nothing answers at the port of a bare board.
            Silence = new Simulation.Servicing.PseudoTerminal(Port);
            _starter = new Thread(StartWhenFlashed) { IsBackground = true };
            _starter.Start();
        }

        public string Port { get; }

        public string Chip { get; }

        public string Log => File.Exists(Chip + ".log") ? File.ReadAllText(Chip + ".log") : "";

        public string[] Operations => [.. Log.Split('\n').Where(line => line.StartsWith("operation=", StringComparison.Ordinal)).Select(line => line["operation=".Length..])];

        private Simulation.Servicing.PseudoTerminal? Silence { get; set; }

        // With the application on it and a reset, the controller starts from what is on the chip.
        private void StartWhenFlashed()
        {
            while (!File.Exists(Path.Combine(Chip, "started")))
            {
                if (!Directory.Exists(_test._town.Shell.Folder))
                {
                    return;
                }

                Thread.Sleep(50);
            }

            Silence?.Dispose();
            Silence = null;
            PtyPole pole = new(_test._town.Shell.Folder, new PtyPoleSetup { Files = Chip, UpMinutes = 0, Port = Port });
            lock (_test._poles)
            {
                _test._poles.Add(pole);
            }
        }
    }
}
