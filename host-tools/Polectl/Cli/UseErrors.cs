// What is wrong with a command line, in the words of the run. The parser's own words are English only, so they are made anew from what it found.
using System.CommandLine;
using System.CommandLine.Parsing;
using SettingsFiles;

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

    private static string Nearest(string typed, Command command, Words words)
    {
        IEnumerable<Option> options = command.Options.Concat(Above(command).SelectMany(above => above.Options.Where(option => option.Recursive)));
        string[] known = [.. command.Subcommands.Select(sub => sub.Name), .. options.Select(option => option.Name)];
        return Spelling.Nearest(typed, known) is { } nearest ? " " + words.Format("use.nearest", nearest) : "";
    }

    private static IEnumerable<Command> Above(Symbol symbol) => symbol.Parents.OfType<Command>().SelectMany(parent => Above(parent).Prepend(parent));
}
