// What can be said about the page without a browser; how it behaves in one is tested in Polesim.Tests.
using System.Text;
using System.Text.RegularExpressions;
using PoleController.Lighting;
using Simulation.Reports;
using Xunit;

namespace Simulation.Tests.Reports;

public partial class HtmlReportTests
{
    private static readonly string Page = Encoding.UTF8.GetString(HtmlReport.Serialize(SampleReport.Create()));

    [Fact]
    public void The_page_refers_to_nothing_outside_itself()
    {
        Assert.Contains("default-src 'none'", Page, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"(?i)\b(src|href)\s*=\s*[""']?\s*(https?:|//)", Page);
        Assert.DoesNotMatch(@"(?i)@import|url\(\s*[""']?(https?:|//)", Page);
    }

    [Fact]
    public void Scripts_never_turn_text_into_markup_and_never_ask_the_network()
    {
        Assert.DoesNotMatch(@"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|\bfetch\(|XMLHttpRequest|WebSocket|import\(", Page);
    }

    [Fact]
    public void Names_from_other_people_s_files_stand_nowhere_in_the_page_as_they_are()
    {
        RunReport report = SampleReport.Create();
        report.Scenario.Name = "</title><script>alert(1)</script>{{data}}";
        report.Scenario.Description = "<img src=x onerror=alert(2)>";
        report.Poles[3].Street = "</script><img src=x onerror=alert(3)>";
        report.Checks[0].Measured = "<b>{{scripts}}";

        string page = Encoding.UTF8.GetString(HtmlReport.Serialize(report));

        Assert.DoesNotContain("alert(1)</script>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<b>", page, StringComparison.Ordinal);
        Assert.Equal(Occurrences(Page, "</script>"), Occurrences(page, "</script>"));
        Assert.Contains("&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;{{data}}: simulation report</title>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_scripts_that_share_a_scope_do_not_take_each_other_s_names()
    {
        string[] names = [.. TopLevelName().Matches(Page).Select(match => match.Groups[1].Value)];

        Assert.NotEmpty(names);
        Assert.Equal(names.Distinct(StringComparer.Ordinal), names);
    }

    [Fact]
    public void The_page_knows_every_cause_in_its_order_and_every_outcome()
    {
        string causes = Regex.Match(Page, @"const CAUSES = \[(.*?)\];", RegexOptions.Singleline).Groups[1].Value;
        string outcomes = Regex.Match(Page, @"const OUTCOMES = \{(.*?)\n\};", RegexOptions.Singleline).Groups[1].Value;

        Assert.Equal(
            Enum.GetValues<LevelCause>().Order().Select(cause => CamelCase(cause.ToString())),
            Regex.Matches(causes, "field: \"(\\w+)\"").Select(match => match.Groups[1].Value));
        Assert.Equal(
            Enum.GetNames<PoleOutcome>().Select(CamelCase).Order(StringComparer.Ordinal),
            Regex.Matches(outcomes, @"^\s+(\w+): \{", RegexOptions.Multiline).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Without_scripts_the_page_says_the_summary()
    {
        string withoutScripts = Regex.Match(Page, "<noscript>.*?</noscript>", RegexOptions.Singleline).Value;

        Assert.Contains("2 of 5 checks FAILED", withoutScripts, StringComparison.Ordinal);
    }

    [Fact]
    public void Five_thousand_poles_through_a_night_fit_into_two_megabytes()
    {
        Assert.InRange(HtmlReport.Serialize(SampleReport.Create(5000)).Length, 300_000, 2_000_000);
    }

    [Fact]
    public void A_run_without_poles_has_a_page_too()
    {
        Assert.Contains("</html>", Encoding.UTF8.GetString(HtmlReport.Serialize(new RunReport())), StringComparison.Ordinal);
    }

    private static int Occurrences(string text, string part) => text.Split(part).Length - 1;

    private static string CamelCase(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    [GeneratedRegex(@"^(?:async )?(?:function|const|let|class) (\w+)", RegexOptions.Multiline)]
    private static partial Regex TopLevelName();
}
