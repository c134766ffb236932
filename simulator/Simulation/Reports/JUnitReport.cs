// The checks of a run as JUnit XML, so that any CI server shows them: a test case a check.
// The shape follows the schema of Apache Ant's JUnit task, the one that readers agree on: every attribute that it requires is there
// (package, id, hostname, timestamp without a zone), and the elements stand in its order.
using System.Globalization;
using System.Text;
using System.Xml;

namespace Simulation.Reports;

/// <summary>Writes <c>junit.xml</c>.</summary>
public static class JUnitReport
{
    /// <summary>The checks as UTF-8 XML.</summary>
    public static byte[] Serialize(RunReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        using MemoryStream stream = new();
        XmlWriterSettings settings = new() { Encoding = new UTF8Encoding(false), Indent = true, NewLineChars = "\n" };
        using (XmlWriter xml = XmlWriter.Create(stream, settings))
        {
            xml.WriteStartElement("testsuites");
            WriteSuite(xml, report);
            xml.WriteEndElement();
        }

        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }

    private static void WriteSuite(XmlWriter xml, RunReport report)
    {
        ScenarioReport scenario = report.Scenario;
        xml.WriteStartElement("testsuite");
        Attribute(xml, "name", SuiteName(scenario));
        Attribute(xml, "package", "polesim");
        Attribute(xml, "id", "0");
        Attribute(xml, "hostname", "simulation");
        Attribute(xml, "timestamp", scenario.StartUtc.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture));
        Attribute(xml, "tests", Number(report.Checks.Count));
        Attribute(xml, "failures", Number(report.Checks.Count(check => check.HasFailed())));
        Attribute(xml, "errors", "0");
        Attribute(xml, "skipped", Number(report.Checks.Count(check => !check.IsJudged)));

        // Simulated time: the same run has the same file, however fast the machine is.
        Attribute(xml, "time", scenario.SimulatedSeconds.ToString("0.###", CultureInfo.InvariantCulture));

        xml.WriteStartElement("properties");
        WriteProperty(xml, "seed", Number(scenario.Seed));
        WriteProperty(xml, "toolVersion", scenario.ToolVersion);
        WriteProperty(xml, "isComplete", scenario.IsComplete ? "true" : "false");
        WriteProperty(xml, "poles", Number(report.Totals.Poles));
        xml.WriteEndElement();

        foreach (CheckReport check in report.Checks)
        {
            WriteCheck(xml, check, SuiteName(scenario));
        }

        xml.WriteElementString("system-out", XmlText.Clean(string.Join('\n', ReportSummary.Lines(report))));
        xml.WriteElementString("system-err", XmlText.Clean(string.Join('\n', report.Warnings)));
        xml.WriteEndElement();
    }

    /// <summary>The schema wants a name of at least one character.</summary>
    private static string SuiteName(ScenarioReport scenario) => scenario.Name.Length > 0 ? scenario.Name : "scenario";

    private static void WriteProperty(XmlWriter xml, string name, string value)
    {
        xml.WriteStartElement("property");
        Attribute(xml, "name", name);
        Attribute(xml, "value", value);
        xml.WriteEndElement();
    }

    private static void WriteCheck(XmlWriter xml, CheckReport check, string scenarioName)
    {
        xml.WriteStartElement("testcase");
        Attribute(xml, "name", check.Title.Length > 0 ? check.Name + ": " + check.Title : check.Name);
        Attribute(xml, "classname", scenarioName);
        Attribute(xml, "time", "0");
        if (!check.IsJudged)
        {
            xml.WriteStartElement("skipped");
            Attribute(xml, "message", check.Measured);
            xml.WriteEndElement();
        }
        else if (!check.IsPassed)
        {
            xml.WriteStartElement("failure");
            Attribute(xml, "type", check.Name);
            Attribute(xml, "message", "expected " + check.Expectation + ", measured " + check.Measured);
            xml.WriteString(XmlText.Clean(FailureText(check)));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static string FailureText(CheckReport check)
    {
        StringBuilder text = new();
        foreach (CheckFailureReport failure in check.Failures)
        {
            text.Append(failure.LocalTime).Append(failure.LocalTime.Length > 0 ? " " : "");
            text.Append(failure.PoleId).Append(failure.PoleId.Length > 0 ? ": " : "");
            text.Append(failure.Text).Append('\n');
        }

        long unlisted = check.FailureCount - check.Failures.Count;
        if (unlisted > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"and {unlisted} more\n");
        }

        if (check.ReplayCommand.Length > 0)
        {
            text.Append("replay: ").Append(check.ReplayCommand).Append('\n');
        }

        return text.ToString();
    }

    private static void Attribute(XmlWriter xml, string name, string value) => xml.WriteAttributeString(name, XmlText.Clean(value));

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Text that XML 1.0 can hold.</summary>
internal static class XmlText
{
    /// <summary>The text with every character that XML 1.0 (section 2.2) forbids replaced by U+FFFD: names come from other people's files.</summary>
    public static string Clean(string text)
    {
        StringBuilder? cleaned = null;
        for (int index = 0; index < text.Length; index++)
        {
            if (index + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[index + 1], text[index]))
            {
                index++;
            }
            else if (!XmlConvert.IsXmlChar(text[index]))
            {
                cleaned ??= new StringBuilder(text);
                cleaned[index] = '\uFFFD';
            }
        }

        return cleaned?.ToString() ?? text;
    }
}
