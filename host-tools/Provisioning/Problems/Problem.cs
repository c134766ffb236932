// A problem that a person has to read: where, what, and what to do. Its words are texts by key, so that they come in the reader's language; a problem never
// holds a secret.
using System.Text;
using Provisioning.Language;
using SettingsFiles;

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

    /// <summary>Column of the line, from 1; 0 when the whole line is meant.</summary>
    public int Column { get; init; }

    /// <summary>What is wrong, where a reader of files has said it in a sentence of its own; else the text of the key says it.</summary>
    public Sentence? Sentence { get; init; }

    /// <summary>What to do, to <see cref="Sentence"/>.</summary>
    public Sentence? SentenceDo { get; init; }

    /// <summary>Field, column or option; empty when it is not about one.</summary>
    public string Field { get; init; } = "";

    /// <summary>The offending value; empty when there is none.</summary>
    public string Value { get; init; } = "";

    /// <summary>What is wrong, in a language.</summary>
    public string What(TextCatalog texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return Sentence is null ? texts.Format(Key, Arguments) : Sentence.Render(key => texts[key]);
    }

    /// <summary>What to do, in a language.</summary>
    public string Remedy(TextCatalog texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return SentenceDo is null ? texts.Format(Key + ".do", Arguments) : SentenceDo.Render(key => texts[key]);
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
            text.Append(File).Append(Place(Line)).Append(Place(Column)).Append(": ");
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

    private static string Place(int number) => number > 0 ? ":" + number.ToString(System.Globalization.CultureInfo.InvariantCulture) : "";
}
