// Sections of the settings by the names of the message schema: values into the controller's settings and back. The bytes in between are the controller's own, so
// nothing here knows what a section holds.
using System.Text.Json.Nodes;
using MessageSchemas;
using PoleController.Settings;

namespace Provisioning.Programs;

/// <summary>Values of sections.</summary>
public static class SectionMapping
{
    private const int LongestSection = SettingsCodec.MaximumLength;

    private static readonly Lazy<IReadOnlyDictionary<string, SchemaSection>> s_sections = new(
        () => SchemaReader.ReadEmbedded().Settings.Sections.ToDictionary(section => section.Name, StringComparer.Ordinal));

    /// <summary>The sections by name.</summary>
    public static IReadOnlyDictionary<string, SchemaSection> Sections => s_sections.Value;

    /// <summary>The name of a section.</summary>
    public static string NameOf(SettingsSection section) => Sections.Values.First(candidate => candidate.Number == (int)section).Name;

    /// <summary>The values that settings have in a section.</summary>
    public static JsonObject Read(ControllerSettings settings, SettingsPart part)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(part);
        return SectionDecoder.Decode(Sections[NameOf(part.Section)], Content(settings, part));
    }

    /// <summary>The bytes of a section, as record, block and command have them.</summary>
    public static byte[] Content(ControllerSettings settings, SettingsPart part)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(part);
        byte[] buffer = new byte[LongestSection];
        SettingsWriter writer = settings.Workspace.Writer;
        writer.Begin(buffer, 0);
        part.Put(writer);
        return buffer[..writer.Position];
    }

    /// <summary>Puts values over those that settings have in a section; the fields that are not named stay.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="values">A section of which there is one; its values are valid by the schema.</param>
    /// <returns>What the controller finds wrong with the section then; the settings hold it all the same.</returns>
    public static SettingsFault Apply(ControllerSettings settings, SectionValues values)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(values);
        SchemaSection section = Sections[values.Section];
        SettingsPart part = settings.Find(section.Number, 0)!;
        JsonObject all = Read(settings, part);
        foreach ((string field, JsonNode? value) in values.Values)
        {
            all[field] = value?.DeepClone();
        }

        byte[] content = SectionEncoder.Encode(section, all);
        return SettingsSections.GetContent(settings, section.Number, content, 0, content.Length) == SectionError.None ? part.Validate() : SettingsFault.SectionContent;
    }
}
