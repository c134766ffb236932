// polectl recipient: who is told of alarms, and how.
using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Polectl.Cli;
using Provisioning.Alarms;
using Provisioning.Members;
using Provisioning.Problems;
using Provisioning.Workspaces;

namespace Polectl.Commands;

/// <summary>The noun recipient.</summary>
internal static class RecipientCommands
{
    private const string Noun = "recipient";

    public static Command Create(CommandMaker make)
    {
        Argument<string> name = make.Argument("recipient");
        Argument<string> removed = make.Argument("recipient");
        SetOptions options = new(make);
        return make.Noun(
            Noun,
            make.Reading(Noun, "list", [], List),
            make.Writing(Noun, "set", [name, .. options.All], run => Set(run, options.Read(run, run.Get(name)))),
            make.Writing(Noun, "remove", [removed], run => Remove(run, run.Get(removed))));
    }

    private static Outcome List(Run run)
    {
        using Workspace workspace = run.Open();
        IReadOnlyList<(Recipient Recipient, int Waiting, int GivenUp)> all = RecipientList.All(workspace);
        return new Outcome
        {
            Lines = Table.Lines(
                [run.Words["field.name"], run.Words["field.kind"], run.Words["field.target"], run.Words["field.alarm"], run.Words["field.waiting"], run.Words["field.givenUp"]],
                all.Select(one => (IReadOnlyList<string>)[one.Recipient.Name, one.Recipient.Kind, one.Recipient.Target, one.Recipient.Alarms, $"{one.Waiting}", $"{one.GivenUp}"])),
            Result = new JsonObject { ["recipients"] = new JsonArray([.. all.Select(one => (JsonNode)ToJson(one.Recipient, one.Waiting, one.GivenUp))]) },
        };
    }

    private static Outcome Set(Run run, Recipient recipient)
    {
        using Workspace workspace = run.Open();
        Recipient set = workspace.Write(Permission.Administer, run.IsDryRun, writer => RecipientList.Set(writer, recipient));
        return new Outcome { Lines = [run.Words.Format("recipient.set", set.Name)], Result = ToJson(set, 0, 0) };
    }

    private static Outcome Remove(Run run, string name)
    {
        using Workspace workspace = run.Open();
        workspace.Write(Permission.Administer, run.IsDryRun, writer =>
        {
            RecipientList.Remove(writer, name);
            return true;
        });
        return new Outcome { Lines = [run.Words.Format("recipient.removed", name)], Result = new JsonObject { ["recipient"] = name } };
    }

    private static JsonObject ToJson(Recipient recipient, int waiting, int givenUp) => new()
    {
        ["recipient"] = recipient.Name,
        ["kind"] = recipient.Kind,
        ["target"] = recipient.Target,
        ["language"] = recipient.Language,
        ["alarms"] = recipient.Alarms,
        ["group"] = recipient.Group,
        ["district"] = recipient.District,
        ["waiting"] = waiting,
        ["givenUp"] = givenUp,
    };

    private sealed class SetOptions
    {
        private readonly Option<string?> _webhook;
        private readonly Option<string?> _secretFile;
        private readonly Option<string?> _mailTo;
        private readonly Option<string?> _mailFrom;
        private readonly Option<string?> _mailFolder;
        private readonly Option<string?> _program;
        private readonly Option<string[]> _argument;
        private readonly Option<string[]> _alarm;
        private readonly Option<string?> _group;
        private readonly Option<string?> _district;
        private readonly Option<string?> _language;

        public SetOptions(CommandMaker make)
        {
            _webhook = make.Text("webhook", "webhook");
            _secretFile = make.Text("secret-file", "file");
            _mailTo = make.Text("mail-to", "mail");
            _mailFrom = make.Text("mail-from", "mail");
            _mailFolder = make.Text("mail-folder", "folder");
            _program = make.Text("program", "file");
            _argument = make.Texts("argument", "text");
            _alarm = make.Texts("alarm", "alarm");
            _alarm.AcceptOnlyFromAmong([.. AlarmKinds.All.Select(AlarmKinds.Word)]);
            _group = make.Text("group", "text");
            _district = make.Text("district", "text");
            _language = make.Text("tell-in", "language");
            _language.AcceptOnlyFromAmong("en", "de");
        }

        public IReadOnlyList<Symbol> All => [_webhook, _secretFile, _mailTo, _mailFrom, _mailFolder, _program, _argument, _alarm, _group, _district, _language];

        public Recipient Read(Run run, string name)
        {
            (string kind, string target)[] ways =
            [
                .. run.Get(_webhook) is { } url ? [(Recipient.Webhook, url)] : ((string, string)[])[],
                .. run.Get(_mailTo) is { } to ? [(Recipient.Mail, JsonSerializer.Serialize((string[])[Path.GetFullPath(run.Get(_mailFolder) ?? "."), run.Get(_mailFrom) ?? to, to]))] : ((string, string)[])[],
                .. run.Get(_program) is { } program ? [(Recipient.Command, JsonSerializer.Serialize((string[])[Path.GetFullPath(program), .. run.Get(_argument)]))] : ((string, string)[])[],
            ];
            if (ways.Length != 1)
            {
                throw new ProblemException(new Problem("problem.recipient.way") { Kind = ProblemKind.WrongUse });
            }

            return new Recipient
            {
                Name = name,
                Kind = ways[0].kind,
                Target = ways[0].target,
                SecretFile = run.Get(_secretFile) is { } file ? Path.GetFullPath(file) : null,
                Language = run.Get(_language) ?? (run.Words.Language == Provisioning.Language.TextLanguage.German ? "de" : "en"),
                Alarms = string.Join(',', run.Get(_alarm)),
                Group = run.Get(_group),
                District = run.Get(_district),
            };
        }
    }
}
