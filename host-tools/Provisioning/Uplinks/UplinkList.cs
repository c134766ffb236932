// Looking at uplinks.
using Provisioning.Controllers;
using Provisioning.Problems;
using Provisioning.Workspaces;

namespace Provisioning.Uplinks;

/// <summary>The uplinks of a workspace.</summary>
public static class UplinkList
{
    /// <summary>The newest uplinks, newest first.</summary>
    /// <param name="workspace">The workspace.</param>
    /// <param name="devEui">Of which controller, which need not be known; null for all.</param>
    /// <param name="state">In which state; null for any.</param>
    /// <param name="most">How many.</param>
    /// <exception cref="ProblemException">It is no EUI.</exception>
    public static IReadOnlyList<StoredUplink> Newest(Workspace workspace, string? devEui, UplinkState? state, int most)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        string? eui = devEui is null ? null : Eui.Parse(devEui) ?? throw new ProblemException(new Problem("problem.eui") { Kind = ProblemKind.WrongUse, Value = devEui });
        return workspace.Read(connection => UplinkTable.Newest(connection, eui, state, most));
    }

    /// <summary>Uplinks of a controller on a port that came at or after a moment, in the order in which they came.</summary>
    public static IReadOnlyList<StoredUplink> Since(Workspace workspace, string devEui, int fPort, long fromUtcMs)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        return workspace.Read(connection => UplinkTable.Since(connection, devEui, fPort, fromUtcMs));
    }

    /// <summary>Controllers that are heard and that nobody knows: DevEUI, how many uplinks wait, when heard last.</summary>
    public static IReadOnlyList<(string DevEui, long Count, long LastUtcMs)> Unknown(Workspace workspace)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        return workspace.Read(UplinkTable.Unknown);
    }

    /// <summary>The word of a state.</summary>
    public static string Word(UplinkState state) => UplinkTable.Word(state);
}
