// Problems in words, for tests that look at them.
using Provisioning.Language;
using Provisioning.Problems;

namespace Provisioning.Tests;

internal static class Texts
{
    public static TextCatalog English { get; } = TextCatalog.Load(typeof(TextCatalog).Assembly, TextLanguage.English);

    public static TextCatalog German { get; } = TextCatalog.Load(typeof(TextCatalog).Assembly, TextLanguage.German);

    public static string Of(ProblemException exception) => string.Join('\n', exception.Problems.Select(problem => problem.ToText(English) + problem.ToText(German)));
}
