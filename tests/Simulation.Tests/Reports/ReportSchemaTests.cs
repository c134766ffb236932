// docs/report.schema.json is what the model says, and ajv (npm), a third party's validator, accepts what is written and refuses what is not
// a report.
using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using RepositoryFiles;
using Simulation.Reports;
using Xunit;

namespace Simulation.Tests.Reports;

public class ReportSchemaTests
{
    [Fact]
    public void The_schema_in_the_documentation_is_made_from_the_model()
    {
        string path = RepositoryRoot.PathOf("docs", "report.schema.json");
        string fresh = Path.Combine(AppContext.BaseDirectory, "report.schema.json");
        File.WriteAllText(fresh, ReportSchema.Create());

        string committed = File.Exists(path) ? File.ReadAllText(path) : "";

        Assert.True(
            committed.ReplaceLineEndings("\n") == ReportSchema.Create(),
            "The model of the report has changed: look at the difference and copy " + fresh + " over docs/report.schema.json.");
    }

    [Fact]
    public void Reports_are_valid_for_a_third_party_s_validator()
    {
        RunReport empty = new();
        RunReport stopped = SampleReport.CreatePassed(20);
        stopped.Scenario.IsComplete = false;

        foreach (RunReport report in new[] { SampleReport.Create(), stopped, empty })
        {
            Assert.Equal("valid", Validate(Encoding.UTF8.GetString(ReportJson.Serialize(report))));
        }
    }

    [Theory]
    [InlineData("scenario", "startUtc", "\"20 June\"")]
    [InlineData("scenario", "seed", "1.5")]
    [InlineData("energy", "lampWattHours", "null")]
    [InlineData("radio", "statusSent", "-1")]
    [InlineData("radio", "gateways", "{}")]
    public void What_is_not_a_report_is_refused(string part, string field, string value)
    {
        JsonNode report = JsonNode.Parse(ReportJson.Serialize(SampleReport.Create(20)))!;
        report[part]![field] = JsonNode.Parse(value);

        Assert.Contains("/" + part + "/" + field, Validate(report.ToJsonString()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_without_its_checks_is_refused()
    {
        JsonObject report = JsonNode.Parse(ReportJson.Serialize(SampleReport.Create(20)))!.AsObject();
        report.Remove("checks");

        Assert.Contains("checks", Validate(report.ToJsonString()), StringComparison.Ordinal);
    }

    private static string Validate(string json)
    {
        string folder = RepositoryRoot.PathOf("tests", "third-party", "ajv");
        if (!Directory.Exists(Path.Combine(folder, "node_modules", "ajv")))
        {
            Assert.Skip("ajv is not installed: run `npm ci` in tests/third-party/ajv (Node 20 or newer).");
        }

        ProcessStartInfo start = new("node")
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.ArgumentList.Add("check.js");
        start.ArgumentList.Add(RepositoryRoot.PathOf("docs", "report.schema.json"));
        using Process node = Process.Start(start)!;
        Task<string> output = node.StandardOutput.ReadToEndAsync();
        node.StandardInput.Write(json);
        node.StandardInput.Close();
        return output.GetAwaiter().GetResult().Trim();
    }
}
