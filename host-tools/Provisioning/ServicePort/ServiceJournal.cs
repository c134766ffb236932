// What somebody did at a service port stands in the history of the controller and of its pole.
using System.Text.Json.Nodes;
using Provisioning.Audit;
using Provisioning.Controllers;
using Provisioning.Members;
using Provisioning.Workspaces;

namespace Provisioning.ServicePort;

/// <summary>Records acts at service ports.</summary>
public static class ServiceJournal
{
    /// <summary>Records an act before it is carried out.</summary>
    /// <param name="workspace">The workspace.</param>
    /// <param name="devEui">The controller.</param>
    /// <param name="line">What is asked of it; no secret.</param>
    /// <param name="isDryRun">Whether it is only looked whether the member may.</param>
    /// <exception cref="Problems.ProblemException">The controller is not known, or the member may not.</exception>
    public static void Record(Workspace workspace, string devEui, string line, bool isDryRun)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        workspace.Write(Permission.Service, isDryRun, writer =>
        {
            Controller controller = ControllerInventory.Find(writer.Connection, devEui);
            writer.Record(JournalAction.ServicePortUsed, SubjectKind.Controller, controller.DevEui, null, new JsonObject { ["line"] = line });
            return true;
        });
    }
}
