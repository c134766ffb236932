// The schema is one description for many readers: ajv and our validator say the same, the pages are up to date, the defaults are the model's.
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SettingsFiles;
using Simulation.Scenarios;
using Xunit;

namespace Simulation.Tests.Scenarios;

public class ScenarioSchemaTests
{
    [Fact]
    public void Ajv_accepts_the_schema_and_agrees_about_examples_and_bad_scenarios()
    {
        string[] good =
        [
            File.ReadAllText(Path.Combine(ScenarioFiles.Scenarios, "district.yaml")), File.ReadAllText(Path.Combine(ScenarioFiles.Scenarios, "montpellier.yaml")),
            ScenarioDocumentation.FullExample(), ScenarioFiles.Minimal(), ScenarioFiles.Minimal("checks: { noLampDark: }\n"), ScenarioFiles.Minimal("seed: 2.0\n"),
        ];
        string[] sense = [.. BadScenarios.AgainstSense.Select(bad => ScenarioFiles.Minimal(bad.Yaml))];
        string[] bad = [.. BadScenarios.AgainstSchema.Select(bad => ScenarioFiles.Minimal(bad.Yaml)).Where(yaml => !yaml.Contains(".inf", StringComparison.Ordinal))];

        bool[] verdicts = AskAjv([.. good, .. sense, .. bad]);

        Assert.All(verdicts[..(good.Length + sense.Length)], Assert.True);
        for (int i = 0; i < bad.Length; i++)
        {
            Assert.False(verdicts[good.Length + sense.Length + i], bad[i]);
        }

        Assert.All(good, yaml => Assert.Empty(OurProblems(yaml)));
        Assert.All(bad, yaml => Assert.NotEmpty(OurProblems(yaml)));
    }

    [Fact]
    public void The_schema_in_the_assembly_is_the_file_beside_the_scenarios() =>
        Assert.Equal(File.ReadAllText(Path.Combine(ScenarioFiles.Scenarios, "scenario.schema.json")), ScenarioSchema.Json);

    [Fact]
    public void Every_top_level_key_has_an_example_and_everything_a_description()
    {
        Assert.All(ScenarioSchema.Root.Properties, property => Assert.NotEmpty(property.Value.Examples));
        Assert.Empty(Undescribed(ScenarioSchema.Root, ""));
    }

    [Fact]
    public void Defaults_of_the_schema_are_the_defaults_in_force()
    {
        StringBuilder yaml = new();
        foreach (string section in new[] { "timeZone", "luminaire", "controller", "settings", "radio", "shortRange" })
        {
            yaml.Append(section).Append(":\n");
            foreach ((string key, SchemaNode property) in ScenarioSchema.Root.Property(section)!.Properties)
            {
                if (key == "scenes")
                {
                    continue; // a list that is empty by default, as the other lists of a scenario
                }

                yaml.Append("  ").Append(key).Append(": ").Append(Assert.NotNull(property.Default).ToString()!.Replace("True", "true", StringComparison.Ordinal).Replace("False", "false", StringComparison.Ordinal)).Append('\n');
            }
        }

        string traffic = "traffic: { synthetic: { kind: park, travellersPerDay: 1 }";
        string mix = ScenarioSchema.Root.Property("traffic")!.Property("mix")!.Default!.Value.GetRawText();
        Scenario written = ScenarioFiles.Parse(ScenarioFiles.Minimal(yaml + $"seed: 1\n{traffic}, share: 1, mix: {mix} }}\n"
            + "checks: { occupancyResponse: { within: 1s, minimumPercent: 100 }, statusDelivery: { minimumPercent: 95 }, allJoined: { within: 30min }, alarmsRaised: { within: 30min }, commandsObeyed: { minimumPercent: 95, within: 60s } }\n"));
        Scenario silent = ScenarioFiles.Parse(ScenarioFiles.Minimal(traffic + " }\nchecks: { occupancyResponse: {}, statusDelivery: , allJoined: {}, alarmsRaised: {}, commandsObeyed: {} }\n"));

        // Lists inside records are equal only when they are the same list: the texts are compared.
        Assert.Equal(JsonSerializer.Serialize(silent), JsonSerializer.Serialize(written));
    }

    [Fact]
    public void The_pages_in_docs_are_up_to_date()
    {
        string docs = Path.Combine(ScenarioFiles.Root, "docs", "scenario");
        IReadOnlyList<KeyValuePair<string, string>> pages = ScenarioDocumentation.Pages();

        Assert.Equal(pages.Select(page => page.Key).Order(StringComparer.Ordinal), Directory.GetFiles(docs).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
        Assert.All(pages, page => Assert.True(page.Value == File.ReadAllText(Path.Combine(docs, page.Key)), $"docs/scenario/{page.Key} is out of date: polesim docs scenario --output docs/scenario"));
    }

    [Fact]
    public void Pages_are_written_into_a_folder()
    {
        string folder = Path.Combine(Directory.CreateTempSubdirectory().FullName, "pages");
        ScenarioDocumentation.Write(folder);

        Assert.Equal(ScenarioDocumentation.Pages().Count, Directory.GetFiles(folder, "*.md").Length);
        Assert.Contains("`settings.md`", "`" + string.Join("`,`", Directory.GetFiles(folder).Select(Path.GetFileName)) + "`", StringComparison.Ordinal);
        Directory.Delete(Path.GetDirectoryName(folder)!, true);
    }

    [Fact]
    public void Every_example_of_every_key_is_a_valid_value()
    {
        foreach ((string key, SchemaNode property) in ScenarioSchema.Root.Properties)
        {
            Assert.All(property.Examples, example =>
            {
                List<FileProblem> problems = [];
                YamlValue root = YamlReader.Read(Encoding.UTF8.GetBytes(ExampleYaml.Write(key, example)), "example", problems)!;
                new SchemaValidator("example", problems).Validate(root.Find(key)!, property, key);
                Assert.Empty(problems);
                Assert.True(JsonNode.DeepEquals(JsonNode.Parse(example.GetRawText()), ToJson(root.Find(key)!)), example.GetRawText());
            });
        }
    }

    [Fact]
    public void Every_kind_of_value_has_its_words() =>
        Assert.All(Titles(ScenarioSchema.Root), title => Assert.Contains("file.kind." + title, EnglishTexts.All));

    private static IEnumerable<string> Titles(SchemaNode schema) =>
    [
        .. schema.Title.Length > 0 ? [schema.Title] : Array.Empty<string>(), .. schema.Properties.SelectMany(property => Titles(property.Value)),
        .. schema.Alternatives.SelectMany(Titles), .. schema.Items is null ? [] : Titles(schema.Items),
    ];

    private static IEnumerable<string> Undescribed(SchemaNode schema, string path)
    {
        IEnumerable<string> here = schema.Description.Length == 0 && !schema.IsRequiredOnly && schema.Enum.Count == 0 && schema.Title.Length == 0 && path.Length > 0 ? [path] : [];
        IEnumerable<string> below = schema.Properties.SelectMany(property => Undescribed(property.Value, $"{path}.{property.Key}"));
        return [.. here, .. below, .. schema.Items is null ? [] : Undescribed(schema.Items, path + "[]")];
    }

    private static List<FileProblem> OurProblems(string yaml)
    {
        List<FileProblem> problems = [];
        YamlValue? root = YamlReader.Read(Encoding.UTF8.GetBytes(yaml), "x", problems);
        new SchemaValidator("x", problems).Validate(root!, ScenarioSchema.Root, "");
        return problems;
    }

    private static JsonNode? ToJson(YamlValue node) => node.Type switch
    {
        NodeType.Map => new JsonObject(node.Entries.Select(entry => KeyValuePair.Create(entry.Key, ToJson(entry.Value)))),
        NodeType.List => new JsonArray([.. node.Items.Select(ToJson)]),
        NodeType.Number => JsonNode.Parse(node.Number.ToString("R", System.Globalization.CultureInfo.InvariantCulture)),
        NodeType.Boolean => JsonValue.Create(node.Text.StartsWith("t", StringComparison.OrdinalIgnoreCase)),
        NodeType.Text => JsonValue.Create(node.Text),
        _ => null,
    };

    private static bool[] AskAjv(string[] yamls)
    {
        string folder = Path.Combine(ScenarioFiles.Root, "tests", "third-party", "ajv");
        if (!Directory.Exists(Path.Combine(folder, "node_modules")))
        {
            Assert.Skip("ajv is not installed: npm ci in tests/third-party/ajv");
        }

        JsonObject question = new()
        {
            ["schema"] = JsonNode.Parse(ScenarioSchema.Json),
            ["documents"] = new JsonArray([.. yamls.Select(yaml => ToJson(YamlReader.Read(Encoding.UTF8.GetBytes(yaml), "x", [])!))]),
        };
        ProcessStartInfo start = new("node", [Path.Combine(folder, "check-scenarios.js")]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(question.ToJsonString());
        process.StandardInput.Close();
        string answer = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, errors.Result);
        return JsonSerializer.Deserialize<bool[]>(answer)!;
    }
}
