// The result as JSON for programs and as JUnit XML for CI servers. Nothing secret is in either: the key is not, and what the controller says never is.
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml;

namespace Bench.Plans;

/// <summary>Writes results.</summary>
internal static class ResultFiles
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n", Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The result as JSON.</summary>
    public static string Json(PlanResult result)
    {
        JsonObject json = new()
        {
            ["plan"] = result.Plan.Name,
            ["controller"] = result.Plan.Controller,
            ["devEui"] = result.DevEui,
            ["fitted"] = new JsonArray([.. result.Fitted.Select(word => JsonValue.Create(word))]),
            ["startedUtc"] = result.StartedUtc.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            ["isPassed"] = result.ExitCode == Bench.ExitCode.Done,
            ["exitCode"] = result.ExitCode,
            ["passed"] = result.Count(StepOutcome.Passed),
            ["failed"] = result.Count(StepOutcome.Failed),
            ["broken"] = result.Count(StepOutcome.Broken),
            ["skipped"] = result.Count(StepOutcome.Skipped),
            ["steps"] = new JsonArray([.. result.Steps.Select(Step)]),
        };
        return json.ToJsonString(Indented) + "\n";
    }

    /// <summary>The result as JUnit XML, in the shape of Apache Ant's task, which readers agree on: a test case a step.</summary>
    public static byte[] JUnit(PlanResult result)
    {
        using MemoryStream stream = new();
        using (XmlWriter xml = XmlWriter.Create(stream, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true, NewLineChars = "\n" }))
        {
            xml.WriteStartElement("testsuites");
            xml.WriteStartElement("testsuite");
            Attributes(
                xml, ("name", result.Plan.Name), ("package", "polebench"), ("id", "0"), ("hostname", result.DevEui.Length > 0 ? result.DevEui : "unknown"),
                ("timestamp", result.StartedUtc.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture)),
                ("tests", Number(result.Steps.Count)), ("failures", Number(result.Count(StepOutcome.Failed))), ("errors", Number(result.Count(StepOutcome.Broken))),
                ("skipped", Number(result.Count(StepOutcome.Skipped))), ("time", Seconds(result.Steps.Sum(step => step.Seconds))));
            xml.WriteStartElement("properties");
            Property(xml, "controller", result.Plan.Controller);
            Property(xml, "fitted", string.Join(' ', result.Fitted));
            xml.WriteEndElement();
            foreach (StepResult step in result.Steps)
            {
                WriteCase(xml, step, result.Plan.Name);
            }

            xml.WriteElementString("system-out", "");
            xml.WriteElementString("system-err", "");
            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }

    /// <summary>What did not hold, for people.</summary>
    public static string Why(StepResult step)
    {
        IEnumerable<string> wrong = step.Readings.Where(reading => !reading.Holds).Select(reading => $"{reading.What}: wanted {reading.Wanted}, was {reading.Was}");
        string why = step.Message.Length > 0 ? step.Message : string.Join("; ", wrong);
        why = why.Length > 0 ? why : step.Step.Unlocks ? "the service port was not opened" : "";
        return step.Outcome == StepOutcome.Failed && step.Step.Remedy.Length > 0 ? $"{why}. {step.Step.Remedy}" : why;
    }

    private static JsonObject Step(StepResult step) => new()
    {
        ["name"] = step.Step.Name,
        ["outcome"] = step.Outcome.ToString().ToLowerInvariant(),
        ["seconds"] = Math.Round(step.Seconds, 3),
        ["message"] = step.Outcome == StepOutcome.Passed ? "" : Why(step),
        ["readings"] = new JsonArray([.. step.Readings.Select(reading => new JsonObject
        {
            ["what"] = reading.What, ["wanted"] = reading.Wanted, ["was"] = reading.Was, ["holds"] = reading.Holds,
        })]),
    };

    private static void WriteCase(XmlWriter xml, StepResult step, string plan)
    {
        xml.WriteStartElement("testcase");
        Attributes(xml, ("name", step.Step.Name), ("classname", plan), ("time", Seconds(step.Seconds)));
        if (step.Outcome is StepOutcome.Failed or StepOutcome.Broken)
        {
            xml.WriteStartElement(step.Outcome == StepOutcome.Failed ? "failure" : "error");
            Attributes(xml, ("message", Clean(Why(step))), ("type", step.Outcome.ToString().ToLowerInvariant()));
            xml.WriteEndElement();
        }
        else if (step.Outcome == StepOutcome.Skipped)
        {
            xml.WriteStartElement("skipped");
            Attributes(xml, ("message", Clean(step.Message)));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void Property(XmlWriter xml, string name, string value)
    {
        xml.WriteStartElement("property");
        Attributes(xml, ("name", name), ("value", value));
        xml.WriteEndElement();
    }

    private static void Attributes(XmlWriter xml, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        foreach ((string name, string value) in attributes)
        {
            xml.WriteAttributeString(name, value);
        }
    }

    private static string Clean(string text) => string.Concat(text.Where(XmlConvert.IsXmlChar));

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Seconds(double seconds) => seconds.ToString("0.###", CultureInfo.InvariantCulture);
}
