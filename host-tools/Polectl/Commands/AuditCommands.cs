// polectl audit: the journal, shown and verified.
using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Polectl.Cli;
using Provisioning.Audit;
using Provisioning.Language;
using Provisioning.Problems;
using Provisioning.Workspaces;

namespace Polectl.Commands;

/// <summary>The noun audit.</summary>
internal static class AuditCommands
{
    private const string Noun = "audit";
    private const int UsualCount = 20;

    public static Command Create(CommandMaker make)
    {
        Option<string?> head = make.Text("head", "head");
        Option<int?> last = make.Number("last", 1, 1_000_000);
        return make.Noun(
            Noun,
            make.Reading(Noun, "verify", [head], run => Verify(run, run.Get(head))),
            make.Reading(Noun, "list", [last], run => List(run, run.Get(last) ?? UsualCount)));
    }

    /// <summary>Number and hash of an entry as they are noted.</summary>
    public static string HeadText(long sequence, byte[] hash) => string.Create(CultureInfo.InvariantCulture, $"{sequence}:{Convert.ToHexStringLower(hash)}");

    /// <summary>Entries for people and programs.</summary>
    public static Outcome Entries(Run run, IReadOnlyList<JournalEntry> entries) => new()
    {
        Lines = Table.Lines(
            [run.Words["field.sequence"], run.Words["field.time"], run.Words["field.member"], run.Words["field.action"], run.Words["field.subject"], run.Words["field.detail"]],
            entries.Select(entry => (IReadOnlyList<string>)
            [
                entry.Sequence.ToString(CultureInfo.InvariantCulture), Time(entry.AtUtcMs), entry.Member, entry.Action, entry.SubjectKind + " " + entry.SubjectId, entry.Detail,
            ])),
        Result = new JsonObject { ["entries"] = new JsonArray([.. entries.Select(ToJson)]) },
    };

    private static JsonNode ToJson(JournalEntry entry) => new JsonObject
    {
        ["sequence"] = entry.Sequence,
        ["time"] = Time(entry.AtUtcMs),
        ["member"] = entry.Member,
        ["account"] = entry.Account,
        ["action"] = entry.Action,
        ["subjectKind"] = entry.SubjectKind,
        ["subject"] = entry.SubjectId,
        ["detail"] = Parse(entry.Detail),
    };

    // A journal that was tampered with may hold anything.
    private static JsonNode? Parse(string detail)
    {
        try
        {
            return JsonNode.Parse(detail);
        }
        catch (System.Text.Json.JsonException)
        {
            return detail;
        }
    }

    private static Outcome List(Run run, int count)
    {
        using Workspace workspace = run.Open();
        return Entries(run, AuditJournal.Newest(workspace, count));
    }

    private static Outcome Verify(Run run, string? head)
    {
        (long, byte[])? known = null;
        if (head is not null)
        {
            known = ReadHead(head);
            if (known is null)
            {
                return new Outcome { Problems = [new Problem("problem.head") { Kind = ProblemKind.WrongUse, Field = "--head", Value = head }], ExitCode = ExitCode.WrongUse };
            }
        }

        using Workspace workspace = run.Open();
        AuditReport report = AuditVerifier.Verify(workspace, known);
        string present = HeadText(report.EntryCount, report.HeadHash);
        bool isSound = report.Findings.Count == 0;
        return new Outcome
        {
            Lines = [isSound ? run.Words.Format("audit.sound", $"{report.EntryCount}") : run.Words["audit.unsound"], run.Words.Format("audit.head", present)],
            Problems = report.Findings,
            ExitCode = isSound ? ExitCode.Done : ExitCode.Failed,
            Result = new JsonObject { ["sound"] = isSound, ["entries"] = report.EntryCount, ["head"] = present },
        };
    }

    private static (long, byte[])? ReadHead(string text)
    {
        string[] parts = text.Split(':');
        return parts.Length == 2 && parts[1].Length == 64 && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out long sequence)
            && parts[1].All(char.IsAsciiHexDigit)
            ? (sequence, Convert.FromHexString(parts[1]))
            : null;
    }

    private static string Time(long atUtcMs)
    {
        // What a hostile journal claims as a time may be outside of all years.
        long bounded = Math.Clamp(atUtcMs, 0, 253402300799000);
        return UtcText.Shown(bounded);
    }
}
