// What is wrong with a command line, in the words of the run. The parser's own words are English only, so they are made anew from what it found.
using System.CommandLine;
using System.CommandLine.Parsing;

namespace Polectl.Cli;

/// <summary>Errors of use.</summary>
internal static class UseErrors
{
    // Nobody types it: what begins with it was said by a validator of this project and is in the right language already.
    private const char Own = '\u0001';

    public static string Mark(string message) => Own + message;

    public static IEnumerable<string> Of(ParseResult parsed, Words words)
    {
        List<string> texts = [];
        foreach (ParseError error in parsed.Errors)
        {
            texts.Add(error.Message.StartsWith(Own) ? error.Message[1..] : Explain(error, parsed, words));
        }

        return texts.Distinct();
    }

    private static string Explain(ParseError error, ParseResult parsed, Words words)
    {
        switch (error.SymbolResult)
        {
            case OptionResult { Option: { } option } result when result.Tokens.Count == 0:
                return words.Format(option.Required && result.Implicit ? "use.optionMissing" : "use.valueMissing", option.Name);
            case OptionResult { Option: { } option } result when result.Tokens.Count > 1 && option.Arity.MaximumNumberOfValues == 1:
                return words.Format("use.optionTwice", option.Name);
            case OptionResult { Option: { } option } result:
                return words.Format("use.value", option.Name, result.Tokens[0].Value, option.HelpName ?? "");
            case ArgumentResult { Argument: { } argument } result when result.Tokens.Count == 0:
                return words.Format("use.argumentMissing", argument.Name);
            case CommandResult { Command: { } command } result:
                if (parsed.UnmatchedTokens.Count > 0)
                {
                    return words.Format("use.unknown", parsed.UnmatchedTokens[0], Nearest(parsed.UnmatchedTokens[0], command, words));
                }

                Option? missing = command.Options.FirstOrDefault(option => option.Required && result.GetResult(option) is null or { Implicit: true });
                return missing is null ? words["use.verbMissing"] : words.Format("use.optionMissing", missing.Name);
            default:
                return error.Message;
        }
    }

    // The subcommand or option that differs least, when it differs little.
    private static string Nearest(string typed, Command command, Words words)
    {
        string? nearest = command.Subcommands.Select(sub => sub.Name).Concat(command.Options.Select(option => option.Name))
            .Select(name => (Name: name, Distance: Distance(typed, name))).Where(pair => pair.Distance <= 2).OrderBy(pair => pair.Distance).Select(pair => pair.Name).FirstOrDefault();
        return nearest is null ? "" : " " + words.Format("use.nearest", nearest);
    }

    private static int Distance(string left, string right)
    {
        int[] row = [.. Enumerable.Range(0, right.Length + 1)];
        for (int i = 1; i <= left.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= right.Length; j++)
            {
                int above = row[j];
                row[j] = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (left[i - 1] == right[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[right.Length];
    }
}
