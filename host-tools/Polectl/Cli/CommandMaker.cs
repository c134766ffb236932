// Makes nouns, verbs, options and arguments with their words. A verb's words have the keys verb.NOUN.VERB and examples.NOUN.VERB.
using System.CommandLine;

namespace Polectl.Cli;

/// <summary>Makes commands.</summary>
internal sealed class CommandMaker(Words words, GlobalOptions options, Surroundings surroundings)
{
    private static readonly string[] s_momentForms = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ssK"];

    public Words Words => words;

    public Command Noun(string name, params IReadOnlyList<Command> verbs)
    {
        Command noun = new(name, words["noun." + name]);
        foreach (Command verb in verbs)
        {
            noun.Add(verb);
        }

        return noun;
    }

    /// <summary>A noun that without a verb does what its first verb does, which has no arguments.</summary>
    public Command NounWithFirst(string name, params IReadOnlyList<Command> verbs)
    {
        Command noun = Noun(name, verbs);
        foreach (Option option in verbs[0].Options)
        {
            noun.Add(option);
        }

        noun.Action = verbs[0].Action;
        return noun;
    }

    /// <summary>A verb that only looks.</summary>
    public Command Reading(string noun, string verb, IReadOnlyList<Symbol> symbols, Func<Run, Outcome> work) =>
        Make(verb, words[$"verb.{noun}.{verb}"], symbols, null, $"{noun} {verb}", work);

    /// <summary>A verb that changes something: it has --dry-run.</summary>
    public Command Writing(string noun, string verb, IReadOnlyList<Symbol> symbols, Func<Run, Outcome> work) =>
        Make(verb, words[$"verb.{noun}.{verb}"], symbols, DryRun(), $"{noun} {verb}", work);

    /// <summary>A command without verbs that only looks. Its words have the keys noun.NAME and examples.NAME.</summary>
    public Command ReadingAlone(string name, IReadOnlyList<Symbol> symbols, Func<Run, Outcome> work) => Make(name, words["noun." + name], symbols, null, name, work);

    /// <summary>A command without verbs that changes something: it has --dry-run.</summary>
    public Command WritingAlone(string name, IReadOnlyList<Symbol> symbols, Func<Run, Outcome> work) => Make(name, words["noun." + name], symbols, DryRun(), name, work);

    public Option<string?> Text(string name, string valueName) => new("--" + name) { Description = words["option." + name], HelpName = words["name." + valueName] };

    public Option<string> Needed(string name, string valueName) =>
        new("--" + name) { Description = words["option." + name], HelpName = words["name." + valueName], Required = true };

    public Option<string[]> Texts(string name, string valueName) =>
        new("--" + name) { Description = words["option." + name], HelpName = words["name." + valueName], AllowMultipleArgumentsPerToken = false };

    public Option<bool> Flag(string name) => new("--" + name) { Description = words["option." + name] };

    /// <summary>A whole number; what is none is told in the words of the run.</summary>
    public Option<int?> Number(string name, int minimum, int maximum)
    {
        Option<int?> option = new("--" + name)
        {
            Description = words["option." + name],
            HelpName = words["name.number"],
            CustomParser = result =>
            {
                string text = result.Tokens.Count > 0 ? result.Tokens[0].Value : "";
                if (int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out int number) && number >= minimum && number <= maximum)
                {
                    return number;
                }

                result.AddError(UseErrors.Mark(words.Format("use.number", "--" + name, text, $"{minimum}", $"{maximum}")));
                return null;
            },
        };
        return option;
    }

    /// <summary>A moment: a date, or a date and a time of day; UTC unless an offset is given. Told in milliseconds since 1970.</summary>
    public Option<long?> Moment(string name)
    {
        return new Option<long?>("--" + name)
        {
            Description = words["option." + name],
            HelpName = words["name.moment"],
            CustomParser = result =>
            {
                string text = result.Tokens.Count > 0 ? result.Tokens[0].Value : "";
                bool isMoment = DateTimeOffset.TryParseExact(
                    text, s_momentForms, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out DateTimeOffset moment);
                if (!isMoment)
                {
                    result.AddError(UseErrors.Mark(words.Format("use.moment", "--" + name, text)));
                }

                return isMoment ? moment.ToUnixTimeMilliseconds() : null;
            },
        };
    }

    public Argument<string> Argument(string name) => new(words["name." + name]) { Description = words["argument." + name] };

    public Argument<string[]> Arguments(string name) => new(words["name." + name]) { Description = words["argument." + name], Arity = ArgumentArity.OneOrMore };

    private Option<bool> DryRun() => new("--dry-run") { Description = words["option.dry-run"] };

    private Command Make(string name, string description, IReadOnlyList<Symbol> symbols, Option<bool>? dryRun, string fullName, Func<Run, Outcome> work)
    {
        Command command = new(name, description);
        foreach (Symbol symbol in symbols)
        {
            if (symbol is Argument argument)
            {
                command.Add(argument);
            }
            else
            {
                command.Add((Option)symbol);
            }
        }

        if (dryRun is not null)
        {
            command.Add(dryRun);
        }

        command.SetAction(parsed => new Run(parsed, options, words, surroundings, fullName, dryRun).Carry(work));
        return command;
    }
}
