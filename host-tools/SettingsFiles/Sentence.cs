// A sentence by key, with arguments that may be sentences themselves: words come in when somebody reads it, in the language of the reader.
using System.Globalization;

namespace SettingsFiles;

/// <summary>A sentence.</summary>
/// <param name="Key">Key of its text.</param>
/// <param name="Arguments">What stands at the placeholders of the text: texts, numbers, sentences.</param>
public sealed record Sentence(string Key, params IReadOnlyList<object?> Arguments)
{
    /// <summary>The sentence in a language.</summary>
    /// <param name="texts">The text of a key.</param>
    public string Render(Func<string, string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        string text = texts(Key);
        return Arguments.Count == 0
            ? text
            : string.Format(CultureInfo.InvariantCulture, text, [.. Arguments.Select(argument => argument is Sentence inner ? inner.Render(texts) : argument)]);
    }

    /// <summary>The sentence in English.</summary>
    public override string ToString() => Render(EnglishTexts.Get);
}
