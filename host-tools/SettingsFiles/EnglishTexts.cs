// The English texts of this library's sentences, for programs that have no texts of their own. Those that have embed both files of Texts/.
using System.Text.Json;

namespace SettingsFiles;

/// <summary>English texts.</summary>
public static class EnglishTexts
{
    private static readonly Lazy<IReadOnlyDictionary<string, string>> s_texts = new(Read);

    /// <summary>All texts by key.</summary>
    public static IReadOnlyDictionary<string, string> All => s_texts.Value;

    /// <summary>The text of a key.</summary>
    /// <exception cref="KeyNotFoundException">There is no such text.</exception>
    public static string Get(string key) => s_texts.Value.TryGetValue(key, out string? text) ? text : throw new KeyNotFoundException("no text has the key " + key);

    private static Dictionary<string, string> Read()
    {
        using Stream stream = typeof(EnglishTexts).Assembly.GetManifestResourceStream("files.en.json")!;
        using JsonDocument document = JsonDocument.Parse(stream);
        return document.RootElement.EnumerateObject().ToDictionary(property => property.Name, property => property.Value.GetString()!, StringComparer.Ordinal);
    }
}
