// The texts are complete in both languages, and are those that the code asks for.
using System.Text.RegularExpressions;
using RepositoryFiles;
using Xunit;

namespace Provisioning.Tests;

public sealed partial class TextTests
{
    [Fact]
    public void Given_both_languages_then_they_have_the_same_keys_and_placeholders_and_every_text_has_words()
    {
        Assert.Equal(Texts.English.Texts.Keys.Order(), Texts.German.Texts.Keys.Order());
        Assert.All(Texts.English.Texts, pair =>
        {
            // A description of a schema is given in both languages; each text takes its own.
            Assert.True(pair.Key is "file.description" or "file.englishDescription" || Placeholders(pair.Value).SequenceEqual(Placeholders(Texts.German[pair.Key])), pair.Key);
            Assert.NotEqual("", pair.Value.Trim());
            Assert.NotEqual("", Texts.German[pair.Key].Trim());
        });
    }

    [Fact]
    public void Given_every_problem_of_the_sources_then_it_has_words_and_a_remedy_and_no_words_are_left_over()
    {
        HashSet<string> used = [];
        foreach (string folder in (string[])["Provisioning", "Polectl"])
        {
            foreach (string file in Directory.EnumerateFiles(RepositoryRoot.PathOf("host-tools", folder), "*.cs", SearchOption.AllDirectories))
            {
                if (!file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
                {
                    used.UnionWith(ProblemKey().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value));
                }
            }
        }

        // The keys that are put together.
        Assert.True(used.Remove("problem.permission.") && used.Remove("problem.controller.state."));
        used.UnionWith(Enum.GetNames<Members.Permission>().Select(name => "problem.permission." + name));
        used.UnionWith(Enum.GetNames<Controllers.ControllerState>().Select(name => "problem.controller.state." + name));

        Assert.Equal(used.Order(StringComparer.Ordinal), Texts.English.Texts.Keys.Where(key => key.StartsWith("problem.", StringComparison.Ordinal) && !key.EndsWith(".do", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.All(used, key => Assert.Contains(key + ".do", Texts.English.Texts.Keys));
    }

    [Fact]
    public void Given_every_text_of_the_report_then_the_sources_use_it_and_every_kind_of_alarm_has_one()
    {
        string sources = string.Concat(Directory.EnumerateFiles(RepositoryRoot.PathOf("host-tools", "Provisioning", "Reports"), "*.cs").Select(File.ReadAllText));

        Assert.All(
            Texts.English.Texts.Keys.Where(key => key.StartsWith("report.", StringComparison.Ordinal) && !key.StartsWith("report.by.", StringComparison.Ordinal)),
            key => Assert.Contains('"' + key + '"', sources, StringComparison.Ordinal));
        Assert.All(Alarms.AlarmKinds.All, kind => Assert.Contains("alarmKind." + Alarms.AlarmKinds.Word(kind), Texts.English.Texts.Keys));
    }

    [Fact]
    public void Given_a_problem_then_its_line_says_where_what_and_what_to_do()
    {
        Problems.Problem problem = new("problem.pole.watts", "5000") { File = "lamps.csv", Line = 17, Field = "watts", Value = "9999" };

        Assert.Equal(
            "lamps.csv:17: watts '9999': the power is not between 0 and 5000 watts. Give what the luminaire draws at full light, in watts", problem.ToText(Texts.English));
    }

    private static IEnumerable<string> Placeholders(string text) => PlaceholderPattern().Matches(text).Select(match => match.Value).Distinct().Order();

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex PlaceholderPattern();

    [GeneratedRegex("\"(problem\\.[A-Za-z.]+)\"")]
    private static partial Regex ProblemKey();
}
