// Changing and retiring poles, one by one, and their history. Import is Import/'s.
using System.Globalization;
using System.Text.Json.Nodes;
using Provisioning.Audit;
using Provisioning.Controllers;
using Provisioning.Language;
using Provisioning.Problems;
using Provisioning.Workspaces;

namespace Provisioning.Poles;

/// <summary>Which poles are meant; null is any.</summary>
public sealed record PoleFilter
{
    /// <summary>Street, as written.</summary>
    public string? Street { get; init; }

    /// <summary>District, as written.</summary>
    public string? District { get; init; }

    /// <summary>Group, as written.</summary>
    public string? Group { get; init; }

    /// <summary>Circuit, as written.</summary>
    public string? Circuit { get; init; }

    /// <summary>Whether retired poles are meant too.</summary>
    public bool IncludesRetired { get; init; }

    /// <summary>Whether a pole is meant.</summary>
    public bool Matches(Pole pole)
    {
        ArgumentNullException.ThrowIfNull(pole);
        return (IncludesRetired || pole.State == PoleState.InService)
            && (Street is null || Street == pole.Street) && (District is null || District == pole.District)
            && (Group is null || Group == pole.Group) && (Circuit is null || Circuit == pole.Circuit);
    }
}

/// <summary>The poles of a workspace.</summary>
public static class PoleInventory
{
    /// <summary>Poles by identifier.</summary>
    public static IReadOnlyList<Pole> List(Workspace workspace, PoleFilter? filter = null)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        List<Pole> poles = workspace.Read(PoleTable.All);
        if (filter is not null)
        {
            poles.RemoveAll(pole => !filter.Matches(pole));
        }

        // The collation of a database server is not ours to know.
        poles.Sort((left, right) => string.CompareOrdinal(left.Id, right.Id));
        return poles;
    }

    /// <summary>A pole.</summary>
    /// <exception cref="ProblemException">There is none.</exception>
    public static Pole Get(Workspace workspace, string id)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        return workspace.Read(connection => PoleTable.Find(connection, id)) ?? throw Absent(id);
    }

    /// <summary>What happened to a pole, oldest first.</summary>
    public static IReadOnlyList<JournalEntry> History(Workspace workspace, string id)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        return workspace.Read(connection => PoleTable.Find(connection, id) is null ? throw Absent(id) : JournalTable.About(connection, SubjectKind.Pole, id));
    }

    /// <summary>Sets fields of a pole; the others stay as they are, whoever changed them meanwhile.</summary>
    /// <param name="writer">The change.</param>
    /// <param name="id">The pole.</param>
    /// <param name="fields">Fields and texts.</param>
    /// <param name="seenVersion">The version that was seen; null when only the named fields matter.</param>
    /// <returns>The pole after; with the version from before when nothing is different.</returns>
    /// <exception cref="ProblemException">There is no such pole, it is retired, was changed since, or a value is not right.</exception>
    public static Pole Set(WorkspaceWriter writer, string id, IReadOnlyList<(PoleField Field, string Text)> fields, int? seenVersion)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(fields);
        Pole before = Standing(writer, id, seenVersion);
        Pole after = before;
        List<Problem> problems = [];
        foreach ((PoleField field, string text) in fields)
        {
            (Pole? changed, Problem? problem) = field.Set(after, text);
            after = changed ?? after;
            if (problem is not null)
            {
                problems.Add(problem with { Kind = ProblemKind.WrongUse });
            }
        }

        return problems.Count > 0 ? throw new ProblemException(problems) : Update(writer, "pole.set", before, after);
    }

    /// <summary>Retires a pole: it stays in the workspace for its history.</summary>
    /// <exception cref="ProblemException">There is no such pole, it is retired already, was changed since, or a controller hangs in it.</exception>
    public static Pole Retire(WorkspaceWriter writer, string id, int? seenVersion)
    {
        ArgumentNullException.ThrowIfNull(writer);
        Pole before = Standing(writer, id, seenVersion);
        if (ControllerTable.InPole(writer.Connection, id) is { } controller)
        {
            throw new ProblemException(new Problem("problem.pole.hasController", controller.DevEui) { Field = "pole", Value = id });
        }

        return Update(writer, "pole.retire", before, before with { State = PoleState.Retired });
    }

    /// <summary>Replaces a pole's row and records what changed.</summary>
    internal static Pole Update(WorkspaceWriter writer, string action, Pole before, Pole after)
    {
        if (before == after)
        {
            return before;
        }

        Pole written = after with { Version = before.Version + 1 };
        if (!PoleTable.TryUpdate(writer.Connection, written, before.Version))
        {
            throw new ProblemException(Changed(writer, before.Id, before.Version));
        }

        writer.Record(action, SubjectKind.Pole, before.Id, PoleTable.HashOf(written), Differences(before, after));
        return written;
    }

    internal static ProblemException Absent(string id) => new(new Problem("problem.pole.absent") { Kind = ProblemKind.WrongUse, Field = "pole", Value = id });

    internal static Problem Changed(WorkspaceWriter writer, string id, int seenVersion)
    {
        JournalEntry? last = JournalTable.LastAbout(writer.Connection, SubjectKind.Pole, id);
        string when = last is null ? "?" : UtcText.Shown(last.AtUtcMs);
        return new Problem("problem.pole.changed", id, seenVersion.ToString(CultureInfo.InvariantCulture), last?.Member ?? "?", when) { Field = "version" };
    }

    internal static Pole Standing(WorkspaceWriter writer, string id, int? seenVersion)
    {
        Pole pole = PoleTable.Find(writer.Connection, id) ?? throw Absent(id);
        if (seenVersion is { } seen && seen != pole.Version)
        {
            throw new ProblemException(Changed(writer, id, seen));
        }

        return pole.State == PoleState.Retired ? throw new ProblemException(new Problem("problem.pole.retired") { Field = "pole", Value = id }) : pole;
    }

    /// <summary>What is different between two states of a pole: field to old and new.</summary>
    internal static JsonObject Differences(Pole before, Pole after)
    {
        JsonObject detail = [];
        foreach (PoleField field in PoleField.All)
        {
            string old = field.Get(before);
            string now = field.Get(after);
            if (old != now)
            {
                detail[field.Name] = new JsonArray(old, now);
            }
        }

        return detail;
    }
}
