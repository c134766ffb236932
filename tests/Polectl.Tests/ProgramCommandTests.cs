// polectl program, settings and command on the command line: what is written, exit codes, JSON, both languages; the night as a chart.
using System.Text.Json;
using System.Xml.Linq;
using RepositoryFiles;

namespace Polectl.Tests;

public sealed class ProgramCommandTests
{
    private const string Poles = "id,lat,lon,street,group,watts\nP-1,49.4100,8.6900,Weg,odd,40\nP-2,49.4200,8.7000,Weg,even,40\n";

    [Fact]
    public void Given_right_and_wrong_files_then_check_tells_each_with_line_column_field_value_and_what_to_do()
    {
        using Shell shell = new();
        string wrong = shell.Write("wrong.yaml", "programs:\n  - name: night\n    points: [{ at: sunsett, level: 100 }]\n");

        ShellResult english = shell.Run("program", "check", Example("residential"), wrong);
        ShellResult german = shell.Run("program", "check", wrong, "--language", "de");
        ShellResult json = shell.Run("program", "check", wrong, "--json");

        Assert.Equal((1, 1), (english.ExitCode, german.ExitCode));
        Assert.Contains("residential.yaml: right (3 programs, 2 rules, 1 exception days", english.Output, StringComparison.Ordinal);
        Assert.Contains("wrong.yaml:3:20: programs[0].points[0].at 'sunsett': this is not one of sunset, civilDusk, civilDawn, sunrise or a clock time. Did you mean sunset?", english.Error, StringComparison.Ordinal);
        Assert.Contains("Ist sunset gemeint?", german.Error, StringComparison.Ordinal);
        JsonElement problem = json.Json.GetProperty("problems")[0];
        Assert.Equal((3, 20, "programs[0].points[0].at", "sunsett"),
            (problem.GetProperty("line").GetInt32(), problem.GetProperty("column").GetInt32(), problem.GetProperty("field").GetString(), problem.GetProperty("value").GetString()));
        Assert.Contains("none.yaml", shell.Run("program", "check", shell.PathOf("none.yaml")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Given_a_program_that_would_burn_by_day_in_midsummer_then_check_says_on_how_many_days()
    {
        using Shell shell = new();
        string file = shell.Write("summer.yaml", "programs: [{ name: night, points: [{ at: civilDusk, level: 100 }, { at: civilDawn, level: 0 }, { at: \"05:00\", level: 70 }, { at: \"07:00\", level: 0 }, { at: \"04:30\", level: 50 }] }]\n");
        string burning = shell.Write("burning.yaml", "programs: [{ name: night, points: [{ at: civilDusk, level: 100 }, { at: \"05:00\", level: 70 }, { at: civilDawn, level: 0 }] }]\n");

        Assert.DoesNotContain("burns at noon", shell.Done("program", "check", file).Output, StringComparison.Ordinal);
        Assert.Contains("with night the lamp burns at noon on", shell.Done("program", "check", burning).Output, StringComparison.Ordinal);
        Assert.InRange(shell.Done("program", "check", burning, "--json").Result.GetProperty("files")[0].GetProperty("lightAtNoon")[0].GetProperty("days").GetInt32(), 20, 120);
    }

    [Fact]
    public void Given_program_files_then_they_are_imported_assigned_listed_and_taken_out()
    {
        using Shell shell = Ready();

        Assert.Contains("version 1", shell.Done("program", "import", Example("city")).Output, StringComparison.Ordinal);
        Assert.Contains("was there just so", shell.Done("program", "import", Example("city")).Output, StringComparison.Ordinal);
        shell.Done("program", "import", Example("residential"), "--name", "streets");
        shell.Done("program", "assign", "city", "--everything");
        Assert.Contains("(2 new)", shell.Done("program", "assign", "streets", "--to-pole", "P-1", "--to-pole", "P-2").Output, StringComparison.Ordinal);
        Assert.Contains("(0 new)", shell.Done("program", "assign", "streets", "--to-pole", "P-1").Output, StringComparison.Ordinal);

        JsonElement programs = shell.Done("program", "list", "--json").Result.GetProperty("programs");
        Assert.Equal(["city", "streets"], programs.EnumerateArray().Select(program => program.GetProperty("name").GetString()));
        Assert.Equal("everything", programs[0].GetProperty("assignedTo")[0].GetProperty("scope").GetString());
        Assert.Equal(File.ReadAllText(Example("city")), shell.Done("program", "show", "city").Output);
        Assert.Equal(2, shell.Run("program", "remove", "city").ExitCode);
        Assert.Equal(2, shell.Run("program", "assign", "city").ExitCode);
        Assert.Equal(2, shell.Run("program", "assign", "city", "--everything", "--to-group", "odd").ExitCode);
        shell.Done("program", "unassign", "streets", "--to-pole", "P-1", "--to-pole", "P-2");
        shell.Done("program", "remove", "streets");
        Assert.Contains("program.remove", shell.Done("program", "history", "streets").Output, StringComparison.Ordinal);
        shell.Done("audit", "verify");
    }

    [Fact]
    public void Given_a_date_then_the_night_of_a_pole_is_drawn_with_levels_reasons_and_times_of_the_sun()
    {
        using Shell shell = Ready();
        shell.Done("program", "import", Example("city"));
        shell.Done("program", "import", Example("residential"));
        shell.Done("program", "assign", "city", "--everything");
        shell.Done("program", "assign", "residential", "--to-group", "odd");

        ShellResult night = shell.Done("program", "show", "--date", "2026-12-24", "--pole", "P-1", "--svg", shell.PathOf("night.svg"), "--html", shell.PathOf("night.html"));
        JsonElement json = shell.Done("program", "show", "--date", "2026-12-24", "--pole", "P-1", "--json").Result;
        ShellResult german = shell.Done("program", "show", "--date", "2026-12-24", "--pole", "P-1", "--language", "de", "--ascii");
        ShellResult builtIn = shell.Done("program", "show", "--date", "2026-12-24", "--pole", "P-2");

        Assert.Contains("Night from Thursday 2026-12-24: program weekday, as no rule of the calendar holds", night.Output, StringComparison.Ordinal);
        Assert.Contains("23:00:00    30 %  weekday, point 2 (23:00); 100 % while somebody is there", night.Output, StringComparison.Ordinal);
        Assert.Contains("Sonnenuntergang 16:2", german.Output, StringComparison.Ordinal);
        Assert.Contains("no program: full light", builtIn.Output, StringComparison.Ordinal);
        Assert.Equal([0, 1000, 300, 700, 0], json.GetProperty("changes").EnumerateArray().Select(change => change.GetProperty("levelPermille").GetInt32()));
        Assert.Equal("svg", XDocument.Load(shell.PathOf("night.svg")).Root!.Name.LocalName);
        Assert.Contains("<table>", File.ReadAllText(shell.PathOf("night.html")), StringComparison.Ordinal);
        Assert.Equal(2, shell.Run("program", "show", "--date", "2026-12-24", "--pole", "P-1", "--svg", shell.PathOf("night.svg")).ExitCode);
        Assert.Equal(2, shell.Run("program", "show", "--date", "24.12.2026", "--pole", "P-1").ExitCode);
        Assert.Equal(2, shell.Run("program", "show", "--date", "2026-12-24", "--place", "91,8").ExitCode);
    }

    [Fact]
    public void Given_a_file_that_is_not_imported_then_its_night_can_be_drawn_at_any_place()
    {
        using Shell shell = Ready();

        ShellResult night = shell.Done("program", "show", Example("main-road"), "--date", "2026-06-20", "--place", "49.41,8.69", "--json");

        Assert.Equal("road", night.Result.GetProperty("program").GetString());
        Assert.StartsWith("2026-06-20T19:3", night.Result.GetProperty("sun").GetProperty("sunset").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Given_no_workspace_then_a_file_can_be_checked_and_drawn_all_the_same()
    {
        using Shell shell = new();

        shell.Done("program", "check", Example("main-road"));
        Assert.Contains("road, point 2 (23:00)", shell.Done("program", "show", Example("main-road"), "--date", "2026-06-20", "--place", "49.41,8.69").Output, StringComparison.Ordinal);
        Assert.Equal(2, shell.Run("program", "show", "main-road", "--date", "2026-06-20").ExitCode);
    }

    [Fact]
    public void Given_poles_that_were_never_heard_then_compare_says_so_and_plan_sends_nothing()
    {
        using Shell shell = Ready();
        shell.Done("program", "import", Example("city"));
        shell.Done("program", "assign", "city", "--everything");

        ShellResult compared = shell.Run("settings", "compare", "--json");
        JsonElement shown = shell.Done("settings", "show", "P-1", "--json").Result;
        ShellResult planned = shell.Done("settings", "plan");

        Assert.Equal(3, compared.ExitCode);
        Assert.All(compared.Result.GetProperty("poles").EnumerateArray(), pole => Assert.Equal("neverHeard", pole.GetProperty("state").GetString()));
        Assert.Equal(900, shown.GetProperty("settings").GetProperty("reporting").GetProperty("statusIntervalSeconds").GetInt32());
        Assert.False(shown.GetProperty("settings").TryGetProperty("neighbours", out _));
        Assert.Contains("0 poles to send to", planned.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Given_assigned_program_files_then_provisioning_writes_them_as_first_settings_and_checks_them()
    {
        using Shell shell = Ready();
        string[] unlock = ["--passphrase-file", shell.PathOf("passphrase")];
        Assert.Equal(2, shell.Run(["provisioning", "write", shell.PathOf("early"), .. unlock]).ExitCode);
        shell.Done("program", "import", Example("city"));
        shell.Done("program", "import", Example("residential"));
        shell.Done("program", "assign", "city", "--everything");
        shell.Done("program", "assign", "residential", "--to-pole", "P-1");

        shell.Done(["provisioning", "write", shell.PathOf("out"), .. unlock]);

        string devEui = shell.Done("controller", "list", "--json").Result.GetProperty("controllers").EnumerateArray()
            .First(controller => controller.GetProperty("pole").GetString() == "P-1").GetProperty("devEui").GetString()!;
        string hash = shell.Done("provisioning", "read", Path.Combine(shell.PathOf("out"), devEui), "--json").Result.GetProperty("settingsHash").GetString()!;
        Assert.EndsWith(shell.Done("settings", "show", "P-1", "--json").Result.GetProperty("hash").GetString()!, hash, StringComparison.Ordinal);
        shell.Done(["provisioning", "check", shell.PathOf("out"), .. unlock]);
        shell.Done("program", "assign", "residential", "--to-pole", "P-2");
        Assert.Contains("settings", shell.Run(["provisioning", "check", shell.PathOf("out"), .. unlock]).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Given_commands_then_they_are_listed_and_a_dry_run_says_for_whom_one_would_be()
    {
        using Shell shell = Ready();

        Assert.Contains("callEmergency", shell.Done("command", "list").Output, StringComparison.Ordinal);
        Assert.Contains("for 1 poles", shell.Done("command", "send", "identify", "durationSeconds=60", "--pole", "P-1", "--dry-run").Output, StringComparison.Ordinal);
        Assert.Equal(2, shell.Run("command", "send", "restart", "--dry-run").ExitCode);
        Assert.Contains("for 2 poles", shell.Done("command", "send", "restart", "--confirm", "2", "--dry-run").Output, StringComparison.Ordinal);
        Assert.Contains("Perhaps: identify", shell.Run("command", "send", "identfy", "--dry-run").Error, StringComparison.Ordinal);
        Assert.Empty(shell.Done("settings", "orders", "--json").Result.GetProperty("orders").EnumerateArray());
    }

    [Fact]
    public void Given_the_schema_then_it_is_the_one_of_the_documentation()
    {
        using Shell shell = new();

        Assert.Equal(File.ReadAllText(RepositoryRoot.PathOf("docs", "programs", "program.schema.json")), shell.Done("program", "schema").Output);
    }

    private static string Example(string name) => RepositoryRoot.PathOf("docs", "programs", "examples", name + ".yaml");

    private static Shell Ready()
    {
        Shell shell = new();
        shell.Write("passphrase", "correct horse battery staple\n");
        shell.Done("workspace", "init");
        shell.Done("pole", "import", shell.Write("poles.csv", Poles));
        shell.Done("unlock", "add", "anna", "--new-passphrase-file", shell.PathOf("passphrase"));
        shell.Done("identity", "make", "--for-poles", "--eui-prefix", "70b3d5", "--join-eui", "70b3d57ed0000001", "--board", "pole-controller-r1", "--region", "eu868", "--passphrase-file", shell.PathOf("passphrase"));
        return shell;
    }
}
