// polectl export: the newest values for other systems, and aggregates for everybody.
using System.CommandLine;
using System.Text;
using System.Text.Json.Nodes;
using Polectl.Cli;
using Provisioning.Exports;
using Provisioning.Files;
using Provisioning.Workspaces;

namespace Polectl.Commands;

/// <summary>The noun export.</summary>
internal static class ExportCommands
{
    private const string Noun = "export";

    public static Command Create(CommandMaker make)
    {
        Argument<string> file = make.Argument("newFile");
        Argument<string> openFile = make.Argument("newFile");
        Option<string> form = make.Needed("as", "exportForm");
        form.AcceptOnlyFromAmong([.. FleetExport.Forms]);
        FilterOptions filter = new(make);
        Option<long?> at = make.Moment("at");
        Option<long?> openAt = make.Moment("at");
        Option<string> release = make.Needed("release", "text");
        Option<string?> by = make.Text("by", "by");
        by.AcceptOnlyFromAmong("group", "district", "street");
        Option<int?> smallest = make.Number("smallest-count", 1, 255);
        return make.Noun(
            Noun,
            make.Writing(Noun, "write", [file, form, .. filter.All, at], run => Written(
                run, run.Get(file), workspace => FleetExport.Write(workspace, run.Get(form), filter.Read(run), Now(run, run.Get(at))))),
            make.Writing(Noun, "open-data", [openFile, release, by, smallest, openAt], run => Written(
                run, run.Get(openFile), workspace => FleetExport.Release(workspace, run.Get(by) ?? "district", run.Get(smallest), run.Get(release), Now(run, run.Get(openAt)), run.IsDryRun))));
    }

    private static long Now(Run run, long? atUtcMs) => atUtcMs ?? run.Surroundings.Time.GetUtcNow().ToUnixTimeMilliseconds();

    private static Outcome Written(Run run, string file, Func<Workspace, string> write)
    {
        using Workspace workspace = run.Open();
        NewFile.Require(file);
        byte[] bytes = Encoding.UTF8.GetBytes(write(workspace));
        if (!run.IsDryRun)
        {
            NewFile.Write(file, bytes, isSecret: false);
        }

        return new Outcome { Lines = [run.Words.Format("export.written", file)], Result = new JsonObject { ["file"] = file, ["bytes"] = bytes.Length } };
    }
}
