// Program files: those that are shipped are right and mean what they say; those that are wrong are told with line, column, field, value and what to do, in both
// languages; nothing that a file can hold does harm. ajv judges the schema.
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using MessageSchemas;
using PoleController.Messages;
using PoleController.Settings;
using Provisioning.Problems;
using Provisioning.Programs;
using RepositoryFiles;
using SettingsFiles;
using Xunit;

namespace Provisioning.Tests.Programs;

public sealed class ProgramFileTests
{
    public static TheoryData<string> Examples() => [.. Directory.EnumerateFiles(RepositoryRoot.PathOf("docs", "programs", "examples"), "*.yaml").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Examples))]
    public void Given_a_shipped_example_then_it_is_right_and_names_its_schema(string name)
    {
        string path = RepositoryRoot.PathOf("docs", "programs", "examples", name);

        ProgramFile file = ProgramFileReader.ReadFile(path);

        Assert.NotEmpty(file.Decides());
        Assert.StartsWith("# yaml-language-server: $schema=../program.schema.json", File.ReadAllText(path), StringComparison.Ordinal);
    }

    [Fact]
    public void Given_the_example_of_a_residential_street_then_the_controller_gets_what_it_says()
    {
        ProgramFile file = ProgramFileReader.ReadFile(RepositoryRoot.PathOf("docs", "programs", "examples", "residential.yaml"));
        ControllerSettings settings = new();

        Assert.Equal(SettingsFault.None, ProgramFileMapping.Apply(file, settings));

        Assert.Equal((4, 30, -5, 1000), (settings.Programs[0].PointCount, settings.Programs[0].FadeSeconds, settings.Programs[0].OffsetMinutes[0], settings.Programs[0].LevelPermille[0]));
        Assert.Equal((1380, 300, 1000), (settings.Programs[0].OffsetMinutes[1], settings.Programs[0].LevelPermille[1], settings.Programs[0].OccupancyLevelPermille[1]));
        Assert.Equal((0b10110000, 0, 1), (settings.Calendar.RuleWeekdayMask[0], settings.Calendar.RuleOccurrenceMask[0], settings.Calendar.RuleProgram[0]));
        Assert.Equal((0b0001000, 1, 501, 930), (settings.Calendar.RuleWeekdayMask[1], settings.Calendar.RuleOccurrenceMask[1], settings.Calendar.RuleFromMonthDay[1], settings.Calendar.RuleToMonthDay[1]));
        Assert.Equal((0, 1231, 2), (settings.Calendar.ExceptionYear[0], settings.Calendar.ExceptionMonthDay[0], settings.Calendar.ExceptionProgram[0]));
        Assert.Equal((401, 1380, 200), (settings.DarkSky.FromMonthDay, settings.DarkSky.FromMinute, settings.DarkSky.IdleLevelPermille));
        Assert.Equal(SettingsFault.None, SettingsRules.Validate(settings));
    }

    [Fact]
    public void Given_the_example_of_a_city_then_its_public_holidays_are_those_of_Baden_Wuerttemberg()
    {
        ProgramFile file = ProgramFileReader.ReadFile(RepositoryRoot.PathOf("docs", "programs", "examples", "city.yaml"));

        // FTG, section 1: fixed days, and those that hang on Easter (by Gauss's rule as Lichtenberg corrected it).
        List<YearlyDate> expected = [.. new[] { 101, 106, 501, 1003, 1101, 1225, 1226 }.Select(day => new YearlyDate(0, day))];
        foreach (int year in (int[])[2027, 2028, 2029])
        {
            expected.AddRange(new[] { -2, 1, 39, 50, 60 }.Select(days => Easter(year).AddDays(days)).Select(date => new YearlyDate(year, (date.Month * 100) + date.Day)));
        }

        Assert.Equal(expected, file.Calendar.PublicHolidays);
    }

    [Fact]
    public void Given_wrong_files_then_each_is_told_with_place_field_and_what_to_do_in_both_languages()
    {
        Assert.All(BadProgramFiles.AgainstSchema.Concat(BadProgramFiles.AgainstSense), bad =>
        {
            IReadOnlyList<Problem> problems = Problems(Encoding.UTF8.GetBytes(bad.Yaml));

            Problem problem = Assert.Single(problems);
            Assert.Equal((bad.Line, bad.Field), (problem.Line, problem.Field));
            Assert.True(bad.Column == 0 || bad.Column == problem.Column, $"{bad.Yaml}: column {problem.Column}");
            Assert.Contains(bad.English, problem.ToText(Texts.English), StringComparison.Ordinal);
            Assert.Contains(bad.German, problem.ToText(Texts.German), StringComparison.Ordinal);
            Assert.Equal(ProblemKind.WrongUse, problem.Kind);
            Assert.NotEqual("", problem.Remedy(Texts.German));
        });
    }

    [Fact]
    public void Given_hostile_or_damaged_files_then_each_is_refused_with_a_reason()
    {
        Assert.All(BadProgramFiles.Hostile, hostile =>
        {
            Stopwatch watch = Stopwatch.StartNew();
            IReadOnlyList<Problem> problems = Problems(hostile.Bytes);

            string english = string.Join('\n', problems.Select(problem => problem.ToText(Texts.English)));
            Assert.Contains(hostile.English.Split('|'), word => english.Contains(word, StringComparison.Ordinal));
            Assert.Contains(hostile.German, string.Join('\n', problems.Select(problem => problem.ToText(Texts.German))), StringComparison.Ordinal);

            // Not a measurement: something that grows without bounds would not end at all.
            Assert.True(watch.Elapsed < TimeSpan.FromMinutes(1));
        });
    }

    [Fact]
    public void Given_a_file_that_is_missing_too_large_or_a_folder_then_that_is_said()
    {
        using TemporaryFolder folder = new();
        string large = folder.PathOf("large.yaml");
        File.WriteAllBytes(large, new byte[ProgramFileReader.MaximumBytes + 1]);

        Assert.Contains("problem.file.absent", Assert.Throws<ProblemException>(() => ProgramFileReader.ReadFile(folder.PathOf("none.yaml"))).Problems[0].Key, StringComparison.Ordinal);
        Assert.Contains("more than the", Texts.Of(Assert.Throws<ProblemException>(() => ProgramFileReader.ReadFile(large))), StringComparison.Ordinal);
        Assert.Throws<ProblemException>(() => ProgramFileReader.ReadFile(folder.Folder));
    }

    [Fact]
    public void Given_a_file_with_many_mistakes_then_all_are_told_in_the_order_of_the_file()
    {
        IReadOnlyList<Problem> problems = Problems(Encoding.UTF8.GetBytes(
            "programs:\n  - name: a\n    fade: 5\n    points: [{ at: noon, level: 200 }]\nsettings:\n  reporting: { statusIntervalSeconds: 1 }\ncalender: {}\n"));

        Assert.Equal([3, 4, 4, 6, 7], problems.Select(problem => problem.Line));
    }

    [Fact]
    public void Given_any_bytes_then_reading_ends_with_a_file_or_with_problems()
    {
        byte[][] seeds = [.. Examples().Select(row => File.ReadAllBytes(RepositoryRoot.PathOf("docs", "programs", "examples", row.Data)))];
        Gen<byte[]> damaged =
            from seed in Gen.Elements(seeds)
            from edits in Gen.ListOf(Gen.Zip(Gen.Choose(0, seed.Length - 1), Gen.Choose(0, 255)), 6)
            select edits.Aggregate((byte[])seed.Clone(), (bytes, edit) =>
            {
                bytes[edit.Item1] = (byte)edit.Item2;
                return bytes;
            });
        Prop.ForAll(Arb.From(Gen.OneOf(damaged, ArbMap.Default.GeneratorFor<byte[]>())), bytes =>
        {
            try
            {
                ControllerSettings settings = new();
                ProgramFileMapping.Apply(ProgramFileReader.Read(bytes, "any"), settings);
                return SettingsRules.Validate(settings) == SettingsFault.None;
            }
            catch (ProblemException exception)
            {
                return exception.Problems.All(problem => problem.ToText(Texts.English).Length > 0 && problem.ToText(Texts.German).Length > 0);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(400).WithReplay(20261127, 1));
    }

    [Fact]
    public void Given_the_values_of_a_section_then_they_come_back_as_they_were_and_the_command_of_the_schema_says_the_same()
    {
        Assert.All(SectionMapping.Sections.Values.Where(section => section.Name is not ("program" or "neighbours")), section =>
        {
            ControllerSettings settings = new();
            JsonObject example = section.Example;

            Assert.Equal(SettingsFault.None, SectionMapping.Apply(settings, new SectionValues(section.Name, example, 1)));

            SettingsPart part = settings.Find(section.Number, 0)!;
            Assert.True(JsonNode.DeepEquals(example, SectionMapping.Read(settings, part)), section.Name);
            ControllerSettings commanded = new();
            byte[] command = [7, 1, (byte)section.Number, .. SectionEncoder.Encode(section, example)];
            Assert.Equal(CommandError.Ok, SettingsCommand.Read(command, command.Length, commanded, out _));
            Assert.Equal(SettingsCodec.Hash(commanded), SettingsCodec.Hash(settings));
        });
    }

    [Fact]
    public void Given_a_section_of_which_some_fields_are_named_then_the_others_stay()
    {
        ControllerSettings settings = new();
        settings.WaterLevel.AlarmMillimetres = 4000;

        SectionMapping.Apply(settings, new SectionValues("waterLevel", new JsonObject { ["warningMillimetres"] = 2000L, ["substituteCentidegrees"] = null }, 1));

        Assert.Equal((2000, 4000), (settings.WaterLevel.WarningMillimetres, settings.WaterLevel.AlarmMillimetres));
    }

    [Fact]
    public void Ajv_accepts_the_schema_and_agrees_about_examples_and_wrong_files()
    {
        string folder = RepositoryRoot.PathOf("tests", "third-party", "ajv");
        if (!Directory.Exists(Path.Combine(folder, "node_modules")))
        {
            Assert.Skip("ajv is not installed: npm ci in tests/third-party/ajv");
        }

        string[] right = [.. Examples().Select(row => File.ReadAllText(RepositoryRoot.PathOf("docs", "programs", "examples", row.Data)))];
        string[] sense = [.. BadProgramFiles.AgainstSense.Select(bad => bad.Yaml)];
        string[] wrong = [.. BadProgramFiles.AgainstSchema.Where(bad => !bad.English.Contains("longer", StringComparison.Ordinal)).Select(bad => bad.Yaml)];

        bool[] verdicts = AskAjv(folder, [.. right, .. sense, .. wrong]);

        Assert.All(verdicts.Take(right.Length + sense.Length), Assert.True);
        Assert.All(verdicts.Skip(right.Length + sense.Length), Assert.False);
    }

    [Fact]
    public void Given_the_faults_of_the_controller_then_each_has_the_words_of_the_message_schema_in_English_and_words_in_German()
    {
        SchemaEnum faults = SchemaReader.ReadEmbedded().Enums.Single(type => type.Name == "settingsFault");
        Assert.All(Enum.GetValues<SettingsFault>(), fault =>
        {
            string name = char.ToLowerInvariant($"{fault}"[0]) + $"{fault}"[1..];
            Assert.Equal(faults.Find(name)!.Meaning.TrimEnd('.'), Texts.English["settingsFault." + name], ignoreCase: true);
            Assert.NotEqual(Texts.English["settingsFault." + name], Texts.German["settingsFault." + name]);
        });
    }

    [Fact]
    public void Given_the_schema_then_every_kind_of_value_has_words_in_both_languages()
    {
        Assert.All(Titles(SchemaNode.Parse(ProgramFileReader.SchemaText)), title => Assert.Contains("file.kind." + title, Texts.German.Texts));
        Assert.All(EnglishTexts.All, pair => Assert.Equal(pair.Value, Texts.English[pair.Key]));
    }

    private static IReadOnlyList<Problem> Problems(byte[] bytes) => Assert.Throws<ProblemException>(() => ProgramFileReader.Read(bytes, "x.yaml")).Problems;

    private static IEnumerable<string> Titles(SchemaNode schema) =>
    [
        .. schema.Title.Length > 0 ? [schema.Title] : Array.Empty<string>(), .. schema.Properties.SelectMany(property => Titles(property.Value)),
        .. schema.Alternatives.SelectMany(Titles), .. schema.Items is null ? [] : Titles(schema.Items),
    ];

    private static DateOnly Easter(int year)
    {
        int k = year / 100;
        int m = 15 + (((3 * k) + 3) / 4) - (((8 * k) + 13) / 25);
        int s = 2 - (((3 * k) + 3) / 4);
        int a = year % 19;
        int d = ((19 * a) + m) % 30;
        int r = (d + (a / 11)) / 29;
        int og = 21 + d - r;
        int sz = 7 - ((year + (year / 4) + s) % 7);
        int oe = 7 - ((og - sz) % 7);
        return new DateOnly(year, 3, 1).AddDays(og + oe - 1);
    }

    private static bool[] AskAjv(string folder, string[] yamls)
    {
        JsonObject question = new()
        {
            ["schema"] = JsonNode.Parse(ProgramFileReader.SchemaText),
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
        return [.. ((JsonArray)JsonNode.Parse(answer)!).Select(verdict => verdict!.GetValue<bool>())];
    }

    private static JsonNode? ToJson(YamlValue node) => node.Type switch
    {
        NodeType.Map => new JsonObject(node.Entries.Select(entry => KeyValuePair.Create(entry.Key, ToJson(entry.Value)))),
        NodeType.List => new JsonArray([.. node.Items.Select(ToJson)]),
        NodeType.Number => JsonNode.Parse(node.Number.ToString("R", CultureInfo.InvariantCulture)),
        NodeType.Boolean => JsonValue.Create(node.Text.StartsWith("t", StringComparison.OrdinalIgnoreCase)),
        NodeType.Text => JsonValue.Create(node.Text),
        _ => null,
    };
}
