// polectl controller: the life of controllers.
using System.CommandLine;
using System.Text.Json.Nodes;
using Polectl.Cli;
using Provisioning.Controllers;
using Provisioning.Members;
using Provisioning.Workspaces;

namespace Polectl.Commands;

/// <summary>The noun controller.</summary>
internal static class ControllerCommands
{
    private const string Noun = "controller";

    public static Command Create(CommandMaker make)
    {
        Argument<string> controller = make.Argument("controller");
        Argument<string> pole = make.Argument("pole");
        Option<bool> defective = make.Flag("defective");
        return make.Noun(
            Noun,
            make.Reading(Noun, "list", [], List),
            make.Reading(Noun, "show", [controller], run => Show(run, run.Get(controller))),
            make.Writing(Noun, "mount", [controller, pole], run => Change(run, Permission.Service, writer => ControllerInventory.Mount(writer, run.Get(controller), run.Get(pole)))),
            make.Writing(Noun, "unmount", [controller, defective], run =>
                Change(run, Permission.Service, writer => ControllerInventory.Unmount(writer, run.Get(controller), run.Get(defective)))),
            make.Writing(Noun, "replace", [pole, controller, defective], run =>
                Change(run, Permission.Service, writer => ControllerInventory.Replace(writer, run.Get(pole), run.Get(controller), run.Get(defective)))),
            make.Writing(Noun, "repair", [controller], run => Change(run, Permission.Service, writer => ControllerInventory.Repair(writer, run.Get(controller)))),
            make.Writing(Noun, "retire", [controller], run => Change(run, Permission.Plan, writer => ControllerInventory.Retire(writer, run.Get(controller)))),
            make.Reading(Noun, "history", [controller], run => History(run, run.Get(controller))));
    }

    /// <summary>A controller as JSON, for every command that shows one.</summary>
    public static JsonObject ToJson(Controller controller) => new()
    {
        ["devEui"] = controller.DevEui,
        ["joinEui"] = controller.JoinEui,
        ["board"] = controller.Board,
        ["region"] = controller.Region,
        ["chipMac"] = controller.ChipMac,
        ["state"] = StateWord(controller.State),
        ["pole"] = controller.PoleId,
        ["version"] = controller.Version,
    };

    /// <summary>A controller for people.</summary>
    public static IReadOnlyList<string> Lines(Run run, Controller controller) =>
    [
        $"DevEUI: {controller.DevEui}",
        $"JoinEUI: {controller.JoinEui}",
        $"{run.Words["field.board"]}: {controller.Board}",
        $"{run.Words["field.region"]}: {controller.Region}",
        .. controller.ChipMac is null ? (string[])[] : [$"MAC: {controller.ChipMac}"],
        $"{run.Words["field.state"]}: {run.Words["state." + StateWord(controller.State)]}",
        .. controller.PoleId is null ? (string[])[] : [$"{run.Words["field.pole"]}: {controller.PoleId}"],
        $"{run.Words["field.version"]}: {controller.Version}",
    ];

    private static string StateWord(ControllerState state) => state.ToString().ToLowerInvariant();

    private static Outcome List(Run run)
    {
        using Workspace workspace = run.Open();
        IReadOnlyList<Controller> controllers = ControllerInventory.List(workspace);
        return new Outcome
        {
            Lines =
            [
                .. Table.Lines(
                    ["DevEUI", run.Words["field.state"], run.Words["field.pole"], run.Words["field.board"]],
                    controllers.Select(controller => (IReadOnlyList<string>)
                        [controller.DevEui, run.Words["state." + StateWord(controller.State)], controller.PoleId ?? "", controller.Board])),
                run.Words.Format("controller.count", $"{controllers.Count}"),
            ],
            Result = new JsonObject { ["controllers"] = new JsonArray([.. controllers.Select(ToJson)]) },
        };
    }

    private static Outcome Show(Run run, string devEui)
    {
        using Workspace workspace = run.Open();
        return Shown(run, ControllerInventory.Get(workspace, devEui));
    }

    private static Outcome History(Run run, string devEui)
    {
        using Workspace workspace = run.Open();
        return AuditCommands.Entries(run, ControllerInventory.History(workspace, devEui));
    }

    private static Outcome Change(Run run, Permission permission, Func<WorkspaceWriter, Controller> change)
    {
        using Workspace workspace = run.Open();
        return Shown(run, workspace.Write(permission, run.IsDryRun, change));
    }

    private static Outcome Shown(Run run, Controller controller) => new() { Lines = Lines(run, controller), Result = ToJson(controller) };
}
