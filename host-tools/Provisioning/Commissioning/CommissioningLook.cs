// Whether a controller at a port is the one that belongs to a pole, without beginning anything.
using Provisioning.Controllers;
using Provisioning.Members;
using Provisioning.Poles;
using Provisioning.ServicePort;
using Provisioning.Workspaces;

namespace Provisioning.Commissioning;

/// <summary>Looks before a commissioning.</summary>
public static class CommissioningLook
{
    /// <summary>The pole that a commissioning would be of, and whether the controller hangs in it.</summary>
    /// <exception cref="Problems.ProblemException">There is no such pole or controller, or the member may not.</exception>
    public static (string PoleId, bool IsRight) At(Workspace workspace, string? poleId, ServiceIdentity identity)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        ArgumentNullException.ThrowIfNull(identity);
        return workspace.Write(Permission.Service, isDryRun: true, writer =>
        {
            (Pole pole, Controller controller) = CommissioningStore.Resolve(writer.Connection, poleId, identity.DevEui);
            return (pole.Id, identity.IsProvisioned && controller.PoleId == pole.Id);
        });
    }
}
