// Texts by key in one language, from the flat JSON files embedded in an assembly: SUBJECT.en.json and SUBJECT.de.json. Satellite assemblies are not used, because
// everything here runs without culture data (InvariantGlobalization).
using System.Globalization;
using System.Reflection;
using System.Text.Json;

namespace Provisioning.Language;

/// <summary>The texts of one language.</summary>
public sealed class TextCatalog
{
    private readonly Dictionary<string, string> _texts;

    private TextCatalog(Dictionary<string, string> texts) => _texts = texts;

    /// <summary>All texts by key.</summary>
    public IReadOnlyDictionary<string, string> Texts => _texts;

    /// <summary>The text of a key.</summary>
    /// <exception cref="KeyNotFoundException">There is no such text; a test holds keys and texts together.</exception>
    public string this[string key] => _texts.TryGetValue(key, out string? text) ? text : throw new KeyNotFoundException("no text has the key " + key);

    /// <summary>Reads all texts of an assembly.</summary>
    /// <param name="assembly">The assembly.</param>
    /// <param name="language">The language.</param>
    /// <exception cref="ArgumentException">Two files have the same key.</exception>
    public static TextCatalog Load(Assembly assembly, TextLanguage language)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        string ending = $".{(language == TextLanguage.German ? "de" : "en")}.json";
        Dictionary<string, string> texts = new(1024, StringComparer.Ordinal);
        foreach (string resource in assembly.GetManifestResourceNames())
        {
            if (resource.StartsWith("texts/", StringComparison.Ordinal) && resource.EndsWith(ending, StringComparison.Ordinal))
            {
                Read(assembly, resource, texts);
            }
        }

        return new TextCatalog(texts);
    }

    /// <summary>The text of a key with its placeholders {0}, {1} ... filled.</summary>
    public string Format(string key, params IReadOnlyList<string> arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        return arguments.Count == 0 ? this[key] : string.Format(CultureInfo.InvariantCulture, this[key], [.. arguments]);
    }

    // Token by token: this is on the way to every help page, and the serializer would take longer to start than to read.
    private static void Read(Assembly assembly, string resource, Dictionary<string, string> texts)
    {
        using Stream stream = assembly.GetManifestResourceStream(resource)!;
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        Utf8JsonReader reader = new(bytes);
        string key = "";
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                key = reader.GetString()!;
            }
            else if (reader.TokenType == JsonTokenType.String)
            {
                texts.Add(key, reader.GetString()!);
            }
        }
    }
}
