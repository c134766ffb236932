// The workspace: whether it opens, its file is whole, the journal fits, and the keys can be read.
using System.Globalization;
using Provisioning.Audit;
using Provisioning.Keys;
using Provisioning.Problems;
using Provisioning.Workspaces;

namespace Provisioning.Doctor;

/// <summary>Looks at a workspace.</summary>
public static class WorkspaceChecks
{
    private const int FindingsToName = 3;

    /// <summary>Opens it and looks; whatever is wrong is a finding.</summary>
    /// <param name="place">Where it is, without any password.</param>
    /// <param name="open">Opens it.</param>
    /// <param name="secret">What unlocks the keys; null when nothing was given.</param>
    /// <param name="newest">The newest time that its journal has.</param>
    public static IReadOnlyList<DoctorFinding> Find(string place, Func<Workspace> open, Func<UnlockSecret?> secret, out DateTimeOffset? newest)
    {
        ArgumentNullException.ThrowIfNull(open);
        ArgumentNullException.ThrowIfNull(secret);
        newest = null;
        List<DoctorFinding> findings = [];
        try
        {
            using Workspace workspace = open();
            IReadOnlyList<string> damage = WorkspaceSetup.FindDamage(workspace);
            findings.Add(damage.Count == 0 ? DoctorFinding.Ok("workspace", place) : DoctorFinding.Failed("workspace", place, new Problem("problem.store.damaged", damage[0])));
            newest = AuditJournal.Newest(workspace, 1) is [JournalEntry last, ..] ? DateTimeOffset.FromUnixTimeMilliseconds(last.AtUtcMs) : null;
            findings.Add(Journal(workspace));
            findings.Add(Keys(workspace, secret));
        }
        catch (ProblemException exception)
        {
            findings.Add(DoctorFinding.Failed("workspace", place, exception.Problems[0]));
        }

        return findings;
    }

    private static DoctorFinding Journal(Workspace workspace)
    {
        AuditReport report = AuditVerifier.Verify(workspace);
        string found = report.EntryCount.ToString(CultureInfo.InvariantCulture);
        return report.Findings.Count == 0
            ? DoctorFinding.Ok("journal", found)
            : DoctorFinding.Failed("journal", found, new Problem("problem.doctor.journal", string.Join(", ", report.Findings.Take(FindingsToName).Select(finding => finding.Key))));
    }

    private static DoctorFinding Keys(Workspace workspace, Func<UnlockSecret?> secret)
    {
        int ways = workspace.Read(UnlockTable.All).Count;
        string found = ways.ToString(CultureInfo.InvariantCulture);
        if (ways == 0)
        {
            return DoctorFinding.Warning("keys", found, new Problem("problem.doctor.noWay"));
        }

        try
        {
            if (secret() is not { } given)
            {
                return DoctorFinding.Warning("keys", found, new Problem("problem.doctor.keysNotTried"));
            }

            using KeyVault vault = KeyVault.Open(workspace, given);
            return DoctorFinding.Ok("keys", found);
        }
        catch (ProblemException exception)
        {
            return DoctorFinding.Failed("keys", found, exception.Problems[0]);
        }
    }
}
