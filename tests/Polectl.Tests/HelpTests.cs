// Help of every command in both languages; shell completion; the texts.
using System.CommandLine;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Polectl.Cli;
using Provisioning.Language;
using RepositoryFiles;

namespace Polectl.Tests;

public sealed partial class HelpTests
{
    // Verbs that only look; every other one has --dry-run.
    private static readonly HashSet<string> s_looking =
    [
        "doctor", "service ports", "service identify", "service show", "service settings", "service test-sensor", "commission list", "commission show", "commission check",
        "workspace info", "workspace check", "provisioning check", "provisioning read", "bench run", "pole list", "pole show", "pole history", "pole export", "controller list", "controller show", "controller history", "unlock list", "member list", "program check", "program list", "program show", "program history", "program schema", "settings show", "settings compare", "settings plan", "settings orders", "command list", "multicast list", "multicast show",
        "audit verify", "audit list",
        "server list", "server check", "server plan", "bench server",
        "uplink list", "uplink unknown", "bench fleet", "report show", "recipient list", "alarms undelivered", "sender list", "status show", "status list", "alarms list", "retention show",
        "completion bash", "completion zsh", "completion fish", "completion powershell",
    ];

    public static TheoryData<string> Commands()
    {
        TheoryData<string> commands = [];
        foreach (Command noun in Root().Subcommands)
        {
            foreach (Command verb in noun.Subcommands)
            {
                commands.Add($"{noun.Name} {verb.Name}");
            }

            if (noun.Subcommands.Count == 0)
            {
                commands.Add(noun.Name);
            }
        }

        return commands;
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Given_any_verb_then_its_help_has_examples_of_itself_and_the_exit_codes_in_both_languages(string command)
    {
        using Shell shell = new();

        ShellResult english = shell.Done([.. command.Split(' '), "--help"]);
        ShellResult german = shell.Done([.. command.Split(' '), "--help", "--language", "de"]);

        Assert.Contains("Examples:\n", english.Output, StringComparison.Ordinal);
        Assert.Contains("Beispiele:\n", german.Output, StringComparison.Ordinal);
        Assert.Contains("polectl " + command, english.Output[english.Output.IndexOf("Examples:", StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.Contains("polectl " + command, german.Output[german.Output.IndexOf("Beispiele:", StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.Contains("Exit codes: 0 done", english.Output, StringComparison.Ordinal);
        Assert.Contains("Rückgabewerte: 0 getan", german.Output, StringComparison.Ordinal);
        Assert.Equal(!s_looking.Contains(command), english.Output.Contains("--dry-run", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Given_the_examples_of_any_verb_then_each_is_a_command_line_that_polectl_understands(string command)
    {
        RootCommand root = Root();
        foreach (TextLanguage language in Enum.GetValues<TextLanguage>())
        {
            string examples = new Words(language)["examples." + command.Replace(' ', '.')];
            foreach (string line in examples.Split('\n').SelectMany(line => ExampleEnd().Split(line)[0].Split("&&")).Where(line => line.Contains("polectl ", StringComparison.Ordinal)))
            {
                string bare = Redirection().Replace(line[line.IndexOf("polectl ", StringComparison.Ordinal)..], "");
                Assert.True(root.Parse(bare["polectl ".Length..]).Errors.Count == 0, bare);
            }
        }
    }

    [Fact]
    public void Given_both_languages_then_they_have_the_same_keys_and_placeholders_and_the_sources_use_them_all()
    {
        TextCatalog english = TextCatalog.Load(typeof(App).Assembly, TextLanguage.English);
        TextCatalog german = TextCatalog.Load(typeof(App).Assembly, TextLanguage.German);
        string sources = string.Concat(Directory.EnumerateFiles(RepositoryRoot.PathOf("host-tools", "Polectl"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal)).Select(File.ReadAllText));

        Assert.Equal(english.Texts.Keys.Order(StringComparer.Ordinal), german.Texts.Keys.Order(StringComparer.Ordinal));
        Assert.All(english.Texts, pair => Assert.Equal(Placeholders(pair.Value), Placeholders(german[pair.Key])));
        Assert.All(english.Texts.Keys, key =>
        {
            // Keys of help are put together of a kind and names; the others stand in the sources as they are.
            string[] parts = key.Split('.', 2);
            bool isMade = parts[0] is "noun" or "verb" or "examples" or "option" or "name" or "argument" or "field" or "criticality" or "state" or "action" || key.StartsWith("unlock.kind.", StringComparison.Ordinal) || key.StartsWith("bench.", StringComparison.Ordinal) || key.StartsWith("uplink.state.", StringComparison.Ordinal)
                || parts[0] is "finding" or "alarm"
                || key.StartsWith("commission.ask.", StringComparison.Ordinal) || key.StartsWith("commission.state.", StringComparison.Ordinal)
                || key.StartsWith("doctor.", StringComparison.Ordinal) || key.StartsWith("flash.step.", StringComparison.Ordinal) || key.StartsWith("flash.state.", StringComparison.Ordinal)
                || key.StartsWith("flash.reason.", StringComparison.Ordinal)
                || parts[0] is "step" or "order" or "refusal";
            Assert.True(isMade || sources.Contains('"' + key + '"', StringComparison.Ordinal), "nobody uses " + key);
        });
    }

    [Fact]
    public void Given_the_locale_then_it_chooses_the_language_and_the_option_wins()
    {
        using Shell shell = new();
        shell.Variables["LANG"] = "de_DE.UTF-8";

        Assert.Contains("fehlt", shell.Run("pole", "show").Error, StringComparison.Ordinal);
        Assert.Contains("is missing", shell.Run("pole", "show", "--language=en").Error, StringComparison.Ordinal);
        shell.Variables["POLECTL_LANGUAGE"] = "en";
        Assert.Contains("is missing", shell.Run("pole", "show").Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("polectl po", "pole")]
    [InlineData("polectl pole im", "import")]
    [InlineData("polectl pole import --ma", "--make-id --map")]
    [InlineData("polectl pole export --format g", "geojson")]
    public void Given_bash_with_the_completion_script_then_it_completes(string typed, string expected)
    {
        using Shell shell = new();
        string script = shell.Write("completion.bash", shell.Done("completion", "bash").Output);
        string program = Path.Combine(AppContext.BaseDirectory, "polectl.dll");
        string test = shell.Write("test.bash", $$"""
            polectl() { dotnet '{{program}}' "$@"; }
            compgen -A function > /dev/null
            source '{{script}}'
            COMP_LINE='{{typed}}'; COMP_POINT=${#COMP_LINE}; COMP_WORDS=({{typed}}); COMP_CWORD=$(( ${#COMP_WORDS[@]} - 1 ))
            _polectl
            echo "${COMPREPLY[*]}"
            """);
        if (!File.Exists("/bin/bash"))
        {
            Assert.Skip("bash is not installed.");
        }

        using Process bash = Process.Start(new ProcessStartInfo("/bin/bash", [test]) { RedirectStandardOutput = true })!;
        string output = bash.StandardOutput.ReadToEnd();
        bash.WaitForExit();

        Assert.Equal(expected, string.Join(' ', output.Split((char[])['\n', ' '], StringSplitOptions.RemoveEmptyEntries).Order()));
    }

    private static RootCommand Root() => App.MakeRoot(new Words(TextLanguage.English), new Surroundings(TextWriter.Null, TextWriter.Null, _ => null));

    private static IEnumerable<string> Placeholders(string text) => Placeholder().Matches(text).Select(match => match.Value).Distinct().Order();

    // An explanation stands behind three blanks.
    [GeneratedRegex(" {3,}")]
    private static partial Regex ExampleEnd();

    [GeneratedRegex(@"\)|\s*[>|].*$")]
    private static partial Regex Redirection();

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Placeholder();
}
