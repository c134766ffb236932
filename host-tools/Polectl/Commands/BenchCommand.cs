// polectl bench: how long the work for a whole city takes here, step by step, in a folder that is gone afterwards.
using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using PoleController.Time;
using Polectl.Cli;
using Provisioning.Audit;
using Provisioning.Controllers;
using Provisioning.Files;
using Provisioning.Keys;
using Provisioning.Labels;
using Provisioning.Members;
using Provisioning.Poles;
using Provisioning.Poles.Import;
using Provisioning.Storage;
using Provisioning.Workspaces;

namespace Polectl.Commands;

/// <summary>The noun bench.</summary>
internal static class BenchCommand
{
    private const string Noun = "bench";
    private const int UsualPoles = 10_000;
    private const int MostPoles = 200_000;
    private const int UsualUplinks = 1_000_000;
    private const int MostUplinks = 100_000_000;

    public static Command Create(CommandMaker make)
    {
        Option<int?> poles = make.Number("poles", 1, MostPoles);
        Option<int?> fleetPoles = make.Number("poles", 1, MostPoles);
        Option<int?> uplinks = make.Number("uplinks", 1, MostUplinks);
        return make.Noun(
            Noun,
            make.Reading(Noun, "run", [poles], run => Measure(run, run.Get(poles) ?? UsualPoles)),
            make.Reading(Noun, "fleet", [fleetPoles, uplinks], run => FleetBench.Measure(run, run.Get(fleetPoles) ?? UsualPoles, run.Get(uplinks) ?? UsualUplinks)),
            ServerBench.Create(make));
    }

    private static Outcome Measure(Run run, int count)
    {
        string folder = Directory.CreateTempSubdirectory("polectl-bench-").FullName;
        try
        {
            List<Step> steps = Steps(run, folder, count);
            return new Outcome
            {
                Lines = Table.Lines(
                    [run.Words["field.step"], "s", run.Words["field.processor"]],
                    steps.Select(step => (IReadOnlyList<string>)[run.Words["bench." + step.Name], Text(step.Seconds), Text(step.ProcessorSeconds)])),
                Result = new JsonObject
                {
                    ["poles"] = count,
                    ["seconds"] = new JsonObject(steps.Select(step => KeyValuePair.Create(step.Name, (JsonNode?)Math.Round(step.Seconds, 3)))),
                    ["processorSeconds"] = new JsonObject(steps.Select(step => KeyValuePair.Create(step.Name, (JsonNode?)Math.Round(step.ProcessorSeconds, 3)))),
                },
            };
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    private static string Text(double seconds) => seconds.ToString("0.00", CultureInfo.InvariantCulture);

    private static List<Step> Steps(Run run, string folder, int count)
    {
        string list = Path.Combine(folder, "poles.csv");
        File.WriteAllText(list, MakeList(count));
        WorkspaceAddress address = WorkspaceAddress.Parse(Path.Combine(folder, "bench.polectl"));
        Author author = Author.OfThisProcess(null);
        WorkspaceSetup.Create(address, author, false);
        using Workspace workspace = Workspace.Open(address, author);
        UnlockSecret secret = new("a passphrase for measuring", null);
        List<Step> steps = [];
        T Time<T>(string step, Func<T> work)
        {
            run.Progress("bench.progress", run.Words["bench." + step]);
            TimeSpan processor = Environment.CpuUsage.TotalTime;
            Stopwatch watch = Stopwatch.StartNew();
            T result = work();
            steps.Add(new Step(step, watch.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - processor).TotalSeconds));
            return result;
        }

        Time("import", () => workspace.Write(Permission.Plan, false, writer => PoleImport.Run(writer, new PoleImportRequest { Path = list })));
        Time("importAgain", () => workspace.Write(Permission.Plan, false, writer => PoleImport.Run(writer, new PoleImportRequest { Path = list })));
        workspace.Write(Permission.Administer, false, writer =>
        {
            KeyVault.AddWay(writer, "bench", secret, null);
            return true;
        });
        using KeyVault vault = Time("unlock", () => KeyVault.Open(workspace, secret));
        IdentityRequest identities = new() { JoinEui = "70b3d57ed0000001", Board = "pole-controller-r1", Region = "eu868", EuiPrefix = "70b3d5", Poles = new PoleFilter() };
        IReadOnlyList<Controller> controllers = Time("identities", () => workspace.Write(Permission.Plan, false, writer => IdentityFactory.Make(writer, vault, identities)));
        ProvisioningRequest files = new() { Folder = Path.Combine(folder, "files"), Time = new CityTime(60, DaylightSavingRule.EuropeanUnion) };
        Time("files", () => ProvisioningWriter.Write(workspace, vault, files, false));
        Time("check", () => ProvisioningReader.Check(workspace, vault, files.Folder));
        Time("labels", () => LabelSheet.Make(controllers, new LabelRequest { VendorId = "0000", ProfileId = "0001", Layout = LabelLayout.All[0] }));
        Time("verify", () => AuditVerifier.Verify(workspace));
        Time("backup", () => WorkspaceBackup.Make(workspace, Path.Combine(folder, "backup.polectl"), false));
        Time("wipe", () => ProvisioningWiper.Wipe(workspace, files.Folder, false));
        return steps;
    }

    internal static string MakeList(int count)
    {
        StringBuilder text = new("id;lat;lon;street;luminaire;watts;circuit;owner\n");
        for (int number = 1; number <= count; number++)
        {
            text.Append(CultureInfo.InvariantCulture, $"P-{number:000000};{49 + (number * 0.00001):0.00000};{8 + (number % 100 * 0.0005):0.0000};Street {number / 40};LED 40;41.5;C-{number / 60};City\n");
        }

        return text.ToString();
    }

    // Processor time beside the clock: on a computer that does other things too, only the first is polectl's own.
    private sealed record Step(string Name, double Seconds, double ProcessorSeconds);
}
