// A problem that a person has to read: where, what, and what to do. Its words are texts by key, so that they come in the reader's language; a problem never
// holds a secret.
using System.Text;
using Provisioning.Language;

namespace Provisioning.Problems;

/// <summary>A problem.</summary>
/// <param name="Key">Key of its text; the text of Key + ".do" says what to do.</param>
/// <param name="Arguments">What stands at the placeholders of both texts.</param>
public sealed record Problem(string Key, params IReadOnlyList<string> Arguments)
{
    private const int LongestValue = 60;

    /// <summary>Its sort.</summary>
    public ProblemKind Kind { get; init; } = ProblemKind.Failed;

    /// <summary>The file it is about; empty when it is not about a file.</summary>
    public string File { get; init; } = "";

    /// <summary>Line of the file, from 1; 0 when it is not about a line.</summary>
    public int Line { get; init; }

    /// <summary>Field, column or option; empty when it is not about one.</summary>
    public string Field { get; init; } = "";

    /// <summary>The offending value; empty when there is none.</summary>
    public string Value { get; init; } = "";

    /// <summary>What is wrong, in a language.</summary>
    public string What(TextCatalog texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return texts.Format(Key, Arguments);
    }

    /// <summary>What to do, in a language.</summary>
    public string Remedy(TextCatalog texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return texts.Format(Key + ".do", Arguments);
    }

    /// <summary>The value as it is shown: shortened, control characters made visible.</summary>
    public string ShownValue()
    {
        string shown = string.Concat(Value.Take(LongestValue).Select(character => char.IsControl(character) ? '\uFFFD' : character));
        return Value.Length > LongestValue ? shown + "..." : shown;
    }

    /// <summary>The whole problem in a line.</summary>
    public string ToText(TextCatalog texts)
    {
        StringBuilder text = new();
        if (File.Length > 0)
        {
            text.Append(File).Append(Line > 0 ? ":" + Line.ToString(System.Globalization.CultureInfo.InvariantCulture) : "").Append(": ");
        }

        if (Field.Length > 0)
        {
            text.Append(Field);
        }

        if (Value.Length > 0)
        {
            text.Append(Field.Length > 0 ? " '" : "'").Append(ShownValue()).Append('\'');
        }

        if (Field.Length > 0 || Value.Length > 0)
        {
            text.Append(": ");
        }

        return text.Append(What(texts)).Append(". ").Append(Remedy(texts)).ToString();
    }
}
