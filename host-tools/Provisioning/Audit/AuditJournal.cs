// Reading the journal from outside.
using Provisioning.Workspaces;

namespace Provisioning.Audit;

/// <summary>The journal of a workspace.</summary>
public static class AuditJournal
{
    /// <summary>The newest entries, oldest of them first.</summary>
    public static IReadOnlyList<JournalEntry> Newest(Workspace workspace, int count)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        List<JournalEntry> entries = workspace.Read(connection => JournalTable.Newest(connection, count));
        entries.Reverse();
        return entries;
    }
}
