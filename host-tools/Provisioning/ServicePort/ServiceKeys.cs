// Takes the service keys of a controller out of the vault for a session at its service port; who did is in the journal before the port is opened. A technician may: the
// key answers the challenge and is shown to nobody.
using Provisioning.Audit;
using Provisioning.Keys;
using Provisioning.Members;
using Provisioning.Workspaces;

namespace Provisioning.ServicePort;

/// <summary>Service keys for sessions.</summary>
public static class ServiceKeys
{
    /// <summary>The service keys that a controller may have: those to come, when a rotation waits, then those in force.</summary>
    /// <exception cref="Problems.ProblemException">There is no such controller, its keys are erased, or the member may not.</exception>
    public static IReadOnlyList<byte[]> Take(Workspace workspace, KeyVault vault, string devEui)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        ArgumentNullException.ThrowIfNull(vault);
        return workspace.Write(Permission.Service, isDryRun: false, writer =>
        {
            bool isRotating = KeyTable.Of(writer.Connection, devEui).Any(row => row.State == KeyState.Next);
            bool[] wanted = isRotating ? [false, true] : [true];
            List<byte[]> keys = [];
            foreach (bool isCurrent in wanted)
            {
                using DeviceKeys taken = KeyStore.Take(writer, vault, devEui, isCurrent, JournalAction.ServiceKeyUsed);
                keys.Add(taken.ServiceKey.ToArray());
            }

            return (IReadOnlyList<byte[]>)keys;
        });
    }
}
