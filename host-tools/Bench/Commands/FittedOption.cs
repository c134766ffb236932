// --fitted: what hangs at the controller, in the words of its file "board".
using System.CommandLine;
using Bench.Plans;

namespace Bench.Commands;

/// <summary>The option.</summary>
internal static class FittedOption
{
    /// <summary>Makes it.</summary>
    public static Option<string> Create() => new("--fitted")
    {
        Description = "What is fitted, with blanks between, as in the controller's file \"board\": " + string.Join(", ", PlanRules.Words) + ".",
        HelpName = "WORDS",
    };

    /// <summary>The words.</summary>
    public static IReadOnlyList<string> Words(string? text) => (text ?? "").Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Says which words are none.</summary>
    /// <returns>Whether any is.</returns>
    public static bool TellUnknown(IReadOnlyList<string> words, TextWriter error)
    {
        string? unknown = words.FirstOrDefault(word => !PlanRules.Words.Contains(word));
        if (unknown is not null)
        {
            error.WriteLine($"polebench: --fitted: '{unknown}' is no word for a part. Known: {string.Join(", ", PlanRules.Words)}.");
        }

        return unknown is not null;
    }
}
