// Writes firmware/PoleController/Service/SectionText.cs: the fields of every section of the settings as the service port reads them, and the names of what can be wrong.
using System.Text;
using MessageSchemas;

namespace MessageGenerator.Output;

/// <summary>Writes the controller's own copy of what the schema says about sections.</summary>
public static class SectionTexts
{
    private const string FaultEnum = "settingsFault";
    private const int LineLength = 130;

    private const string Head = """
        // Made from firmware/PoleController/Messages/messages.yaml by host-tools/MessageGenerator; do not edit. How it is read: SectionCursor.
        using PoleController.Settings;

        namespace PoleController.Service
        {
            /// <summary>The fields of the sections, one text each, and the names of what can be wrong with settings.</summary>
            internal static class SectionText
            {
                /// <summary>The fields of a section, in their order; empty when it has none that can be set.</summary>
                internal static string Of(SettingsSection section)
                {
                    switch (section)
                    {

        """;

    private const string Middle = """
                        default:
                            return "";
                    }
                }

                /// <summary>The name of what is wrong, as messages.yaml has it.</summary>
                internal static string Of(SettingsFault fault)
                {
                    switch (fault)
                    {

        """;

    private const string Tail = """
                        default:
                            return "unknown";
                    }
                }
            }
        }

        """;

    /// <summary>The file.</summary>
    public static string Write(MessageSchema schema)
    {
        StringBuilder text = new(Head);
        foreach (SchemaSection section in schema.Settings.Sections)
        {
            text.Append("                case SettingsSection.").Append(Pascal(section.Name)).Append(":\n                    return \"")
                .Append(Broken(string.Concat(Tokens(section)))).Append("\";\n");
        }

        text.Append(Middle);
        foreach (SchemaEnumValue fault in schema.Enums.Single(item => item.Name == FaultEnum).Values)
        {
            text.Append("                case SettingsFault.").Append(Pascal(fault.Name)).Append(":\n                    return \"").Append(fault.Name).Append("\";\n");
        }

        return text.Append(Tail).ToString();
    }

    /// <summary>The fields of a section, each with the blank behind it.</summary>
    private static IEnumerable<string> Tokens(SchemaSection section)
    {
        foreach (SchemaSectionItem item in section.Items)
        {
            if (item.GroupName is string group)
            {
                yield return group + "( ";
                foreach (SchemaField field in item.GroupFields)
                {
                    yield return Token(field, "");
                }

                yield return ") ";
            }
            else
            {
                // One digit: the settings have no longer list outside of a group.
                string count = item.Repeat is >= 0 and < 10 ? item.Repeat > 0 ? FormattableString.Invariant($"x{item.Repeat}") : "" : throw Unreadable(item.Field!);
                yield return Token(item.Field!, item.CountOf is null ? count : "#");
            }
        }
    }

    private static string Token(SchemaField field, string count)
    {
        string kind = field.Kind switch
        {
            FieldKind.Flag => "f",
            FieldKind.Enumeration => "e",
            FieldKind.TwosComplement => "i",
            FieldKind.Bytes => "h",
            _ => "u",
        };
        string limits = field.Kind switch
        {
            FieldKind.Enumeration => Words(field),
            FieldKind.Flag or FieldKind.Bytes => "",
            _ => Limits(field),
        };
        return field.Bits % 8 == 0 ? $"{field.Name}:{kind}{(char)('0' + (field.Bits / 8))}{count}{limits} " : throw Unreadable(field);
    }

    // Where the range depends on another field, what any of its values allows; the rules of the settings judge the rest.
    private static string Limits(SchemaField field)
    {
        IEnumerable<ValueRange> ranges = field.RangeBy is DependentRange dependent ? [.. dependent.Ranges.Values, dependent.Otherwise] : [field.Range];
        string scale = field.Scale == 1 ? "" : FormattableString.Invariant($"*{field.Scale}");
        string unknown = field.Unknown is null ? "" : FormattableString.Invariant($"?{field.Unknown}");
        return FormattableString.Invariant($"[{ranges.Min(range => range.Minimum)},{ranges.Max(range => range.Maximum)}]{scale}{unknown}");
    }

    private static string Words(SchemaField field)
    {
        IReadOnlyList<SchemaEnumValue> values = field.Enum!.Values;
        return values.Select((value, i) => value.Number == i).All(isInPlace => isInPlace)
            ? "{" + string.Join(',', values.Select(value => value.Name)) + "}"
            : throw Unreadable(field);
    }

    private static SchemaException Unreadable(SchemaField field) => new($"{field.Name}: the service port cannot read such a field of the settings");

    // A line of the file has so many characters; it is broken behind a field.
    private static string Broken(string text)
    {
        StringBuilder lines = new();
        int length = 0;
        foreach (string token in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (length + token.Length > LineLength)
            {
                lines.Append("\"\n                        + \"");
                length = 0;
            }

            lines.Append(token).Append(' ');
            length += token.Length + 1;
        }

        return lines.ToString();
    }

    private static string Pascal(string name) => char.ToUpperInvariant(name[0]) + name[1..];
}
