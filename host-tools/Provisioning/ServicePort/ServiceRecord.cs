// A line of the service port's answers: a name, then key=value pairs; values are words, integers, or text in quotes (docs/service-port.md).
using System.Globalization;

namespace Provisioning.ServicePort;

/// <summary>A line of an answer, taken apart. Keys that a program does not know are to be skipped.</summary>
public sealed class ServiceRecord
{
    private readonly Dictionary<string, string> _fields;

    private ServiceRecord(string text, string name, IReadOnlyList<string> words, Dictionary<string, string> fields)
    {
        Text = text;
        Name = name;
        Words = words;
        _fields = fields;
    }

    /// <summary>The line as it came.</summary>
    public string Text { get; }

    /// <summary>Its first word.</summary>
    public string Name { get; }

    /// <summary>Words behind the first that are no pair.</summary>
    public IReadOnlyList<string> Words { get; }

    /// <summary>The pairs; the last of a key counts.</summary>
    public IReadOnlyDictionary<string, string> Fields => _fields;

    /// <summary>Takes a line apart.</summary>
    public static ServiceRecord Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        List<string> words = [];
        Dictionary<string, string> fields = new(StringComparer.Ordinal);
        foreach (string token in Tokens(text))
        {
            int equals = token.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
            {
                fields[token[..equals]] = token[(equals + 1)..].Trim('"');
            }
            else
            {
                words.Add(token);
            }
        }

        string name = words.Count > 0 ? words[0] : "";
        return new ServiceRecord(text, name, words.Count > 0 ? words[1..] : [], fields);
    }

    /// <summary>The value of a key; null when it is not there.</summary>
    public string? Find(string key) => _fields.GetValueOrDefault(key);

    /// <summary>The value of a key as a number; null when it is not there or none.</summary>
    public long? Number(string key) => long.TryParse(Find(key), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? number : null;

    // Blanks inside quotes belong to the value.
    private static IEnumerable<string> Tokens(string text)
    {
        int begin = 0;
        bool isQuoted = false;
        for (int i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && text[i] == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (i == text.Length || (text[i] == ' ' && !isQuoted))
            {
                if (i > begin)
                {
                    yield return text[begin..i];
                }

                begin = i + 1;
            }
        }
    }
}
