// The sections of the settings: schema, pole and JavaScript codec agree on their names, their bytes, and what is refused.
using System.Text.Json.Nodes;
using MessageGenerator.Output;
using MessageSchemas;
using PoleController.Messages;
using PoleController.Settings;
using Xunit;

namespace MessageGenerator.Tests;

public sealed class SectionTests
{
    public static TheoryData<string> Names => [.. Repository.Schema.Settings.Sections.Select(section => section.Name)];

    [Fact]
    public void Every_section_of_the_pole_is_described_and_no_other()
    {
        Assert.Equal(
            new ControllerSettings().Parts.Select(part => (ControllerCodec.CamelCase(part.Section.ToString()), (int)part.Section)).Distinct().OrderBy(pair => pair.Item2),
            Repository.Schema.Settings.Sections.Select(section => (section.Name, section.Number)));
        Assert.Equal((int)CommandId.SetSettings, Repository.Schema.Settings.CommandId);
        Assert.Equal(ControllerCodec.CamelCase(CommandId.SetSettings.ToString()), Repository.Schema.Settings.CommandName);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_example_is_taken_by_a_pole_and_told_again_in_the_same_bytes(string name)
    {
        SchemaSection section = Section(name);
        byte[] payload = SectionEncoder.EncodeCommand(Repository.Schema.Settings, SectionValues(section, section.Example));
        Decoded decoded = SectionCodec.Decode(payload);
        Assert.Equal("ok", decoded.Error);
        Assert.Equal(SectionValues(section, section.Example).ToJsonString(), decoded.Values!.ToJsonString());
    }

    // Values anywhere in the schema's ranges: whether they fit each other is the pole's to judge, how they are read and written is not.
    [Theory]
    [MemberData(nameof(Names))]
    public void Random_values_are_read_by_their_names_and_written_in_the_same_bytes(string name)
    {
        SchemaSection section = Section(name);
        RandomSections random = new(section.Number);
        for (int i = 0; i < 300; i++)
        {
            JsonObject values = random.Make(section);
            byte[] content = SectionEncoder.Encode(section, values);
            ControllerSettings settings = new();
            Assert.Equal(SectionError.None, SettingsSections.GetContent(settings, section.Number, content, 0, content.Length));
            Assert.Equal(values.ToJsonString(), SectionCodec.Values(section, settings, content[0]).ToJsonString());
            byte[] again = new byte[SettingsCodec.MaximumLength];
            int length = SettingsCommand.Encode(settings, (SettingsSection)section.Number, content[0], 42, again);
            Assert.Equal([(byte)CommandId.SetSettings, 42, (byte)section.Number, .. content], again[..length]);
        }
    }

    /// <summary>Has the pole's code write the command of a golden vector, from settings that hold its values.</summary>
    internal static byte[] EncodeByThePole(GoldenVector vector)
    {
        byte[] payload = Convert.FromHexString(vector.Hex!);
        ControllerSettings settings = new();
        SettingsSections.GetContent(settings, payload[2], payload, SettingsCommand.ContentOffset, payload.Length);
        byte[] buffer = new byte[SettingsCodec.MaximumLength];
        return buffer[..SettingsCommand.Encode(settings, (SettingsSection)payload[2], payload[3], (int)vector.Fields!["sequence"]!.GetValue<long>(), buffer)];
    }

    internal static JsonObject SectionValues(SchemaSection section, JsonObject values) =>
        new() { ["sequence"] = 42L, [SchemaSettings.SectionKey] = section.Name, [SchemaSettings.ValuesKey] = values.DeepClone() };

    private static SchemaSection Section(string name) => Repository.Schema.Settings.Sections.Single(section => section.Name == name);
}
