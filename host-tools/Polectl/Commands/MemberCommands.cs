// polectl member: who works in a workspace, and what they may do.
using System.CommandLine;
using System.Text.Json.Nodes;
using Polectl.Cli;
using Provisioning.Members;
using Provisioning.Problems;
using Provisioning.Workspaces;

namespace Polectl.Commands;

/// <summary>The noun member.</summary>
internal static class MemberCommands
{
    private const string Noun = "member";

    public static Command Create(CommandMaker make)
    {
        Argument<string> name = make.Argument("member");
        Option<string> role = make.Needed("role", "roles");
        return make.Noun(
            Noun,
            make.Reading(Noun, "list", [], List),
            make.Writing(Noun, "set", [name, role], run => Set(run, run.Get(name), run.Get(role))),
            make.Writing(Noun, "remove", [name], run => Remove(run, run.Get(name))));
    }

    private static Outcome List(Run run)
    {
        using Workspace workspace = run.Open();
        IReadOnlyList<Member> members = MemberList.All(workspace);
        return new Outcome
        {
            Lines = Table.Lines([run.Words["field.member"], run.Words["field.roles"]], members.Select(member => (IReadOnlyList<string>)[member.Name, RoleNames.ToText(member.Roles)])),
            Result = new JsonObject
            {
                ["members"] = new JsonArray([.. members.Select(member => (JsonNode)new JsonObject { ["name"] = member.Name, ["roles"] = RoleNames.ToText(member.Roles) })]),
            },
        };
    }

    private static Outcome Set(Run run, string name, string roleText)
    {
        if (RoleNames.Parse(roleText) is not { } roles)
        {
            Problem problem = new("problem.role", string.Join(", ", RoleNames.All)) { Kind = ProblemKind.WrongUse, Field = "--role", Value = roleText };
            return new Outcome { Problems = [problem], ExitCode = ExitCode.WrongUse };
        }

        using Workspace workspace = run.Open();
        bool isChanged = workspace.Write(Permission.Administer, run.IsDryRun, writer => MemberList.Set(writer, name, roles));
        return new Outcome
        {
            Lines = [run.Words.Format(isChanged ? "member.set" : "member.same", name, RoleNames.ToText(roles))],
            Result = new JsonObject { ["name"] = name, ["roles"] = RoleNames.ToText(roles), ["changed"] = isChanged },
        };
    }

    private static Outcome Remove(Run run, string name)
    {
        using Workspace workspace = run.Open();
        workspace.Write(Permission.Administer, run.IsDryRun, writer =>
        {
            MemberList.Remove(writer, name);
            return true;
        });
        return new Outcome { Lines = [run.Words.Format("member.removed", name)], Result = new JsonObject { ["name"] = name } };
    }
}
