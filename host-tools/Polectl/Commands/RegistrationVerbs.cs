// polectl server plan and apply: what a network server lacks, shown and then carried out.
using System.CommandLine;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Polectl.Cli;
using Provisioning.Keys;
using Provisioning.NetworkServers;
using Provisioning.NetworkServers.Registration;
using Provisioning.NetworkServers.Settings;
using Provisioning.Poles;
using Provisioning.Problems;
using Provisioning.Workspaces;

namespace Polectl.Commands;

/// <summary>The verbs that register.</summary>
internal sealed class RegistrationVerbs(CommandMaker make, Argument<string> server, ServerAccess access)
{
    private const string Noun = "server";
    private const int UsualParallelism = 8;
    private const int MostParallelism = 32;
    private const int ShownProblems = 20;
    private const long ProgressMs = 1_000;

    private readonly FilterOptions _filter = new(make);
    private readonly Option<int?> _parallel = make.Number("parallel", 1, MostParallelism);
    private readonly Option<bool> _yes = make.Flag("yes");

    public Command Plan() => make.Reading(Noun, "plan", [server, .. _filter.Chosen, _parallel, .. access.All], run => Carry(run, isApplied: false));

    public Command Apply() => make.Writing(Noun, "apply", [server, .. _filter.Chosen, _parallel, _yes, .. access.All], run => Carry(run, isApplied: !run.IsDryRun));

    private Outcome Carry(Run run, bool isApplied)
    {
        using Workspace workspace = run.Open();
        ServerSettings settings = ServerList.Get(workspace, run.Get(server));
        using KeyVault vault = access.Unlock(run, workspace);
        using INetworkServer opened = ServerList.Open(workspace, settings.Name, access.GivenToken(run), () => vault);
        CancellationToken interruption = run.Surroundings.Interruption();
        int parallelism = run.Get(_parallel) ?? UsualParallelism;
        Wanted wanted = Wanted.Read(workspace, vault, settings, opened.Traits, Filter(run));
        RegistrationPlan plan = RegistrationPlanner.PlanAsync(opened, wanted, parallelism, Progress(run, "server.comparing"), interruption).GetAwaiter().GetResult().Value;
        if (!isApplied || plan.IsEmpty)
        {
            return new Outcome
            {
                Lines = PlanText.Lines(run.Words, plan),
                Result = new JsonObject { ["server"] = settings.Name, ["plan"] = PlanText.ToJson(plan) },
                Problems = wanted.Blocked,
                ExitCode = wanted.Blocked.Count > 0 ? ExitCode.PartlyDone : ExitCode.Done,
            };
        }

        Agree(run, plan);
        RegistrationResult result = RegistrationRunner.RunAsync(workspace, settings, opened, plan, parallelism, Progress(run, "server.registering"), interruption).GetAwaiter().GetResult();
        return Told(run, settings, plan, result);
    }

    // The choice of poles; null when none was made, which means spare controllers too.
    private PoleFilter? Filter(Run run) => _filter.Read(run) is var filter && filter != new PoleFilter() ? filter : null;

    private void Agree(Run run, RegistrationPlan plan)
    {
        if (run.Get(_yes))
        {
            return;
        }

        foreach (string line in PlanText.Lines(run.Words, plan))
        {
            run.Surroundings.Error.WriteLine(line);
        }

        // Everything but a clear yes is a no.
        if (run.Surroundings.AskLine?.Invoke(run.Words["server.ask"])?.Trim().ToLowerInvariant() is not ("y" or "yes" or "j" or "ja"))
        {
            throw new ProblemException(new Problem("problem.networkServer.notConfirmed") { Kind = ProblemKind.WrongUse });
        }
    }

    private static Outcome Told(Run run, ServerSettings settings, RegistrationPlan plan, RegistrationResult result)
    {
        int Of(PlannedAction action) => result.Done.GetValueOrDefault(action);
        int done = result.Done.Values.Sum() + result.ProfilesDone;
        List<Problem> problems = [.. result.Problems.Take(ShownProblems), .. plan.Wanted.Blocked];
        List<string> lines =
        [
            run.Words.Format(
                "server.done", $"{Of(PlannedAction.Create)}", $"{Of(PlannedAction.Complete)}", $"{Of(PlannedAction.Change)}", $"{Of(PlannedAction.Delete)}", $"{result.ProfilesDone}"),
        ];
        if (!result.IsWhole)
        {
            lines.Add(run.Words.Format("server.notDone", $"{result.Problems.Count}", $"{result.NotTried}"));
        }

        return new Outcome
        {
            Lines = lines,
            Problems = problems,
            ExitCode = result.IsWhole && plan.Wanted.Blocked.Count == 0 ? ExitCode.Done : done > 0 || result.IsWhole ? ExitCode.PartlyDone : Outcome.CodeOf(problems),
            Result = new JsonObject
            {
                ["server"] = settings.Name,
                ["plan"] = PlanText.ToJson(plan),
                ["done"] = new JsonObject
                {
                    ["create"] = Of(PlannedAction.Create), ["complete"] = Of(PlannedAction.Complete), ["change"] = Of(PlannedAction.Change), ["delete"] = Of(PlannedAction.Delete),
                    ["profiles"] = result.ProfilesDone,
                },
                ["failed"] = result.Problems.Count,
                ["notTried"] = result.NotTried,
            },
        };
    }

    private static Action<int, int> Progress(Run run, string key)
    {
        Stopwatch last = Stopwatch.StartNew();
        return (done, all) =>
        {
            if (last.ElapsedMilliseconds >= ProgressMs)
            {
                last.Restart();
                run.Progress(key, $"{done}", $"{all}");
            }
        };
    }
}
