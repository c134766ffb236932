// Adding members, giving them roles, taking them out. The last security officer stays.
using System.Text.Json.Nodes;
using Provisioning.Audit;
using Provisioning.Problems;
using Provisioning.Workspaces;

namespace Provisioning.Members;

/// <summary>The members of a workspace.</summary>
public static class MemberList
{
    private const int LongestName = 63;

    /// <summary>All members by name.</summary>
    public static IReadOnlyList<Member> All(Workspace workspace)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        return workspace.Read(MemberTable.All);
    }

    /// <summary>Adds a member or gives one other roles; the same roles change nothing.</summary>
    /// <returns>Whether anything changed.</returns>
    public static bool Set(WorkspaceWriter writer, string name, Roles roles)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Require(Permission.Administer);
        if (string.IsNullOrWhiteSpace(name) || name.Length > LongestName || name.Any(char.IsControl) || roles == Roles.None)
        {
            throw new ProblemException(new Problem("problem.member.name", string.Join(", ", RoleNames.All)) { Kind = ProblemKind.WrongUse, Value = name ?? "" });
        }

        Member? before = MemberTable.Find(writer.Connection, name);
        if (before?.Roles == roles)
        {
            return false;
        }

        Member after = new(name, roles, (before?.Version ?? 0) + 1);
        if (before is null)
        {
            MemberTable.Insert(writer.Connection, after);
        }
        else
        {
            MemberTable.Update(writer.Connection, after);
            RequireOfficer(writer);
        }

        writer.Record(before is null ? "member.add" : "member.change", SubjectKind.Member, name, MemberTable.HashOf(after),
            new JsonObject { ["roles"] = new JsonArray(before is null ? "" : RoleNames.ToText(before.Roles), RoleNames.ToText(roles)) });
        return true;
    }

    /// <summary>Takes a member out.</summary>
    public static void Remove(WorkspaceWriter writer, string name)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Require(Permission.Administer);
        if (MemberTable.Find(writer.Connection, name) is null)
        {
            throw new ProblemException(new Problem("problem.member.absent") { Kind = ProblemKind.WrongUse, Value = name });
        }

        MemberTable.Delete(writer.Connection, name);
        RequireOfficer(writer);
        writer.Record("member.remove", SubjectKind.Member, name, null);
    }

    private static void RequireOfficer(WorkspaceWriter writer)
    {
        if (!MemberTable.All(writer.Connection).Any(member => member.Roles.Allow(Permission.Administer)))
        {
            throw new ProblemException(new Problem("problem.member.lastOfficer"));
        }
    }
}
