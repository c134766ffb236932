// polectl label: sheets of labels for controllers.
using System.CommandLine;
using System.Text.Json.Nodes;
using Polectl.Cli;
using Provisioning.Controllers;
using Provisioning.Files;
using Provisioning.Labels;
using Provisioning.Poles;
using Provisioning.Workspaces;

namespace Polectl.Commands;

/// <summary>The noun label.</summary>
internal static class LabelCommands
{
    private const string Noun = "label";
    private const int MostSkipped = 100;

    public static Command Create(CommandMaker make)
    {
        Argument<string> file = make.Argument("newFile");
        Option<string> vendor = make.Needed("vendor-id", "hex4");
        Option<string> profile = make.Needed("profile-id", "hex4");
        Option<string?> layout = make.Text("layout", "layout");
        layout.AcceptOnlyFromAmong([.. LabelLayout.All.Select(known => known.Name)]);
        Option<int?> skip = make.Number("skip", 0, MostSkipped);
        Option<string[]> controllers = make.Texts("controller", "controller");
        FilterOptions filter = new(make);
        return make.Noun(
            Noun,
            make.Writing(Noun, "sheet", [file, vendor, profile, layout, skip, controllers, .. filter.Chosen], run => Sheet(
                run,
                run.Get(file),
                new LabelRequest
                {
                    VendorId = run.Get(vendor),
                    ProfileId = run.Get(profile),
                    Layout = LabelLayout.All.First(known => run.Get(layout) is not { } name || known.Name == name),
                    SkippedCount = run.Get(skip) ?? 0,
                },
                run.Get(controllers) ?? [],
                filter.Read(run))));
    }

    private static Outcome Sheet(Run run, string path, LabelRequest request, string[] named, PoleFilter filter)
    {
        NewFile.Require(path);
        using Workspace workspace = run.Open();
        IReadOnlyList<Controller> controllers = Choose(workspace, named, filter);
        byte[] pdf = LabelSheet.Make(controllers, request);
        if (!run.IsDryRun)
        {
            NewFile.Write(path, pdf, isSecret: false);
        }

        return new Outcome
        {
            Lines = [run.Words.Format("label.made", $"{controllers.Count}", path)],
            Result = new JsonObject { ["count"] = controllers.Count, ["file"] = path },
        };
    }

    // The named ones in the order given; else those of the chosen poles, in the order of the poles; else all that are in use, spare ones last.
    private static IReadOnlyList<Controller> Choose(Workspace workspace, string[] named, PoleFilter filter)
    {
        if (named.Length > 0)
        {
            return [.. named.Select(devEui => ControllerInventory.Get(workspace, devEui))];
        }

        bool isFiltered = filter.Street is not null || filter.District is not null || filter.Group is not null || filter.Circuit is not null;
        IReadOnlyList<Controller> all = ControllerInventory.List(workspace);
        Dictionary<string, Controller> byPole = all.Where(controller => controller.PoleId is not null).ToDictionary(controller => controller.PoleId!, StringComparer.Ordinal);
        return
        [
            .. PoleInventory.List(workspace, filter).Where(pole => byPole.ContainsKey(pole.Id)).Select(pole => byPole[pole.Id]),
            .. isFiltered ? [] : all.Where(controller => controller.State == ControllerState.Spare),
        ];
    }
}
