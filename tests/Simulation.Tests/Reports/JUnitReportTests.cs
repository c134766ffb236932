// What CI servers rely on in junit.xml. The rules are those of the schema of Apache Ant's JUnit task
// (windyroad/JUnit-Schema, JUnit.xsd): required attributes, order of elements, nothing but names on the root.
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Simulation.Reports;
using Xunit;

namespace Simulation.Tests.Reports;

public class JUnitReportTests
{
    [Fact]
    public void Every_check_is_a_test_case_and_a_failed_one_says_what_happened()
    {
        XElement suite = Suite(SampleReport.Create());

        Assert.Equal("5", suite.Attribute("tests")!.Value);
        Assert.Equal("2", suite.Attribute("failures")!.Value);
        Assert.Equal("0", suite.Attribute("errors")!.Value);
        Assert.Equal(5, suite.Elements("testcase").Count());
        List<XElement> failures = [.. suite.Elements("testcase").Elements("failure")];
        Assert.Equal(2, failures.Count);
        Assert.Equal("noLampDarkAtNight", failures[0].Attribute("type")!.Value);
        Assert.Contains("L-0024: dark for 1 h 15 min", failures[0].Value, StringComparison.Ordinal);
        Assert.Contains("replay: polesim run", failures[0].Value, StringComparison.Ordinal);
        Assert.Contains("and 37 more", failures[1].Value, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_passed_has_no_failure()
    {
        XElement suite = Suite(SampleReport.CreatePassed());

        Assert.Equal("0", suite.Attribute("failures")!.Value);
        Assert.Empty(suite.Descendants("failure"));
    }

    [Fact]
    public void The_shape_is_the_one_that_the_strictest_schema_in_use_asks_for()
    {
        XElement root = Root(SampleReport.Create());
        Assert.Equal("testsuites", root.Name);
        Assert.Empty(root.Attributes());
        XElement suite = Assert.Single(root.Elements());

        string[] required = ["name", "package", "id", "hostname", "timestamp", "tests", "failures", "errors", "time"];
        Assert.All(required, name => Assert.False(string.IsNullOrEmpty(suite.Attribute(name)?.Value), name));
        Assert.Matches(new Regex("^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d$"), suite.Attribute("timestamp")!.Value);
        string order = string.Join(' ', suite.Elements().Select(element => element.Name.LocalName));
        Assert.Matches("^properties( testcase)* system-out system-err$", order);
        Assert.All(suite.Elements("testcase"), testCase =>
            Assert.All(new[] { "name", "classname", "time" }, name => Assert.NotNull(testCase.Attribute(name))));
    }

    [Fact]
    public void Characters_that_XML_cannot_hold_do_not_break_the_file()
    {
        RunReport report = SampleReport.Create();
        report.Scenario.Name = "night \u0000\u001b[31m \ud800 <&\"'> \U0001F4A1";

        XElement suite = Suite(report);

        Assert.Equal("night \uFFFD\uFFFD[31m \uFFFD <&\"'> \U0001F4A1", suite.Attribute("name")!.Value);
    }

    [Fact]
    public void A_scenario_without_a_name_still_has_one_here()
    {
        Assert.NotEqual("", Suite(new RunReport()).Attribute("name")!.Value);
    }

    private static XElement Suite(RunReport report) => Root(report).Element("testsuite")!;

    private static XElement Root(RunReport report)
    {
        using MemoryStream stream = new(JUnitReport.Serialize(report));
        return XDocument.Load(stream).Root!;
    }
}
