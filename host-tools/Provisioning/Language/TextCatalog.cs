// Texts by key in one language, from flat JSON files embedded in an assembly: NAME.en.json and NAME.de.json. Satellite assemblies are not used, because
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

    /// <summary>Reads the texts of an assembly.</summary>
    /// <param name="assembly">The assembly.</param>
    /// <param name="name">Name of the files, without language and ending.</param>
    /// <param name="language">The language.</param>
    public static TextCatalog Load(Assembly assembly, string name, TextLanguage language)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        string resource = $"texts/{name}.{(language == TextLanguage.German ? "de" : "en")}.json";
        using Stream stream = assembly.GetManifestResourceStream(resource) ?? throw new InvalidOperationException(resource + " is not embedded");
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);

        // Read token by token: this is on the way to every help page, and the serializer would take longer to start than to read.
        Utf8JsonReader reader = new(bytes);
        Dictionary<string, string> texts = new(512, StringComparer.Ordinal);
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

        return new TextCatalog(texts);
    }

    /// <summary>The text of a key with its placeholders {0}, {1} ... filled.</summary>
    public string Format(string key, params IReadOnlyList<string> arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        return arguments.Count == 0 ? this[key] : string.Format(CultureInfo.InvariantCulture, this[key], [.. arguments]);
    }
}
