// From the words of a command line to an exit code.
using System.CommandLine;
using System.CommandLine.Parsing;
using Polectl.Commands;

namespace Polectl.Cli;

/// <summary>The command as a whole.</summary>
internal static class App
{
    /// <summary>Runs a command line.</summary>
    /// <returns>The exit code.</returns>
    public static int Run(string[] arguments, Surroundings surroundings)
    {
        Words words = new(Words.LanguageOf(arguments, surroundings.Variable));
        try
        {
            RootCommand root = MakeRoot(words, surroundings);
            ParseResult parsed = root.Parse(arguments);
            InvocationConfiguration configuration = new() { Output = surroundings.Output, Error = surroundings.Error, EnableDefaultExceptionHandler = false };

            // Help and completion have actions of their own, which do not mind errors.
            if (parsed.Errors.Count == 0 || parsed.Action is { ClearsParseErrors: true })
            {
                return parsed.Invoke(configuration);
            }

            foreach (string error in UseErrors.Of(parsed, words))
            {
                surroundings.Error.WriteLine("polectl: " + error);
            }

            surroundings.Error.WriteLine(words.Format("use.see", HelpOf(parsed.CommandResult)));
            return ExitCode.WrongUse;
        }
        catch (Exception defect)
        {
            surroundings.Error.WriteLine("polectl: " + words["defect"]);
            surroundings.Error.WriteLine(defect);
            return ExitCode.Defect;
        }
    }

    /// <summary>All commands.</summary>
    public static RootCommand MakeRoot(Words words, Surroundings surroundings)
    {
        GlobalOptions options = new(words);
        CommandMaker make = new(words, options, surroundings);
        RootCommand root = new(words["root"])
        {
            WorkspaceCommands.Create(make),
            PoleCommands.Create(make),
            ControllerCommands.Create(make),
            IdentityCommands.Create(make),
            UnlockCommands.Create(make),
            ProvisioningCommands.Create(make),
            LabelCommands.Create(make),
            StatusCommands.Create(make),
            AlarmCommands.Create(make),
            RecipientCommands.Create(make),
            ReportCommands.Create(make),
            ExportCommands.Create(make),
            UplinkCommands.Create(make),
            RetentionCommands.Create(make),
            SenderCommands.Create(make),
            ServerCommands.Create(make),
            ServiceCommands.Create(make),
            CommissionCommands.Create(make),
            FlashCommand.Create(make),
            DoctorCommand.Create(make),
            ProgramCommands.Create(make),
            SettingsCommands.Create(make),
            CommandCommands.Create(make),
            MulticastCommands.Create(make),
            MemberCommands.Create(make),
            AuditCommands.Create(make),
            BenchCommand.Create(make),
            CompletionCommand.Create(make),
        };
        foreach (Option option in options.All)
        {
            root.Add(option);
        }

        HelpPage.AddTo(root, words);
        return root;
    }

    private static string HelpOf(CommandResult command)
    {
        List<string> parts = ["--help"];
        for (CommandResult? at = command; at is { Command: not RootCommand }; at = at.Parent as CommandResult)
        {
            parts.Insert(0, at.Command.Name);
        }

        return "polectl " + string.Join(' ', parts);
    }
}
