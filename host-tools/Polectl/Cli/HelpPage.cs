// The help of a command: what it does, how it is written, its parts, examples to copy, exit codes. The parser's own help speaks English only.
using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Text;

namespace Polectl.Cli;

/// <summary>Writes help.</summary>
internal sealed class HelpPage(Words words) : SynchronousCommandLineAction
{
    private const int WidestLeft = 34;

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <summary>Puts this help in the place of the usual one, for a root command and all below it.</summary>
    public static void AddTo(RootCommand root, Words words)
    {
        foreach (Option option in root.Options)
        {
            switch (option)
            {
                case HelpOption help:
                    help.Action = new HelpPage(words);
                    help.Description = words["option.help"];
                    break;
                case VersionOption version:
                    version.Description = words["option.version"];
                    break;
            }
        }
    }

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        Command command = parseResult.CommandResult.Command;
        List<Command> path = PathOf(command);
        StringBuilder text = new();
        text.AppendLine(command.Description).AppendLine();
        text.AppendLine(words["help.usage"]).Append("  polectl");
        foreach (Command part in path)
        {
            text.Append(' ').Append(part.Name);
        }

        text.AppendLine(command.Subcommands.Count > 0 ? " " + words[path.Count == 0 ? "help.nounVerb" : "help.verb"] : Parts(command)).AppendLine();
        Section(text, words[path.Count == 0 ? "help.nouns" : "help.verbs"], command.Subcommands.Select(sub => (sub.Name, sub.Description ?? "")));
        Section(text, words["help.arguments"], command.Arguments.Select(argument => (argument.Name, argument.Description ?? "")));
        Section(text, words["help.options"], command.Options.Where(option => path.Count == 0 || !option.Recursive).Select(Describe));
        if (path.Count > 0)
        {
            Section(text, words["help.everywhere"], Root(parseResult).Options.Where(option => option.Recursive).Select(Describe));
        }

        if (words.Find("examples" + string.Concat(path.Select(part => "." + part.Name))) is { } examples)
        {
            text.AppendLine(words["help.examples"]);
            foreach (string line in examples.Split('\n'))
            {
                text.Append("  ").AppendLine(line);
            }

            text.AppendLine();
        }

        text.AppendLine(words["help.exitCodes"]);
        parseResult.InvocationConfiguration.Output.Write(text.ToString());
        return ExitCode.Done;
    }

    private static Command Root(ParseResult parsed) => parsed.RootCommandResult.Command;

    private static List<Command> PathOf(Command command)
    {
        List<Command> path = [];
        for (Command? at = command; at is not null and not RootCommand; at = at.Parents.OfType<Command>().FirstOrDefault())
        {
            path.Insert(0, at);
        }

        return path;
    }

    private string Parts(Command command)
    {
        StringBuilder text = new();
        foreach (Argument argument in command.Arguments)
        {
            text.Append(' ').Append(argument.Name).Append(argument.Arity.MaximumNumberOfValues > 1 ? " ..." : "");
        }

        foreach (Option option in command.Options.Where(option => option.Required))
        {
            text.Append(' ').Append(option.Name).Append(' ').Append(option.HelpName);
        }

        return text.Append(" [").Append(words["help.anyOptions"]).Append(']').ToString();
    }

    private static (string, string) Describe(Option option)
    {
        string names = string.Join(", ", option.Aliases.Where(alias => alias is not ("/h" or "/?" or "-?")).Prepend(option.Name).OrderBy(name => name.Length));
        return (option.HelpName is { Length: > 0 } value ? $"{names} {value}" : names, option.Description ?? "");
    }

    private static void Section(StringBuilder text, string title, IEnumerable<(string Left, string Right)> lines)
    {
        List<(string Left, string Right)> all = [.. lines];
        if (all.Count == 0)
        {
            return;
        }

        int width = Math.Min(WidestLeft, all.Max(line => line.Left.Length));
        text.AppendLine(title);
        foreach ((string left, string right) in all)
        {
            text.Append("  ").Append(left.PadRight(width)).Append("  ").AppendLine(right);
        }

        text.AppendLine();
    }
}
