// What a command promises to people and scripts: exit codes, clean standard output, dry runs, interruption, two runs at once.
using System.Diagnostics;
using System.Text.Json;

namespace Polectl.Tests;

public sealed class CommandTests : IDisposable
{
    private readonly Shell _shell = new();

    public CommandTests() => _shell.Done("workspace", "init");

    private static string[] MakeFor(string what) => ["identity", "make", .. what.Split(' '), "--join-eui", "70b3d57ed0000001", "--board", "pole-controller-r1", "--region", "eu868"];

    [Theory]
    [InlineData(2)]
    [InlineData(2, "pole")]
    [InlineData(2, "pole", "show")]
    [InlineData(2, "pole", "imprt", "x")]
    [InlineData(2, "pole", "list", "--jsn")]
    [InlineData(2, "audit", "list", "--last", "many")]
    [InlineData(2, "pole", "export", "--format", "xml")]
    [InlineData(2, "pole", "import", "there-is-no-such-file.csv")]
    [InlineData(2, "pole", "show", "P-404")]
    [InlineData(2, "member", "set", "bob")]
    [InlineData(2, "member", "set", "bob", "--role", "king")]
    [InlineData(2, "pole", "set", "P-1", "colour=red")]
    [InlineData(2, "pole", "list", "-w", "no-workspace-here.polectl")]
    [InlineData(2, "audit", "verify", "--head", "17")]
    [InlineData(4, "pole", "list", "--user", "nobody")]
    [InlineData(0, "pole", "list")]
    [InlineData(0, "audit", "verify")]
    public void Given_a_command_line_then_its_exit_code_is_the_one_that_scripts_rely_on(int exitCode, params string[] arguments)
    {
        ShellResult result = _shell.Run(arguments);

        Assert.Equal(exitCode, result.ExitCode);
        Assert.Equal(exitCode == 0, result.Error.Length == 0);
        Assert.DoesNotContain("defect", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pole", "poel")]
    [InlineData("import", "pole", "imprt", "x")]
    [InlineData("list", "pole", "lsit")]
    [InlineData("--json", "pole", "list", "--jsn")]
    [InlineData("--json", "pole", "list", "--JSON")]
    [InlineData("--skip-refused", "pole", "import", "x.csv", "--skip-refusd")]
    [InlineData("", "pole", "bake")]
    [InlineData("", "ls")]
    public void Given_a_mistyped_word_then_the_one_that_was_probably_meant_is_named_and_nothing_far_fetched(string meant, params string[] arguments)
    {
        string error = _shell.Run(arguments).Error;

        Assert.Equal(meant.Length > 0, error.Contains("Did you mean", StringComparison.Ordinal));
        Assert.Contains(meant.Length > 0 ? $"Did you mean '{meant}'?" : "", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Given_rows_that_are_refused_then_nothing_is_written_and_1_or_the_rest_and_3()
    {
        string file = _shell.Write("list.csv", "id,lat,lon\nP-1,50,8\nP-2,91,8\n");

        ShellResult all = _shell.Run("pole", "import", file);
        int polesAfterFirst = _shell.Done("pole", "list", "--json").Result.GetProperty("poles").GetArrayLength();
        ShellResult some = _shell.Run("pole", "import", file, "--skip-refused");

        Assert.Equal((1, 0, 3), (all.ExitCode, polesAfterFirst, some.ExitCode));
        Assert.Contains(file + ":3: latitude '91': ", all.Error, StringComparison.Ordinal);
        Assert.Equal(1, _shell.Done("pole", "list", "--json").Result.GetProperty("poles").GetArrayLength());
    }

    [Theory]
    [InlineData("workspace", "info")]
    [InlineData("workspace", "check")]
    [InlineData("pole", "list")]
    [InlineData("pole", "show", "P-1")]
    [InlineData("pole", "show", "P-404")]
    [InlineData("pole", "history", "P-1")]
    [InlineData("pole", "export")]
    [InlineData("controller", "list")]
    [InlineData("completion", "bash")]
    [InlineData("pole", "import", "LIST")]
    [InlineData("pole", "import", "no-file.csv")]
    [InlineData("pole", "set", "P-1", "watts=40")]
    [InlineData("pole", "retire", "P-1")]
    [InlineData("member", "list")]
    [InlineData("member", "set", "bob", "--role", "reader")]
    [InlineData("audit", "verify")]
    [InlineData("audit", "list")]
    public void Given_json_then_standard_output_is_one_object_with_command_exit_code_result_and_problems(params string[] arguments)
    {
        string list = _shell.Write("list.csv", "id,lat,lon,street\nP-1,50,8,Große Gasse\n");
        _shell.Done("pole", "import", list);

        ShellResult result = _shell.Run([.. arguments.Select(argument => argument == "LIST" ? list : argument), "--json"]);

        JsonElement json = result.Json;
        Assert.Equal(string.Join(' ', arguments.Take(2)), json.GetProperty("command").GetString());
        Assert.Equal(result.ExitCode, json.GetProperty("exitCode").GetInt32());
        Assert.Equal(result.ExitCode == 0, json.GetProperty("problems").GetArrayLength() == 0);
        Assert.Equal(result.ExitCode == 0, json.GetProperty("result").ValueKind == JsonValueKind.Object);
    }

    [Theory]
    [InlineData("pole", "import", "LIST")]
    [InlineData("pole", "set", "P-1", "watts=40")]
    [InlineData("pole", "retire", "P-1")]
    [InlineData("member", "set", "bob", "--role", "reader")]
    [InlineData("member", "remove", "carol")]
    [InlineData("workspace", "migrate")]
    [InlineData("workspace", "backup", "NEW")]
    public void Given_a_dry_run_then_it_answers_as_the_real_one_and_no_byte_changes(params string[] arguments)
    {
        _shell.Done("pole", "import", _shell.Write("first.csv", "id,lat,lon\nP-1,50,8\n"));
        _shell.Done("member", "set", "carol", "--role", "reader");
        string list = _shell.Write("list.csv", "id,lat,lon\nP-2,50,8\n");
        string[] real = [.. arguments.Select(argument => argument switch { "LIST" => list, "NEW" => _shell.PathOf("new.polectl"), _ => argument })];
        byte[] before = File.ReadAllBytes(_shell.PathOf("poles.polectl"));

        ShellResult dry = _shell.Done([.. real, "--dry-run", "--json"]);

        Assert.Equal(before, File.ReadAllBytes(_shell.PathOf("poles.polectl")));
        Assert.False(File.Exists(_shell.PathOf("new.polectl")));
        Assert.True(dry.Json.GetProperty("dryRun").GetBoolean());
        if (arguments[1] is not ("backup" or "migrate"))
        {
            Assert.Equal(dry.Result.ToString(), _shell.Done([.. real, "--json"]).Result.ToString());
            Assert.NotEqual(before, File.ReadAllBytes(_shell.PathOf("poles.polectl")));
        }
    }

    [Fact]
    public void Given_keys_then_they_are_on_no_output_until_they_are_asked_for_by_an_explicit_flag()
    {
        SetUpKeys();
        ShellResult revealed = _shell.Done("identity", "show", "70b3d50000000001", "--reveal-keys", "--json");
        string[] keys = [.. ((string[])["appKey", "genAppKey", "serviceKey"]).Select(name => revealed.Result.GetProperty(name).GetString()!)];
        string[][] lines =
        [
            ["identity", "show", "70b3d50000000001"], ["controller", "show", "70b3d50000000001"], ["controller", "list"], ["controller", "history", "70b3d50000000001"],
            ["audit", "list", "--last", "1000"], ["identity", "rotate", "70b3d50000000001"], ["identity", "settle", "70b3d50000000001"], ["audit", "verify"], ["workspace", "info"],
        ];

        foreach (string[] line in lines)
        {
            ShellResult result = _shell.Done([.. line, "--json"]);
            Assert.All(keys, key => Assert.DoesNotContain(key, result.Output + result.Error, StringComparison.OrdinalIgnoreCase));
        }

        Assert.Equal(2, _shell.Run("identity", "export", _shell.PathOf("e.csv")).ExitCode);
        Assert.False(File.Exists(_shell.PathOf("e.csv")));
    }

    [Fact]
    public void Given_keys_when_they_are_shown_in_a_dry_run_then_that_is_refused_because_it_could_not_be_recorded()
    {
        SetUpKeys();

        Assert.Equal(2, _shell.Run("identity", "show", "70b3d50000000001", "--reveal-keys", "--dry-run").ExitCode);
    }

    [Fact]
    public void Given_a_wrong_passphrase_or_none_then_the_exit_code_is_4_and_nothing_is_said_of_it()
    {
        SetUpKeys();
        _shell.Variables["POLECTL_PASSPHRASE"] = "not the right passphrase";

        ShellResult wrong = _shell.Run("identity", "show", "70b3d50000000001", "--reveal-keys");
        _shell.Variables.Remove("POLECTL_PASSPHRASE");
        ShellResult none = _shell.Run("identity", "show", "70b3d50000000001", "--reveal-keys");

        Assert.Equal((4, 4), (wrong.ExitCode, none.ExitCode));
        Assert.DoesNotContain("not the right passphrase", wrong.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Given_a_key_file_that_cannot_be_written_then_the_way_is_not_added()
    {
        SetUpKeys();

        ShellResult result = _shell.Run("unlock", "add", "safe", "--new-key-file", _shell.PathOf("no-such-folder/safe.key"));

        Assert.Equal(2, result.ExitCode);
        Assert.Equal(1, _shell.Done("unlock", "list", "--json").Result.GetProperty("ways").GetArrayLength());
    }

    [Fact]
    public void Given_controllers_then_dry_runs_of_what_changes_them_change_no_byte()
    {
        SetUpKeys();
        string[][] lines =
        [
            MakeFor("--count 3 --eui-prefix 70b3d5"), ["controller", "unmount", "70b3d50000000001"], ["controller", "retire", "70b3d50000000001"], ["identity", "rotate", "70b3d50000000001"],
            ["unlock", "add", "safe", "--new-key-file", _shell.PathOf("safe.key")], ["identity", "export", _shell.PathOf("e.csv"), "--reveal-keys"],
        ];
        byte[] before = File.ReadAllBytes(_shell.PathOf("poles.polectl"));

        foreach (string[] line in lines)
        {
            _shell.Done([.. line, "--dry-run"]);
            Assert.Equal(before, File.ReadAllBytes(_shell.PathOf("poles.polectl")));
        }

        Assert.False(File.Exists(_shell.PathOf("safe.key")) || File.Exists(_shell.PathOf("e.csv")));
    }

    [Theory]
    [InlineData("--for-poles")]
    [InlineData("--count 3")]
    [InlineData("--eui-prefix 70b3d5")]
    [InlineData("--for-poles --count 3 --eui-prefix 70b3d5")]
    [InlineData("--mac 240ac4123456 --eui-prefix 70b3d5")]
    [InlineData("--count 3 --eui-prefix 70b3")]
    [InlineData("--mac 240ac41234")]
    public void Given_a_request_for_identities_that_says_too_little_or_too_much_then_it_is_wrong_use(string what)
    {
        SetUpKeys();

        Assert.Equal(2, _shell.Run(MakeFor(what)).ExitCode);
    }

    [Fact]
    public void Given_a_dry_run_of_init_then_no_file_is_left()
    {
        _shell.Done("workspace", "init", "--dry-run", "-w", _shell.PathOf("other.polectl"));

        Assert.False(File.Exists(_shell.PathOf("other.polectl")));
    }

    [Fact]
    public void Given_an_export_when_it_is_edited_and_imported_then_the_changes_are_taken()
    {
        _shell.Done("pole", "import", _shell.Write("list.csv", "id,lat,lon,street\nP-1,50,8,Alt\n"));
        string exported = _shell.Done("pole", "export").Output;

        _shell.Done("pole", "import", _shell.Write("edited.csv", exported.Replace("Alt", "Neu", StringComparison.Ordinal)), "--update");

        Assert.Equal("Neu", _shell.Done("pole", "show", "P-1", "--json").Result.GetProperty("street").GetString());
    }

    [Fact]
    public void Given_a_run_that_is_killed_at_any_moment_then_the_workspace_holds_all_of_it_or_nothing()
    {
        string list = _shell.Write("list.csv", "id,lat,lon\n" + string.Concat(Enumerable.Range(1, 8_000).Select(number =>
            FormattableString.Invariant($"P-{number},{50 + (number * 0.0001):0.0000},8\n"))));
        HashSet<int> seen = [];
        foreach (int afterMs in (int[])[150, 300, 400, 500, 600, 800])
        {
            using Process process = Start("pole", "import", list);
            if (!process.WaitForExit(afterMs))
            {
                process.Kill();
                process.WaitForExit();
            }

            int count = _shell.Done("pole", "list", "--json").Result.GetProperty("poles").GetArrayLength();
            Assert.Contains(count, (int[])[0, 8_000]);
            Assert.True(_shell.Done("audit", "verify", "--json").Result.GetProperty("sound").GetBoolean());
            seen.Add(count);
        }

        _shell.Done("pole", "import", list);
        Assert.Equal(8_000, _shell.Done("workspace", "info", "--json").Result.GetProperty("poles").GetInt32());
        Assert.Contains(0, seen);
    }

    [Fact]
    public void Given_two_runs_at_once_with_the_same_list_then_every_pole_is_there_once_and_both_say_what_they_did()
    {
        string list = _shell.Write("list.csv", "id,lat,lon\n" + string.Concat(Enumerable.Range(1, 3_000).Select(number =>
            FormattableString.Invariant($"P-{number},{50 + (number * 0.0001):0.0000},8\n"))));

        Process[] processes = [Start("pole", "import", list, "--json"), Start("pole", "import", list, "--json")];
        int[] news = [.. processes.Select(process =>
        {
            using (process)
            {
                string output = process.StandardOutput.ReadToEnd();
                process.WaitForExit();
                Assert.Equal(0, process.ExitCode);
                return JsonDocument.Parse(output).RootElement.GetProperty("result").GetProperty("new").GetInt32();
            }
        })];

        Assert.Equal([0, 3_000], news.Order());
        Assert.True(_shell.Done("audit", "verify", "--json").Result.GetProperty("sound").GetBoolean());
    }

    public void Dispose() => _shell.Dispose();

    private void SetUpKeys()
    {
        _shell.Variables["POLECTL_NEW_PASSPHRASE"] = _shell.Variables["POLECTL_PASSPHRASE"] = "correct horse battery staple";
        _shell.Done("pole", "import", _shell.Write("first.csv", "id,lat,lon\nP-1,50,8\n"));
        _shell.Done("unlock", "add", "anna");
        _shell.Done(MakeFor("--for-poles --eui-prefix 70b3d5"));
    }

    private Process Start(params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "polectl.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = _shell.Folder,
        };
        foreach ((string name, string value) in _shell.Variables)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }
}
