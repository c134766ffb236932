// Every rule has its page, every page its rule, and the examples in the pages do what they say: what stands under "Instead of" is
// refused by that rule (and others only if the page names them), what stands under "Write" passes all of them, with the project's own list of library members.
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace NanoFrameworkSubset.Tests;

public sealed partial class PageTests
{
    private static readonly string Folder = Path.Combine(Repository.GuardFolder, "rules");

    public static TheoryData<string> Rules { get; } = [.. Descriptors().Keys];

    [Fact]
    public void Given_the_rules_When_compared_with_the_pages_Then_each_has_the_other()
    {
        IEnumerable<string?> pages = Directory.EnumerateFiles(Folder, "*.md").Select(Path.GetFileNameWithoutExtension);
        Assert.Equal(Descriptors().Keys, pages.Order());
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void Given_a_rule_When_described_Then_it_is_an_error_that_nobody_can_switch_off_and_leads_to_its_page(string id)
    {
        DiagnosticDescriptor rule = Descriptors()[id];
        Assert.Equal(DiagnosticSeverity.Error, rule.DefaultSeverity);
        Assert.True(rule.IsEnabledByDefault);
        Assert.Contains(WellKnownDiagnosticTags.NotConfigurable, rule.CustomTags);
        Assert.True(File.Exists(Path.Combine(Repository.Root, rule.HelpLinkUri)));
        Assert.StartsWith("# " + id + ": ", Page(id), StringComparison.Ordinal);
        Assert.Contains("## Why", Page(id), StringComparison.Ordinal);
        Assert.Contains("| [" + id + "](rules/" + id + ".md) |", File.ReadAllText(Path.Combine(Repository.GuardFolder, "README.md")), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void Given_a_pages_bad_example_When_compiled_Then_this_rule_refuses_it(string id)
    {
        string[] examples = Examples(id, "## Instead of", "## Write");
        Assert.NotEmpty(examples);
        foreach (string example in examples)
        {
            string[] broken = [.. RulesBrokenBy(example, id)];
            Assert.Contains(id, broken);
            Assert.All(broken, other => Assert.Contains(other, Page(id), StringComparison.Ordinal));
        }
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void Given_a_pages_good_example_When_compiled_Then_every_rule_is_silent(string id)
    {
        string[] examples = Examples(id, "## Write", null);
        Assert.NotEmpty(examples);
        Assert.All(examples, example => Assert.Empty(Guard.Run(example, Repository.AllowedApi).Select(found => found.ToString())));
    }

    // A bad example may need a library type that is not on the list; only the page about the list is about that.
    private static IEnumerable<string> RulesBrokenBy(string example, string id)
    {
        LanguageVersion version = id == "NF0034" ? LanguageVersion.CSharp10 : LanguageVersion.CSharp9;
        return Guard.Run(example, Repository.AllowedApi, version).Select(found => found.Id).Where(found => found != "NF0030" || id == "NF0030").Distinct();
    }

    private static SortedDictionary<string, DiagnosticDescriptor> Descriptors()
    {
        SortedDictionary<string, DiagnosticDescriptor> rules = new(StringComparer.Ordinal);
        foreach (DiagnosticDescriptor rule in Guard.Analyzers.SelectMany(analyzer => analyzer.SupportedDiagnostics))
        {
            rules[rule.Id] = rule;
        }

        return rules;
    }

    private static string Page(string id)
    {
        return File.ReadAllText(Path.Combine(Folder, id + ".md")).ReplaceLineEndings("\n");
    }

    private static string[] Examples(string id, string heading, string? nextHeading)
    {
        string page = Page(id);
        int begin = page.IndexOf(heading + "\n", StringComparison.Ordinal);
        int end = nextHeading is null ? page.Length : page.IndexOf(nextHeading + "\n", StringComparison.Ordinal);
        Assert.True(begin > 0 && end > begin, $"{id}.md has no heading '{heading}' where it belongs");
        return [.. CodeBlock().Matches(page[begin..end]).Select(match => match.Groups[1].Value)];
    }

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();
}
