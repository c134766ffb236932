// The words of values in JSON, options and keys of texts: those of docs/messages.md, the same in both languages.
namespace Provisioning.Language;

/// <summary>Words of values.</summary>
public static class SchemaWord
{
    /// <summary>A value's word: its name with a small first letter; the number of one that has no name.</summary>
    public static string Of(Enum value)
    {
        ArgumentNullException.ThrowIfNull(value);
        string name = value.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }
}
