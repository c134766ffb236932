// polectl bench server: what the registration of a whole city costs, in requests and processor time, at a stand-in on this computer. Everything that it registers there
// is deleted again.
using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Polectl.Cli;
using Provisioning.Controllers;
using Provisioning.Keys;
using Provisioning.Members;
using Provisioning.NetworkServers;
using Provisioning.NetworkServers.Registration;
using Provisioning.NetworkServers.Settings;
using Provisioning.Poles;
using Provisioning.Poles.Import;
using Provisioning.Problems;
using Provisioning.Storage;
using Provisioning.Workspaces;

namespace Polectl.Commands;

/// <summary>The verb bench server.</summary>
internal static class ServerBench
{
    private const string Noun = "bench";
    private const int UsualPoles = 10_000;
    private const int MostPoles = 200_000;
    private const int Parallelism = 8;
    private const string UsualToken = "stand-in-token";

    public static Command Create(CommandMaker make)
    {
        Option<string> kind = make.Needed("kind", "kind");
        kind.AcceptOnlyFromAmong([.. ServerList.Kinds]);
        Option<string> url = make.Needed("url", "url");
        Option<string> application = make.Needed("application", "application");
        Option<int?> poles = make.Number("poles", 1, MostPoles);
        return make.Reading(Noun, "server", [kind, url, application, poles], run =>
        {
            bool isChirpStack = run.Get(kind) == ServerList.Kinds[0];
            ServerSettings settings = new()
            {
                Name = "bench",
                Kind = run.Get(kind),
                Address = run.Get(url),
                Application = run.Get(application),
                FrequencyPlans = isChirpStack ? new SortedDictionary<string, string>() : new SortedDictionary<string, string> { ["eu868"] = "EU_863_870_TTN" },
            };
            return Measure(run, settings, run.Get(poles) ?? UsualPoles);
        });
    }

    private static Outcome Measure(Run run, ServerSettings settings, int count)
    {
        if (!Uri.TryCreate(settings.Address, UriKind.Absolute, out Uri? address) || !address.IsLoopback)
        {
            throw new ProblemException(new Problem("problem.networkServer.benchPlace") { Kind = ProblemKind.WrongUse, Field = "--url", Value = settings.Address });
        }

        string folder = Directory.CreateTempSubdirectory("polectl-bench-").FullName;
        try
        {
            List<Step> steps = Steps(run, folder, settings, count);
            return new Outcome
            {
                Lines = Table.Lines(
                    [run.Words["field.step"], run.Words["field.requests"], "s", run.Words["field.processor"]],
                    steps.Select(step => (IReadOnlyList<string>)[run.Words["bench." + step.Name], $"{step.Requests}", Text(step.Seconds), Text(step.ProcessorSeconds)])),
                Result = new JsonObject
                {
                    ["poles"] = count,
                    ["requests"] = new JsonObject(steps.Select(step => KeyValuePair.Create(step.Name, (JsonNode?)step.Requests))),
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

    private static List<Step> Steps(Run run, string folder, ServerSettings settings, int count)
    {
        string list = Path.Combine(folder, "poles.csv");
        File.WriteAllText(list, BenchCommand.MakeList(count));
        WorkspaceAddress place = WorkspaceAddress.Parse(Path.Combine(folder, "bench.polectl"));
        Author author = Author.OfThisProcess(null);
        UnlockSecret secret = new("a passphrase for measuring", null);
        WorkspaceSetup.Create(place, author, false);
        using Workspace workspace = Workspace.Open(place, author);
        workspace.Write(Permission.Plan, false, writer => PoleImport.Run(writer, new PoleImportRequest { Path = list }));
        workspace.Write(Permission.Administer, false, writer =>
        {
            KeyVault.AddWay(writer, "bench", secret, null);
            return true;
        });
        using KeyVault vault = KeyVault.Open(workspace, secret);
        IdentityRequest identities = new() { JoinEui = "70b3d57ed0000001", Board = "pole-controller-r1", Region = "eu868", EuiPrefix = "70b3d5", Poles = new PoleFilter() };
        workspace.Write(Permission.Plan, false, writer => IdentityFactory.Make(writer, vault, identities));
        using INetworkServer server = ServerList.Open(settings, run.Surroundings.Variable("POLECTL_SERVER_TOKEN") ?? UsualToken);

        List<Step> steps = [];
        T Time<T>(string step, Func<Task<T>> work)
        {
            run.Progress("bench.progress", run.Words["bench." + step]);
            TimeSpan processor = Environment.CpuUsage.TotalTime;
            long requests = server.RequestCount;
            Stopwatch watch = Stopwatch.StartNew();
            T result = work().GetAwaiter().GetResult();
            steps.Add(new Step(step, server.RequestCount - requests, watch.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - processor).TotalSeconds));
            return result;
        }

        async Task<RegistrationPlan> PlanAsync() =>
            (await RegistrationPlanner.PlanAsync(server, Wanted.Read(workspace, vault, settings, server.Traits, null), Parallelism, null, CancellationToken.None).ConfigureAwait(false)).Value;
        Task<RegistrationResult> ApplyAsync(RegistrationPlan plan) => RegistrationRunner.RunAsync(workspace, settings, server, plan, Parallelism, null, CancellationToken.None);

        RegistrationPlan plan = Time("serverPlan", PlanAsync);
        RegistrationResult result = Time("serverRegister", () => ApplyAsync(plan));
        if (!result.IsWhole)
        {
            throw new ProblemException(result.Problems);
        }

        Time("serverCompare", PlanAsync);
        workspace.Write(Permission.Plan, false, writer =>
        {
            foreach (string devEui in plan.Devices.Select(device => device.DevEui))
            {
                ControllerInventory.Retire(writer, devEui);
            }

            return true;
        });
        RegistrationPlan end = PlanAsync().GetAwaiter().GetResult();
        Time("serverDelete", () => ApplyAsync(end));
        return steps;
    }

    private static string Text(double seconds) => seconds.ToString("0.00", CultureInfo.InvariantCulture);

    private sealed record Step(string Name, long Requests, double Seconds, double ProcessorSeconds);
}
