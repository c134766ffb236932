// The options of what is sent down: through which server, with how much air, and how long to wait for the answers.
using System.CommandLine;
using System.Text.Json.Nodes;
using Polectl.Cli;
using Provisioning.Downlinks;
using Provisioning.NetworkServers;
using Provisioning.Problems;
using Provisioning.Workspaces;

namespace Polectl.Commands;

/// <summary>Options of sending.</summary>
internal sealed class SendOptions(CommandMaker make)
{
    private const int MostGateways = 10_000;
    private const int LongestWaitMinutes = 7 * 24 * 60;
    private const int LongestRetryMinutes = 24 * 60;
    private const int MinuteMs = 60_000;
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(5);

    private readonly ServerOptions _server = new(make);
    private readonly Option<int?> _gateways = make.Number("gateways", 1, MostGateways);
    private readonly Option<int?> _retry = make.Number("retry-after", 1, LongestRetryMinutes);
    private readonly Option<int?> _wait = make.Number("wait", 1, LongestWaitMinutes);

    public IReadOnlyList<Symbol> All => [.. _server.All, _gateways, _retry, _wait];

    /// <summary>The vault as sending needs it: opened when a group's keys are needed, and only if nobody has to be asked then. The caller disposes of it.</summary>
    public VaultLease Vault(Run run, Workspace workspace) => new(() => _server.Unlock(run, workspace), () => _server.CanUnlock(run));

    /// <summary>The kind of the server through which is sent.</summary>
    public string ServerKind(Run run, Workspace workspace) => _server.Kind(run, workspace);

    /// <summary>Gives the downlinks of open orders to the server.</summary>
    public Outcome Pump(Run run, Workspace workspace, VaultLease vault, int? dataRate, int ordered)
    {
        using INetworkServer server = _server.Open(run, workspace);
        PumpSettings settings = new()
        {
            DataRate = dataRate, GatewayCount = run.Get(_gateways) ?? 1, RetryAfterMs = (run.Get(_retry) ?? 30) * (long)MinuteMs, Unlock = vault.Find,
        };
        OrderPump pump = new(workspace, server, settings);
        using CancellationTokenSource end = new();
        ConsoleCancelEventHandler stop = (_, key) =>
        {
            // The downlink that is on its way is noted first.
            key.Cancel = true;
            end.Cancel();
        };
        Console.CancelKeyPress += stop;
        try
        {
            return Tell(run, workspace, ordered, Run(run, workspace, pump, end.Token));
        }
        finally
        {
            Console.CancelKeyPress -= stop;
        }
    }

    private PumpResult Run(Run run, Workspace workspace, OrderPump pump, CancellationToken cancellation)
    {
        long untilMs = run.Surroundings.Time.GetUtcNow().ToUnixTimeMilliseconds() + ((run.Get(_wait) ?? 0) * (long)MinuteMs);
        PumpResult total = pump.RunAsync(cancellation).GetAwaiter().GetResult();
        while (!cancellation.IsCancellationRequested && run.Surroundings.Time.GetUtcNow().ToUnixTimeMilliseconds() < untilMs && OrderList.Open(workspace).Count > 0)
        {
            cancellation.WaitHandle.WaitOne(s_pause);
            PumpResult next = pump.RunAsync(cancellation).GetAwaiter().GetResult();
            total = new PumpResult(total.SentCount + next.SentCount, next.WaitingCount, total.AnsweredCount + next.AnsweredCount, total.UnansweredCount + next.UnansweredCount, next.Problems)
            {
                GroupFrameCount = total.GroupFrameCount + next.GroupFrameCount,
                ServedAlone = [.. total.ServedAlone.Union(next.ServedAlone)],
            };
            run.Progress("send.progress", $"{total.SentCount}", $"{next.WaitingCount}", $"{total.AnsweredCount}");
        }

        return total;
    }

    private static Outcome Tell(Run run, Workspace workspace, int ordered, PumpResult result)
    {
        int open = OrderList.Open(workspace).Count;
        bool isFailed = result.Problems.Any(problem => problem.Kind != ProblemKind.WrongUse) && result.SentCount == 0;
        return new Outcome
        {
            Lines =
            [
                run.Words.Format("send.done", $"{ordered}", $"{result.SentCount}", $"{result.WaitingCount}", $"{result.AnsweredCount}", $"{result.UnansweredCount}", $"{open}"),
                .. result.GroupFrameCount == 0 ? [] : (string[])[run.Words.Format("send.groupFrames", $"{result.GroupFrameCount}")],
                .. result.ServedAlone.Count == 0 ? [] : (string[])[run.Words.Format("send.servedAlone", $"{result.ServedAlone.Count}", string.Join(", ", result.ServedAlone))],
            ],
            Problems = result.Problems,
            Result = new JsonObject
            {
                ["ordered"] = ordered,
                ["sent"] = result.SentCount,
                ["groupFrames"] = result.GroupFrameCount,
                ["servedAlone"] = new JsonArray([.. result.ServedAlone.Select(pole => (JsonNode)pole)]),
                ["waitingForAir"] = result.WaitingCount,
                ["answered"] = result.AnsweredCount,
                ["unanswered"] = result.UnansweredCount,
                ["open"] = open,
            },
            ExitCode = result.Problems.Count == 0 && result.WaitingCount == 0 ? ExitCode.Done : isFailed && ordered == 0 ? ExitCode.Failed : ExitCode.PartlyDone,
        };
    }
}
