// The words of the command line and of the library's problems, in the language of the run.
using Provisioning.Language;

namespace Polectl.Cli;

/// <summary>Words.</summary>
internal sealed class Words
{
    private readonly TextCatalog _own;
    private TextCatalog? _problems;

    public Words(TextLanguage language)
    {
        Language = language;
        _own = TextCatalog.Load(typeof(Words).Assembly, language);
    }

    public TextLanguage Language { get; }

    /// <summary>Texts of problems; read when the first problem is told.</summary>
    public TextCatalog Problems => _problems ??= TextCatalog.Load(typeof(TextCatalog).Assembly, Language);

    public string this[string key] => _own[key];

    public string? Find(string key) => _own.Texts.GetValueOrDefault(key);

    public string Format(string key, params IReadOnlyList<string> arguments) => _own.Format(key, arguments);

    /// <summary>
    /// The language: as told by --language, else by POLECTL_LANGUAGE, else by the locale (LC_ALL, LC_MESSAGES, LANG, in POSIX's order); English when none says
    /// German. It is needed before the command line is taken apart, because its help and its errors are in it.
    /// </summary>
    public static TextLanguage LanguageOf(string[] arguments, Func<string, string?> variable)
    {
        string? told = null;
        for (int i = 0; i < arguments.Length; i++)
        {
            if (arguments[i] == GlobalOptions.LanguageName && i + 1 < arguments.Length)
            {
                told = arguments[i + 1];
            }
            else if (arguments[i].StartsWith(GlobalOptions.LanguageName + "=", StringComparison.Ordinal))
            {
                told = arguments[i][(GlobalOptions.LanguageName.Length + 1)..];
            }
        }

        foreach (string? candidate in (string?[])[told, variable("POLECTL_LANGUAGE"), variable("LC_ALL"), variable("LC_MESSAGES"), variable("LANG")])
        {
            if (!string.IsNullOrEmpty(candidate))
            {
                return candidate.StartsWith("de", StringComparison.OrdinalIgnoreCase) ? TextLanguage.German : TextLanguage.English;
            }
        }

        return TextLanguage.English;
    }
}
