// Reading orders from outside.
using Provisioning.Workspaces;

namespace Provisioning.Downlinks;

/// <summary>The orders of a workspace.</summary>
public static class OrderList
{
    /// <summary>The newest orders, newest first.</summary>
    /// <param name="workspace">The workspace.</param>
    /// <param name="devEui">Of which controller; null for all.</param>
    /// <param name="most">How many.</param>
    public static IReadOnlyList<Order> Newest(Workspace workspace, string? devEui, int most)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        return workspace.Read(connection => OrderTable.Newest(connection, devEui, most));
    }

    /// <summary>The open orders with their downlinks, oldest first.</summary>
    public static IReadOnlyList<Order> Open(Workspace workspace)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        return workspace.Read(OrderTable.Open);
    }
}
