// Test plans: the shipped one is right; what is no plan is refused with file, line and remedy, by the reader and by the schema alike (ajv, a third party's validator).
using System.Diagnostics;
using System.Text.Json.Nodes;
using Bench.Plans;
using BoardFiles;
using RepositoryFiles;
using YamlDotNet.RepresentationModel;

namespace Bench.Tests.Plans;

public sealed class PlanTests
{
    private const string Good = """
        plan: small
        title: Small
        controller: pole-controller-r2
        steps:
          - name: It answers
            service: values
            within: 5s
            expect:
              - { read: answer, where: value=lamp, field: levelPermille, min: 100, max: 1000 }
              - { read: relay, is: closed }

        """;

    private static readonly string SchemaPath = RepositoryRoot.PathOf("host-tools/Bench/plans/plan.schema.json");

    public static TheoryData<string, string, string> Bad { get; } = new()
    {
        { "plan: small\n", "", "\"plan\" is missing" },
        { "within: 5s", "within: soon", "\"soon\" is no duration" },
        { "within: 5s", "wihtin: 5s", "unknown key \"wihtin\"" },
        { "read: relay", "read: relais", "\"read\" is \"relais\"" },
        { ", is: closed", "", "this expects nothing, or two things" },
        { "is: closed", "is: closed, min: 1", "this expects nothing, or two things" },
        { ", min: 100, max: 1000", "", "this expects nothing, or two things" },
        { "where: value=lamp, ", "", "belong to read: answer" },
        { "is: closed", "is: closed, where: x", "belong to read: answer" },
        { "service: values", "service: values\n    unlock: true", "a step either opens the port or says a line" },
        { "service: values", "service: \"va\\tlues\"", "this is no line of the service port" },
        { "within: 5s", "stimulate: { door: ajar }", "\"door\" is \"ajar\"" },
        { "within: 5s", "stimulate: { meter: { powerMilliwatts: 1 } }", "\"voltageMillivolts\" is missing" },
        { "within: 5s", "stimulate: { radar: { movingMetres: 3 } }", "unknown key \"movingMetres\"" },
        { "min: 100", "min: -100", "\"min\" has to be a number of 0 or more" },
        { "within: 5s", "when: lamp", "\"lamp\" is no word for a part" },
    };

    [Fact]
    public void Given_the_shipped_plan_When_checked_Then_reader_rules_and_schema_find_nothing()
    {
        string path = RepositoryRoot.PathOf("host-tools/Bench/plans/acceptance-pole-controller-r2.yaml");
        Plan plan = PlanReader.Read(path);
        Assert.Empty(PlanRules.Check(plan));
        Assert.Empty(PlanRules.Check(PlanReader.Parse(Good, "good.yaml")));
        Assert.Equal("valid", Validate(File.ReadAllText(path)));
        Assert.Equal("valid", Validate(Good));
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public void Given_a_file_that_is_no_plan_When_read_Then_the_place_is_named(string from, string to, string what)
    {
        string[] problems = Problems(Change(from, to));
        Assert.Contains(problems, problem => problem.Contains(what, StringComparison.Ordinal));
        Assert.All(problems, problem => Assert.Matches("^bad.yaml:[0-9]+: ", problem));
    }

    [Fact]
    public void Given_files_that_are_no_plans_When_the_schema_judges_them_Then_it_refuses_them_too()
    {
        foreach (TheoryDataRow<string, string, string> bad in Bad)
        {
            Assert.NotEqual("valid", Validate(Change(bad.Data.Item1, bad.Data.Item2)));
        }
    }

    [Theory]
    [InlineData("    service: values\n", "", "an answer is expected, and nothing is asked")]
    [InlineData("steps:\n", "steps:\n  - name: It answers\n    wait: 1s\n", "two steps are called \"It answers\"")]
    [InlineData("steps:\n", "steps:\n  - name: Nothing\n", "this step does nothing")]
    public void Given_a_plan_without_sense_When_checked_Then_it_is_refused(string from, string to, string what)
    {
        Assert.Contains(Problems(Change(from, to)), problem => problem.Contains(what, StringComparison.Ordinal));
    }

    [Fact]
    public void Given_a_schema_When_compared_with_the_model_Then_it_knows_the_same_readings_and_words()
    {
        JsonNode schema = JsonNode.Parse(File.ReadAllText(SchemaPath))!;
        string[] readings = [.. schema["$defs"]!["expectation"]!["oneOf"]!.AsArray().Select(shape => shape!["properties"]!["read"]!)
            .SelectMany(read => read["enum"]?.AsArray().Select(name => name!.GetValue<string>()) ?? [read["const"]!.GetValue<string>()])];
        string[] words = [.. schema["$defs"]!["word"]!["enum"]!.AsArray().Select(name => name!.GetValue<string>())];
        Assert.Equal(Enum.GetValues<ReadingKind>().Select(Expectation.Name).Order(StringComparer.Ordinal), readings.Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(PlanRules.Words, words);
    }

    private static string Change(string from, string to)
    {
        Assert.Contains(from, Good, StringComparison.Ordinal);
        return Good.Replace(from, to, StringComparison.Ordinal);
    }

    private static string[] Problems(string text)
    {
        try
        {
            return [.. PlanRules.Check(PlanReader.Parse(text, "bad.yaml")).Select(problem => problem.ToString())];
        }
        catch (BoardFileException wrong)
        {
            return [wrong.Message];
        }
    }

    private static string Validate(string yaml)
    {
        string folder = RepositoryRoot.PathOf("tests", "third-party", "ajv");
        Assert.SkipUnless(Directory.Exists(Path.Combine(folder, "node_modules", "ajv")), "ajv is not installed: run `npm ci` in tests/third-party/ajv (Node 20 or newer).");
        YamlStream stream = [];
        stream.Load(new StringReader(yaml));
        ProcessStartInfo start = new("node") { WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false };
        start.ArgumentList.Add("check.js");
        start.ArgumentList.Add(SchemaPath);
        using Process node = Process.Start(start)!;
        Task<string> output = node.StandardOutput.ReadToEndAsync();
        node.StandardInput.Write(Json(stream.Documents[0].RootNode)!.ToJsonString());
        node.StandardInput.Close();
        return output.GetAwaiter().GetResult().Trim();
    }

    // Plain scalars are numbers and flags where they look like it (YAML 1.2 core schema), quoted ones are text.
    private static JsonNode? Json(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Children.Select(entry => KeyValuePair.Create(((YamlScalarNode)entry.Key).Value!, Json(entry.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(Json)]),
        YamlScalarNode { Style: YamlDotNet.Core.ScalarStyle.Plain } plain when double.TryParse(plain.Value, System.Globalization.CultureInfo.InvariantCulture, out double number) => number,
        YamlScalarNode { Style: YamlDotNet.Core.ScalarStyle.Plain, Value: "true" or "false" } flag => flag.Value == "true",
        YamlScalarNode scalar => scalar.Value,
        _ => null,
    };
}
