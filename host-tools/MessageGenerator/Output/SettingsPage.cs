// The part of docs/messages.md about settings: the command that sets a section, and of every section where each byte is and what it says.
using System.Globalization;
using System.Text;
using System.Text.Json;
using MessageSchemas;

namespace MessageGenerator.Output;

/// <summary>Writes the documentation of the settings.</summary>
internal static class SettingsPage
{
    private const string Introduction = """
        A section comes in a command, one a downlink, or several in a block of settings (TS004, at most 1,024 bytes; layout in `Messages/SettingsBlock`); the pole keeps them in the same
        bytes. What no section speaks of stays as it is. Ranges that depend on other settings (a second threshold above the first) are judged by the pole.
        With `outOfRange` the answer's `field` is 0 when there is no such section, else the number of a [settingsFault](#settingsfault).

        """;

    public static void Write(StringBuilder page, MessageSchema schema)
    {
        SchemaSettings settings = schema.Settings;
        MessagePage.Line(page, $"### {settings.CommandName}\n\n{settings.Meaning}\nPort {schema.CommandPort}, id {settings.CommandId}.\n");
        page.Append("| byte | field | type | meaning |\n|---|---|---|---|\n");
        MessagePage.Line(page, $"| 0 | `commandId` | uint8, {settings.CommandId} | Which command. |\n| 1 | `sequence` | uint8 | Chosen by the operator, echoed in the answer. |");
        MessagePage.Line(page, $"| 2 | `{SchemaSettings.SectionKey}` | uint8 | The section's number; in JSON its name. |\n| from 3 | `{SchemaSettings.ValuesKey}` | | The section's content. |\n");
        page.Append(Introduction);
        SchemaSection first = settings.Sections[0];
        string hex = Convert.ToHexStringLower(SectionEncoder.EncodeCommand(settings, SectionVectors.ValuesOf(first)));
        JsonSerializerOptions options = new() { WriteIndented = true, NewLine = "\n" };
        MessagePage.Line(page, $"Example: `{hex}`\n\n```json\n{SectionVectors.ValuesOf(first).ToJsonString(options)}\n```\n");
        page.Append("## Sections of the settings\n\n");
        settings.Sections.ToList().ForEach(section => WriteSection(page, section));
    }

    private static void WriteSection(StringBuilder page, SchemaSection section)
    {
        MessagePage.Line(page, $"### Section {section.Name}\n\n{section.Meaning}\nNumber {section.Number}.\n\n| bytes | field | type | range | unit | meaning |\n|---|---|---|---|---|---|");
        foreach (SchemaSectionItem item in section.Items)
        {
            if (item.GroupName is string group)
            {
                MessagePage.Line(page, $"|  | `{group}` | list |  |  | Up to {item.Maximum} items, each with: |");
                item.GroupFields.ToList().ForEach(field => WriteField(page, field, "- ", string.Empty));
            }
            else if (item.CountOf is string counted)
            {
                MessagePage.Line(page, $"| {item.Field!.Bits / 8} |  | {MessagePage.Type(item.Field)} |  |  | How many `{counted}` follow. |");
            }
            else
            {
                WriteField(page, item.Field!, string.Empty, item.Repeat > 0 ? string.Create(CultureInfo.InvariantCulture, $"{item.Repeat} times ") : string.Empty);
            }
        }

        page.Append('\n');
    }

    private static void WriteField(StringBuilder page, SchemaField field, string mark, string times) =>
        MessagePage.Line(
            page,
            $"| {times}{field.Bits / 8} | {mark}`{field.Name}` | {MessagePage.Type(field)} | {MessagePage.Range(field)} | {field.Unit} | {field.Meaning} |");
}
