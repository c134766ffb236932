// A schema that is not sound is refused with the line and the reason.
using MessageGenerator.Output;
using MessageSchemas;
using Xunit;

namespace MessageGenerator.Tests;

public sealed class SchemaReaderTests
{
    private static readonly string Sound = File.ReadAllText(Repository.PathOf(GeneratedFiles.SchemaPath));

    [Theory]
    [InlineData("cause, type: enum4", "cause, typ: enum4", "\"type\" is missing")]
    [InlineData("isFading, type: flag,", "isFading, type: flag, colour: red,", "unknown key \"colour\"")]
    [InlineData("lampOnHours, type: uint18", "lampOnHours, type: uint17", "whole byte")]
    [InlineData("lampOnHours, type: uint18", "lampOnHours, type: uint40", "uint, int or enum with 1 to 32 bits")]
    [InlineData("lampOnHours, type: uint18", "LampOnHours, type: uint18", "lower camel case")]
    [InlineData("enum: levelCause", "enum: levelCauses", "no enum \"levelCauses\"")]
    [InlineData("targetLevelPermille, type", "levelPermille, type", "two fields \"levelPermille\"")]
    [InlineData("range: [0, 60000]", "range: [0, 60050]", "scale of 100")]
    [InlineData("range: [0, 60000]", "range: [60000, 0]", "smallest is above the largest")]
    [InlineData("range: [1, 2880]", "range: [1, 70000]", "cannot be told in 16 bits")]
    [InlineData("range: [1, 2880]", "range: 2880", "[smallest, largest]")]
    [InlineData("unknown: 65535", "unknown: 70000", "number for unknown")]
    [InlineData("constant: 1", "constant: 300", "constant is out of range")]
    [InlineData("port: 12", "port: 300", "1 to 223")]
    [InlineData("port: 12", "port: 10", "two uplinks with port 10")]
    [InlineData("id: 5", "id: 4", "two commands with id 4")]
    [InlineData("id: 5", "id: 256", "1 to 255")]
    [InlineData("id: 5", "id: five", "must be a whole number")]
    [InlineData("maximum: 8", "maximum: 10", "more than the 51")]
    [InlineData("rangeBy: { field: reference", "rangeBy: { field: direction", "no enum field \"direction\"")]
    [InlineData("override: { value: 3", "override: { value: 7", "rise by one")]
    [InlineData("fadeMs: 2500", "fadeMs: 2501", "the example of \"setLevel\" cannot be encoded: fadeMs is 2501")]
    [InlineData("fadeMs: 2500", "fade: 2500", "fadeMs is missing")]
    [InlineData("countOf: points, meaning: Switching points.", "meaning: Switching points.", "no field before it that counts its items")]
    [InlineData("countOf: points, meaning: Switching points.", "countOf: dots, meaning: Switching points.", "no field before it that counts its items")]
    [InlineData("holdTimeMs: 45000", "holdTimeMs: 4500000", "the example of \"occupancy\" cannot be encoded: holdTimeMs is 4500000")]
    [InlineData("number: 3\n", "number: 2\n", "two sections with number 2")]
    [InlineData("class: measurement", "class: reading", "event or measurement")]
    [InlineData("retentionDays: 730", "days: 730", "\"retentionDays\" is missing")]
    [InlineData("kinds: [alarm, interval", "kinds: [alarm, period", "no entry \"period\"")]
    public void A_fault_is_found_and_named(string sound, string wrong, string expected)
    {
        Assert.Contains(sound, Sound, StringComparison.Ordinal);
        int at = Sound.IndexOf(sound, StringComparison.Ordinal);
        string text = Sound[..at] + wrong + Sound[(at + sound.Length)..];
        SchemaException exception = Assert.Throws<SchemaException>(() => SchemaReader.Read(text, "messages.yaml"));
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
        Assert.StartsWith($"messages.yaml:{exception.Line}: ", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_line_is_that_of_the_fault()
    {
        string text = Sound.Replace("lampOnHours, type: uint18", "lampOnHours, type: number", StringComparison.Ordinal);
        int line = text[..text.IndexOf("type: number", StringComparison.Ordinal)].Count(character => character == '\n') + 1;
        Assert.Equal(line, Assert.Throws<SchemaException>(() => SchemaReader.Read(text, "messages.yaml")).Line);
    }

    [Theory]
    [InlineData("enums: [", "not YAML")]
    [InlineData("- a\n- b", "must be a mapping")]
    [InlineData("", "one YAML document is expected")]
    [InlineData("enums: {}", "\"entries\" is missing")]
    [InlineData("enums: {}\nentries: []", "\"uplinks\" is missing")]
    public void What_is_no_schema_is_refused(string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<SchemaException>(() => SchemaReader.Read(text, "messages.yaml")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_missing_file_is_named() =>
        Assert.Contains("nowhere.yaml", Assert.Throws<SchemaException>(() => SchemaReader.ReadFile("nowhere.yaml")).Message, StringComparison.Ordinal);
}
